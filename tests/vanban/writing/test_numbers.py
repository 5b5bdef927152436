"""Numbers and dates as an office writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.writing.numbers import format_date, format_number


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, None, "0"),
        (1234, None, "1.234"),
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("1234567.890"), None, "1.234.567,890"),
        (Decimal("-0.5"), None, "-0,5"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("2.345"), 2, "2,35"),
        (Decimal("1E+6"), None, "1.000.000"),
        (12, 2, "12,00"),
        (Decimal("999.95"), 1, "1.000,0"),
    ],
)
def test_numbers(value: Decimal | int, places: int | None, written: str) -> None:
    assert format_number(value, places) == written


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_not_written(value: Decimal) -> None:
    with pytest.raises(ValueError, match="no number"):
        format_number(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_written_number_is_the_number(value: Decimal) -> None:
    written = format_number(value)
    assert Decimal(written.replace(".", "").replace(",", ".")) == value


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ((2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        ((2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        ((2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        ((2026, 9, 9), "ngày 09 tháng 9 năm 2026"),
        ((2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        ((2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
    ],
)
def test_dates(date: tuple[int, int, int], written: str) -> None:
    assert format_date(*date) == written


def test_blank_days_and_months_stay_blank() -> None:
    assert format_date(2026).split() == ["ngày", "tháng", "năm", "2026"]
    assert format_date(2026, 5).split() == ["ngày", "tháng", "5", "năm", "2026"]


@pytest.mark.parametrize("date", [(2025, 2, 29), (2025, 0, 1), (2025, 4, 31)])
def test_a_day_that_does_not_exist_is_refused(date: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        format_date(*date)
