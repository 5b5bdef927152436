"""The components beside the plain report: divisions, articles, marks, address, copies, forms of signing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from docx.oxml.ns import qn

from tests.vanban.writing.examples import REPORT, RULES, body, lines, opened, parts, words
from vanban.writing import (
    Article,
    Copy,
    Division,
    IssueDate,
    Paper,
    Section,
    paper_as_json,
    paper_from_json,
    recipients,
    signing,
    symbol,
    write_docx,
)

COPY = Copy(
    form="Sao y",
    issuer="Văn phòng Ủy ban nhân dân",
    number="3",
    symbol="SY-VP",
    place="Cần Thơ",
    date=IssueDate(2026, 1, 6),
    signer=signing("Phó Chánh Văn phòng", "Lê Văn Mẫu", form="KT.", head="Chánh Văn phòng"),
    recipients=recipients(addressed=False),
)
ARTICLES = (
    Division(
        "Chương",
        "Quy định chung",
        (
            Division(
                "Mục", "Phạm vi", (Article("Phạm vi", (Section("Khoản.", (Section("điểm;"),), True),)),)
            ),
            Division("Mục", "Đối tượng", (Article("Có hiệu lực từ ngày ký.", sentence=True),)),
        ),
    ),
    Division("Chương", "Thi hành", (Division("Mục", "Trách nhiệm", (Article("Thi hành"),)),)),
)


def texts(paper: Paper) -> list[str]:
    return [text for _, text in lines(write_docx(paper))]


def plain(**changes: object) -> Paper:
    return replace(REPORT, **{"annexes": (), **changes})  # type: ignore[arg-type]


def test_articles_run_on_and_parts_of_chapters_begin_anew_in_each_chapter() -> None:
    found = texts(plain(body=ARTICLES))
    start = found.index("Chương I")
    assert found[start : found.index("Nơi nhận:")] == [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Mục 1",
        "PHẠM VI",
        "Điều 1. Phạm vi",
        "1. Khoản.",
        "a) điểm;",
        "Mục 2",
        "ĐỐI TƯỢNG",
        "Điều 2. Có hiệu lực từ ngày ký.",
        "Chương II",
        "THI HÀNH",
        "Mục 1",
        "TRÁCH NHIỆM",
        "Điều 3. Thi hành./.",
    ]


def test_of_an_article_without_title_only_the_number_is_bold() -> None:
    word = opened(write_docx(plain(body=ARTICLES)))
    line = next(p for p in word.paragraphs if p.text.startswith("Điều 2."))
    assert [(run.text, bool(run.bold)) for run in line.runs] == [
        ("Điều 2. ", True),
        ("Có hiệu lực từ ngày ký.", False),
    ]


def test_every_degree_of_urgency_stands_in_a_red_box_of_its_size() -> None:
    for name, (wide, _) in RULES["components"]["do_khan"]["boxes_mm"].items():
        data = write_docx(plain(urgency=name.capitalize()))
        line: Any = next(p for p in body(data).iter(qn("w:p")) if words(p) == name)
        shape = line.find(qn("w:pPr"))
        sides = list(shape.find(qn("w:pBdr")))
        assert {side.get(qn("w:color")) for side in sides} == {"FF0000"}
        above: Any = next(line.iterancestors(qn("w:tc")))
        cell = int(above.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w")))
        indent = shape.find(qn("w:ind"))
        inner = cell - int(indent.get(qn("w:left"))) - int(indent.get(qn("w:right")))
        space = sum(int(side.get(qn("w:space"))) for side in sides[1::2]) * 20
        assert (inner + space) / 1440 * 25.4 == pytest.approx(wide, abs=0.2)


@pytest.mark.parametrize("degree", ["gấp", "Mật"])
def test_a_degree_of_urgency_that_does_not_exist_is_refused(degree: str) -> None:
    with pytest.raises(ValueError, match="urgency"):
        write_docx(plain(urgency=degree))


def test_a_draft_says_so_under_its_number() -> None:
    found = texts(plain(draft="Dự thảo lần 2"))
    assert found[found.index("DỰ THẢO LẦN 2") - 1].startswith("Số:")


@pytest.mark.parametrize(
    ("drafter", "copies", "line"),
    [("pl", 300, "PL.(300)"), ("PL", None, "PL."), ("", 12, "(12)"), ("", None, None)],
)
def test_who_drafted_and_how_many_copies(drafter: str, copies: int | None, line: str | None) -> None:
    found = [
        text
        for look, text in lines(write_docx(plain(drafter=drafter, copies=copies)))
        if look == RULES["choices"]["paragraphs"]["ky_hieu_nguoi_soan"]["style"]
    ]
    assert found == ([line] if line else [])


def test_the_address_stands_at_the_foot_of_the_first_page_alone() -> None:
    paper = replace(REPORT, contact=("Số 1 đường Mẫu", " ", "ĐT: 000"))
    sections = list(opened(write_docx(paper)).sections)
    feet = [section.first_page_footer.paragraphs[0].text for section in sections]
    assert feet == ["Số 1 đường Mẫu; ĐT: 000", "", ""]
    assert not [name for name in parts(write_docx(REPORT)) if "footer" in name]


def test_a_copy_stands_below_the_last_words_of_the_paper() -> None:
    found = texts(plain(copy=COPY))
    assert found[found.index("SAO Y") - 1 :] == [
        "VĂN PHÒNG ỦY BAN NHÂN DÂN",
        "SAO Y",
        "Số: 03/SY-VP",
        "Cần Thơ, ngày 06 tháng 01 năm 2026",
        "Nơi nhận:",
        "- Lưu: VT.",
        "KT. CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
        "Lê Văn Mẫu",
    ]
    behind = texts(replace(REPORT, copy=COPY))
    assert behind.index("SAO Y") > behind.index("Nội dung thuyết minh.")


def test_a_form_of_copy_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="form of copy"):
        write_docx(plain(copy=replace(COPY, form="Photo")))


@pytest.mark.parametrize(
    ("given", "above", "title"),
    [
        ({}, (), "Giám đốc"),
        ({"collective": "Ủy ban nhân dân"}, ("TM. Ủy ban nhân dân",), "Giám đốc"),
        ({"form": "KT.", "head": "Trưởng ban"}, ("KT. Trưởng ban",), "Giám đốc"),
        (
            {"collective": "Hội đồng", "form": "TUQ.", "head": "Chủ tịch"},
            ("TM. Hội đồng", "TUQ. Chủ tịch"),
            "Giám đốc",
        ),
        ({"form": "TL.", "head": "Bộ trưởng"}, ("TL. Bộ trưởng",), "Giám đốc"),
        ({"form": "Q."}, (), "Q. Giám đốc"),
    ],
)
def test_by_what_right_one_signs(given: dict[str, str], above: tuple[str, ...], title: str) -> None:
    signer = signing("Giám đốc", "Lê Văn Mẫu", **given)
    assert (signer.authority, signer.title) == (above, title)


def test_every_form_of_the_decree_is_known_and_others_refused() -> None:
    for form in RULES["components"]["quyen_han_chuc_vu"]["prefixes"]:
        if form != "TM.":
            signing("Giám đốc", "A", form=form, head="Chủ tịch")
    with pytest.raises(ValueError, match="no form"):
        signing("Giám đốc", "A", form="TT.", head="Chủ tịch")
    with pytest.raises(ValueError, match="head"):
        signing("Giám đốc", "A", form="KT.")


@pytest.mark.parametrize(
    "name", ["PGS.TS. Lê Văn Mẫu", "TS Lê Văn Mẫu", "Lê Văn Mẫu", "GS. TSKH. Lê Văn Mẫu"]
)
def test_titles_of_learning_do_not_stand_before_the_name(name: str) -> None:
    assert signing("Giám đốc", name).name == "Lê Văn Mẫu"


def test_another_office_stands_above_the_name() -> None:
    found = texts(plain(signer=signing("Phó Trưởng ban", "Lê Văn Mẫu", post="Thứ trưởng")))
    assert found[-3:] == ["PHÓ TRƯỞNG BAN", "THỨ TRƯỞNG", "Lê Văn Mẫu"]


def test_the_lines_of_recipients() -> None:
    assert recipients("Sở Tài chính", addressed=True, unit="QLCN") == (
        "Như trên",
        "Sở Tài chính",
        "Lưu: VT, QLCN",
    )
    assert recipients(addressed=False, article=3) == ("Như Điều 3", "Lưu: VT")


def test_symbols_use_the_abbreviations_of_annex_three() -> None:
    known = RULES["type_abbreviations"]["papers"]
    assert len(known) == 27
    assert {kind: symbol(kind, "SCT") for kind in known} == {kind: f"{a}-SCT" for kind, a in known.items()}
    assert (symbol(None, "SCT", "QLCN"), symbol(None, "SCT")) == ("SCT-QLCN", "SCT")
    with pytest.raises(ValueError, match="abbreviation"):
        symbol("Thư", "SCT")


def test_plain_values_give_all_of_it_back() -> None:
    paper = plain(body=ARTICLES, copy=COPY, urgency="Khẩn", drafter="PL", copies=3, contact=("A", "B"))
    assert paper_from_json(paper_as_json(paper)) == paper
