"""The tables of a paper as lists: headings, lines with their places, over pages, in every kind of file."""

from __future__ import annotations

import io

import docx
import xlsxwriter  # type: ignore[import-untyped]

from tests.vanban.word import as_word
from vanban.document import Cell, Document, Paragraph, Table
from vanban.folding import bare
from vanban.lists import listings
from vanban.reading import read_file

PAPER = """\
QUYẾT ĐỊNH

Điều 1. Ban hành danh mục kèm theo Quyết định này.

DANH MỤC

I. Xử lý nước thải

| STT | Tên sản phẩm | Đơn vị tính | Mã HS |
|---|---|---|---|
| (1) | (2) | (3) | (4) |
| 1 | Bồn lọc áp lực | bộ | 8421.21 |
| 2 | Máy ép bùn | cái | 8421.29 |

II. Xử lý khí thải

| STT | Tên sản phẩm | Đơn vị tính | Mã HS |
|---|---|---|---|
| 3 | Tháp hấp thụ | bộ | 8421.39 |
"""


def says(words: str) -> str:
    known = {"stt": "number", "ten san pham": "name", "don vi tinh": "unit", "ma hs": "hs", "so": "hs"}
    return known.get(bare(words), "")


def document(*rows: tuple[str, ...], page: int | None = None) -> Table:
    return Table(tuple(tuple(Cell(text) for text in row) for row in rows), page)


def test_tables_under_the_same_headings_are_one_list_with_the_headings_between() -> None:
    paper = read_file(PAPER.encode(), "danh-muc.txt")
    (found,) = listings(paper, says)
    assert found.roles == ("number", "name", "unit", "hs")
    assert [line.heading.text or line.cells[1].text for line in found.lines] == [
        "I. Xử lý nước thải",
        "Bồn lọc áp lực",
        "Máy ép bùn",
        "II. Xử lý khí thải",
        "Tháp hấp thụ",
    ]
    for line in found.lines:
        for words in (line.heading, *line.cells):
            assert " ".join(map(paper.at, words.places)) == words.text


def test_the_same_in_word() -> None:
    paper = read_file(as_word(PAPER), "danh-muc.docx")
    (found,) = listings(paper, says)
    assert [line.cells[1].text for line in found.lines if line.cells] == [
        "Bồn lọc áp lực",
        "Máy ép bùn",
        "Tháp hấp thụ",
    ]
    assert [line.heading.text.split()[0] for line in found.lines if not line.cells] == ["I.", "II."]


def test_the_same_in_excel() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Danh mục")
        page.write_string(0, 1, "DANH MỤC SẢN PHẨM")
        for y, row in enumerate([["STT", "Tên sản phẩm", "Đơn vị tính"], ["1", "Bồn lọc", "bộ"]], 2):
            page.write_row(y, 0, row)
    (found,) = listings(read_file(out.getvalue(), "danh-muc.xlsx"), says)
    assert found.roles[:3] == ("number", "name", "unit")
    assert [line.cells[1].text for line in found.lines] == ["Bồn lọc"]


def test_a_line_cut_by_a_page_goes_on_and_headings_said_again_are_none() -> None:
    head = ("STT", "Tên sản phẩm", "Đơn vị tính")
    paper = Document(
        (
            document(head, ("1", "Bồn lọc áp lực dùng cho", "bộ"), page=1),
            document(("", "khu công nghiệp", ""), ("2", "Máy ép", "cái"), page=2),
            document(head, ("3", "Bơm", "cái"), page=3),
        )
    )
    (found,) = listings(paper, says)
    assert [line.cells[1].text for line in found.lines] == [
        "Bồn lọc áp lực dùng cho khu công nghiệp",
        "Máy ép",
        "Bơm",
    ]
    assert [place.page for place in found.lines[0].cells[1].places] == [1, 2]


def test_headings_of_two_rows_and_cells_that_span_rows() -> None:
    rows = (
        (
            Cell("STT", rowspan=2),
            Cell("Tên sản phẩm", rowspan=2),
            Cell("Mã", colspan=2),
            Cell("", covered=True),
        ),
        (Cell("", covered=True), Cell("", covered=True), Cell("Số"), Cell("Ghi chú")),
        (Cell("1", rowspan=2), Cell("Bồn", rowspan=2), Cell("8421"), Cell("a")),
        (Cell("", covered=True), Cell("", covered=True), Cell("8422"), Cell("b")),
    )
    (found,) = listings(Document((Table(rows),)), says)
    assert found.headings == ("STT", "Tên sản phẩm", "Số", "Ghi chú")
    assert found.roles == ("number", "name", "hs", "")
    assert [sorted(line.begins) for line in found.lines] == [[0, 1, 2, 3], [2, 3]]
    assert [line.cells[1].text for line in found.lines] == ["Bồn", "Bồn"]


def test_a_table_of_unknown_headings_is_given_all_the_same() -> None:
    paper = Document((Paragraph("Một câu."), document(("A", "B"), ("1", "Bồn"))))
    (found,) = listings(paper, says)
    assert (found.headings, found.is_known) == (("A", "B"), False)
    assert [line.filled for line in found.lines] == [(0, 1)]


def test_running_text_before_a_table_is_no_heading_of_it() -> None:
    paper = Document(
        (
            Paragraph("1. Sở Công Thương chủ trì, phối hợp với các đơn vị thực hiện."),
            document(("STT", "Tên sản phẩm"), ("1", "Bồn lọc")),
        )
    )
    (found,) = listings(paper, says)
    assert all(line.cells for line in found.lines)


def test_nothing_is_found_where_there_is_no_table() -> None:
    word = docx.Document()
    word.add_paragraph("Kế hoạch không có bảng nào.")
    out = io.BytesIO()
    word.save(out)
    assert listings(read_file(out.getvalue(), "a.docx"), says) == []
