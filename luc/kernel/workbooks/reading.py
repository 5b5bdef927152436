"""A table comes back: every cell with its address. python-calamine computes nothing and follows no link."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _
from lxml import etree
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell  # type: ignore[import-untyped]

from luc.kernel.errors import Refused
from luc.kernel.workbooks.tables import GROUP, KEYS, Cell, Fault, Filled, Returned, Value
from vanban.reading import UnreadableFile, archives

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 6_000
MAX_COLUMNS = 300
MAX_TEXT = 10_000
_TOKEN = re.compile(r"luc:([\w.:-]{1,200})")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(data: bytes) -> Returned:
    """What is in a workbook that this installation gave out.

    Raises Refused for what is no such workbook: too large, broken, locked, with macros, or another file.
    """
    book = opened(data)
    shown = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    faults: list[Fault] = []
    rows: list[Filled] = []
    tokens: dict[str, None] = {}
    for one in shown:
        table = _table(book, one.name)
        if table and (match := _TOKEN.fullmatch(str(table[0][0]))):
            tokens[match[1]] = None
            rows += _rows(one.name, table, faults)
            faults += broken_cells(data, one.name)
            faults += _merged(book.get_sheet_by_name(one.name), one.name, table)
    if len(tokens) != 1:
        raise Refused(
            _("Tệp này không phải biểu tải từ Lục (hoặc dòng đầu đã bị xóa). Hãy tải lại biểu rồi điền.")
        )
    return Returned(next(iter(tokens)), rows, faults)


def opened(data: bytes) -> calamine.CalamineWorkbook:
    """Any .xlsx, opened. Raises Refused for what is none: too large, broken, locked, with macros, or another file."""
    if len(data) > MAX_BYTES:
        raise Refused(_("Tệp lớn hơn %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024})
    try:
        if not data.startswith(b"PK") or archives.kind(data) != ".xlsx":
            raise Refused(_("Hãy tải lên tệp Excel (.xlsx)."))
        if _has_macros(data):
            raise Refused(_("Tệp có macro nên không nhận: hãy lưu lại thành .xlsx."))
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except UnreadableFile as error:
        raise Refused(str(error)) from error
    except (Refused, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Refused(_("Tệp .xlsx bị hỏng: hãy mở bằng Excel, lưu lại rồi tải lại.")) from error


def _has_macros(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any("vbaproject" in name.lower() for name in archive.namelist())


def _table(book: calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise Refused(
            _("Trang «%(sheet)s» có hơn %(rows)d dòng hoặc %(columns)d cột nên không đọc.")
            % {"sheet": name, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    return sheet.to_python(skip_empty_area=False)


def _rows(sheet: str, table: list[list[Any]], faults: list[Fault]) -> Iterator[Filled]:
    names = {x: str(name) for x, name in enumerate(table[0]) if x and re.fullmatch(r"[\w.-]+", str(name))}
    head = next((y for y, row in enumerate(table) if row[0] == KEYS), None)
    if head is None:
        faults.append(Fault(sheet, "A1", _("Thiếu cột mã ẩn: hãy tải lại biểu rồi điền.")))
        return
    for column in sorted(set(names.values())):
        at = [x for x, name in names.items() if name == column]
        if len(at) > 1:
            faults.append(Fault(sheet, f"{xl_col_to_name(at[1])}1", _("Cột bị chép thành hai lần.")))
    for y, row in enumerate(table[head + 1 :], head + 1):
        if row[0] == GROUP:
            continue
        cells = {
            name: Cell(xl_rowcol_to_cell(y, x), value)
            for x, name in names.items()
            for value in [plain_value(row[x], sheet, xl_rowcol_to_cell(y, x), faults)]
        }
        if str(row[0]).strip() or any(cell.value is not None for cell in cells.values()):
            yield Filled(sheet, y + 1, str(row[0]).strip(), cells)


def _merged(page: calamine.CalamineSheet, sheet: str, table: list[list[Any]]) -> Iterator[Fault]:
    """Cells that were merged hide what stood in all but one of them; headings are merged by us."""
    for (top, left), (bottom, _right) in page.merged_cell_ranges or ():
        rows = table[top : bottom + 1]
        if any(row[0] not in {"", GROUP, KEYS} for row in rows):
            yield Fault(sheet, xl_rowcol_to_cell(top, left), _("ô bị gộp: hãy bỏ gộp ô rồi điền từng dòng"))


def broken_cells(data: bytes, sheet: str) -> Iterator[Fault]:
    """Cells whose formula failed; the reader gives them as empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part_of(archive, sheet)
        for cell in re.findall(rb"<(?:\w+:)?c\s[^>]*>", archive.read(part)):
            if re.search(rb"\st=.e[\"']", cell) and (at := re.search(rb"\sr=.([A-Z]+\d+)", cell)):
                yield Fault(sheet, at[1].decode(), _("ô có công thức bị lỗi"))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of a workbook that holds a sheet."""
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    named = {one.get("name"): one.get(f"{{{_RELATION}}}id") for one in book.iter("{*}sheet")}
    targets = {one.get("Id"): str(one.get("Target")) for one in links.iter("{*}Relationship")}
    target = targets[named[sheet]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def plain_value(raw: Any, sheet: str, address: str, faults: list[Fault]) -> Value:
    """What stands in a cell, numbers as exact decimals; what cannot be kept is a fault and None."""
    if isinstance(raw, bool):
        return "Đúng" if raw else "Sai"
    if isinstance(raw, int | float):
        if raw == raw and abs(raw) < 1e15:
            return Decimal(f"{raw:.12g}")
        faults.append(Fault(sheet, address, _("số quá lớn")))
        return None
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    words = str(raw).replace("\x00", "").strip()
    if len(words) > MAX_TEXT:
        faults.append(Fault(sheet, address, _("dài hơn %(n)d ký tự") % {"n": MAX_TEXT}))
        return None
    return words or None
