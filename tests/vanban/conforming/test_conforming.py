"""Every component of NĐ 30/2020, measured in the written file and compared with the rules as data.

The other way round, each property of each component is spoilt in the file: that very departure is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Shown

from tests.vanban.conforming.full import FULL, LETTER
from tests.vanban.writing.examples import REPORT, RULES
from vanban.conforming import Departure, check_layout
from vanban.conforming.comparing import recognised
from vanban.conforming.measuring import Line
from vanban.writing import IssueDate, Paper, Paragraph, Section, write_docx

PAPERS = {"full": FULL, "report": REPORT, "letter": LETTER}
COMPONENTS = list(RULES["components"])
# what the titles below a heading, and the reference of an annex, are to the decree
TITLES = ["phan_chuong.title", "muc_tieu_muc.title", "khoan.title", "phu_luc.title", "phu_luc.reference_line"]


@cache
def written(name: str) -> bytes:
    return write_docx(PAPERS[name])


def paper_with(component: str) -> str:
    return "letter" if component == "trich_yeu_cong_van" else "full"


@pytest.mark.parametrize("name", PAPERS)
def test_a_written_paper_keeps_to_the_decree(name: str) -> None:
    assert [departure.message for departure in check_layout(written(name))] == []


def test_the_decree_has_27_components_and_each_is_found_in_a_file() -> None:
    found = {component for name in PAPERS for component in recognised(written(name))}
    assert len(COMPONENTS) == 27
    assert set(COMPONENTS) <= found
    assert set(TITLES) | {"page_number"} <= found


@pytest.mark.parametrize("component", [*COMPONENTS, *TITLES])
def test_what_is_measured_is_what_the_rules_say(component: str) -> None:
    """The same comparison written out once more, without the module that makes the findings."""
    rule: dict[str, Any] = RULES["components"]
    for step in component.split("."):
        rule = rule[step]
    low, high = rule["size_pt"]
    style = rule["style"].split("(")[0]
    wanted = RULES["measured"]["at"][component]
    lines = recognised(written(paper_with(component)))[component]
    for line in lines:
        assert all(low <= size <= high for size in line.sizes)
        assert line.fonts == {RULES["font"]["family"]}
        assert "italic" not in style or line.italic
        assert "bold" not in style or line.bold
        assert not wanted["align"] or line.align in wanted["align"]
        if rule.get("case") == "upper":
            assert line.text == line.text.upper()


def spoil(data: bytes, texts: set[str], change: Callable[[Any], None]) -> bytes:
    """The file with every paragraph of one of the texts changed, wherever it stands."""
    word = docx.Document(BytesIO(data))
    roots = [word.element.body, *(section.first_page_footer._element for section in word.sections[:1])]
    roots.append(word.sections[0].header._element)
    done = 0
    for root in roots:
        for p in root.iter(qn("w:p")):
            line = Shown(p, word._body)
            if line.text.strip() in texts:
                change(line)
                done += 1
    assert done
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def of(component: str) -> tuple[bytes, set[str]]:
    data = written(paper_with(component))
    return data, {line.text for line in recognised(data)[component]}


def said(data: bytes, component: str) -> set[str]:
    return {departure.what for departure in check_layout(data) if departure.component == component}


def runs(change: Callable[[Any], None]) -> Callable[[Any], None]:
    def every(line: Any) -> None:
        for run in line.runs:
            change(run)

    return every


def bigger(run: Any) -> None:
    run.font.size = Pt(17)


def flipped_bold(rule_bold: bool) -> Callable[[Any], None]:
    return lambda run: setattr(run.font, "bold", not rule_bold)


def flipped_italic(rule_italic: bool) -> Callable[[Any], None]:
    return lambda run: setattr(run.font, "italic", not rule_italic)


@pytest.mark.parametrize("component", [*COMPONENTS, *TITLES])
def test_a_wrong_size_weight_slant_font_or_colour_is_found(component: str) -> None:
    data, texts = of(component)
    rule: dict[str, Any] = RULES["components"]
    for step in component.split("."):
        rule = rule[step]
    style = rule["style"].split("(")[0]
    changes: dict[str, Callable[[Any], None]] = {
        "size": bigger,
        "bold": flipped_bold("bold" in style),
        "italic": flipped_italic("italic" in style),
        "font": lambda run: setattr(run.font, "name", "Arial"),
        "colour": lambda run: setattr(run.font.color, "rgb", RGBColor(0, 0, 255)),
    }
    for what, change in changes.items():
        assert what in said(spoil(data, texts, runs(change)), component), what


@pytest.mark.parametrize("component", [name for name in [*COMPONENTS, *TITLES] if name != "noi_nhan_label"])
def test_a_wrong_alignment_is_found(component: str) -> None:
    wanted = RULES["measured"]["at"][component]["align"]
    if not wanted:
        return
    data, texts = of(component)
    spoilt = spoil(data, texts, lambda line: setattr(line, "alignment", WD_ALIGN_PARAGRAPH.RIGHT))
    assert "align" in said(spoilt, component)


@pytest.mark.parametrize(
    "component",
    [
        name
        for name in [*COMPONENTS, "phan_chuong.title", "muc_tieu_muc.title", "phu_luc.title"]
        if RULES["measured"]["at"].get(name, {}).get("in")
        and name in {"quoc_hieu", "co_quan_chu_quan", "co_quan_ban_hanh", "ten_loai", "phan_chuong.title"}
    ],
)
def test_small_letters_where_capitals_belong_are_found(component: str) -> None:
    data, texts = of(component)
    spoilt = spoil(data, texts, runs(lambda run: setattr(run, "text", run.text.capitalize())))
    assert "case" in said(spoilt, component)


@pytest.mark.parametrize("component", RULES["measured"]["indented"])
def test_a_lost_indent_is_found(component: str) -> None:
    data, texts = of(component)
    spoilt = spoil(data, texts, lambda line: setattr(line.paragraph_format, "first_line_indent", Mm(0)))
    assert "indent" in said(spoilt, component)


@pytest.mark.parametrize("component", RULES["measured"]["spaced"])
@pytest.mark.parametrize(("field", "value"), [("space_after", Pt(2)), ("line_spacing", 2.0)])
def test_lines_too_close_or_too_wide_are_found(component: str, field: str, value: object) -> None:
    data, texts = of(component)
    spoilt = spoil(data, texts, lambda line: setattr(line.paragraph_format, field, value))
    assert "spacing" in said(spoilt, component)


def page_changed(change: Callable[[Any], None], data: bytes | None = None) -> list[Departure]:
    word = docx.Document(BytesIO(data or written("report")))
    change(word)
    out = BytesIO()
    word.save(out)
    return list(check_layout(out.getvalue()))


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
def test_a_margin_outside_the_bounds_is_found(side: str) -> None:
    for value in (RULES["page"]["margin_mm"][side][0] - 4, RULES["page"]["margin_mm"][side][1] + 4):
        found = page_changed(lambda word, v=value: setattr(word.sections[1], f"{side}_margin", Mm(v)))  # type: ignore[misc]
        assert "page" in {departure.what for departure in found}


def test_another_paper_size_is_found() -> None:
    found = page_changed(lambda word: setattr(word.sections[0], "page_width", Mm(216)))
    assert ("page", "page") in {(departure.component, departure.what) for departure in found}


def test_pages_that_are_not_counted_from_one_in_each_annex_are_found() -> None:
    def run_on(word: Any) -> None:
        numbered = word.sections[1]._sectPr.find(qn("w:pgNumType"))
        del numbered.attrib[qn("w:start")]

    found = page_changed(run_on)
    assert ("page_number", "numbering") in {(departure.component, departure.what) for departure in found}


def test_a_number_on_the_first_page_is_found() -> None:
    found = page_changed(lambda word: setattr(word.sections[0], "different_first_page_header_footer", False))
    assert ("page_number", "page") in {(departure.component, departure.what) for departure in found}


def test_a_missing_rule_and_one_too_long_are_found() -> None:
    def below(word: Any, change: Callable[[Any], None]) -> None:
        for p in list(word.element.body.iter(qn("w:p"))):
            shape = p.find(qn("w:pPr"))
            if not "".join(t.text or "" for t in p.iter(qn("w:t"))) and shape.find(qn("w:pBdr")) is not None:
                change(shape)

    gone = page_changed(lambda word: below(word, lambda shape: shape.remove(shape.find(qn("w:pBdr")))))
    assert {d.component for d in gone if d.what == "rule"} == {"tieu_ngu", "co_quan_ban_hanh", "trich_yeu"}
    wide = page_changed(lambda word: below(word, lambda shape: shape.remove(shape.find(qn("w:ind")))))
    assert {d.component for d in wide if d.what == "rule"} == {"tieu_ngu", "co_quan_ban_hanh", "trich_yeu"}


def replaced(paper: Paper, old: str, new: str) -> list[Departure]:
    """What is found in a paper in which somebody typed other words over a line."""

    def change(line: Any) -> None:
        line.runs[0].text = line.text.replace(old, new)
        for run in line.runs[1:]:
            run.text = ""

    lines: list[Line] = [line for held in recognised(write_docx(paper)).values() for line in held]
    texts = {line.text for line in lines if old in line.text}
    return list(check_layout(spoil(write_docx(paper), texts, change)))


NUMBERED = replace(REPORT, number="7", date=IssueDate(2026, 1, 5))


@pytest.mark.parametrize(
    ("paper", "old", "new", "component", "what"),
    [
        (NUMBERED, "Số: 07/", "Số: 7/", "so_ky_hieu", "words"),
        (NUMBERED, "/BC-SCT", "/TTr-SCT", "so_ky_hieu", "words"),
        (NUMBERED, "ngày 05 tháng 01", "ngày 5 tháng 01", "dia_danh_thoi_gian", "words"),
        (NUMBERED, "ngày 05 tháng 01", "ngày 05 tháng 1", "dia_danh_thoi_gian", "words"),
        (NUMBERED, "2020;", "2020.", "can_cu", "words"),
        (NUMBERED, "- Như trên;", "- Các sở;", "noi_nhan_list", "words"),
        (NUMBERED, "- Lưu: VT, QLCN.", "- Phòng QLCN.", "noi_nhan_list", "words"),
        (NUMBERED, "xem xét./.", "xem xét.", "noi_dung", "words"),
        (NUMBERED, "II. KIẾN NGHỊ", "III. KIẾN NGHỊ", "muc_la_ma", "numbering"),
        (NUMBERED, "b) Điểm", "c) Điểm", "diem", "numbering"),
        (NUMBERED, "2. Các cơ quan", "4. Các cơ quan", "khoan", "numbering"),
        (NUMBERED, "Phụ lục II", "Phụ lục III", "phu_luc", "numbering"),
        (NUMBERED, "Sở Công Thương báo cáo", "báo cáo", "noi_dung", "capitals"),
        (NUMBERED, "Nguyễn Văn Mẫu", "TS. Nguyễn Văn Mẫu", "ho_ten", "words"),
        (FULL, "Điều 1. Phạm", "Điều 5. Phạm", "dieu", "numbering"),
        (FULL, "khoản 2 Điều 3", "khoản 2 điều 3", "khoan", "capitals"),
        (FULL, "điểm b khoản", "Điểm b khoản", "khoan", "capitals"),
        (FULL, "Chương I", "Chương II", "phan_chuong", "numbering"),
    ],
)
def test_wrong_words_and_numbers_are_found(
    paper: Paper, old: str, new: str, component: str, what: str
) -> None:
    found = replaced(paper, old, new)
    assert (component, what) in {(departure.component, departure.what) for departure in found}


def test_a_missing_component_is_named() -> None:
    found = replaced(NUMBERED, "Nơi nhận:", "Gửi:")
    assert ("noi_nhan_label", "missing") in {(departure.component, departure.what) for departure in found}


def test_every_finding_says_what_was_found_what_is_wanted_and_where_the_decree_says_so() -> None:
    data, texts = of("quoc_hieu")
    found = [d for d in check_layout(spoil(data, texts, runs(bigger))) if d.component == "quoc_hieu"]
    assert [departure.message for departure in found] == [
        "Quốc hiệu («CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»): cỡ chữ là 17; quy định: 12 - 13 "
        "(Phụ lục I NĐ 30/2020, II.1.a)."
    ]


def test_a_section_that_begins_anew_is_no_gap() -> None:
    body = tuple(
        Section(
            f"Phần việc {i}", (Section("Một", (Paragraph("Chữ."),)), Section("Hai", (Paragraph("Chữ."),)))
        )
        for i in range(3)
    )
    assert check_layout(write_docx(replace(NUMBERED, body=body))) == ()


def test_numbers_that_only_look_like_items_do_not_matter() -> None:
    words = re.sub(r"\s+", " ", "Kinh phí tăng theo điều 2,5 lần; mục 30% đã đạt.")
    assert check_layout(write_docx(replace(NUMBERED, body=(Paragraph(words),)))) == ()
