"""Targets in tables: one for each figure, with its year, its unit, and who follows it."""

from __future__ import annotations

from typing import Any

import pytest

from vanban.indicators import read
from vanban.reading import read_file
from vanban.understanding import understand

HEAD = "STT\tChỉ tiêu\tĐơn vị tính\tHiện trạng 2025\tNăm 2027\tNăm 2030\tCơ quan chủ trì theo dõi\n"


def targets(table: str) -> list[dict[str, Any]]:
    return read(read_file(table.encode(), "bang.txt"))


def figures(table: str) -> list[tuple[Any, ...]]:
    return [(t["value_min"], t["value_max"], t["unit"], t["year"], t["comparator"]) for t in targets(table)]


def test_a_row_of_figures_with_what_was_reached_left_out() -> None:
    row = "1\tTỷ lệ hộ dùng bếp sạch\t%\t31\t45\t60 - 65\tSở Công Thương, UBND các xã\n"
    first, second = targets(HEAD + row)
    assert (first["text"], first["value_min"], first["year"]) == ("Tỷ lệ hộ dùng bếp sạch", 45, 2027)
    assert (second["value_min"], second["value_max"], second["comparator"]) == (60, 65, "range")
    assert second["answering"] == ["Sở Công Thương", "UBND các xã"]


@pytest.mark.parametrize(
    ("cell", "unit", "figure"),
    [
        ("≥ 90", "%", (90, None, "%", 2027, "gte")),
        ("< 5%", "%", (None, 5, "%", 2027, "lt")),
        ("1.250,5", "tấn", (1250.5, 1250.5, "tấn", 2027, "eq")),
        ("Trên 12", "trạm đo", (12, None, "trạm đo", 2027, "gt")),
        ("0,75", "", (0.75, 0.75, None, 2027, "eq")),
        ("Tối đa 3", "vụ/năm", (None, 3, "vụ/năm", 2027, "lte")),
    ],
)
def test_cells(cell: str, unit: str, figure: tuple[Any, ...]) -> None:
    assert figures(f"{HEAD}1\tChỉ số sạch\t{unit}\t\t{cell}\t-\t\n") == [figure]


def test_what_a_column_was_and_what_it_shall_be() -> None:
    head = "TT\tChỉ tiêu\tĐơn vị\tThực hiện 2024\tLộ trình thực hiện 2027\tLộ trình thực hiện 2029\n"
    found = targets(head + "1\tBụi than so với năm 2022\t%\t3\tGiảm 6\tGiảm 11\n")
    assert [(t["value_min"], t["year"], t["direction"]) for t in found] == [
        (6, 2027, "decrease"),
        (11, 2029, "decrease"),
    ]


def test_groups_and_rows_below_a_row() -> None:
    rows = "I\tNước\t\t\t\t\t\n1\tNước thải được xử lý\t%\t\t50\t70\t\n\t- Trong đó: làng nghề\t%\t\t30\t\t\n"
    found = targets(HEAD + rows)
    assert {t["group"] for t in found} == {"Nước"}
    assert (found[2]["text"], found[2]["subject"]) == ("Trong đó: làng nghề", "Nước thải được xử lý")


def test_a_table_goes_on_over_a_page_but_not_into_another() -> None:
    first = HEAD + "1\tDiện tích cây xanh\tha\t\t10\t20\t\n"
    second = "2\tSố giếng được trám lấp\tgiếng\t\t5\t9\tSở Y tế\n"
    other = "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\tKinh phí\tNguồn\n1\tĐo nước\tSở A\t\t2027\t5\tX\n"
    assert len(targets(f"{first}\n{second}")) == 4
    assert len(targets(f"{first}\nPHỤ LỤC 2\n\n{other}")) == 2


def test_a_table_of_indicators_is_none_of_tasks() -> None:
    paper = f"KẾ HOẠCH\nThử\nI. MỤC TIÊU\n- Có 5 trạm.\nPHỤ LỤC\n{HEAD}1\tTỷ lệ rác\t%\t\t1\t2\tSở Y tế\n"
    reading = understand(read_file(paper.encode(), "bang.txt"))
    assert reading["tasks"] == []
    assert [t["unit"] for t in reading["targets"]] == ["trạm", "%", "%"]
