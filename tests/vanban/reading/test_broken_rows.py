"""Rows of text tables that go on in the next line are read as one; whole rows and paragraphs stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.document import Paragraph, Table
from vanban.reading import read_file, understand

HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời gian"]
PHRASE = st.lists(
    st.sampled_from(["đo", "nước", "khí", "Sở", "Thuế", "tỉnh", "các", "xã"]), min_size=2, max_size=5
)
ROW = st.lists(PHRASE, min_size=4, max_size=4)


def table(text: str) -> list[list[str]]:
    (found,) = (block for block in read_file(text.encode(), "a.txt").blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in found.rows]


def cut(cells: list[str], by: str, places: list[int]) -> str:
    """A row whose cells go on in a next line at some of their spaces, never within the first or the last cell."""
    inner = [
        "\n".join(filter(None, (" ".join(cell.split()[:at]), " ".join(cell.split()[at:])))) if at else cell
        for cell, at in zip(cells[1:-1], places, strict=True)
    ]
    return by.join([cells[0], *inner, cells[-1]])


@given(st.lists(st.tuples(ROW, st.lists(st.integers(0, 2), min_size=3, max_size=3)), min_size=1, max_size=4))
def test_rows_cut_anywhere_are_the_rows_that_were_cut(rows: list[tuple[list[list[str]], list[int]]]) -> None:
    whole = [[str(n), *(" ".join(words) for words in cells)] for n, (cells, _) in enumerate(rows, 1)]
    for by, before, after in (("\t", "", ""), (" | ", "", ""), (" | ", "| ", " |")):
        lines = [
            before + cut(cells, by, places) + after for cells, (_, places) in zip(whole, rows, strict=True)
        ]
        assert table("\n".join([before + by.join(HEAD) + after, *lines])) == [HEAD, *whole]


def test_a_row_goes_on_behind_a_mark_at_the_start_of_a_line() -> None:
    text = "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\n1 | Đo nước\n | Sở Y tế | 2026\n2 | Đo khí | Sở Y tế\n | 2027"
    assert table(text)[1:] == [["1", "Đo nước", "Sở Y tế", "2026"], ["2", "Đo khí", "Sở Y tế", "2027"]]


def test_a_rule_below_a_head_without_border_is_no_row() -> None:
    text = "TT | Nhiệm vụ | Cơ quan\n | Thời gian\n---|---|---|---\n1 | Đo nước | Sở Y tế | 2026"
    assert table(text) == [["TT", "Nhiệm vụ", "Cơ quan", "Thời gian"], ["1", "Đo nước", "Sở Y tế", "2026"]]


def test_the_first_cell_of_a_row_without_border_may_be_empty() -> None:
    text = "TT | Nhiệm vụ | Cơ quan chủ trì\n | Nhóm thu gom |\n1 | Đo nước | Sở Y tế"
    assert table(text)[1:] == [["", "Nhóm thu gom", ""], ["1", "Đo nước", "Sở Y tế"]]


def test_words_between_rows_belong_to_the_last_cell_above() -> None:
    text = "TT\tNhiệm vụ\tCơ quan chủ trì\n1\tĐo nước\tSở Nông nghiệp và\nmôi trường\n2\tĐo khí\tSở Y tế\nĐoạn sau."
    found = read_file(text.encode(), "a.txt").blocks
    assert isinstance(found[0], Table)
    assert found[0].rows[1][2].text == "Sở Nông nghiệp và môi trường"
    assert found[1:] == (Paragraph("Đoạn sau."),)


WHOLE = [
    "I\tNhóm A\n1\tĐo nước\tSở Y tế\t2026",  # a group, then a task without its last cell
    "1\tĐo nước\tSở Y tế\n2\tĐo khí\tSở Y tế\t2027\tNăm",
    "\tĐo nước\tSở Y tế\n\tĐo khí\tSở Y tế\t2027",
    "1 | Đo nước | Sở Y tế | |\n2 | Đo khí | Sở Y tế | |",
]


@pytest.mark.parametrize("rows", WHOLE)
def test_rows_that_are_short_stay_rows(rows: str) -> None:
    by = " | " if "|" in rows else "\t"
    found = table("\n".join([by.join(HEAD), rows]))
    assert len(found) == 1 + len(rows.split("\n"))
    assert all(len(row) == len(HEAD) for row in found)


def test_tasks_of_a_table_with_cut_rows_are_understood() -> None:
    text = (
        "KẾ HOẠCH\nThu gom ắc quy thải\nPHỤ LỤC NHIỆM VỤ\nTT | Nhiệm vụ | Cơ quan\nchủ trì | Thời gian\n"
        "1 | Đặt thùng thu gom tại các\nchợ | Sở Nông nghiệp và Môi\ntrường | 2026-2027\n2 | Tập huấn | Sở Y tế | 2026"
    )
    tasks = understand(read_file(text.encode(), "a.txt"))["tasks"]
    assert [(task["text"], task["lead"], task["timeframe"]["end"]) for task in tasks] == [
        ("Đặt thùng thu gom tại các chợ", ["Sở Nông nghiệp và Môi trường"], "2027"),
        ("Tập huấn", ["Sở Y tế"], "2026"),
    ]
