"""The English catalogue: `python -m luc.site.catalogue` collects the strings of pages and code into it.

Babel reads what Django's own template reader gives: nothing besides our Python packages is needed. Translations that
are there stay; a new string stands without one, and what no page says any more goes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LUC = Path(__file__).resolve().parents[1]
PLACE = LUC / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# no dates and no names: the file changes only when a string does
HEAD = """# English of the pages; their source is Vietnamese. `make translate` collects new strings.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ONE, MANY = (1,), (1, 2)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def collected(root: Path = LUC) -> Catalog:
    """Every string below a folder that is marked for translation, without translations."""
    catalog = Catalog(locale="en", fuzzy=False)
    for path in sorted(root.rglob("*")):
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            for message, context in _messages(path):
                catalog.add(message, context=context)
    return catalog


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # each string as a call on a line of its own; what stands around it is no Python
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
        yield message, context


def kept(place: Path = PLACE) -> Catalog:
    """A catalogue as it stands in its file; an empty one where there is none."""
    if not place.exists():
        return Catalog(locale="en", fuzzy=False)
    with place.open("rb") as file:
        return read_po(file, locale="en")


def renew(place: Path = PLACE, root: Path = LUC) -> list[Message]:
    """Write the catalogue with the strings of today; returns those that have no translation yet."""
    catalog, before = collected(root), kept(place)
    for message in strings(catalog):
        there = before.get(message.id, message.context)
        if there is not None and isinstance(there.id, str) == isinstance(message.id, str):
            message.string = there.string
    written = BytesIO(HEAD.encode())
    written.seek(0, SEEK_END)
    write_po(written, catalog, width=0, no_location=True, sort_output=True, omit_header=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(written.getvalue())
    return [message for message in strings(catalog) if not all(forms(message))]


def strings(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue, without its head."""
    return (message for message in catalog if message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form; empty where one is missing."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


if __name__ == "__main__":
    missing = renew()
    sys.stdout.write("".join(f"{message.id!r}\n" for message in missing))
    sys.stdout.write(f"{len(missing)} chuỗi chưa có bản tiếng Anh: {PLACE}\n")
