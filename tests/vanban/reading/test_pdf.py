"""PDF pages: columns, drawn tables, running heads, footnotes, lines and pages put together."""

from __future__ import annotations

import io

import docx
import pypdfium2 as pdfium
import pytest
from docx.shared import Cm, Pt

from tests.vanban.reading.laidout import as_pdf
from vanban.document import Document, Paragraph, Table
from vanban.reading import UnreadableFile, read_file
from vanban.reading.office import converted

LONG = (
    "Rà soát, thống kê các điểm xả thải dọc sông Hương và các chi lưu; đo đạc lưu lượng, nồng độ chất thải theo từng"
    " tháng và gửi kết quả về Sở Nông nghiệp và Môi trường để tổng hợp trong giai đoạn 2026 - 2030 của tỉnh"
)


def read(data: bytes) -> Document:
    return read_file(data, "bai.pdf")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    found = (block for block in document.blocks if isinstance(block, Table))
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


def printed(word: docx.document.Document) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return converted(out.getvalue(), ".docx", ".pdf")


def test_lines_of_a_paragraph_are_joined_and_items_stay_apart() -> None:
    text = f"{LONG}.\n- {LONG};\n- Việc thứ hai.\n1. {LONG}.\n2. Việc khác"
    assert texts(read(as_pdf(text))) == text.split("\n")


def test_paragraphs_go_on_over_pages_without_the_numbers_of_pages() -> None:
    lines = [f"- Việc thứ {n}: {LONG}." for n in range(40)]
    found = read(as_pdf("\n".join(lines)))
    assert texts(found) == lines
    pages = [block.page for block in found.blocks]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert pages[0] == 1
    assert (pages[-1] or 0) > 3


def test_what_is_printed_on_every_page_is_no_text() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "CÔNG TY IN THỬ"
    word.sections[0].footer.paragraphs[0].text = "Bản lưu hành nội bộ"
    for n in range(60):
        word.add_paragraph(f"- Việc thứ {n}: {LONG}.")
    assert texts(read(printed(word))) == [f"- Việc thứ {n}: {LONG}." for n in range(60)]


def test_head_and_closing_stand_column_by_column() -> None:
    word = docx.Document()
    head = word.add_table(1, 2).rows[0].cells
    head[0].text, head[1].text = (
        "UBND TỈNH A\nSỞ B\nSố: 4/KH-SB",
        "CỘNG HÒA XÃ HỘI\nĐộc lập - Tự do\nA, ngày 2/3/2026",
    )
    for cell in head:
        cell.paragraphs[0].alignment = 1
    title = word.add_paragraph("KẾ HOẠCH")
    title.alignment = 1
    title.runs[0].bold = True
    word.add_paragraph(f"{LONG}.")
    found = read(printed(word))
    first, second, third = found.blocks
    assert isinstance(first, Table)
    assert [cell.text for cell in first.rows[0]] == [cell.text for cell in head]
    assert (second, third) == (Paragraph("KẾ HOẠCH", bold=True, page=1), Paragraph(f"{LONG}.", page=1))


@pytest.mark.parametrize("lines", [True, False])
def test_tables_with_and_without_lines(lines: bool) -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
        ["1", "Đo chất lượng nước mặt tại các trạm của tỉnh", "Sở Nông nghiệp và Môi trường", "2026"],
        ["2", "Công bố số liệu", "Sở Khoa học và Công nghệ", "Hằng năm"],
    ]
    found = read(as_pdf("Trước bảng.\n" + "\n".join(map("\t".join, rows)) + "\nSau bảng.", lines))
    assert tables(found) == [rows]
    assert texts(found) == ["Trước bảng.", "Sau bảng."]


def test_merged_cells_of_drawn_tables_span() -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    table.style = "Table Grid"
    for y in range(3):
        for x in range(3):
            table.cell(y, x).text = f"ô {y}{x}"
    for cells in (((0, 0), (1, 0)), ((0, 1), (0, 2))):
        (y0, x0), (y1, x1) = cells
        table.cell(y1, x1).text = ""
        table.cell(y0, x0).merge(table.cell(y1, x1))
    found = read(printed(word)).blocks[0]
    assert isinstance(found, Table)
    assert [[(c.text, c.colspan, c.rowspan, c.covered) for c in row] for row in found.rows] == [
        [("ô 00", 1, 2, False), ("ô 01", 2, 1, False), ("", 1, 1, True)],
        [("", 1, 1, True), ("ô 11", 1, 1, False), ("ô 12", 1, 1, False)],
        [("ô 20", 1, 1, False), ("ô 21", 1, 1, False), ("ô 22", 1, 1, False)],
    ]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, (0, 1, -1, 0, 1, 0)), (180, (-1, 0, 0, -1, 1, 1)), (270, (0, -1, 1, 0, 0, 1))],
)
def test_pages_that_lie_sideways_in_the_file_read_as_seen(turn: int, matrix: tuple[int, ...]) -> None:
    rows = [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Đo nước mặt", "Sở Y tế"]]
    file = pdfium.PdfDocument(as_pdf(f"{LONG}.\n" + "\n".join(map("\t".join, rows))))
    page = file[0]
    width, height = page.get_size()
    a, b, c, d, over, up = matrix
    moved = {90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turn]
    for item in page.get_objects():
        item.transform(pdfium.PdfMatrix(a, b, c, d, over * moved[0], up * moved[1]))
    page.set_mediabox(0, 0, *((height, width) if turn != 180 else (width, height)))
    page.set_rotation(turn)
    page.gen_content()
    out = io.BytesIO()
    file.save(out)
    found = read(out.getvalue())
    assert texts(found) == [f"{LONG}."]
    assert tables(found) == [rows]


def test_raised_marks_are_no_text_and_footnotes_stand_apart() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Tăng trưởng xanh")
    mark = paragraph.add_run("1")
    mark.font.superscript = True
    paragraph.add_run(" là mục tiêu; diện tích 500 m")
    power = paragraph.add_run("2")
    power.font.superscript = True
    paragraph.add_run(".")
    for _ in range(8):
        word.add_paragraph(f"{LONG}.")
    note = word.add_paragraph()
    sign = note.add_run("1")
    sign.font.superscript, sign.font.size = True, Pt(8)
    note.add_run(" Theo Quyết định của tỉnh.").font.size = Pt(8)
    word.sections[0].page_height = Cm(20)
    found = read(printed(word))
    assert texts(found)[0] == "Tăng trưởng xanh là mục tiêu; diện tích 500 m²."
    assert found.footnotes == (("1", "Theo Quyết định của tỉnh."),)


def test_numbers_and_words_cut_at_the_end_of_a_line() -> None:
    from vanban.reading.pdf.lines import Flow, Printed, join
    from vanban.reading.pdf.words import Run

    def line(text: str) -> Printed:
        return Printed(0, [Run(text, 0, 100, 0, 13, 10)])

    for first, second, whole in (
        ("giai đoạn 2026-", "2030", "giai đoạn 2026-2030"),
        ("công nghi-", "ệp", "công nghiệp"),
        ("phát triển kinh tế", "- xã hội", "phát triển kinh tế - xã hội"),
        ("trước 31/12/20", "26", "trước 31/12/2026"),
    ):
        flow = Flow([line(first)], first)
        join(flow, line(second))
        assert flow.text == whole


def test_a_locked_file_is_refused_with_the_way_out() -> None:
    data = converted(_docx("Kế hoạch"), ".docx", ".pdf")
    assert texts(read(data)) == ["Kế hoạch"]
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read(data[: len(data) // 3])


def _docx(text: str) -> bytes:
    word = docx.Document()
    word.add_paragraph(text)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()
