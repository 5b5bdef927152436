"""Puts the cells of a table into a grid: rows of equal width, every spanned cell once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vanban.document import Cell, Table
from vanban.reading.errors import UnreadableFile
from vanban.reading.inline import plain

if TYPE_CHECKING:  # what reads a text without such tables starts without lxml
    from lxml import etree
    from lxml import html as lxml_html

MAX_COLUMNS = 1000
MAX_SQUARES = 1_000_000  # of the grid of one table
_TOO_LARGE = "Tệp có bảng quá lớn nên không đọc: hãy chia nhỏ tệp."


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as a file gives it: how many columns and rows it takes."""

    cell: Cell
    colspan: int = 1
    rowspan: int = 1


def grid(rows: list[list[Spanned]]) -> Table:
    """The table in which a spanned cell stands at its first row and column; what it covers is `covered`."""
    taken: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(rows):
        x = 0
        for spanned in row:
            while (y, x) in taken:
                x += 1
            height = max(1, min(spanned.rowspan, len(rows) - y))
            width = max(1, min(spanned.colspan, MAX_COLUMNS))
            if height * width > MAX_SQUARES:
                raise UnreadableFile(_TOO_LARGE)
            for dy in range(height):
                for dx in range(width):
                    taken.setdefault((y + dy, x + dx), Cell("", covered=True))
            if len(taken) > MAX_SQUARES:
                raise UnreadableFile(_TOO_LARGE)
            taken[y, x] = replace(spanned.cell, colspan=width, rowspan=height)
            x += width
    columns = max((x for _, x in taken), default=-1) + 1
    return Table(tuple(tuple(taken.get((y, x), Cell("")) for x in range(columns)) for y in range(len(rows))))


def html_table(source: str) -> Table:
    """The table of a piece of HTML; tables inside a cell become its text."""
    from lxml import html as lxml_html

    element = lxml_html.fragment_fromstring(source, create_parent=True)
    table = element.find(".//table")
    return Table(()) if table is None else table_of(table, _remnant)


def table_of(table: lxml_html.HtmlElement, read: Callable[[lxml_html.HtmlElement], Cell]) -> Table:
    """The table of an HTML element; `read` gives the words of a cell."""
    rows = [
        [cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr") if _owner(row) is table
    ]
    return grid(
        [
            [Spanned(read(cell), _count(cell.get("colspan")), _count(cell.get("rowspan"))) for cell in row]
            for row in rows
        ]
    )


def _owner(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _remnant(cell: lxml_html.HtmlElement) -> Cell:
    """A cell in a text: its line breaks are those of the extractor, which meant them."""
    from lxml import html as lxml_html

    inner = lxml_html.tostring(cell, encoding="unicode", with_tail=False)
    bold = cell.tag == "th" or (
        len(cell) == 1 and cell[0].tag in {"b", "strong"} and not (cell.text or "").strip()
    )
    return Cell(plain(inner), bold=bold)


def _count(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 9 else 1
