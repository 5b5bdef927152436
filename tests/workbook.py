"""What a person does with a workbook: opens it, types into cells, saves it as Excel does."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import python_calamine as calamine
import xlsxwriter  # type: ignore[import-untyped]

Cells = Mapping[tuple[str, str, str], object]


def retyped(
    data: bytes, cells: Cells, *, edit: Callable[[list[list[object]]], object] | None = None
) -> bytes:
    """The same workbook with values typed by sheet (a part of its title), key of the row (its beginning) and column.

    `edit` changes the rows of every sheet afterwards: takes columns out, sorts, copies.
    """
    source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    out = io.BytesIO()
    typed: set[tuple[str, str, str]] = set()
    with xlsxwriter.Workbook(out) as book:
        for name in source.sheet_names:
            rows = cells_of(data, name)
            for place, value in cells.items():
                sheet, key, column = place
                for row in rows:
                    if sheet in name and str(row[0]).startswith(key) and column in rows[0]:
                        row[rows[0].index(column)] = value
                        typed.add(place)
            if edit:
                edit(rows)
            page = book.add_worksheet(name)
            for y, row in enumerate(rows):
                page.write_row(y, 0, row)
    assert typed == set(cells), set(cells) - typed
    return out.getvalue()


def cells_of(data: bytes, sheet: str) -> list[list[object]]:
    """The rows of a sheet, known by a part of its title."""
    source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    name = next(name for name in source.sheet_names if sheet in name)
    return [list(row) for row in source.get_sheet_by_name(name).to_python(skip_empty_area=False)]
