"""Reads the tables of .xlsx files: each sheet with its title lines and its table, merged cells spanned."""

from __future__ import annotations

import datetime
import io

import python_calamine as calamine

from vanban.document import Block, Cell, Document, Paragraph, Table
from vanban.reading import percentages
from vanban.reading.archives import MAX_ABOVE, MAX_ROWS
from vanban.reading.errors import UnreadableFile
from vanban.reading.grids import Spanned, grid
from vanban.reading.inline import plain

_HEAD = 3  # a row with fewer filled cells above the first one with so many is a title line
_BROKEN = "Tệp .xlsx bị hỏng nên không đọc được: hãy mở bằng Excel, lưu lại rồi tải lại."

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read(data: bytes) -> Document:
    """The document of an .xlsx file; hidden sheets are left out. Raises UnreadableFile where it is broken."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            sheet.name for sheet in book.sheets_metadata if sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
        shares = percentages.places(data)
        blocks = [
            block for name in shown for block in _sheet(book.get_sheet_by_name(name), shares.get(name, {}))
        ]
    except UnreadableFile:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise UnreadableFile(_BROKEN) from error
    return Document(tuple(blocks))


def _sheet(sheet: calamine.CalamineSheet, shares: dict[tuple[int, int], int]) -> list[Block]:
    if sheet.total_height > MAX_ROWS + MAX_ABOVE:
        raise UnreadableFile(f"Tệp có bảng dài hơn {MAX_ROWS} dòng nên không đọc: hãy chia nhỏ tệp.")
    values = sheet.to_python(skip_empty_area=False)
    spans = {(first[0], first[1]): last for first, last in sheet.merged_cell_ranges or ()}
    covered = {
        (y, x)
        for (top, left), (bottom, right) in spans.items()
        for y in range(top, min(bottom, len(values)) + 1)
        for x in range(left, min(right, len(values[y]) if y < len(values) else 0) + 1)
    } - set(spans)
    texts = [
        [plain(_escaped(_printed(value, shares.get((y, x))))) for x, value in enumerate(row)]
        for y, row in enumerate(values)
    ]
    start = next((y for y, row in enumerate(texts) if sum(map(bool, row)) >= _HEAD), len(texts))
    titles = [Paragraph(text) for row in texts[:start] for text in row if text]
    rows = [
        y
        for y in range(start, len(texts))
        if any(texts[y]) or any((y, x) in covered for x in range(len(texts[y])))
    ]
    columns = [x for x in range(len(texts[0]) if texts else 0) if any(texts[y][x] for y in rows)]
    table = [
        [_cell(texts[y][x], (y, x), spans, rows, columns) for x in columns if (y, x) not in covered]
        for y in rows
    ]
    return [*titles, Table(grid(table).rows)] if table else [*titles]


def _cell(
    text: str,
    place: tuple[int, int],
    spans: dict[tuple[int, int], tuple[int, int]],
    rows: list[int],
    columns: list[int],
) -> Spanned:
    bottom, right = spans.get(place, place)
    return Spanned(
        Cell(text),
        sum(place[1] <= x <= right for x in columns) if right > place[1] else 1,
        sum(place[0] <= y <= bottom for y in rows) if bottom > place[0] else 1,
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _printed(value: Value, decimals: int | None) -> str:
    """A value as a Vietnamese office writes it; with decimals it is shown as a percentage."""
    if isinstance(value, bool):
        return "Đúng" if value else "Sai"
    if (
        decimals is not None
        and isinstance(value, int | float)
        and (share := percentages.printed(value, decimals))
    ):
        return share
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d/%m/%Y")
    return str(value)
