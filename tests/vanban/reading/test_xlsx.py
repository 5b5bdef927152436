"""Sheets: title lines, the table, merged cells, numbers and dates as an office writes them."""

from __future__ import annotations

import re

import pytest

from tests.vanban.reading.hostile import added, row, sheet
from vanban.document import Paragraph, Table
from vanban.reading import read_file, understand


def test_title_lines_and_the_table() -> None:
    cells = row(1, "PHỤ LỤC") + row(2, "(Kèm theo Kế hoạch)") + row(4, "TT", "Việc", "Kinh phí", "Ghi chú")
    cells += row(5, "I", "Nhóm A") + row(6, 1, "Đo nước & <khí>", 2.5) + row(7, 2, "Đo khí", 1200)
    found = read_file(sheet(cells), "phu-luc.xlsx").blocks
    assert found[:2] == (Paragraph("PHỤ LỤC"), Paragraph("(Kèm theo Kế hoạch)"))
    table = found[2]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["TT", "Việc", "Kinh phí", "Ghi chú"],
        ["I", "Nhóm A", "", ""],
        ["1", "Đo nước & <khí>", "2,5", ""],
        ["2", "Đo khí", "1200", ""],
    ]


def test_merged_cells_span() -> None:
    cells = (
        row(1, "TT", "Việc", "Phân công", "")
        + row(2, "", "", "Chủ trì", "Phối hợp")
        + row(3, 1, "Đo", "Sở A", "Sở B")
    )
    merges = (
        '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:D1"/></mergeCells>'
    )
    (table,) = read_file(sheet(cells, merges), "a.xlsx").blocks
    assert isinstance(table, Table)
    assert [[(c.text, c.colspan, c.rowspan, c.covered) for c in row] for row in table.rows[:2]] == [
        [("TT", 1, 2, False), ("Việc", 1, 2, False), ("Phân công", 2, 1, False), ("", 1, 1, True)],
        [("", 1, 1, True), ("", 1, 1, True), ("Chủ trì", 1, 1, False), ("Phối hợp", 1, 1, False)],
    ]


def test_the_tasks_of_an_annex_are_understood() -> None:
    cells = row(1, "PHỤ LỤC NHIỆM VỤ") + row(
        2, "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"
    )
    cells += row(3, 1, "Đo chất lượng nước", "Sở Y tế", "Sở Tài chính; UBND các xã, phường", "2026-2027")
    (task,) = understand(read_file(sheet(cells), "a.xlsx"))["tasks"]
    assert (task["no"], task["text"], task["lead"]) == ("1", "Đo chất lượng nước", ["Sở Y tế"])
    assert (task["timeframe"]["start"], task["timeframe"]["end"]) == ("2026", "2027")


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0&quot; % năm&quot;"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0.00\\ %;-0%"/></numFmts><cellXfs count="6"><xf numFmtId="0"/>'
    '<xf numFmtId="9"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
    "</styleSheet>"
)


def styled(value: float | str, style: int) -> str:
    """The rows of a sheet of three columns, with one cell of a style."""
    cell = re.sub(r'r="C2"', f'r="C2" s="{style}"', row(2, 1, "Thu gom chất thải", value))
    return row(1, "TT", "Chỉ tiêu", "Năm 2030") + cell


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (0.7, 1, "70%"),
        (0.7, 0, "0,7"),
        (1, 1, "100%"),
        (0.125, 2, "12,50%"),
        (0.125, 3, "12,5%"),
        (0.005, 1, "1%"),
        (-0.001, 1, "0%"),
        (7, 4, "7"),
        (0.3, 5, "30,00%"),
        (1e300, 1, str(int(1e300))),
        ("70%", 1, "70%"),
        (0.7, 9, "0,7"),
    ],
)
def test_a_share_in_a_percent_format_is_read_as_it_is_shown(
    value: float | str, style: int, printed: str
) -> None:
    file = added(sheet(styled(value, style)), {"xl/styles.xml": STYLES})
    (table,) = read_file(file, "a.xlsx").blocks
    assert isinstance(table, Table)
    assert table.rows[1][2].text == printed


def test_a_sheet_that_is_broken_behind_its_rows_is_read_as_it_was() -> None:
    file = added(sheet(styled(0.7, 1), "<pageMargins left=>"), {"xl/styles.xml": STYLES})
    (table,) = read_file(file, "a.xlsx").blocks
    assert isinstance(table, Table)
    assert table.rows[1][2].text == "0,7"
