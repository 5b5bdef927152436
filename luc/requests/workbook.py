"""The results of a request as an Excel workbook. What people wrote is always written as text, never as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from luc.kernel.time import VIETNAM
from luc.requests.content import cell_words, printed
from luc.requests.models import Kind
from luc.requests.queries.results import Results, Summary
from luc.requests.wording import coverage

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
_GREEN, _GREY = "#E3F2E8", "#F2F4EF"
_BOX = {"border": 1, "valign": "top"}
_NUMBER = "#,##0.######"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True},
    "head": {**_BOX, "bold": True, "text_wrap": True, "bg_color": _GREEN, "align": "center"},
    "text": {**_BOX, "text_wrap": True},
    "middle": {**_BOX, "align": "center"},
    "number": {**_BOX, "num_format": _NUMBER},
    "day": {**_BOX, "num_format": "dd/mm/yyyy", "align": "center"},
    "sum": {**_BOX, "bold": True, "num_format": _NUMBER, "bg_color": _GREY},
    "total": {**_BOX, "bold": True, "bg_color": _GREY},
}
_MOST_LETTERS = 32_000  # a cell of Excel holds 32,767


class _Book:
    """A workbook in the making."""

    def __init__(self, found: Results) -> None:
        self.found = found
        self.bytes = BytesIO()
        self.book = xlsxwriter.Workbook(self.bytes, _OPTIONS)
        self.looks = {name: self.book.add_format(look) for name, look in _LOOKS.items()}
        self.book.set_properties({"title": found.request.title, "comments": ""})

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        """A sheet with its head: the request, and how complete these results are."""
        sheet = self.book.add_worksheet(name)
        self.text(sheet, 0, 0, self.found.request.title, "title")
        self.text(sheet, 1, 0, coverage(self.found) + ".", "note")
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def text(self, sheet: Any, row: int, column: int, words: str, look: str = "text") -> None:
        sheet.write_string(row, column, words[:_MOST_LETTERS], self.looks[look])

    def heads(self, sheet: Any, row: int, words: Sequence[str]) -> None:
        for at, one in enumerate(words):
            self.text(sheet, row, at, one, "head")
        sheet.freeze_panes(row + 1, 2)
        sheet.repeat_rows(row)

    def value(self, sheet: Any, row: int, column: int, kind: str, kept: str) -> None:
        """An exact value: a number as number, a day as day, everything else as text."""
        if kind == Kind.NUMBER and kept:
            sheet.write_number(row, column, float(Decimal(kept)), self.looks["number"])
        elif kind == Kind.DATE and kept:
            sheet.write_datetime(row, column, date.fromisoformat(kept), self.looks["day"])
        else:
            self.text(sheet, row, column, cell_words(kind, kept))


_HEAD = 3


def write(found: Results) -> bytes:
    """The bytes of the workbook: answers, summary by question, a sheet for each table, who is missing."""
    book = _Book(found)
    _answers(book)
    _summary(book)
    for at, one in enumerate(found.summaries, 1):
        if one.question.kind == Kind.TABLE:
            _table(book, at, one)
    _missing(book)
    book.book.close()
    return book.bytes.getvalue()


def _answers(book: _Book) -> None:
    asked = [one.question for one in book.found.summaries]
    sheet = book.sheet("Trả lời", [6, 38, 20, 18, *([22] * len(asked))])
    heads = [f"{question.text} ({question.unit})" if question.unit else question.text for question in asked]
    book.heads(sheet, _HEAD, ["STT", "Đơn vị", "Tình trạng", "Gửi lúc", *heads])
    row = _HEAD
    for row, line in enumerate(book.found.lines, _HEAD + 1):
        sheet.write_number(row, 0, row - _HEAD, book.looks["middle"])
        book.text(sheet, row, 1, line.party.name)
        book.text(sheet, row, 2, line.state)
        at = line.submission.at if line.submission else None
        book.text(sheet, row, 3, f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else "", "middle")
        for column, question in enumerate(asked, 4):
            said = line.rows.get(question.pk)
            if said and not said["nil"] and question.kind in {Kind.NUMBER, Kind.DATE}:
                book.value(sheet, row, column, question.kind, said.get("value", ""))
            else:
                book.text(sheet, row, column, printed(said) if said else "")
    _totals(book, sheet, row)


def _totals(book: _Book, sheet: Any, last: int) -> None:
    """Sums below the columns of numbers: formulas of ours over our own cells, with their values."""
    for at in range(4):
        book.text(sheet, last + 1, at, "Cộng" if at == 1 else "", "total")
    for column, one in enumerate(book.found.summaries, 4):
        if one.sum is not None and one.sum.total is not None:
            letters = xl_col_to_name(column)
            formula = f"=SUM({letters}{_HEAD + 2}:{letters}{last + 1})"
            sheet.write_formula(last + 1, column, formula, book.looks["sum"], float(one.sum.total))
        else:
            book.text(sheet, last + 1, column, "", "total")
    sheet.autofilter(_HEAD, 0, last, 3 + len(book.found.summaries))


def _summary(book: _Book) -> None:
    sheet = book.sheet("Tổng hợp", [6, 60, 34, 18])
    book.heads(sheet, _HEAD, ["STT", "Câu hỏi", "Chỉ số", "Giá trị"])
    row = _HEAD + 1
    for at, one in enumerate(book.found.summaries, 1):
        for label, value in _facts(one):
            sheet.write_number(row, 0, at, book.looks["middle"])
            book.text(sheet, row, 1, one.question.text)
            book.text(sheet, row, 2, label)
            if isinstance(value, str):
                book.text(sheet, row, 3, value)
            else:
                sheet.write_number(row, 3, float(value), book.looks["number"])
            row += 1


def _facts(one: Summary) -> list[tuple[str, Decimal | int | str]]:
    facts: list[tuple[str, Decimal | int | str]] = [
        ("Số đơn vị có nội dung", len(one.voices)),
        ("Số đơn vị trả lời «Không có»", one.nil),
    ]
    unit = f" ({one.question.unit})" if one.question.unit else ""
    if one.sum:
        facts += [(f"Tổng{unit}", one.sum.total)] if one.sum.total is not None else []
        facts += [
            (f"Trung bình{unit}", one.sum.average),
            (f"Nhỏ nhất{unit}", one.sum.lowest),
            (f"Lớn nhất{unit}", one.sum.highest),
        ]
    if one.question.kind == Kind.CHOICE:
        facts += list(one.counts)
    if one.question.kind == Kind.DATE and one.voices:
        days = (("Sớm nhất", one.first_day), ("Muộn nhất", one.last_day))
        facts += [(label, cell_words(Kind.DATE, day)) for label, day in days]
    if one.question.kind == Kind.TABLE:
        facts.append(("Số dòng", one.row_count))
        facts += [
            (f"Tổng cột «{column.column.text}»", column.sum.total)
            for column in one.column_sums
            if column.sum and column.sum.total is not None
        ]
    if one.question.kind == Kind.FILE:
        facts.append(("Số tệp", one.file_count))
    return facts


def _table(book: _Book, at: int, one: Summary) -> None:
    """All rows of all tables below one another, each with its addressee."""
    sheet = book.sheet(f"Bảng câu {at}", [6, 38, *([24] * len(one.columns))])
    heads = [f"{column.text} ({column.unit})" if column.unit else column.text for column in one.columns]
    book.heads(sheet, _HEAD, ["STT", "Đơn vị", *heads])
    row = _HEAD
    for voice in one.voices:
        places = {column["id"]: place for place, column in enumerate(voice.row["columns"])}
        for cells in voice.row.get("cells", []):
            row += 1
            sheet.write_number(row, 0, row - _HEAD, book.looks["middle"])
            book.text(sheet, row, 1, voice.line.party.name)
            for column, asked in enumerate(one.columns, 2):
                kept = cells[places[asked.pk]] if asked.pk in places else ""
                book.value(sheet, row, column, asked.kind, kept)


def _missing(book: _Book) -> None:
    sheet = book.sheet("Chưa trả lời", [6, 50, 26])
    book.heads(sheet, _HEAD, ["STT", "Đơn vị", "Tình trạng"])
    for row, line in enumerate(book.found.missing, _HEAD + 1):
        sheet.write_number(row, 0, row - _HEAD, book.looks["middle"])
        book.text(sheet, row, 1, line.party.name)
        book.text(sheet, row, 2, line.state)
