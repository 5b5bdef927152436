"""Workbooks go out and come back: every cell with its address, nothing guessed, nothing of a person's a formula."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from luc.kernel.errors import Refused
from luc.kernel.workbooks import Column, Row, Sheet, Value, read, write

COLUMNS = [
    Column("name", "Nội dung", "fixed"),
    Column("said", "Kết quả"),
    Column("value", "Giá trị", "number"),
    Column("state", "Tình trạng", "choice", choices=("đúng", "chậm")),
    Column("day", "Ngày", "date"),
]


def sheet(rows: list[Row], **more: int) -> Sheet:
    return Sheet("Biểu thử", COLUMNS, rows, ["Điền các ô trắng."], **more)


def changed(data: bytes, cells: dict[tuple[int, int], object], *, drop: int | None = None) -> bytes:
    """The same cells as a person's Excel saves them, some with other values; a column taken out."""
    import python_calamine as calamine

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    source = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in source.sheet_names:
        page = book.add_worksheet(name)
        for y, row in enumerate(source.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            for x, value in enumerate(row):
                if x == drop:
                    continue
                at = x - 1 if drop is not None and x > drop else x
                page.write(y, at, cells.get((y, x), value))
    book.close()
    return out.getvalue()


_words = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=30,
    )
    .map(lambda words: " ".join(words.split()))
    .filter(bool)
)
_numbers = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False)
_values = st.fixed_dictionaries(
    {},
    optional={
        "name": _words,
        "said": _words,
        "value": _numbers,
        "state": st.sampled_from(["đúng", "chậm"]),
        "day": st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_values, max_size=8))
def test_what_goes_out_comes_back(rows: list[dict[str, Value]]) -> None:
    back = read(write([sheet([Row(f"part-{n}", values) for n, values in enumerate(rows)])], "form:7:3"))
    assert back.token == "form:7:3"
    assert back.faults == []
    kept = [
        {name: cell.value for name, cell in row.cells.items() if cell.value is not None} for row in back.rows
    ]
    assert [row.key for row in back.rows] == [f"part-{n}" for n in range(len(rows))]
    assert kept == rows


def test_words_that_look_like_a_formula_stay_words() -> None:
    words = '=HYPERLINK("http://example.org")'
    data = write([sheet([Row("a", {"said": words, "name": "@SUM(1)"})])], "x")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part for part in parts.values())
    assert b"hyperlink" not in parts["xl/worksheets/sheet1.xml"]
    assert read(data).rows[0].text("said") == words


def test_headings_are_no_rows_and_spare_rows_are_new_ones() -> None:
    data = write([sheet([Row("", group="Nhóm một"), Row("a", {"said": "b"})], spare=2)], "x")
    assert [row.key for row in read(data).rows] == ["a"]
    filled = changed(data, {(6, 2): "mới"})
    assert [(row.key, row.text("said"), row.number) for row in read(filled).rows] == [
        ("a", "b", 6),
        ("", "mới", 7),
    ]


def test_a_column_that_was_taken_out_says_nothing() -> None:
    data = write([sheet([Row("a", {"said": "b", "value": Decimal("1.5")})])], "x")
    (row,) = read(changed(data, {}, drop=2)).rows
    assert "said" not in row.cells
    assert row.cells["value"].value == Decimal("1.5")


def test_a_formula_gives_what_it_computed_and_a_broken_one_is_named() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("1. Biểu thử")
    page.write_row(0, 0, ["luc:x", "name", "said", "value"])
    page.write_row(1, 0, ["luc_keys", "Nội dung", "Kết quả", "Giá trị"])
    page.write_string(2, 0, "a")
    page.write_formula(2, 3, "=1+1.5", None, 2.5)
    page.write_string(3, 0, "b")
    page.write_formula(3, 3, "=1/0", None, "#DIV/0!")
    book.close()
    back = read(out.getvalue())
    assert back.rows[0].cells["value"].value == Decimal("2.5")
    assert [(fault.address, "công thức" in fault.words) for fault in back.faults] == [("D4", True)]


def test_merged_cells_are_named() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Biểu")
    page.write_row(0, 0, ["luc:x", "said"])
    page.write_row(1, 0, ["luc_keys", "Kết quả"])
    page.write_column(2, 0, ["a", "b"])
    page.merge_range(2, 1, 3, 1, "cho cả hai")
    book.close()
    assert [(fault.address, "gộp" in fault.words) for fault in read(out.getvalue()).faults] == [("B3", True)]


def foreign(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_macros() -> bytes:
    data = write([sheet([Row("a")])], "x")
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


def too_long() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet()
    for y in range(100_000):
        page.write_string(y, 0, "luc:x" if y == 0 else "a")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ""),
        (b"PK\x03\x04 broken", ""),
        (b"\x89PNG\r\n", "Excel"),
        (foreign(**{"a.txt": b"b"}), "Excel"),
        (with_macros(), "macro"),
        (write([sheet([Row("a")])]), "không phải biểu tải từ Lục"),
        (too_long(), "dòng"),
        (b"\x00" * (11 * 1024 * 1024), "MB"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(data)
    assert words in refusal.value.message
