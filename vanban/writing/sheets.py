"""The annexes of a paper as an Excel file: a sheet each, numbers as numbers, no formula whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from vanban.writing.paper import Annex, Block, Cell, Item, Paper, Paragraph, Picture, Table
from vanban.writing.phrases import annex_names, annex_reference, clean, words
from vanban.writing.tables import laid_out

# a number as papers write it, without a unit: 1.234,5 or 12 or -0,5; not an item ("1.1") and no number of a paper
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,\d+)?")
_EXACT = 15  # digits that Excel keeps
_TITLE = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 140  # letters across a sheet
_TYPEFACE = {"font_name": "Times New Roman", "font_size": 12}


def write_xlsx(paper: Paper) -> bytes:
    """The annexes of a paper as .xlsx, for a paper without annexes the tables of its body.

    The same paper gives the same bytes. Raises ValueError for a paper without any table, and as write_docx for
    tables whose cells do not fit their columns.
    """
    names = annex_names(paper.annexes)
    sheets = [
        (name, annex) for name, annex in zip(names, paper.annexes, strict=True) if _tables(annex.blocks)
    ]
    if not sheets and _tables(paper.body):
        sheets = [(clean(paper.kind or ""), Annex(paper.title, paper.body))]
    if not sheets:
        raise ValueError("the paper has no table that could stand in a sheet")
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # Excel keeps a moment without a zone; the hour it was written is nobody's business
        created = datetime(paper.date.year, paper.date.month or 1, paper.date.day or 1)  # noqa: DTZ001
        author = clean(paper.issuer)[:255]
        book.set_properties({"title": clean(paper.title)[:255], "author": author, "created": created})
        styles = _Styles(book)
        for number, (name, annex) in enumerate(sheets, 1):
            page = book.add_worksheet(_sheet_name(name, number))
            _write(page, styles, name, annex, annex_reference(paper))
    return out.getvalue()


def _tables(blocks: Sequence[Block]) -> list[Table]:
    """The tables among blocks and below their headings, in order."""
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
        elif not isinstance(block, Paragraph | Item | Picture):
            found += _tables(block.blocks)
    return found


def _sheet_name(name: str, number: int) -> str:
    return _TITLE.sub(" ", name).strip()[:31] or f"Biểu {number}"


class _Styles:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **looks: object) -> Any:
        """The format of these looks over the typeface of papers."""
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_TYPEFACE, **looks})
        return self._made[key]

    def cell(self, align: str, *, bold: bool, italic: bool, number: str = "") -> Any:
        """A cell of a table."""
        looks = {"border": 1, "text_wrap": True, "valign": "vcenter", "bold": bold, "italic": italic}
        return self.get(align=align, **looks, **({"num_format": number} if number else {}))


def _write(page: Any, styles: _Styles, name: str, annex: Annex, reference: str) -> None:
    tables = _tables(annex.blocks)
    width = max(len(table.columns) for table in tables)
    centred = {"align": "center", "text_wrap": True, "valign": "vcenter"}
    lines = [
        (name, {"bold": True}),
        (clean(annex.title).upper(), {"bold": True}),
        (reference, {"italic": True}),
    ]
    row = 0
    for text, looks in lines:
        _across(page, row, width, clean(text), styles.get(**looks, **centred))
        row += 1
    _set_page(page, annex, tables[0])
    for table in tables:
        row = _write_table(page, styles, table, row + 1, width)


def _set_page(page: Any, annex: Annex, table: Table) -> None:
    """A4, as wide as one page, the shares of the first table's columns."""
    page.set_paper(9)
    if annex.landscape:
        page.set_landscape()
    page.set_margins(left=1.18, right=0.6, top=0.79, bottom=0.79)
    page.fit_to_pages(1, 0)
    whole = sum(column.width for column in table.columns)
    across = _WIDEST if annex.landscape else _WIDEST * 2 // 3
    for at, column in enumerate(table.columns):
        page.set_column(at, at, max(across * column.width / whole, 5))


def _across(page: Any, row: int, width: int, text: str, style: Any) -> None:
    if width > 1:
        page.merge_range(row, 0, row, width - 1, "", style)
    page.write_string(row, 0, text, style)


def _write_table(page: Any, styles: _Styles, table: Table, row: int, width: int) -> int:
    """The table from a row on; returns the first row below it."""
    for text, looks in ((table.title, {"bold": True}), (table.unit, {"italic": True, "align": "right"})):
        if clean(text):
            _across(page, row, width, clean(text), styles.get(**looks))
            row += 1
    for index, line in enumerate(laid_out((*table.head, *table.rows), len(table.columns))):
        for spot in line:
            if not spot.covered:
                is_head = index < len(table.head)
                align = spot.cell.align or ("center" if is_head else table.columns[spot.column].align)
                _write_cell(page, styles, row, spot.column, spot.cell, align, head=is_head)
        row += 1
    if clean(table.note):
        _across(page, row, width, clean(table.note), styles.get(italic=True))
        row += 1
    return row


def _write_cell(
    page: Any, styles: _Styles, row: int, column: int, cell: Cell, align: str, *, head: bool
) -> None:
    text = "\n".join(clean(line) for line in words(cell.text).splitlines()).strip()
    value = None if head else number_of(text)
    places = len(text.partition(",")[2]) if value is not None else 0
    shown = "#,##0" + ("." + "0" * places if places else "") if value is not None else ""
    style = styles.cell(align, bold=head or cell.bold, italic=cell.italic, number=shown)
    if cell.colspan > 1 or cell.rowspan > 1:
        page.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", style)
    if value is None:
        page.write_string(row, column, text, style)
    else:
        page.write_number(row, column, value, style)


def number_of(text: str) -> Decimal | None:
    """The number of a cell that is nothing but one, as papers write it; None for words, codes, longer numbers."""
    plain = text.replace(".", "").replace(",", "")
    if not _NUMBER.fullmatch(text) or len(plain.lstrip("-")) > _EXACT:
        return None
    if len(plain) > 1 and plain.startswith("0") and "," not in text:
        return None  # "007" is a code
    return Decimal(text.replace(".", "").replace(",", "."))
