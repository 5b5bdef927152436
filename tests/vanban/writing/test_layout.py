"""The written file against the rules of NĐ 30/2020 as data."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from docx.oxml.ns import qn

from tests.vanban.writing.examples import REPORT, RULES, body, lines, opened, parts, words
from vanban.writing import IssueDate, write_docx

MM = 36000
PT = 12700


@pytest.fixture(scope="module")
def report() -> bytes:
    return write_docx(REPORT)


def component(name: str) -> dict[str, Any]:
    rule: dict[str, Any] = RULES["components"] | RULES["copies"] | RULES["practice"]
    for step in name.split("."):
        rule = rule[step]
    return rule


def style(name: str) -> str:
    """The name that the style of a component has in Word."""
    return str(RULES["choices"]["paragraphs"][name]["style"])


def style_names() -> list[str]:
    return [name for name in RULES["choices"]["paragraphs"] if name != "page_number"]


def test_paper_is_a4_with_margins_inside_the_bounds(report: bytes) -> None:
    page = RULES["page"]
    for section in opened(report).sections:
        size = {round(section.page_width / MM), round(section.page_height / MM)}
        assert size == {page["width_mm"], page["height_mm"]}
        for side in ("top", "bottom", "left", "right"):
            low, high = page["margin_mm"][side]
            assert low - 0.05 <= getattr(section, f"{side}_margin") / MM <= high + 0.05, side


def test_only_the_annex_that_asks_for_it_lies_across(report: bytes) -> None:
    across = [section.page_width > section.page_height for section in opened(report).sections]
    assert across == [False, True, False]


def test_everything_is_set_in_times_new_roman_and_vietnamese(report: bytes) -> None:
    styles = parts(report)["word/styles.xml"].decode()
    document = parts(report)["word/document.xml"].decode()
    assert styles.count(RULES["font"]["family"]) == 4
    assert "w:rFonts" not in document
    assert 'w:lang w:val="vi-VN"' in styles
    assert "w:color " not in styles
    assert "w:shd" not in document + styles


@pytest.mark.parametrize("name", style_names())
def test_a_component_has_the_size_and_the_look_of_the_rules(report: bytes, name: str) -> None:
    rule = component(name)
    made = opened(report).styles[style(name)]
    low, high = rule["size_pt"]
    assert low <= made.font.size / PT <= high
    look = rule["style"].split("(")[0]
    assert bool(made.font.bold) == ("bold" in look)
    assert bool(made.font.italic) == ("italic" in look)


@pytest.mark.parametrize("name", ["noi_dung", "can_cu", "khoan", "diem", "muc_la_ma", "khoan.title"])
def test_the_body_is_justified_indented_and_spaced(report: bytes, name: str) -> None:
    rule = component("noi_dung")
    form = opened(report).styles[style(name)].paragraph_format
    low, high = rule["first_line_indent_cm"]
    assert low <= form.first_line_indent.cm <= high + 0.01
    assert form.alignment == 3
    assert form.space_after.pt >= rule["space_between_paragraphs_min_pt"]
    assert 1 <= form.line_spacing <= 1.5


def test_sizes_move_together() -> None:
    sizes = [component(name)["size_pt"] for name in ("quoc_hieu", "tieu_ngu", "dia_danh_thoi_gian")]
    written = opened(write_docx(REPORT)).styles
    names = [style(name) for name in ("quoc_hieu", "tieu_ngu", "dia_danh_thoi_gian")]
    got = [written[name].font.size / PT for name in names]
    assert got in ([low for low, _ in sizes], [high for _, high in sizes])


def test_components_stand_in_their_order(report: bytes) -> None:
    names = [
        "co_quan_chu_quan",
        "co_quan_ban_hanh",
        "quoc_hieu",
        "tieu_ngu",
        "so_ky_hieu",
        "dia_danh_thoi_gian",
        "ten_loai",
        "trich_yeu",
        "kinh_gui",
        "can_cu",
        "noi_dung",
        "muc_la_ma",
        "khoan.title",
        "diem",
        "khoan",
        "noi_nhan_label",
        "noi_nhan_list",
        "quyen_han_chuc_vu",
        "ho_ten",
        "phu_luc",
        "phu_luc.title",
        "phu_luc.reference_line",
    ]
    found = list(dict.fromkeys(look for look, _ in lines(report)))
    assert [look for look in found if look != "Bảng"] == [style(name) for name in names]


def test_the_words_of_the_report(report: bytes) -> None:
    texts = [text for look, text in lines(report) if look != "Bảng"]
    assert texts == [
        "UBND THÀNH PHỐ CẦN THƠ",
        "SỞ CÔNG THƯƠNG",
        component("quoc_hieu")["text"],
        component("tieu_ngu")["text"],
        "Số:       /BC-SCT",
        "Cần Thơ, ngày        tháng 12 năm 2025",
        "BÁO CÁO",
        "Kết quả thực hiện Kế hoạch phát triển ngành công nghiệp môi trường năm 2025",
        "Kính gửi:",
        "- Ủy ban nhân dân thành phố;",
        "- Bộ Công Thương.",
        "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;",
        "Căn cứ Kế hoạch số 901/KH-UBND ngày 15 tháng 7 năm 2025 của Ủy ban nhân dân thành phố.",
        "Sở Công Thương báo cáo kết quả thực hiện như sau:",
        "I. KẾT QUẢ THỰC HIỆN",
        "1. Chỉ tiêu",
        "Đã xử lý 1.234,5 nghìn m³.",
        "a) Điểm thứ nhất:",
        "- gạch đầu dòng;",
        "b) Điểm thứ hai.",
        "2. Các cơ quan đã gửi báo cáo đúng hạn.",
        "II. KIẾN NGHỊ",
        "Kính trình Ủy ban nhân dân thành phố xem xét./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Giám đốc (để báo cáo);",
        "- Lưu: VT, QLCN.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn Mẫu",
        "Phụ lục I",
        "TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ",
        "(Kèm theo Báo cáo số       /BC-SCT ngày        tháng 12 năm 2025 của Sở Công Thương)",
        "Phụ lục II",
        "THUYẾT MINH",
        "(Kèm theo Báo cáo số       /BC-SCT ngày        tháng 12 năm 2025 của Sở Công Thương)",
        "Nội dung thuyết minh.",
    ]


def test_a_letter_has_its_title_under_its_number() -> None:
    letter = replace(
        REPORT,
        kind=None,
        number="5",
        symbol="SCT-QLCN",
        date=IssueDate(2026, 1, 5),
        title="góp ý dự thảo kế hoạch",
        addressees=("Sở Tài chính",),
        legal_bases=(),
        annexes=(),
    )
    found = lines(write_docx(letter))
    assert (style("so_ky_hieu"), "Số: 05/SCT-QLCN") in found
    assert found.index((style("so_ky_hieu"), "Số: 05/SCT-QLCN")) + 1 == found.index(
        (style("trich_yeu_cong_van"), "V/v góp ý dự thảo kế hoạch")
    )
    assert (style("dia_danh_thoi_gian"), "Cần Thơ, ngày 05 tháng 01 năm 2026") in found
    assert (style("kinh_gui"), "Kính gửi: Sở Tài chính") in found
    assert style("ten_loai") not in [look for look, _ in found]


def test_one_annex_has_no_number() -> None:
    found = lines(write_docx(replace(REPORT, annexes=REPORT.annexes[:1])))
    assert [text for look, text in found if look == style("phu_luc")] == ["Phụ lục"]


def test_a_mark_of_circulation_stands_in_a_frame() -> None:
    data = write_docx(replace(REPORT, mark="Lưu hành nội bộ"))
    framed = [p for p in body(data).iter(qn("w:p")) if words(p) == "LƯU HÀNH NỘI BỘ"]
    assert len(list(framed[0].find(qn("w:pPr")).find(qn("w:pBdr")))) == 4


def rules_below(data: bytes) -> dict[str, float]:
    """Each drawn rule by the words above it: its length in points."""
    out = {}
    for above, below in pairwise(list(body(data).iter(qn("w:p")))):
        shape = below.find(qn("w:pPr"))
        if shape.find(qn("w:pBdr")) is not None and not words(below):
            cell = next(below.iterancestors(qn("w:tc")), None)
            width = (210 - 30 - 15) / 25.4 * 72
            if cell is not None:
                width = int(cell.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w"))) / 20
            indent = shape.find(qn("w:ind"))
            out[words(above)] = (
                width - sum(int(indent.get(qn(f"w:{side}"))) for side in ("left", "right")) / 20
            )
    return out


def test_rules_are_as_long_as_the_decree_says() -> None:
    title = (
        "Kết quả thực hiện Kế hoạch phát triển ngành công nghiệp môi trường "
        "giai đoạn 2025 - 2030 quý III năm 2025"
    )
    found = rules_below(write_docx(replace(REPORT, title=title)))
    assert list(found) == ["SỞ CÔNG THƯƠNG", component("tieu_ngu")["text"], title]
    # lengths of the lines as they stand in the PDF that LibreOffice made of such a paper
    assert found[component("tieu_ngu")["text"]] == pytest.approx(171.2, abs=1)
    assert 1 / 3 <= found["SỞ CÔNG THƯƠNG"] / 121.5 <= 1 / 2
    assert 1 / 3 <= found[title] / 346.5 <= 1 / 2


def test_pages_are_numbered_in_the_top_margin_from_the_second(report: bytes) -> None:
    word = opened(report)
    for section in word.sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == str(
            RULES["page_number"]["start"]
        )
        assert section.header_distance < section.top_margin
        assert not words(section.first_page_header._element)
        assert "PAGE" in [e.text for e in section.header._element.iter(qn("w:instrText"))]
        number = section.header.paragraphs[0].style
        low, high = RULES["page_number"]["size_pt"]
        assert low <= number.font.size / PT <= high
        assert number.paragraph_format.alignment == 1


def test_the_signature_stays_with_the_last_words(report: bytes) -> None:
    foot = next(t for t in body(report).iter(qn("w:tbl")) if "Nơi nhận" in words(t))
    assert foot.getprevious().find(qn("w:pPr")).find(qn("w:keepNext")) is not None
    assert foot.find(qn("w:tr")).find(qn("w:trPr")).find(qn("w:cantSplit")) is not None


def test_headings_stand_in_the_navigation_pane(report: bytes) -> None:
    styles = opened(report).styles
    levels = {
        name: styles[style(name)].element.find(qn("w:pPr")).find(qn("w:outlineLvl")).get(qn("w:val"))
        for name in ("muc_la_ma", "khoan.title", "phu_luc")
    }
    assert levels == {"muc_la_ma": "0", "khoan.title": "1", "phu_luc": "0"}


def test_a_long_name_is_broken_into_even_lines_by_its_indents() -> None:
    plain = replace(REPORT, issuer="Ban Quản lý các khu chế xuất và công nghiệp Cần Thơ")
    shape = next(p for p in body(write_docx(plain)).iter(qn("w:p")) if words(p).startswith("BAN QUẢN LÝ"))
    assert words(shape) == plain.issuer.upper()
    indent = shape.find(qn("w:pPr")).find(qn("w:ind"))
    assert int(indent.get(qn("w:left"))) == int(indent.get(qn("w:right"))) > 0


def test_a_written_line_break_in_a_name_is_kept() -> None:
    paper = replace(REPORT, parent=None, issuer="Ủy ban nhân dân\nthành phố Cần Thơ")
    names = [text for look, text in lines(write_docx(paper)) if look == style("co_quan_ban_hanh")]
    assert names == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ"]


def test_sections_of_a_letter_of_the_alphabet_follow_vietnamese_order() -> None:
    from vanban.writing import Section

    points = tuple(Section(f"điểm {i}") for i in range(7))
    paper = replace(REPORT, body=(Section("Một", (Section("Hai", points),)),))
    found = [text for look, text in lines(write_docx(paper)) if look == style("diem")]
    assert [text[:2] for text in found] == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]
