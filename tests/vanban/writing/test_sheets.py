"""Annexes as Excel: read back cell by cell, numbers as numbers, and nothing that is typed becomes a formula."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.vanban.writing.examples import PROGRESS, REPORT, RESULTS
from vanban.writing import Annex, Cell, Column, Paragraph, Table, write_xlsx
from vanban.writing.numbers import format_number
from vanban.writing.sheets import number_of


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: list(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}


def table_of(*cells: str) -> Table:
    return Table((Column(),) * len(cells), (tuple(map(Cell, cells)),))


def test_each_annex_with_a_table_has_its_sheet_under_its_name() -> None:
    found = sheets(write_xlsx(REPORT))
    assert list(found) == ["Phụ lục I"]
    rows = found["Phụ lục I"]
    assert [row[0] for row in rows[:3]] == [
        "Phụ lục I",
        "TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ",
        "(Kèm theo Báo cáo số /BC-SCT ngày tháng 12 năm 2025 của Sở Công Thương)",
    ]
    body = [row for row in rows if row[2] == "Sở Công Thương"]
    assert body == [
        [float(n), f"Nhiệm vụ thứ {n}", "Sở Công Thương"] for n in range(1, len(PROGRESS.rows) + 1)
    ]


def test_a_paper_without_annexes_gives_the_tables_of_its_body() -> None:
    rows = sheets(write_xlsx(replace(REPORT, annexes=())))["Báo cáo"]
    said = [row for row in rows if "Nước thải đã xử lý" in row]
    assert said == [[1.0, "Nước thải đã xử lý", 1234.5]]
    assert any("Đơn vị tính: nghìn m³" in row for row in rows)
    assert any(RESULTS.note in row for row in rows)


def test_without_any_table_there_is_no_sheet() -> None:
    with pytest.raises(ValueError, match="no table"):
        write_xlsx(replace(REPORT, annexes=(), body=(Paragraph("Chỉ có chữ."),)))


def test_two_annexes_of_one_name_are_never_there() -> None:
    two = tuple(Annex(title, (table_of("a"),)) for title in ("Một", "Hai"))
    assert list(sheets(write_xlsx(replace(REPORT, annexes=two)))) == ["Phụ lục I", "Phụ lục II"]


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+84 292", "-x", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://example.vn", "\t=1", "'=1"],
)
def test_nothing_typed_becomes_a_formula_or_a_link(typed: str) -> None:
    data = write_xlsx(replace(REPORT, annexes=(Annex("Bảng", (table_of(typed, "khác"),)),)))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.namelist()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert not [name for name in names if name.endswith("sheet1.xml.rels")]
    assert typed.strip() in {str(cell).strip() for row in sheets(data)["Phụ lục"] for cell in row}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", Decimal("1234.5")),
        ("0", Decimal(0)),
        ("-0,5", Decimal("-0.5")),
        ("72,50", Decimal("72.50")),
        ("1.234.567", Decimal(1234567)),
        ("12.34", None),
        ("1,234.5", None),
        ("007", None),
        ("12 %", None),
        ("1234567890123456", None),
        ("", None),
        ("-", None),
        ("2026-01-05", None),
    ],
)
def test_only_what_papers_write_as_numbers_is_one(text: str, value: Decimal | None) -> None:
    assert number_of(text) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_every_written_number_is_read_back(value: Decimal) -> None:
    assert number_of(format_number(value)) == (abs(value) if value.is_zero() else value)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=2, max_size=4))
def test_whatever_is_typed_the_book_opens(cells: list[str]) -> None:
    table = replace(table_of(*cells), title=cells[0], note=cells[1])
    found = sheets(write_xlsx(replace(REPORT, title=cells[0], annexes=(Annex(cells[0], (table,)),))))
    assert list(found) == ["Phụ lục"]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_xlsx(REPORT) == write_xlsx(REPORT)
