"""Sentences on reporting become regimes: who, through whom, to whom, how often, by when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vanban.prose import document, section
from vanban import deadlines, regimes
from vanban.deadlines import Due


def read(text: str) -> list[dict[str, Any]]:
    return regimes.read(section(text).sections)


def due(entry: dict[str, Any]) -> tuple[str, int | None, int | None]:
    return entry["frequency"], entry["deadline_day"], entry["deadline_month"]


def test_a_report_that_is_collected_and_goes_on() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. Các sở, ngành\n"
        "- Hằng năm báo cáo kết quả thực hiện gửi Sở Y tế trước ngày 05 tháng 12 "
        "để tổng hợp, báo cáo UBND tỉnh, Bộ Y tế."
    )
    assert due(regime) == ("annual", 5, 12)
    assert regime["reporter"] == "Các sở, ngành"
    assert regime["consolidator"] == "Sở Y tế"
    assert regime["to"] == ["UBND tỉnh", "Bộ Y tế"]
    assert not regime["also_on_request"]


def test_the_subject_of_the_sentence_reports() -> None:
    (regime,) = read(
        "VI. CHẾ ĐỘ BÁO CÁO\n1. Thủ trưởng các đơn vị lập kế hoạch chi tiết. "
        "Định kỳ hàng năm (trước ngày 12/11) hoặc đột xuất khi có yêu cầu, "
        "gửi báo cáo kết quả thực hiện về Sở Tư pháp để tổng hợp."
    )
    assert regime["reporter"] == "Thủ trưởng các đơn vị"
    assert (regime["consolidator"], regime["to"], regime["also_on_request"]) == ("Sở Tư pháp", [], True)
    assert due(regime) == ("annual", 12, 11)


def test_the_collecting_agency_reports_upwards_in_a_sentence_of_its_own() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n"
        "- Hằng năm tổng hợp kết quả thực hiện, báo cáo Bộ Y tế trước 31 tháng 01 năm sau."
    )
    assert regime["reporter"] == regime["consolidator"] == "Sở Y tế"
    assert due(regime) == ("annual", 31, 1)
    assert regime["deadline_next_year"] is True


def test_through_an_agency_means_it_collects() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. UBND các xã\n"
        "Hằng quý báo cáo tình hình thực hiện với UBND tỉnh (thông qua Sở Y tế)."
    )
    assert (regime["consolidator"], regime["to"], due(regime)) == (
        "Sở Y tế",
        ["UBND tỉnh"],
        ("quarterly", None, None),
    )


def test_a_department_that_is_sent_reports_collects_them() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. UBND các xã\n"
        "- Báo cáo kết quả thực hiện gửi Sở Y tế trước ngày 20/11 hằng năm."
    )
    assert (regime["consolidator"], regime["to"]) == ("Sở Y tế", [])


def test_difficulties_that_go_no_further_are_not_collected() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\nNếu có khó khăn, các đơn vị kịp thời phản ánh về Sở Y tế để được hướng dẫn."
    )
    assert (regime["consolidator"], regime["to"]) == (None, ["Sở Y tế"])


def test_who_collects_in_one_sentence_collects_in_the_other() -> None:
    sent, passed_on = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị thuộc Bộ\n"
        "- Hằng năm gửi báo cáo kết quả thực hiện về Vụ Pháp chế.\n"
        "2. Vụ Pháp chế\n- Tổng hợp, báo cáo Bộ trưởng trước ngày 20/12 hằng năm."
    )
    assert (sent["consolidator"], sent["to"]) == ("Vụ Pháp chế", [])
    assert (passed_on["reporter"], passed_on["to"]) == ("Vụ Pháp chế", ["Bộ trưởng"])


def test_difficulties_are_raised_as_they_come() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\nTrong quá trình thực hiện, nếu có vướng mắc, các đơn vị "
        "kịp thời báo cáo UBND tỉnh (qua Sở Y tế) để xem xét."
    )
    assert due(regime) == ("ad_hoc", None, None)
    assert (regime["reporter"], regime["consolidator"], regime["to"]) == (
        "các đơn vị",
        "Sở Y tế",
        ["UBND tỉnh"],
    )


def test_one_entry_for_each_deadline() -> None:
    found = read(
        "VI. CHẾ ĐỘ BÁO CÁO\nCác sở báo cáo kết quả thực hiện 6 tháng (trước ngày 10/6) "
        "và hằng năm (trước ngày 10/12) về Sở Y tế để tổng hợp."
    )
    assert [due(regime) for regime in found] == [("semiannual", 10, 6), ("annual", 10, 12)]


def test_stated_twice_it_is_one_entry() -> None:
    (regime,) = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. Các sở\n"
        "- Hàng năm báo cáo kết quả thực hiện gửi Sở Y tế để tổng hợp.\n"
        "VI. CHẾ ĐỘ BÁO CÁO\n"
        "Trước ngày 15 tháng 11 hàng năm, các sở gửi báo cáo kết quả về Sở Y tế để tổng hợp."
    )
    assert due(regime) == ("annual", 15, 11)
    assert len({place.block for place in regime["places"]}) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Hàng năm lập dự toán kinh phí gửi Sở Tài chính tổng hợp, báo cáo UBND tỉnh.",
        "Hằng năm xây dựng kế hoạch công tác gửi Sở Y tế.",
        "Thực hiện nghiêm chế độ thông tin, báo cáo.",
        "Gửi báo cáo kiểm kê khí nhà kính về Bộ Y tế hai năm một lần.",
        "Phối hợp với Sở Y tế tổ chức hội nghị hằng năm.",
    ],
)
def test_money_work_plans_and_reporting_to_nobody_are_no_regimes(sentence: str) -> None:
    assert read(f"V. TỔ CHỨC THỰC HIỆN\n1. Sở Tư pháp\n- {sentence}") == []


def test_a_regime_stands_where_its_places_say() -> None:
    text = "V. TỔ CHỨC\n1. Các sở\n- Rà soát; hằng năm báo cáo kết quả với UBND tỉnh trước ngày 01/12.\n"
    paper = document(text)
    (regime,) = read(text)
    assert "".join(paper.at(place) for place in regime["places"]) == regime["quote"]


@pytest.mark.parametrize(
    ("clause", "dues"),
    [
        ("trước ngày 20 tháng 11 hàng năm", [Due("annual", 20, 11)]),
        ("chậm nhất ngày 20/11 hằng năm", [Due("annual", 20, 11)]),
        ("trước ngày 20/11", [Due("annual", 20, 11)]),
        ("hàng quý (trước ngày 05 của tháng đầu quý sau)", [Due("quarterly", 5)]),
        ("hằng tháng, trước ngày 25 hằng tháng", [Due("monthly", 25)]),
        (
            "định kỳ 6 tháng, hàng năm (trước ngày 15/6 và 15/12)",
            [Due("semiannual", 15, 6), Due("annual", 15, 12)],
        ),
        (
            "định kỳ 6 tháng (trước ngày 15/6 và 15/12 hàng năm)",
            [Due("semiannual", 15, 6), Due("semiannual", 15, 12)],
        ),
        (
            "trước ngày 15 tháng 5 và trước ngày 15 tháng 11 hằng năm",
            [Due("semiannual", 15, 5), Due("semiannual", 15, 11)],
        ),
        ("mỗi năm 02 lần (trước ngày 20/4 và 20/10)", [Due("semiannual", 20, 4), Due("semiannual", 20, 10)]),
        ("vào tháng 5 và tháng 11 hằng năm", [Due("semiannual", None, 5), Due("semiannual", None, 11)]),
        (
            "06 tháng (trước ngày 15/5), 01 năm (trước ngày 15/11)",
            [Due("semiannual", 15, 5), Due("annual", 15, 11)],
        ),
        (
            "trước ngày 15 của tháng cuối quý và trước ngày 01 tháng 12 hằng năm",
            [Due("quarterly", 15), Due("annual", 1, 12)],
        ),
        ("trước tháng 12 hằng năm", [Due("annual", None, 12)]),
        ("sơ kết giữa kỳ năm 2028, tổng kết năm 2030", [Due("mid_term", year=2028), Due("final", year=2030)]),
        ("hằng năm sơ kết, đánh giá, báo cáo", [Due("annual")]),
        ("định kỳ báo cáo", [Due("periodic")]),
        ("theo Quyết định số 5/QĐ-UBND ngày 02/3/2027", []),
    ],
)
def test_frequencies_and_deadlines(clause: str, dues: list[Due]) -> None:
    assert deadlines.read(clause) == dues


@pytest.mark.parametrize(
    ("clause", "following"),
    [
        ("hàng quý (trước ngày 05 của tháng đầu quý sau)", True),
        ("Trước ngày 05 tháng đầu tiên của kỳ", False),
        ("hằng tháng, trước ngày 05 của tháng kế tiếp", True),
        ("hằng quý, trước ngày 20 của tháng cuối quý", False),
        ("trước ngày 10 tháng 12 hằng năm", False),
    ],
)
def test_whether_a_day_is_after_its_period(clause: str, following: bool) -> None:
    assert deadlines.is_following(clause) is following


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Báo cáo 6 tháng trước ngày 15/6; báo cáo năm trước ngày 15/12 gửi về Sở Y tế.",
            [("semiannual", 15, 6), ("annual", 15, 12)],
        ),
        (
            "Gửi báo cáo năm về Sở Y tế trước ngày 05/12; báo cáo quý trước ngày 25 tháng cuối quý.",
            [("annual", 5, 12), ("quarterly", 25, None)],
        ),
        (
            "Các xã báo cáo giữa kỳ trước ngày 01/7/2028; báo cáo cuối kỳ trước ngày 01/7/2030 về Sở Y tế.",
            [("mid_term", 1, 7), ("final", 1, 7)],
        ),
        (
            "Các xã báo cáo kết quả thực hiện về Sở Y tế trước ngày 20 của tháng cuối quý.",
            [("quarterly", 20, None)],
        ),
        ("Số liệu báo cáo năm tính từ ngày 15/12 năm trước đến ngày 14/12 năm báo cáo.", []),
    ],
)
def test_reports_of_one_sentence_share_their_addressee(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    found = read(f"I. BÁO CÁO\n{text}")
    assert [(r["frequency"], r["deadline_day"], r["deadline_month"]) for r in found] == expected
    assert all(r["consolidator"] == "Sở Y tế" for r in found)


def test_the_window_of_the_figures() -> None:
    text = (
        "Các xã báo cáo năm gửi Sở Y tế trước ngày 20/12; số liệu báo cáo năm tính từ ngày 15/12 năm trước "
        "đến ngày 14/12 năm báo cáo."
    )
    (found,) = read(f"I. BÁO CÁO\n{text}")
    assert (found["deadline_day"], found["deadline_month"]) == (20, 12)
    assert found["window"] == {
        "from_day": 15,
        "from_month": 12,
        "to_day": 14,
        "to_month": 12,
        "from_year_before": True,
    }


def test_a_department_that_sums_up_first_collects_itself() -> None:
    (regime,) = read(
        "IV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n"
        "- Tổng hợp báo cáo kết quả thực hiện gửi Sở Tài chính trước ngày 09/12 hằng năm."
    )
    assert (regime["consolidator"], regime["to"]) == ("Sở Y tế", ["Sở Tài chính"])


def test_reports_in_a_row_go_where_the_last_one_goes() -> None:
    found = read(
        "IV. TỔ CHỨC THỰC HIỆN\n1. Các trạm báo cáo kết quả thực hiện quý trước ngày 22 tháng cuối quý; "
        "báo cáo 6 tháng trước ngày 12/6; báo cáo năm trước ngày 12/12 gửi Sở Y tế."
    )
    assert [due(regime) for regime in found] == [
        ("quarterly", 22, None),
        ("semiannual", 12, 6),
        ("annual", 12, 12),
    ]
    assert {regime["consolidator"] for regime in found} == {"Sở Y tế"}


@pytest.mark.parametrize(
    "clause", ["số liệu từ 15/12/2027 đến 14/12/2028", "kỳ số liệu: 15/12 năm trước - 14/12 năm nay"]
)
def test_a_window_with_years_or_with_a_dash(clause: str) -> None:
    found = deadlines.window(clause)
    assert found == deadlines.Window(15, 12, 14, 12, from_year_before=True)
    assert deadlines.read(clause) == []


def test_the_end_of_a_paper_is_not_of_the_words() -> None:
    (regime,) = read(
        "VI. CHẾ ĐỘ BÁO CÁO\n1. Các sở báo cáo kết quả thực hiện về Sở Tư pháp trước ngày 12/11 hằng năm để tổng hợp./."
    )
    assert regime["quote"].endswith("để tổng hợp")


def test_results_that_are_sent_are_a_report_and_a_list_of_bodies_reports() -> None:
    (regime,) = read(
        "VI. TỔ CHỨC THỰC HIỆN\n1. Các Cục: Thủy sản, Kiểm ngư\n"
        "- Gửi kết quả thực hiện về Vụ Pháp chế trước ngày 15/12 hằng năm để tổng hợp."
    )
    assert (regime["reporter"], regime["consolidator"]) == ("Các Cục: Thủy sản, Kiểm ngư", "Vụ Pháp chế")
    assert due(regime) == ("annual", 15, 12)
