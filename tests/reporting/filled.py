"""The forms of many agencies as people fill them in Excel: rightly, and with one fault each."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import python_calamine as calamine
import xlsxwriter  # type: ignore[import-untyped]

Rows = list[list[object]]
Edit = Callable[[str, Rows], object]
Range = tuple[int, int, int, int]
LEAD, DUTY, FIGURE = "chủ trì", "Tổ chức", "Chỉ tiêu"


def saved(
    data: bytes, edit: Edit, *, merged: Range | None = None, formula: tuple[int, int] | None = None
) -> bytes:
    """The workbook after `edit` changed the rows of each sheet; among the figures merged cells or a failed formula."""
    source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name in source.sheet_names:
            rows = _rows(source, name)
            edit(name, rows)
            page = book.add_worksheet(name)
            for y, row in enumerate(rows):
                page.write_row(y, 0, row)
            if merged and FIGURE in name:
                page.merge_range(*merged, "72")
            if formula and FIGURE in name:
                page.write_formula(*formula, "=1/0", None, "#DIV/0!")
    return out.getvalue()


def _rows(source: calamine.CalamineWorkbook, sheet: str) -> Rows:
    return [list(row) for row in source.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def filled(data: bytes) -> bytes:
    """Every row that is asked, answered."""
    return saved(data, _fill)


def _fill(sheet: str, rows: Rows) -> None:
    values: dict[str, dict[str, object]] = {
        LEAD: {"state": "Đúng tiến độ", "result": "Đã làm xong bước một"},
        DUTY: {"result": "Đã bố trí trong dự toán"},
        FIGURE: {"value": 71.5},
    }
    for part, cells in values.items():
        for y, row in enumerate(rows):
            if part in sheet and str(row[0]).partition("-")[0] in {"part", "duty", "figure"}:
                for name, value in cells.items():
                    rows[y][rows[0].index(name)] = value


def place(rows: Rows, kind: str, column: str) -> tuple[int, int]:
    """Row and column of the first cell of a kind of row ("figure")."""
    y = next(y for y, row in enumerate(rows) if str(row[0]).startswith(f"{kind}-"))
    return y, rows[0].index(column)


def typing(sheet: str, kind: str, column: str, value: object) -> Edit:
    """One cell typed otherwise."""

    def edit(name: str, rows: Rows) -> None:
        if sheet in name:
            y, x = place(rows, kind, column)
            rows[y][x] = value

    return edit


def rows_of(sheet: str, change: Callable[[Rows, int], object]) -> Edit:
    """The rows of a sheet changed, given the first row that is asked."""

    def edit(name: str, rows: Rows) -> None:
        if sheet in name:
            change(rows, next(y for y, row in enumerate(rows) if "-" in str(row[0])[1:]))

    return edit


def _key(rows: Rows, y: int, key: str) -> None:
    rows[y][0] = key


def _mark(rows: Rows, y: int) -> None:
    rows[y][0] = str(rows[y][0]).partition("~")[0] + "~00000000"


def _head(rows: Rows, _y: int) -> None:
    rows[0][rows[0].index("result")] = "ket_qua_khac"


def _no_keys(rows: Rows, _y: int) -> None:
    for row in rows:
        row[0] = "" if row[0] == "luc_keys" else row[0]


def _twice(rows: Rows, _y: int) -> None:
    for row in rows:
        row.append(row[rows[0].index("result")])


def _new(rows: Rows, y: int) -> None:
    row = ["" for _cell in rows[y]]
    row[rows[0].index("result")] = "Dòng tự thêm"
    rows.append(list(row))


@dataclass(frozen=True)
class Fault:
    """A way to fill a form wrongly, and the words that name it; `cell`: whether it is named at a cell."""

    name: str
    words: str
    change: Callable[[bytes], bytes]
    cell: bool = True


def faults() -> Iterator[Fault]:
    """Twenty faults of different kinds."""

    def by(name: str, words: str, edit: Edit) -> Fault:
        return Fault(name, words, lambda data: saved(data, edit))

    def value(name: str, words: str, typed: object) -> Fault:
        return by(name, words, typing(FIGURE, "figure", "value", typed))

    yield value("words in a number", "không phải là số", "khoảng bảy mươi")
    yield value("foreign decimals", "có thể là", "1,234.5")
    yield value("another unit", "không phải là số", "72 tấn")
    yield value("a date in a number", "không phải là số", datetime.date(2026, 2, 7))
    yield value("too fine", "quá 6 chữ số thập phân", "0,1234567")
    yield value("too large", "số quá lớn", 1e17)
    yield value("yes in a number", "không phải là số", True)
    yield by("a word of no list", "không có trong danh sách", typing(LEAD, "part", "state", "Gần xong"))
    yield by("words without end", "dài hơn", typing(DUTY, "duty", "result", "a" * 10_001))
    yield by("foreign id", "không có trong biểu", rows_of(DUTY, lambda r, y: _key(r, y, "duty-999999~0")))
    yield by("id wiped out", "không có trong biểu", rows_of(LEAD, lambda r, y: _key(r, y, "")))
    yield by("other version of a row", "đã được sửa trên hệ thống", rows_of(DUTY, _mark))
    yield by("row taken out", "Thiếu một dòng", rows_of(DUTY, lambda r, y: r.pop(y)))
    yield by("row copied", "chép thành hai lần", rows_of(LEAD, lambda r, y: r.append(list(r[y]))))
    yield by("row added", "không có trong biểu", rows_of(DUTY, _new))
    yield by("head changed", "Dòng mã ẩn", rows_of(DUTY, _head))
    yield by("column copied", "Cột bị chép", rows_of(DUTY, _twice))
    yield by("keys gone", "Thiếu cột mã ẩn", rows_of(DUTY, _no_keys))
    yield Fault("merged cells", "ô bị gộp", _merged)
    yield Fault("failed formula", "công thức bị lỗi", _failed)


def _figure_cell(data: bytes) -> tuple[int, int]:
    source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    name = next(name for name in source.sheet_names if FIGURE in name)
    rows = _rows(source, name)
    return place(rows, "figure", "value")


def _merged(data: bytes) -> bytes:
    y, x = _figure_cell(data)
    return saved(data, lambda _name, _rows: None, merged=(y, x, y, x + 1))


def _failed(data: bytes) -> bytes:
    return saved(data, lambda _name, _rows: None, formula=_figure_cell(data))
