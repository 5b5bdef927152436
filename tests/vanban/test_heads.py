"""The heads of task tables, as offices and extractors leave them, and tables whose cells stand one below another."""

from __future__ import annotations

from typing import Any

import pytest

from vanban import tasks
from vanban.reading.text import from_text


def read(text: str) -> list[dict[str, Any]]:
    return tasks.of_appendix(from_text(text))


def who(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(task["text"], task["lead"], task["coordinate"], span(task)) for task in found]


def span(task: dict[str, Any]) -> tuple[Any, ...] | None:
    time = task["timeframe"]
    return time and (time["start"], time["end"], time["recurrence"])


SHELLS = ("Thu mua vỏ trấu", ["Sở Công Thương"], ["Các hợp tác xã"], ("2027", "2028", None))
PRESSES = ("Đặt máy ép viên", ["UBND các xã"], ["Sở Tài chính"], ("2029", "2029", None))


def test_columns_of_years_that_are_only_marked() -> None:
    found = read(
        "<table><tr><td rowspan=2>TT</td><td rowspan=2>Nội dung</td><td rowspan=2>Chủ trì</td>"
        "<td rowspan=2>Phối hợp</td><td colspan=3>Lộ trình</td></tr>"
        "<tr><td>2027</td><td>2028</td><td>2029</td></tr>"
        "<tr><td>1</td><td>Thu mua vỏ trấu</td><td>Sở Công Thương</td><td>Các hợp tác xã</td>"
        "<td>x</td><td>x</td><td></td></tr>"
        "<tr><td>2</td><td>Đặt máy ép viên</td><td>UBND các xã</td><td>Sở Tài chính</td>"
        "<td></td><td></td><td>x</td></tr></table>"
    )
    assert who(found) == [SHELLS, PRESSES]


@pytest.mark.parametrize(
    "below", ["\t\tChủ trì\tPhối hợp\t", "Chủ trì\tPhối hợp\t\t\t"], ids=["in place", "moved to the left"]
)
def test_a_head_of_two_rows_that_lost_its_spans(below: str) -> None:
    found = read(
        f"TT\tNhiệm vụ\tCơ quan thực hiện\tThời gian\t\n{below}\n"
        "1\tThu mua vỏ trấu\tSở Công Thương\tCác hợp tác xã\t2027 - 2028\n"
        "2\tĐặt máy ép viên\tUBND các xã\tSở Tài chính\t2029\n"
    )
    assert who(found) == [SHELLS, PRESSES]


def test_group_rows_that_are_nothing_but_a_body_lead_what_stands_under_them() -> None:
    found = read(
        "TT\tNội dung\tĐơn vị phối hợp\tThời hạn\tSản phẩm\n"
        "I\tSở Công Thương\t\t\t\n1\tThu mua vỏ trấu\tCác hợp tác xã\t2027 - 2028\tBáo cáo\n"
        "II\tUBND các xã\t\t\t\n2\tĐặt máy ép viên\tSở Tài chính\t2029\tMáy ép\n"
    )
    assert who(found) == [SHELLS, PRESSES]


def test_ditto_and_a_column_of_aims_beside_the_tasks() -> None:
    found = read(
        "TT\tDự án\tMục tiêu\tChủ trì\tPhối hợp\tThời gian\n"
        "1\tLò hơi trấu\tBớt than\tSở Công Thương\tSở Y tế\t2027\n2\tLò sấy trấu\tBớt dầu\t-nt-\tnt\t2028\n"
    )
    assert who(found) == [
        ("Lò hơi trấu", ["Sở Công Thương"], ["Sở Y tế"], ("2027", "2027", None)),
        ("Lò sấy trấu", ["Sở Công Thương"], ["Sở Y tế"], ("2028", "2028", None)),
    ]


def test_groups_end_with_their_appendix() -> None:
    head = "TT\tNhiệm vụ\tChủ trì\tThời gian\n"
    found = read(
        f"PHỤ LỤC 1\n{head}I\tTrấu\t\t\n1\tThu mua\tSở A\t2027\nPHỤ LỤC 2\n{head}1\tTrồng tre\tSở B\t2028\n"
    )
    assert [task["group"] for task in found] == ["Trấu", None]


STACKED = """
(Kèm theo Kế hoạch)
TT
|
Nhiệm vụ
|
Cơ quan thực hiện
|
Thời gian
|
Chủ trì
|
Phối hợp
|
I
|
Vỏ trấu
|
1
|
Thu mua
vỏ trấu
|
Sở Công Thương
|
Các hợp tác xã
|
2027 - 2028
|
2
|
Đặt máy ép viên
|
UBND các xã
|
Sở Tài chính
|
2029
|
PHỤ LỤC 2
TT
|
Dự án
|
Chủ đầu tư
|
Thời gian
|
1
|
Kho trấu
|
Công ty Trấu Việt
|
2027
|
Các đơn vị căn cứ thực hiện.
"""


def test_cells_one_below_another_are_put_together_where_the_number_goes_on() -> None:
    document = from_text(STACKED)
    found = tasks.of_appendix(document)
    assert who(found) == [
        SHELLS,
        PRESSES,
        ("Kho trấu", ["Công ty Trấu Việt"], None, ("2027", "2027", None)),
    ]
    assert [task["group"] for task in found] == ["Vỏ trấu", "Vỏ trấu", None]
    assert [paragraph.text for _, paragraph in document.paragraphs()] == [
        "(Kèm theo Kế hoạch)",
        "PHỤ LỤC 2",
        "Các đơn vị căn cứ thực hiện.",
    ]
