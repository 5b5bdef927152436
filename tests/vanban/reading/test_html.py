"""HTML pages: lists with their marks, tables with spans, footnotes, what is not shown."""

from __future__ import annotations

from vanban.document import Document, Paragraph, Table
from vanban.reading import read_file


def read(page: str, name: str = "bai.html") -> Document:
    return read_file(page.encode(), name)


def numbered(document: Document) -> list[tuple[str | None, str]]:
    return [(block.number, block.text) for block in document.blocks if isinstance(block, Paragraph)]


def test_paragraphs_have_their_looks_and_loose_words_are_kept() -> None:
    found = read(
        "<body>Đầu<p align=center><b>KẾ HOẠCH</b></p><h2>I. Mục tiêu</h2><p><i>Nghiêng</i> một phần<br>Dòng hai"
    )
    assert found.blocks == (
        Paragraph("Đầu"),
        Paragraph("KẾ HOẠCH", bold=True, align="center"),
        Paragraph("I. Mục tiêu", heading=2, bold=True),
        Paragraph("Nghiêng một phần"),
        Paragraph("Dòng hai"),
    )


def test_items_have_the_marks_that_a_browser_prints() -> None:
    page = (
        "<ol start=3><li>Ba<ul><li>Gạch</ul><li><p>Bốn</p></ol><ol type=a><li>A<li>B<li>C<li>D<li>Đ</ol>"
        "<ol type=I><li>Một<li>Hai</ol>"
    )
    marks = ["3.", "-", "4.", "a)", "b)", "c)", "d)", "e)", "I.", "II."]
    assert numbered(read(page)) == list(
        zip(marks, ["Ba", "Gạch", "Bốn", "A", "B", "C", "D", "Đ", "Một", "Hai"], strict=True)
    )


def test_what_is_not_shown_is_not_read() -> None:
    head = "<head><title>Tiêu đề</title><style>p{}</style></head>"
    page = f"{head}<p style='display: none'>Ẩn</p><script>x</script><p>Hiện"
    assert numbered(read(page)) == [(None, "Hiện")]


def test_footnotes_as_word_processors_write_them() -> None:
    page = (
        "<p>Tăng trưởng<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> xanh, 5 m<sup>2</sup></p>"
        "<div id=ftn1><p><a href='#_ftnref1'>[1]</a> Theo Quyết định</p></div>"
        "<p><sup>2</sup> Chú thích hai</p>"
    )
    found = read(page)
    assert numbered(found) == [(None, "Tăng trưởng xanh, 5 m²")]
    assert found.footnotes == (("1", "Theo Quyết định"), ("2", "Chú thích hai"))


def test_tables_have_spans_and_a_frame_is_none() -> None:
    page = (
        "<table><tr><td><p>Trong khung</p><table><tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D &lt; 5"
        "</table></td></tr></table>"
    )
    first, table = read(page).blocks
    assert first == Paragraph("Trong khung")
    assert isinstance(table, Table)
    assert [[(cell.text, cell.covered) for cell in row] for row in table.rows] == [
        [("A", False), ("B", False), ("", True)],
        [("", True), ("C", False), ("D < 5", False)],
    ]


def test_a_page_is_known_by_its_beginning_and_a_text_with_markup_stays_a_text() -> None:
    assert numbered(read("<!DOCTYPE html><html><p>Trang\nnày</html>", "bai.txt")) == [(None, "Trang này")]
    assert numbered(read("Dòng một\n<b>Dòng hai</b>", "bai.md")) == [(None, "Dòng một"), (None, "Dòng hai")]
