"""A table goes out as .xlsx: lists and rules inside, what is not asked locked. Written by XlsxWriter."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from luc.kernel.workbooks.tables import GROUP, KEYS, Column, Row, Sheet

_LIST_LENGTH = 255  # Excel keeps no longer list of choices in a cell
_SHEET_TITLE = re.compile(r"[\[\]:*?/\\']")


def write(sheets: Sequence[Sheet], token: str = "") -> bytes:
    """The .xlsx of some tables. `token` says what it is of (letters, digits, ".:-_"); without it, it is only read."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": sheets[0].title, "comments": f"luc:{token}" if token else ""})
        styles = _styles(book)
        for number, sheet in enumerate(sheets, 1):
            _write_sheet(book, sheet, number, token, styles)
    return out.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {"border": 1, "border_color": "#76827A", "text_wrap": True, "valign": "top", "font_size": 11}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "line": book.add_format({"font_color": "#4A5750"}),
        "head": book.add_format(
            cell | {"bold": True, "bg_color": "#ECEEE7", "valign": "vcenter", "align": "center"}
        ),
        "group": book.add_format({"bold": True, "bg_color": "#E5F1E9", "border": 1, "text_wrap": True}),
        "fixed": book.add_format(cell | {"bg_color": "#F5F6F1"}),
        "text": book.add_format(cell | {"locked": False, "num_format": "@"}),
        "choice": book.add_format(cell | {"locked": False}),
        "number": book.add_format(cell | {"locked": False, "num_format": "#,##0.######"}),
        "number_fixed": book.add_format(cell | {"bg_color": "#F5F6F1", "num_format": "#,##0.######"}),
        "date": book.add_format(cell | {"locked": False, "num_format": "dd/mm/yyyy"}),
    }


def _write_sheet(
    book: xlsxwriter.Workbook, sheet: Sheet, number: int, token: str, styles: dict[str, Any]
) -> None:
    """Line 1 is hidden: the token and the names of the columns; column A is hidden: the keys of the rows."""
    page = book.add_worksheet(_sheet_title(sheet.title, number))
    page.write_string(0, 0, f"luc:{token}")
    for x, column in enumerate(sheet.columns, 1):
        page.write_string(0, x, column.name)
        page.set_column(x, x, column.width)
    page.set_column(0, 0, None, None, {"hidden": True})
    page.set_row(0, None, None, {"hidden": True})
    page.write_string(1, 1, sheet.title, styles["title"])
    for y, words in enumerate(sheet.lines, 2):
        page.write_string(y, 1, words, styles["line"])
    head = 2 + len(sheet.lines)
    page.write_string(head, 0, KEYS)
    for x, column in enumerate(sheet.columns, 1):
        page.write_string(head, x, column.title, styles["head"])
        if column.help:
            page.write_comment(head, x, column.help)
    last = head + len(sheet.rows) + sheet.spare
    for y, row in enumerate(sheet.rows, head + 1):
        _write_row(page, y, row, sheet.columns, styles)
    for y in range(head + 1 + len(sheet.rows), last + 1):
        _write_row(page, y, Row(""), sheet.columns, styles)
    _rules(page, sheet.columns, head + 1, max(last, head + 1))
    page.freeze_panes(head + 1, 1 + sum(column.kind == "fixed" for column in sheet.columns[:2]))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    if token:
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


def _sheet_title(title: str, number: int) -> str:
    return f"{number}. {_SHEET_TITLE.sub(' ', title)}"[:31].strip()


def _write_row(page: Any, y: int, row: Row, columns: Sequence[Column], styles: dict[str, Any]) -> None:
    page.write_string(y, 0, GROUP if row.group else row.key)
    if row.group:
        page.merge_range(y, 1, y, max(len(columns), 2), row.group, styles["group"])
        return
    for x, column in enumerate(columns, 1):
        value = row.values.get(column.name)
        fixed_number = column.kind == "fixed" and isinstance(value, Decimal)
        style = styles["number_fixed" if fixed_number else column.kind]
        if value is None or value == "":
            page.write_blank(y, x, None, style)
        elif isinstance(value, Decimal):
            page.write_number(y, x, value, style)
        elif isinstance(value, datetime.date):
            page.write_datetime(y, x, value, styles["date"])
        else:
            page.write_string(y, x, value, style)


def _rules(page: Any, columns: Sequence[Column], first: int, last: int) -> None:
    """What Excel checks while one types; the server checks all of it again."""
    for x, column in enumerate(columns, 1):
        if column.kind == "choice" and len(",".join(column.choices)) <= _LIST_LENGTH:
            rule: dict[str, Any] = {"validate": "list", "source": list(column.choices)}
            said = _("Hãy chọn trong danh sách.")
        elif column.kind == "number":
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e14, "maximum": 1e14}
            said = _("Hãy ghi một số.")
        else:
            continue
        page.data_validation(
            first, x, last, x, rule | {"error_title": column.title[:32], "error_message": said}
        )
