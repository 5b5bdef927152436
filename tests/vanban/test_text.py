"""Plain text and markdown: clean words, tables, footnotes apart, lines put together, errors in Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest

from vanban.document import Document, Paragraph, Table
from vanban.reading import UnreadableFile, read_file
from vanban.reading.inline import plain


def read(text: str) -> Document:
    return read_file(text.encode(), "bai.txt")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("**Sở Tài chính** chủ trì", "Sở Tài chính chủ trì"),
        ("*(Kèm theo Kế hoạch)*", "(Kèm theo Kế hoạch)"),
        ("<b>Nhiệm&nbsp;vụ</b> <i>mới</i>", "Nhiệm vụ mới"),
        ("Sở Công Thương<sup>1</sup> báo cáo", "Sở Công Thương báo cáo"),
        ("tăng trưởng xanh¹;", "tăng trưởng xanh;"),
        ("theo quy định[^2].", "theo quy định."),
        ("rộng 500 m², sâu 3 m<sup>3</sup>", "rộng 500 m², sâu 3 m³"),
        ("khí CO<sub>2</sub> và N₂O", "khí CO2 và N₂O"),
        ("tỷ lệ < 5% và > 3%", "tỷ lệ < 5% và > 3%"),
        (r"đạt $\geq 95\%$ vào năm 2030", "đạt ≥ 95% vào năm 2030"),
        (r"1\. Mục tiêu \- chung", "1. Mục tiêu - chung"),
        ("Xem [Quyết định](https://vi.du/van-ban)", "Xem Quyết định"),
        ("TM. ỦY BAN NHÂN DÂN *kyt*", "TM. ỦY BAN NHÂN DÂN"),
        ("xem xét, quyết định./. *ab*", "xem xét, quyết định./."),
        ("a  *  b", "a * b"),
        ("<p>- Một</p><p>- Hai</p>", "- Một\n- Hai"),
        ("hoà bình", "hoà bình"),
    ],
)
def test_markup_and_footnote_marks_are_taken_out(raw: str, printed: str) -> None:
    assert plain(raw) == printed


def test_headings_bold_lines_and_page_furniture() -> None:
    found = read("# KẾ HOẠCH\n\n**Về môi trường**\n\n12\n\n---\n\nTrang 2/9\n\n![](anh.png)\n\nĐoạn văn.")
    first, second, third = found.blocks
    assert (first, second) == (Paragraph("KẾ HOẠCH", heading=1), Paragraph("Về môi trường", bold=True))
    assert third == Paragraph("Đoạn văn.")


def test_footnote_lines_stand_apart() -> None:
    found = read("Tỷ lệ GRDP¹ tăng.\n¹ Tổng sản phẩm trên địa bàn\n<sup>2</sup> Chú thích hai\n[^3]: Ba")
    assert texts(found) == ["Tỷ lệ GRDP tăng."]
    assert found.footnotes == (("1", "Tổng sản phẩm trên địa bàn"), ("2", "Chú thích hai"), ("3", "Ba"))


def test_tables_of_tabs_keep_empty_cells_and_equal_rows() -> None:
    found = read("TT\tViệc\tĐơn vị\n1\t<b>Đo nước</b>\n\t\tSở A<br>Sở B\n")
    assert cells(found) == [["TT", "Việc", "Đơn vị"], ["1", "Đo nước", ""], ["", "", "Sở A\nSở B"]]


def test_tables_of_pipes_with_and_without_edges() -> None:
    assert cells(read("| TT | Việc |\n|:--|--:|\n| 1 | a \\| b |")) == [["TT", "Việc"], ["1", "a | b"]]
    assert cells(read("SỞ A | CỘNG HÒA |\nSố: 1 | Huế |")) == [["SỞ A", "CỘNG HÒA"], ["Số: 1", "Huế"]]


def test_tables_of_html_have_spans() -> None:
    html = (
        "<table><tr><th rowspan='2'>TT</th><th colspan=2>Phân công</th></tr>"
        "<tr><td>Chủ trì</td><td>Phối hợp</td></tr></table>"
    )
    found = read(f"Trước\n{html}\nSau")
    assert texts(found) == ["Trước", "Sau"]
    table = found.blocks[1]
    assert isinstance(table, Table)
    assert [[(c.text, c.covered) for c in row] for row in table.rows] == [
        [("TT", False), ("Phân công", False), ("", True)],
        [("", True), ("Chủ trì", False), ("Phối hợp", False)],
    ]


def test_a_number_with_a_tab_is_no_table() -> None:
    assert texts(read("1.\tMục tiêu chung\n-\tGiảm rác")) == ["1. Mục tiêu chung", "- Giảm rác"]


def test_a_hard_wrapped_text_gets_its_paragraphs_back() -> None:
    sentence = "- Rà soát điểm xả thải dọc sông Hương, báo cáo Sở Nông nghiệp và Môi trường theo quý {}."
    items = [sentence.format(n) for n in range(1, 15)]
    lines = []
    for item in items:
        while len(item) > 60:
            cut = item.rindex(" ", 0, 61)
            lines.append(item[:cut])
            item = item[cut + 1 :]
        lines.append(item)
    assert texts(read("\n".join(lines))) == items


def test_encodings() -> None:
    for data in ("Kế hoạch".encode("utf-16"), b"\xef\xbb\xbf" + "Kế hoạch".encode()):
        assert texts(read_file(data, "a.txt")) == ["Kế hoạch"]
    assert texts(read_file("Đo ô nhiễm".encode("cp1258", "ignore"), "a.txt"))[0].startswith("Đo")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "trống"),
        (b" \n\t\n", "a.docx", "trống"),
        (b"%PDF-1.7 abc", "a.pdf", "Tệp PDF bị hỏng"),
        (b"%PDF-1.7 abc", "ke-hoach.docx", "Tệp PDF bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "Chưa đọc được tệp .doc"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "mật khẩu",
        ),
        (b"abc", "a.xlsx", "Tệp .xlsx bị hỏng"),
        (b"abc", "a.docx", "hỏng"),
        (b"\xff\xfe\x00", "a.txt", "bảng mã"),
        (b"12\n\n---\n", "a.txt", "không có chữ"),
        (b"1" * 5000, "a.txt", "dài bất thường"),
        (b"ab " * 30_000, "a.txt", "dài bất thường"),
    ],
)
def test_what_cannot_be_read_is_refused_in_vietnamese(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_file(data, name)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "cp1258"]
)
def test_texts_in_other_encodings_are_read(encoding: str) -> None:
    text = "KẾ HOẠCH\nThu gom chất thải nhựa trên địa bàn tỉnh\n1. Việc thứ nhất"
    data = b"".join(map(in_cp1258, text)) if encoding == "cp1258" else text.encode(encoding)
    assert [
        block.text for block in read_file(data, "a.txt").blocks if isinstance(block, Paragraph)
    ] == text.split("\n")


def in_cp1258(char: str) -> bytes:
    """A letter as Windows writes it: with its hat or horn, the tone behind it."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return (unicodedata.normalize("NFC", "".join(p for p in parts if p not in tone)) + tone).encode("cp1258")


def test_a_text_cut_inside_of_a_letter_keeps_its_other_letters() -> None:
    text = (
        "Thu gom chất thải nhựa trên địa bàn tỉnh đến năm 2030 và rà soát các điểm xả thải dọc sông ở đô thị"
    )
    data = text.encode()[: len(text.encode()) - 1]
    (found,) = read_file(data, "a.txt").blocks
    assert isinstance(found, Paragraph)
    assert found.text == text[:-1]


def test_signs_that_are_not_printed_are_no_words() -> None:
    (found,) = read_file("Kế\x01 ho\x08ạch\x7f".encode(), "a.txt").blocks
    assert found == Paragraph("Kế hoạch")
