"""Numbers and dates as an office writes them: 1.234,5 and "ngày 05 tháng 01 năm 2026"."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from vanban.writing.layout import layout


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """A number with a point for thousands and a comma for decimals.

    `places` rounds (half up) and fills to so many decimals; without it the decimals of the value stay as they
    are. Raises ValueError for a value that is no number (NaN, infinite).
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"{value} is no number that can be written")
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if exact.is_zero():
        exact = abs(exact)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def format_date(year: int, month: int | None = None, day: int | None = None) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and months 1 and 2 with a 0; what is None stays blank.

    NĐ 30/2020, Phụ lục I, II.4.b. Raises ValueError for a day that is not in the calendar.
    """
    date(year, 1 if month is None else month, 1 if day is None or month is None else day)
    if day is not None and not 1 <= day <= 31:
        raise ValueError(f"{day} is no day of a month")
    texts = layout().texts
    months = texts.months_with_zero
    return texts.date.format(
        day=texts.blank if day is None else f"{day:02}",
        month=texts.blank if month is None else f"{month:02}" if month in months else str(month),
        year=year,
    )
