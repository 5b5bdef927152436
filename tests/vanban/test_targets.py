"""The figures of a section on objectives become targets, each with its clause and its year."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vanban.prose import document, section
from vanban import targets

OBJECTIVES = """
II. MỤC TIÊU
1. Mục tiêu chung
Xây dựng ngành tái chế thành ngành kinh tế của tỉnh.
2. Mục tiêu cụ thể đến năm 2029
a) Về nước thải: Tỷ lệ nước thải đô thị được xử lý đạt trên 45%; 100% khu công nghiệp có trạm quan trắc.
b) Hình thành ít nhất 02 vườn ươm, hỗ trợ 30 - 40 doanh nghiệp và đào tạo 500 lượt người vào năm 2028.
- Năm 2027 đạt 20%, năm 2029 đạt 35% số cơ sở áp dụng sản xuất sạch hơn.
- Cường độ năng lượng giảm 1,2 - 1,8%/năm so với năm 2024.
- Hiện nay có 12 cơ sở tái chế.
- Kinh phí thực hiện khoảng 15 tỷ đồng.
3. Đến năm 2035, tỷ lệ tái chế đạt 70%; tỷ lệ chôn lấp không quá 8%.
"""


def read(text: str) -> list[dict[str, Any]]:
    return targets.read(section(text).sections[0])


def test_each_figure_is_a_target_with_its_year() -> None:
    found = [
        (t["value_min"], t["value_max"], t["unit"], t["year"], t["comparator"]) for t in read(OBJECTIVES)
    ]
    assert found == [
        (45, None, "%", 2029, "gt"),
        (100, 100, "%", 2029, "eq"),
        (2, None, "vườn ươm", 2029, "gte"),
        (30, 40, "doanh nghiệp", 2029, "range"),
        (500, 500, "lượt người", 2028, "eq"),
        (20, 20, "%", 2027, "eq"),
        (35, 35, "%", 2029, "eq"),
        (1.2, 1.8, "%/năm", 2029, "range"),
        (70, 70, "%", 2035, "eq"),
        (None, 8, "%", 2035, "lte"),
    ]


def test_clauses_end_at_the_next_figure_or_semicolon() -> None:
    texts = [t["text"] for t in read(OBJECTIVES)]
    assert texts[0] == "Tỷ lệ nước thải đô thị được xử lý đạt trên 45%"
    assert texts[2:5] == [
        "Hình thành ít nhất 02 vườn ươm",
        "hỗ trợ 30 - 40 doanh nghiệp",
        "đào tạo 500 lượt người vào năm 2028",
    ]
    assert texts[5:7] == ["Năm 2027 đạt 20%", "năm 2029 đạt 35% số cơ sở áp dụng sản xuất sạch hơn"]


def test_subject_direction_and_base_year() -> None:
    found = read(OBJECTIVES)
    assert found[0]["subject"] == "Về nước thải"
    assert found[5]["subject"] is None
    assert (found[7]["direction"], found[7]["baseline_year"]) == ("decrease", 2024)


def test_a_lead_in_line_gives_the_year_of_the_lines_after_it() -> None:
    found = read(
        "I. MỤC TIÊU\nĐến năm 2028:\n- Thu gom đạt 80%.\n- Tái chế đạt 30%.\n"
        "Đến năm 2032:\n- Tái chế đạt 50%."
    )
    assert [t["year"] for t in found] == [2028, 2028, 2032]


def test_a_heading_on_the_vision_gives_its_year() -> None:
    (target,) = read("I. MỤC TIÊU\n1. Tầm nhìn đến năm 2045\n- Tái chế đạt 90%.")
    assert target["year"] == 2045


def test_a_year_that_is_not_printed_is_not_made_up() -> None:
    (target,) = read("I. MỤC TIÊU\n- Đáp ứng khoảng 25% nhu cầu của tỉnh.")
    assert target["year"] is None
    assert target["approximate"]


def test_the_years_of_other_plans_do_not_count() -> None:
    (target,) = read("I. MỤC TIÊU\n- Đến năm 2030 đạt 40% theo Quy hoạch tỉnh, tầm nhìn đến năm 2050.")
    assert target["year"] == 2030


def test_every_target_stands_where_its_places_say() -> None:
    paper = document(OBJECTIVES)
    for target in read(OBJECTIVES):
        assert " ".join(paper.at(place) for place in target["places"]) == target["text"]


def test_words_without_figures_give_no_targets() -> None:
    assert read("I. MỤC TIÊU\n- Nâng cao nhận thức của cộng đồng trong giai đoạn 2027 - 2030.") == []


def values(line: str) -> list[tuple[Any, ...]]:
    found = read(f"I. MỤC TIÊU ĐẾN NĂM 2029\n{line}")
    return [(t["value_min"], t["value_max"], t["unit"], t["year"], t["comparator"]) for t in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- 100% lò hơi có công suất từ 20 tấn/giờ trở lên được kiểm định.", [(100, 100, "%", 2029, "eq")]),
        ("- 60% hồ chứa dung tích 500 m3 trở lên có trạm đo mưa.", [(60, 60, "%", 2029, "eq")]),
        ("- 60% kho hàng diện tích trên 500 m2 có thiết bị đo.", [(60, 60, "%", 2029, "eq")]),
        ("- Tỷ lệ thu hồi dầu thải từ 41% năm 2024 lên 66% năm 2028.", [(66, 66, "%", 2028, "eq")]),
        ("- Nâng tỷ lệ tái chế lốp từ 12% lên 20 - 25%.", [(20, 25, "%", 2029, "range")]),
        (
            "- Tỷ lệ thu hồi pin đạt 40% (năm 2031: 60%).",
            [(40, 40, "%", 2029, "eq"), (60, 60, "%", 2031, "eq")],
        ),
        ("- Đến 2027 đạt 15% và 2029 đạt 30%.", [(15, 15, "%", 2027, "eq"), (30, 30, "%", 2029, "eq")]),
        (
            "- Ít nhất 60% bến và 40% kho có mái pin.",
            [(60, None, "%", 2029, "gte"), (40, None, "%", 2029, "gte")],
        ),
        ("- 7/9 xã có điểm thu lốp cũ.", [(7, 7, "xã", 2029, "eq")]),
        ("- Đặt 12 trạm trước ngày 30/9/2027.", [(12, 12, "trạm", 2027, "eq")]),
        (
            "- Giai đoạn 2025-2026: thay 300 lò; giai đoạn 2027-2028: thay 500 lò.",
            [(300, 300, "lò", 2026, "eq"), (500, 500, "lò", 2028, "eq")],
        ),
    ],
)
def test_conditions_beginnings_and_shared_words(line: str, expected: list[tuple[Any, ...]]) -> None:
    assert values(line) == expected


def test_what_is_reduced_and_against_which_year() -> None:
    found = read(
        "I. MỤC TIÊU\n- Giảm tiêu hao nước so với năm 2023, cụ thể:\n+ Lò gạch: từ 4 đến 6%;\n+ Dệt: tối thiểu 9%.\n"
        "- Giảm 8% rác chôn lấp vào năm 2027 và 14% vào năm 2029 so với năm 2023.\n"
        "- Giảm 5% khí thải so với kịch bản thông thường vào năm 2029."
    )
    assert [t["direction"] for t in found] == ["decrease"] * 5
    assert [t["baseline_year"] for t in found] == [None, None, 2023, 2023, None]
    assert [t["year"] for t in found][2:] == [2027, 2029, 2029]


def test_a_clause_begins_behind_the_figure_before_it() -> None:
    found = read("I. MỤC TIÊU\nXã có lò đốt đạt chuẩn: 55%, xã đảo, xã núi và phường ven biển: 35%.")
    assert [t["text"] for t in found][-1] == "xã đảo, xã núi và phường ven biển: 35%"


def test_an_outlook_has_its_own_year_and_a_share_may_stand_behind_a_place() -> None:
    found = read(
        "II. MỤC TIÊU\n1. Đến năm 2030\na) Lắp thiết bị tại 90% trạm bơm.\n"
        "b) Định hướng đến năm 2035, tỷ lệ nước tái sử dụng đạt trên 25%.\nc) Có 12 trạm đo."
    )
    assert [(t["value_min"], t["year"]) for t in found] == [(90, 2030), (25, 2035), (12, 2030)]
