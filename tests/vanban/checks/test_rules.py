"""Each rule finds its one fault in an otherwise faultless plan, and says where it stands."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.vanban.checks.plans import PLAN, REGISTERS, findings, spoilt
from vanban.checks import Finding, Registers, check, codes
from vanban.checks.registers import from_folder
from vanban.reading import read_file
from vanban.understanding import understand

ROW = "1\tLập danh bạ cơ sở tái chế của tỉnh\tSở Y tế\tCác sở, ngành\tNăm 2028"

BASIS = "Căn cứ Quyết định số 412"
TARGET = "1. Đến năm 2031, tỷ lệ chất thải được tái chế đạt 40%."
OVERLAP = (
    f"{TARGET}\n\n2. Đến năm 2031, đáp ứng 55% nhu cầu thu gom, phân loại và 65% nhu cầu phân loại, sơ chế."
)

# code, words of the plan, what they become, words of the finding
FAULTS = [
    ("blank_number", "Số: 31/KH-UBND", "Số:      /KH-UBND", "Số: /KH-UBND"),
    ("blank_number", "Kế hoạch số 31/KH-UBND", "Kế hoạch số …/KH-UBND", "số …/KH-UBND"),
    ("blank_date", "ngày 12 tháng 5 năm 2027\n", "ngày    tháng 5 năm 2027\n", "ngày tháng 5 năm 2027"),
    ("blank_date", "ngày 12 tháng 5 năm 2027 của", "ngày … tháng … năm 2027 của", "ngày … tháng … năm 2027"),
    (
        "period_mismatch",
        "nghề tái chế giai đoạn 2027 - 2031 trên địa bàn",
        "nghề tái chế giai đoạn 2028 - 2031 trên địa bàn",
        "Chương trình phát triển nghề tái chế giai đoạn 2028 - 2031",
    ),
    (
        "period_mismatch",
        "Chương trình \
phát triển nghề tái chế giai đoạn 2027 - 2031; Ủy",
        "Chương trình phát triển nghề tái chế giai đoạn 2025 - 2031; Ủy",
        "Chương trình phát triển nghề tái chế giai đoạn",
    ),
    ("agency_ended", "\tSở Y tế\tGiai đoạn", "\tSở Thủy lợi\tGiai đoạn", "Sở Thủy lợi"),
    ("agency_ended", "\tSở Y tế\tGiai đoạn", "\tCác Sở: Y tế, Thủy lợi\tGiai đoạn", "Sở Thủy lợi"),
    ("agency_ended", "\tCác sở, ngành\tNăm", "\tUBND các quận, huyện\tNăm", "UBND các quận, huyện"),
    ("agency_ended", "\tCác sở, ngành\tNăm", "\tUBND huyện Bình Sơn\tNăm", "UBND huyện Bình Sơn"),
    ("agency_not_yet", "\tSở Y tế\tGiai đoạn", "\tSở Năng lượng\tGiai đoạn", "Sở Năng lượng"),
    ("task_without_lead", ROW, ROW.replace("\tSở Y tế\t", "\t\t"), "Lập danh bạ cơ sở tái chế của tỉnh"),
    ("timeframe_missing", ROW, ROW.replace("Năm 2028", ""), "Lập danh bạ cơ sở tái chế của tỉnh"),
    (
        "lead_outside_province",
        ROW,
        ROW.replace("\tSở Y tế\t", "\tBộ, ngành Trung ương\t"),
        "Bộ, ngành Trung ương",
    ),
    ("lead_without_duty", ROW, ROW.replace("\tSở Y tế\t", "\tSở Du lịch\t"), "Sở Du lịch"),
    ("duty_without_task", "2. Sở Tư pháp\n", "2. Sở Ngoại vụ\n", "Sở Ngoại vụ"),
    ("deadline_missing", " trước ngày 05 tháng 12", "", "Hằng năm báo cáo kết quả thực hiện gửi Sở Y tế"),
    ("addressee_not_recipient", "- Bộ Y tế;\n", "- Hội Nông dân tỉnh;\n", "Bộ Y tế"),
    ("signature_missing", "Lê Văn Mẫu\n", "\n", "TM. ỦY BAN NHÂN DÂN"),
    ("basis_not_in_force", BASIS, f"Căn cứ Nghị định số 9/2020/NĐ-CP; {BASIS}", "9/2020/NĐ-CP"),
    ("basis_not_in_force", BASIS, f"Căn cứ Nghị định số 77/2024/NĐ-CP; {BASIS}", "77/2024/NĐ-CP"),
    ("basis_not_in_force", "412/QĐ-TTg ngày 07/01/2027", "412/QĐ-TTg ngày 17/01/2027", "412/QĐ-TTg"),
    ("basis_not_in_force", BASIS, f"Căn cứ Luật Tái chế ngày 20/11/2024; {BASIS}", "Luật Tái chế"),
    ("basis_not_in_force", BASIS, f"Căn cứ Chỉ thị số 6/CT-TTg ngày 01/06/2027; {BASIS}", "6/CT-TTg"),
    (
        "basis_not_in_force",
        "Kèm theo Kế hoạch số 31",
        "Kèm theo Quyết định số 31",
        "Quyết định số 31/KH-UBND",
    ),
    ("basis_not_in_force", BASIS, f"Căn cứ Luật Tái chế số 31/2024/QH14; {BASIS}", "31/2024/QH14"),
    ("basis_not_in_force", BASIS, f"Căn cứ Luật Khai hoang ngày 03/02/2015; {BASIS}", "Luật Khai hoang"),
    (
        "basis_not_in_force",
        "Kèm theo Kế hoạch số 31/KH-UBND ngày 12",
        "Kèm theo Kế hoạch số 34/KH-UBND ngày 12",
        "Kèm theo Kế hoạch số 34/KH-UBND",
    ),
    (
        "basis_not_in_force",
        "Kèm theo Kế hoạch số 31/KH-UBND ngày 12",
        "Kèm theo Kế hoạch số 31/KH-UBND ngày 11",
        "Kèm theo Kế hoạch số 31/KH-UBND ngày 11",
    ),
    (
        "basis_not_in_force",
        "- Theo dõi, đôn đốc",
        "- Triển khai Thông báo số 6/TB-UBND ngày 01/6/2027.\n\n- Theo dõi, đôn đốc",
        "6/TB-UBND",
    ),
    (
        "agency_two_names",
        "\tSở Y tế\tGiai đoạn",
        "\tSở Y tế và Dân số\tGiai đoạn",
        "Sở Y tế / Sở Y tế và Dân số",
    ),
    ("agency_two_names", "\tSở Y tế\tGiai đoạn", "\tSở Y tê\tGiai đoạn", "Sở Y tê / Sở Y tế"),
    (
        "lead_differs",
        "- Theo dõi",
        "- Rà soát quy định về thu gom phế liệu.\n\n- Theo dõi",
        "Rà soát quy định",
    ),
    (
        "task_not_in_appendix",
        "phế liệu.\n",
        "phế liệu.\n\n- Mở chợ trao đổi đồ cũ hằng tháng.\n",
        "Mở chợ trao đổi",
    ),
    ("task_not_in_appendix", ROW, "", "Lập danh bạ cơ sở tái chế của tỉnh, giúp"),
    (
        "task_not_in_body",
        ROW,
        f"{ROW}\n3\tTrồng cây ven hồ chứa\tSở Y tế\t\tNăm 2028",
        "Trồng cây ven hồ chứa",
    ),
    ("target_differs", "đạt 40%.", "đạt 35%.", "Đến năm 2031, tỷ lệ chất thải được tái chế đạt 35%"),
    (
        "target_differs",
        TARGET,
        f"{TARGET}\n\n{TARGET.replace('1. ', '2. ').replace('40', '45')}",
        "Đến năm 2031, tỷ lệ chất thải",
    ),
    (
        "target_differs",
        "- Theo dõi, đôn đốc",
        "- Kiểm tra các cơ sở, phấn đấu đến năm 2031, tỷ lệ chất thải được tái chế đạt 60%.\n\n- Theo dõi, đôn đốc",
        "Đến năm 2031, tỷ lệ chất thải",
    ),
    ("target_overlap", TARGET, OVERLAP, "Đến năm 2031, đáp ứng 55% nhu cầu"),
    (
        "target_missing",
        TARGET,
        "1. Phát triển nghề tái chế.",
        "Thực hiện Chương trình phát triển nghề tái chế",
    ),
    (
        "deadline_conflict",
        "- Rà soát văn bản của tỉnh có",
        "- Các sở, ngành hằng năm báo cáo kết quả thực hiện gửi Sở Y tế trước ngày 15 tháng 12.\n\n"
        "- Rà soát văn bản của tỉnh có",
        "Các sở, ngành hằng năm báo cáo kết quả thực hiện",
    ),
    (
        "deadline_conflict",
        "- Theo dõi, đôn đốc việc thực hiện Kế hoạch.",
        "- Hằng năm, tổng hợp kết quả thực hiện, báo cáo UBND tỉnh trước ngày 01 tháng 12.",
        "Hằng năm, tổng hợp kết quả",
    ),
    (
        "deadline_conflict",
        "- Theo dõi, đôn đốc việc thực hiện Kế hoạch.",
        "- Định kỳ 6 tháng (trước ngày 10 tháng 6) tổng hợp kết quả thực hiện Kế hoạch, báo cáo UBND tỉnh.\n\n"
        "- Định kỳ 6 tháng (trước ngày 20 tháng 6) tổng hợp kết quả thực hiện Kế hoạch, báo cáo UBND tỉnh.",
        "Định kỳ 6 tháng (trước ngày 10",
    ),
    ("deadline_conflict", "Giai đoạn 2027 - 2031\n", "Giai đoạn 2031 - 2027\n", "Rà soát quy định"),
    ("spelling", "tìm đầu ra", "tìm đầu rá mới, chuyên đổi nghề", "chuyên đổi"),
    ("spelling", "tìm đầu ra", "lòng ghép việc tìm đầu ra", "lòng ghép"),
    ("spelling", "tìm đầu ra", "nâng chât lượng", "chât"),
    ("spelling", "tìm đầu ra", "tìm đầu ra của của nghề", "của của"),
    ("spelling", "tìm đầu ra", "phối hợp hợp tìm đầu ra", "hợp hợp"),
    ("spelling", "tìm đầu ra", "tìm đầu ra cho ngề", "ngề"),
    ("spelling", "tìm đầu ra", "hoà nhập", "hoà"),
    ("numbering_gap", "III. TỔ CHỨC", "IV. TỔ CHỨC", "IV. TỔ CHỨC THỰC HIỆN"),
    ("numbering_gap", "3. Các sở, ngành", "4. Các sở, ngành", "4. Các sở, ngành"),
]


def of_code(found: list[Finding], code: str) -> list[Finding]:
    return [finding for finding in found if finding.code == code]


def test_a_faultless_plan_has_no_findings() -> None:
    assert findings(PLAN) == []


@pytest.mark.parametrize(("code", "old", "new", "words"), FAULTS)
def test_one_fault_one_finding(code: str, old: str, new: str, words: str) -> None:
    (finding,) = of_code(findings(spoilt(old, new)), code)
    assert finding.words.startswith(words)
    assert finding.message.endswith(".")
    assert finding.suggestion.endswith(".")


@pytest.mark.parametrize(("code", "old", "new", "words"), FAULTS)
def test_the_fault_is_shown_where_it_stands(code: str, old: str, new: str, words: str) -> None:
    text = spoilt(old, new)
    document = read_file(text.encode(), "plan.txt")
    (finding,) = of_code(findings(text), code)
    assert finding.places
    shown = " ".join(" ".join(document.at(place).split()) for place in finding.places)
    last_word = words.rsplit(maxsplit=1)[-1]
    assert last_word in shown


def test_every_rule_has_a_fault_here() -> None:
    assert {code for code, *_ in FAULTS} == set(codes())


def test_the_register_decides_by_the_day_of_the_check() -> None:
    text = spoilt("\tSở Y tế\tGiai đoạn", "\tSở Thủy lợi\tGiai đoạn")
    assert not of_code(findings(text, today=date(2025, 12, 31)), "agency_ended")
    (finding,) = of_code(findings(text, today=date(2026, 1, 1)), "agency_ended")
    assert "01/01/2026" in finding.message
    assert "cần xác nhận" in finding.message
    assert "Sở Y tế" in finding.suggestion


def test_without_a_register_nothing_is_said_about_agencies() -> None:
    text = spoilt("\tSở Y tế\tGiai đoạn", "\tSở Thủy lợi\tGiai đoạn")
    assert not of_code(findings(text, Registers()), "agency_ended")


def test_an_abbreviation_names_the_agency() -> None:
    ended = tuple(replace(a, valid_to=date(2026, 1, 1)) if a.abbreviation else a for a in REGISTERS.agencies)
    text = spoilt("\tSở Y tế\tGiai đoạn", "\tSở TP\tGiai đoạn")
    (finding,) = of_code(findings(text, Registers(ended)), "agency_ended")
    assert len(finding.places) == 3


def test_a_longer_name_is_another_agency() -> None:
    text = spoilt("\tSở Y tế\tGiai đoạn", "\tSở Thủy lợi và Đê điều\tGiai đoạn")
    both = Registers((*REGISTERS.agencies, replace(REGISTERS.agencies[0], name="Sở Thủy lợi và Đê điều")))
    assert not of_code(findings(text, both), "agency_ended")


def test_a_collector_with_one_date_needs_no_second() -> None:
    text = spoilt("- Theo dõi, đôn đốc việc thực hiện Kế hoạch.", "- Hằng năm tổng hợp, báo cáo UBND tỉnh.")
    assert not of_code(findings(text), "deadline_missing")


def test_a_ministry_may_charge_its_own_departments() -> None:
    text = PLAN.replace("ỦY BAN NHÂN DÂN TỈNH HÀ SƠN", "BỘ Y TẾ").replace("KH-UBND", "KH-BYT")
    text = text.replace("Ủy ban nhân dân tỉnh Hà Sơn", "Bộ Y tế").replace(
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "BỘ TRƯỞNG"
    )
    text = spoilt(ROW, ROW.replace("\tSở Y tế\t", "\tVụ Pháp chế\t"), text)
    assert not of_code(findings(text), "lead_outside_province")


def test_recipients_may_be_named_as_a_group() -> None:
    assert not findings(spoilt("- Bộ Y tế;\n", "- Các Bộ, ngành liên quan;\n"))


def test_an_officer_is_reached_through_his_body() -> None:
    text = spoilt("báo cáo UBND tỉnh và Bộ Y tế", "báo cáo Chủ tịch UBND tỉnh và Bộ Y tế")
    assert not of_code(findings(text), "addressee_not_recipient")


def test_two_days_of_one_sentence_are_two_reports() -> None:
    text = spoilt("trước ngày 05 tháng 12", "trước ngày 05 tháng 6 và trước ngày 05 tháng 12")
    assert not of_code(findings(text), "deadline_conflict")


def test_initials_name_the_same_body() -> None:
    text = PLAN.replace("Sở Tư pháp", "Sở Nông nghiệp và Môi trường")
    text = spoilt("\tSở Nông nghiệp và Môi trường\t", "\tSở NN&MT\t", text)
    assert not of_code(findings(text), "lead_without_duty")
    assert not of_code(findings(text), "duty_without_task")


def test_two_reports_of_one_collector_without_a_day_are_one_remark() -> None:
    text = spoilt(
        "- Hằng năm báo cáo", "- Định kỳ 6 tháng, hằng năm báo cáo", spoilt(" trước ngày 05 tháng 12", "")
    )
    assert len(of_code(findings(text), "deadline_missing")) == 1


def test_findings_come_in_the_order_of_the_paper() -> None:
    text = spoilt("Số: 31", "Số:   ", spoilt(ROW, ROW.replace("Năm 2028", ""), spoilt("III. TỔ", "IV. TỔ")))
    found = findings(text)
    assert [f.code for f in found] == ["blank_number", "numbering_gap", "timeframe_missing"]


def test_a_finding_is_plain_json() -> None:
    (finding,) = findings(spoilt("Số: 31/KH-UBND", "Số:   /KH-UBND"))
    value = json.loads(json.dumps(finding.as_json()))
    assert set(value) == {"code", "severity", "words", "place", "places", "message", "suggestion"}
    assert value["place"] == value["places"][0]


def test_two_plans_that_follow_each_other_and_a_phase_are_no_contradiction() -> None:
    after = spoilt(
        "- Theo dõi, đôn đốc",
        "- Lập Chương trình phát triển nghề tái chế giai đoạn 2031 - 2035.\n\n- Theo dõi",
    )
    assert not of_code(findings(after), "period_mismatch")
    long = PLAN.replace("2027 - 2031", "2026 - 2035")
    phase = long.replace(
        "- Theo dõi, đôn đốc",
        "- Thực hiện Chương trình phát triển nghề tái chế giai đoạn 2026 - 2030.\n\n- Theo dõi",
    )
    assert not of_code(findings(phase), "period_mismatch")


def test_the_register_knows_the_period_of_a_numbered_programme() -> None:
    named = replace(REGISTERS.papers[0], title="Chương trình phát triển nghề tái chế 2027-2031")
    text = PLAN.replace("giai đoạn 2027 - 2031", "giai đoạn 2028 - 2031")
    (finding,) = of_code(findings(text, replace(REGISTERS, papers=(named,))), "period_mismatch")
    assert "2027-2031" in finding.message
    assert not of_code(findings(PLAN, replace(REGISTERS, papers=(named,))), "period_mismatch")


@pytest.mark.parametrize(
    "named", ["Sở Thủy lợi (nay là Sở Y tế)", "Ban Pháp chế HĐND tỉnh", "Sở Y tế (trước đây là Sở Thủy lợi)"]
)
def test_what_a_body_was_before_may_be_said(named: str) -> None:
    ended = (*REGISTERS.agencies, replace(REGISTERS.agencies[2], name="Ban Pháp chế"))
    text = spoilt("- Theo dõi, đôn đốc", f"- Tiếp nhận hồ sơ của {named}.\n\n- Theo dõi, đôn đốc")
    assert not of_code(findings(text, replace(REGISTERS, agencies=ended)), "agency_ended")


def test_a_form_for_others_is_left_blank_by_nature() -> None:
    form = "\nMẫu số 01\n\nSố:    /BC-SYT\n\nHà Sơn, ngày … tháng … năm 2027\n\nBÁO CÁO KẾT QUẢ\n"
    assert {f.code for f in findings(PLAN + form)} <= {"numbering_gap"}


def test_the_ampersand_and_the_province_make_no_second_name() -> None:
    for name in ("Sở Văn hóa & Thể thao", "Sở Văn hóa và Thể thao tỉnh Hà Sơn"):
        text = PLAN.replace("Sở Tư pháp", "Sở Văn hóa và Thể thao")
        text = spoilt("\tSở Văn hóa và Thể thao\tSở", f"\t{name}\tSở", text)
        assert not of_code(findings(text), "agency_two_names")


def test_finding_the_money_needs_no_row() -> None:
    money = spoilt(
        "2. Sở Tư pháp\n\n- Rà soát văn bản của tỉnh có liên quan đến nghề tái chế.",
        "2. Sở Tài chính\n\n- Bố trí kinh phí.",
    )
    assert not of_code(findings(money), "duty_without_task")


def test_one_commune_has_its_duty_among_all_communes() -> None:
    text = spoilt(ROW, ROW.replace("\tSở Y tế\t", "\tUBND xã Bình Sơn\t"))
    assert of_code(findings(text), "lead_without_duty")
    text = spoilt("3. Các sở, ngành\n", "3. UBND các xã, phường\n", text)
    assert not of_code(findings(text), "lead_without_duty")


@pytest.mark.parametrize("recipient", ["Các Bộ: YT, TC", "Bộ YT", "Bộ Tài chính, Bộ YT"])
def test_a_recipient_may_be_named_in_initials(recipient: str) -> None:
    assert not of_code(findings(spoilt("- Bộ Y tế;", f"- {recipient};")), "addressee_not_recipient")


def test_a_task_of_the_body_with_its_own_lead_needs_no_row() -> None:
    text = spoilt(
        "- Rà soát các quy định", "- Trồng cây ven hồ chứa (Chủ trì: Sở Y tế).\n\n- Rà soát các quy định"
    )
    assert not of_code(findings(text), "task_not_in_appendix")


def test_many_gaps_are_one_remark() -> None:
    items = "\n\n".join(f"{n}. Theo dõi việc thứ {n}." for n in (1, 3, 6, 9, 12))
    found = of_code(findings(spoilt("- Theo dõi, đôn đốc việc thực hiện Kế hoạch.", items)), "numbering_gap")
    assert len(found) == 1
    assert len(found[0].places) >= 4


PAPERS = sorted((Path(__file__).parents[1] / "papers").glob("**/*.txt"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_finding_opens_at_its_words(path: Path) -> None:
    document = read_file(path.read_bytes(), path.name)
    carried = from_folder(Path(__file__).parents[3] / "refdata")
    for finding in check(document, understand(document), carried, date(2026, 11, 21)):
        shown = [" ".join(document.at(place).split()) for place in finding.places]
        words = " ".join(finding.words.split())[:40]
        assert any(words in one or (one and one in words) for one in shown), finding
