"""A read paper as HTML: its paragraphs and tables as on paper, with marks where something was understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vanban.document import Document, Paragraph, Place, Table

Key = tuple[int, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters start..end of a paragraph or cell; `name` is the id in the page, `href` what it leads to."""

    name: str
    href: str
    title: str
    start: int
    end: int
    first: bool = True


def paper_html(
    document: Document | Mapping[str, Any], marks: Iterable[Mapping[str, Any]] = (), prefix: str = "doan"
) -> SafeString:
    """A Document (or what its as_json gave) as HTML.

    A mark is a mapping: id (the mark's id in the page), place or places (Place or its JSON) and, if any, href
    (the item beside it, "#muc-3") and title. Marks may overlap: the shorter one leads on, every id stands in the
    page and lights up its words. Blocks get the ids prefix-0, prefix-1 ...; a page that shows two papers gives
    each its prefix.
    """
    if not isinstance(document, Document):
        document = Document.from_json(dict(document))
    found = _by_block(marks)
    page: int | None = None
    parts = []
    for index, block in enumerate(document.blocks):
        if block.page is not None and block.page != page:
            if page is not None:
                parts.append(format_html('<p class="page-break">{} {}</p>', _("Trang"), block.page))
            page = block.page
        name = f"{prefix}-{index}"
        if isinstance(block, Paragraph):
            parts.append(_paragraph(name, block, found.get((index, None, None), [])))
        else:
            parts.append(_table(name, index, block, found))
    notes = format_html_join("", '<p class="small"><sup>{}</sup> {}</p>', document.footnotes)
    return format_html('<div class="paper" lang="vi">{}{}</div>', mark_safe("".join(parts)), notes)


def _by_block(marks: Iterable[Mapping[str, Any]]) -> dict[Key, list[Mark]]:
    found: dict[Key, list[Mark]] = defaultdict(list)
    for given in marks:
        places = given.get("places") or [given["place"]]
        for order, raw in enumerate(places):
            place = raw if isinstance(raw, Place) else Place(**raw)
            mark = Mark(
                given["id"], given.get("href", ""), given.get("title", ""), place.start, place.end, order == 0
            )
            found[place.block, place.row, place.cell].append(mark)
    return found


def _paragraph(name: str, block: Paragraph, marks: list[Mark]) -> SafeString:
    flags = {"is-bold": block.bold, "is-italic": block.italic, "is-heading": block.heading is not None}
    classes = [flag for flag, holds in flags.items() if holds]
    if block.align in {"center", "right"}:
        classes.append(f"is-{block.align}")
    number = format_html('<span class="list-number">{}</span>', block.number) if block.number else ""
    shown = format_html(' class="{}"', " ".join(classes)) if classes else ""
    return format_html('<p id="{}"{}>{}{}</p>', name, shown, number, marked(block.text, marks))


def _table(name: str, index: int, block: Table, found: Mapping[Key, list[Mark]]) -> SafeString:
    rows = []
    for r, row in enumerate(block.rows):
        cells = []
        for c, cell in enumerate(row):
            if cell.covered:
                continue
            spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
            attributes = format_html_join("", ' {}="{}"', ((k, v) for k, v in spans.items() if v > 1))
            bold = mark_safe(' class="is-bold"') if cell.bold else ""
            words = marked(cell.text, found.get((index, r, c), []))
            if not attributes and not bold:  # most cells of a long table
                cells.append(mark_safe(f"<td>{words}</td>"))
                continue
            cells.append(format_html("<td{}{}>{}</td>", attributes, bold, words))
        rows.append(format_html("<tr>{}</tr>", mark_safe("".join(cells))))
    return format_html(
        '<div class="table-scroll" id="{}" role="group" tabindex="0" aria-label="{}">'
        "<table><tbody>{}</tbody></table></div>",
        name,
        _("Bảng trong văn bản"),
        mark_safe("".join(rows)),
    )


def marked(text: str, marks: Sequence[Mark]) -> SafeString:
    """Text with its marks; where they overlap the shortest is shown, the others are around it and light it up."""
    if not marks:
        return mark_safe(escape(text).replace("\n", "<br>"))
    whole = [replace(m, start=max(0, m.start), end=min(len(text), m.end)) for m in marks]
    edges = sorted({0, len(text)} | {m.start for m in whole} | {m.end for m in whole})
    parts: list[SafeString] = []
    named: set[str] = set()
    for start, end in pairwise(edges):
        over = sorted((m for m in whole if m.start <= start and end <= m.end), key=lambda m: m.end - m.start)
        words = mark_safe(escape(text[start:end]).replace("\n", "<br>"))
        shown = _mark(over[0], words, named) if over else words
        for hidden in over[1:]:
            shown = format_html('<span{} data-place="{}">{}</span>', _name(hidden, named), hidden.name, shown)
        parts.append(shown)
    return mark_safe("".join(parts))


def _mark(mark: Mark, words: SafeString, named: set[str]) -> SafeString:
    leads = mark.href and any(letter.isalnum() for letter in words)  # a full stop is nothing to press
    inside = format_html('<a href="{}" title="{}">{}</a>', mark.href, mark.title, words) if leads else words
    return format_html('<mark{} data-place="{}">{}</mark>', _name(mark, named), mark.name, inside)


def _name(mark: Mark, named: set[str]) -> str:
    """The id of a mark, once in the page: at its first words."""
    if not mark.first or mark.name in named:
        return ""
    named.add(mark.name)
    return format_html(' id="{}"', mark.name)
