"""Tables that we did not give out: any .xlsx or .csv as rows of plain values, nothing computed, nothing followed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from luc.kernel.errors import Refused
from luc.kernel.workbooks.reading import MAX_BYTES, MAX_COLUMNS, broken_cells, opened, plain_value
from luc.kernel.workbooks.tables import Fault, Value


@dataclass(slots=True)
class Table:
    """One sheet: its rows from the first row and column on, and the cells that could not be read."""

    name: str
    rows: list[list[Value]]
    faults: list[Fault] = field(default_factory=list)


def tables(name: str, data: bytes, *, most: int) -> list[Table]:
    """The sheets of a file that hold something. `most`: rows that a sheet may have.

    Raises Refused for what is neither .xlsx nor .csv, is broken, locked, has macros, or is too large.
    """
    found = _of_csv(data, most) if name.lower().endswith((".csv", ".tsv", ".txt")) else _of_book(data, most)
    if not found:
        raise Refused(_("Tệp không có dòng nào."))
    return found


def _of_book(data: bytes, most: int) -> list[Table]:
    book = opened(data)
    found = []
    for one in book.sheets_metadata:
        if one.typ != calamine.SheetTypeEnum.WorkSheet or one.visible != calamine.SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(one.name)
        _must_fit(one.name, sheet.total_height, sheet.total_width, most)
        table = Table(one.name, [], list(broken_cells(data, one.name)))
        table.rows = _values(table, sheet.to_python(skip_empty_area=False))
        if table.rows:
            found.append(table)
    return found


def _must_fit(name: str, height: int, width: int, most: int) -> None:
    if height > most or width > MAX_COLUMNS:
        words = _("Trang «%(sheet)s» có hơn %(rows)d dòng hoặc %(columns)d cột nên không đọc.")
        raise Refused(words % {"sheet": name, "rows": most, "columns": MAX_COLUMNS})


def _values(table: Table, rows: list[list[Any]]) -> list[list[Value]]:
    read = [
        [
            plain_value(value, table.name, xl_rowcol_to_cell(y, x), table.faults) if value != "" else None
            for x, value in enumerate(row)
        ]
        for y, row in enumerate(rows)
    ]
    while read and all(value is None for value in read[-1]):
        read.pop()
    return read


def _of_csv(data: bytes, most: int) -> list[Table]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            rows.append(row)
            _must_fit("CSV", len(rows), len(row), most)
    except csv.Error as error:
        raise Refused(
            _("Dòng %(n)d của tệp CSV bị hỏng (dấu ngoặc kép không khép).") % {"n": len(rows) + 1}
        ) from error
    table = Table("", [])
    table.rows = _values(table, rows)
    return [table] if table.rows else []


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Refused(_("Tệp lớn hơn %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024})
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Tệp CSV không phải mã UTF-8: trong Excel chọn Lưu thành «CSV UTF-8».")) from error
    if "\x00" in text:
        raise Refused(_("Đây không phải tệp CSV."))
    return text
