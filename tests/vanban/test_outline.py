"""Markers, headings and what stands under them, pieces put together."""

from __future__ import annotations

import pytest

from tests.vanban.prose import assert_places_cut_out, document, section
from vanban import markers, outline
from vanban.document import Cell, Document, Paragraph, Table
from vanban.outline import Line, Section


def shape(item: Line | Section) -> object:
    if isinstance(item, Line):
        return f"{item.marker or ''} {item.words.text}".strip()
    return (f"{item.marker or ''} {item.title.text}".strip(), [shape(below) for below in item.items()])


def shapes(text: str) -> list[object]:
    return [shape(item) for item in section(text).items()]


@pytest.mark.parametrize(
    ("text", "marker", "kind", "rest"),
    [
        ("II. MỤC TIÊU", "II.", "roman", "MỤC TIÊU"),
        ("IV- KINH PHÍ", "IV-", "roman", "KINH PHÍ"),
        ("1. Mục đích", "1.", "number", "Mục đích"),
        ("1.Mục đích", "1.", "number", "Mục đích"),
        ("3/ Sở Tài chính", "3/", "number", "Sở Tài chính"),
        ("2.1. 100% cơ sở", "2.1.", "number2", "100% cơ sở"),
        ("1.2.3 Đo nước", "1.2.3", "number3", "Đo nước"),
        ("đ) Kiểm tra", "đ)", "letter", "Kiểm tra"),
        ("a. Nội dung", "a.", "letter", "Nội dung"),
        ("- Rà soát", "-", "dash", "Rà soát"),
        ("– Rà soát", "–", "dash", "Rà soát"),
        ("+ Cấp xã", "+", "plus", "Cấp xã"),
        ("• Cấp xã", "•", "bullet", "Cấp xã"),
        ("Điều 5. Hiệu lực", "Điều 5.", "article", "Hiệu lực"),
        ("Phần thứ hai", "Phần thứ hai", "part", ""),
        ("B. NHIỆM VỤ", "B.", "capital", "NHIỆM VỤ"),
    ],
)
def test_markers(text: str, marker: str, kind: str, rest: str) -> None:
    found = markers.find(text)
    assert found is not None
    assert (found.text, found.kind, text[found.length :]) == (marker, kind, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2030. Tầm nhìn",
        "1.500 doanh nghiệp",
        "1,5 triệu tấn",
        "-15% so với năm 2014",
        "12/2026 là hạn",
        "Vùng A",
        "30/2026/QĐ-UBND",
    ],
)
def test_figures_and_words_are_no_markers(text: str) -> None:
    assert markers.find(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("III.", 3), ("2.4.", 4), ("đ)", 5), ("e)", 6), ("-", None), ("12.", 12)]
)
def test_what_a_marker_counts(text: str, value: int | None) -> None:
    assert markers.value(text) == value


def test_sections_lines_and_lettered_headings() -> None:
    assert shapes(
        """
        I. MỤC TIÊU
        Đoạn dẫn.
        1. Chung
        - Một;
        - Hai.
        2. Riêng
        a) Không có gì ở dưới.
        b) Có gạch đầu dòng:
        - Ba.
        II. NHIỆM VỤ
        """
    ) == [
        (
            "I. MỤC TIÊU",
            [
                "Đoạn dẫn.",
                ("1. Chung", ["- Một;", "- Hai."]),
                ("2. Riêng", ["a) Không có gì ở dưới.", ("b) Có gạch đầu dòng:", ["- Ba."])]),
            ],
        ),
        ("II. NHIỆM VỤ", []),
    ]


def test_capitals_over_romans_and_romans_over_capitals() -> None:
    over = shapes("A. MỤC TIÊU\nI. Chung\nII. Riêng\nB. NHIỆM VỤ\nC. KINH PHÍ\nD. TỔ CHỨC")
    assert over == [("A. MỤC TIÊU", [("I. Chung", []), ("II. Riêng", [])]), ("B. NHIỆM VỤ", []), *over[2:]]
    assert [item[0] for item in over if isinstance(item, tuple)][2:] == ["C. KINH PHÍ", "D. TỔ CHỨC"]
    assert shapes("I. MỤC TIÊU\nA. Chung\nB. Riêng\nII. NHIỆM VỤ") == [
        ("I. MỤC TIÊU", [("A. Chung", []), ("B. Riêng", [])]),
        ("II. NHIỆM VỤ", []),
    ]


def test_sections_inside_an_article() -> None:
    assert shapes("Điều 1. Phê duyệt gồm:\nI. MỤC TIÊU\n1. Chung\nĐiều 2. Hiệu lực") == [
        ("Điều 1. Phê duyệt gồm:", [("I. MỤC TIÊU", [("1. Chung", [])])]),
        ("Điều 2. Hiệu lực", []),
    ]


def test_a_part_has_its_title_on_the_next_line() -> None:
    assert shapes("Phần thứ nhất\nMỤC TIÊU\n1. Chung") == [("Phần thứ nhất MỤC TIÊU", [("1. Chung", [])])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("- Thu gom nước thải của", "Công ty Cấp nước về trạm."),
        ("- Thu gom nước thải;", "trong đó ưu tiên làng nghề."),
        ("1. Nhóm giải pháp về khoa học,", "công nghệ"),
        ("- Triển khai mạng lưới quan trắc nước mặt tự động trên địa bàn thành phố Cần", "Thơ trong năm."),
        ("- Phát triển các mô hình sinh kế phù hợp với điều kiện kinh tế", "- xã hội của xã."),
        ("- Hoàn thành trạm quan trắc trước ngày 30 tháng 6 năm", "2027."),
    ],
)
def test_pieces_cut_by_a_page_are_joined(first: str, second: str) -> None:
    paper = document(f"{first}\n{second}")
    (line,) = outline.read(paper).everything()
    assert line.words.text == f"{first} {second}"[len(line.marker or "") + 1 :]
    assert_places_cut_out(paper, line.words)
    assert len(line.words.places) == 2


@pytest.mark.parametrize(
    "text",
    [
        "1. Sở Tài chính\nBố trí kinh phí.",
        "- Thu gom nước thải.\nTrong quá trình thực hiện, báo cáo Sở.",
        "Đoạn một kết thúc./.\nnơi nhận",
        "1. Mục tiêu chung của kế hoạch phát triển dịch vụ môi trường của tỉnh\nĐến năm 2030 có trạm.",
    ],
)
def test_what_is_whole_is_not_joined(text: str) -> None:
    assert len(list(section(text).everything())) == 2


def test_word_numbers_count_as_markers_and_tables_part_the_text() -> None:
    paper = Document(
        (
            Paragraph("MỤC TIÊU", number="I."),
            Paragraph("Giảm rác thải của", number="-"),
            Table(((Cell("a"),),)),
            Paragraph("các chợ."),
        )
    )
    (goal,) = outline.read(paper).sections
    assert goal.marker == "I."
    assert [(line.marker, line.words.text) for line in goal.lines] == [
        ("-", "Giảm rác thải của"),
        (None, "các chợ."),
    ]


def test_bullets_head_dashes() -> None:
    assert shapes("I. PHÂN CÔNG\n* Sở Xây dựng:\n- Làm trạm.\n* Sở Tài chính: Bố trí vốn.") == [
        ("I. PHÂN CÔNG", [("* Sở Xây dựng:", ["- Làm trạm."]), "* Sở Tài chính: Bố trí vốn."])
    ]
