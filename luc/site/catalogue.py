"""The English catalogue: `python -m luc.site.catalogue` collects the strings of pages and code into it.

Babel reads what Django's own template reader gives: nothing besides our Python packages is needed. Translations that
are there stay; a new string stands without one, and what no page says any more goes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LUC = Path(__file__).resolve().parents[1]
PLACE = LUC / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def collected(root: Path = LUC) -> Catalog:
    """Every string below a folder that is marked for translation, without translations."""
    catalog = Catalog(locale="en", fuzzy=False)
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"}:
            for message, context in _messages(path):
                catalog.add(message, context=context)
    return catalog


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        # each string as a call on a line of its own; what stands around it is no Python
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
        yield message, context


def kept(place: Path = PLACE) -> Catalog:
    """The catalogue as it stands in the repository; an empty one where there is none."""
    if not place.exists():
        return Catalog(locale="en", fuzzy=False)
    with place.open("rb") as file:
        return read_po(file, locale="en")


def renew(place: Path = PLACE, root: Path = LUC) -> list[Message]:
    """Write the catalogue with the strings of today; returns those that have no translation yet."""
    catalog, before = collected(root), kept(place)
    for message in catalog:
        there = before.get(message.id, message.context) if message.id else None
        if there is not None:
            message.string = there.string
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, sort_output=True, omit_header=False)
    return untranslated(catalog)


def untranslated(catalog: Catalog) -> list[Message]:
    """The messages of a catalogue without a translation, or with a part of one."""
    return [message for message in catalog if message.id and not all(forms(message))]


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


if __name__ == "__main__":
    import django

    django.setup()
    missing = renew()
    sys.stdout.write("".join(f"{message.id!r}\n" for message in missing))
    sys.stdout.write(f"{len(missing)} chuỗi chưa có bản tiếng Anh: {PLACE}\n")
