"""Long files: how many rows are read."""

from __future__ import annotations

import pytest

from luc.industry.importing.judging import MOST_ROWS
from luc.kernel.errors import Refused
from luc.kernel.workbooks.foreign import tables
from tests.industry import filled


def test_ten_thousand_rows_below_a_heading_are_read() -> None:
    rows = [[number, "Công ty"] for number in range(10_100)]
    (table,) = tables("a.xlsx", filled.xlsx(rows[:10_000], ["STT", "Tên"], above=3), most=MOST_ROWS)
    assert [int(str(row[0])) for row in table.rows[-10_000:]] == list(range(10_000))
    with pytest.raises(Refused, match="dòng"):
        tables("a.xlsx", filled.xlsx(rows, ["STT", "Tên"]), most=MOST_ROWS)
