"""What a regime proposes for its next cycle: period, cut-off, due day. An officer confirms or changes it.

A period runs from the 15th before its first month to the 14th of its last (data/windows.json: NĐ 09/2019/NĐ-CP).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from vanban.deadlines import Window

OWN = "chính văn bản này"
_NEAR = 31  # days by which a period of a paper may lie beside that of the decree
_BEFORE_END = 4  # months before a period's end from which on its due day is looked for


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer is shown before opening; None is what the paper does not say. `last_day` is in the period."""

    title: str
    period_start: date | None
    last_day: date | None
    cutoff: date | None
    due_day: date | None
    includes_day: bool
    source: str


@cache
def windows() -> dict[str, Any]:
    """The windows of reporting periods, as data with their source."""
    path = resources.files("luc.rounds").joinpath("data/windows.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def count_in_year(frequency: str) -> int:
    """How many periods a year has: 1, 2, 4, 12; 0 for a frequency that names no interval."""
    months = windows()["months"].get(frequency)
    return 12 // months if months else 0


def window(frequency: str, year: int, position: int) -> tuple[date, date]:
    """First and last day of the period `position` (from 1) of a year. Raises KeyError for no interval."""
    length = windows()["months"][frequency]
    last = position * length
    start = month_after(date(year, 1, windows()["first_day"]), last - length - 1)
    return start, date(year, last, windows()["last_day"])


def month_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the days of our windows exist in every month."""
    index = day.year * 12 + day.month - 1 + months
    return day.replace(year=index // 12, month=index % 12 + 1)


def current(frequency: str, today: date) -> tuple[int, int]:
    """Year and position of the period that a day is in."""
    count = count_in_year(frequency) or 1
    length = 12 // count
    shifted = month_after(today.replace(day=1), 1) if today.day >= windows()["first_day"] else today
    return shifted.year, (shifted.month - 1) // length + 1


def propose(
    frequency: str,
    deadline: tuple[int | None, int | None],
    includes_day: bool,
    year: int,
    position: int,
    years: tuple[int | None, int | None] = (None, None),
    *,
    following: bool = False,
    stated: Window | None = None,
) -> Proposal:
    """The proposal for one period of a regime. deadline: day and month as the paper has them; years: of the plan.

    `following` as in `due_day`; `stated`: from which day to which the paper itself counts the figures.
    """
    if frequency in windows()["months"]:
        start, last = window(frequency, year, position)
        source = windows()["source"]
        if own := stated and stated_window(stated, start, last):
            (start, last), source = own, OWN
        due = due_day(deadline, last, following=following)
        cutoff = last if due is None or due > last else due - timedelta(days=1)
        return Proposal(name(frequency, year, position), start, last, cutoff, due, includes_day, source)
    first, final = years
    if frequency != "final" or not first or not final:
        return Proposal(name(frequency, year, position), None, None, None, None, includes_day, "")
    start, end = date(first, 1, 1), date(final, 12, 31)
    return Proposal(name(frequency, year, position), start, end, None, None, includes_day, "")


def stated_window(stated: Window, start: date, last: date) -> tuple[date, date] | None:
    """The days that a paper names for a period, in the year in which the period ends.

    None where they are those of another period: they end more than a month away, or are longer or shorter.
    """
    try:
        end = date(last.year, stated.to_month, stated.to_day)
        begin = date(end.year - stated.from_year_before, stated.from_month, stated.from_day)
    except ValueError:
        return None
    near = timedelta(days=_NEAR)
    if abs(end - last) > near or abs((end - begin) - (last - start)) > near or begin > end:
        return None
    return begin, end


def next_due(
    frequency: str, deadline: tuple[int | None, int | None], after: date, *, following: bool = False
) -> date | None:
    """The first due day of a regime on or after a day, of whatever period; `following` as in `due_day`.

    None for a frequency without interval, where no day is named, or for a year only a day without its month.
    """
    count = count_in_year(frequency)
    if not count or (count == 1 and deadline[1] is None):
        return None
    near = [(after.year + ahead, n) for ahead in (-1, 0, 1, 2) for n in range(1, count + 1)]
    days = (due_day(deadline, window(frequency, *period)[1], following=following) for period in near)
    return min((day for day in days if day and day >= after), default=None)


def due_day(deadline: tuple[int | None, int | None], last: date, *, following: bool = False) -> date | None:
    """The day by which a period is reported: its first occurrence from some months before the period ends.

    A day without a month is one of the period's last month, or of the month after it (`following`: "ngày 05 của
    tháng đầu quý sau"). None when the paper names no day, or one that the month does not have.
    """
    day, month = deadline
    if day is None:
        return None
    earliest = month_after(last, -_BEFORE_END) if month else last - timedelta(days=last.day)
    if following and not month:
        earliest = month_after(last.replace(day=1), 1) - timedelta(days=1)
    for ahead in range(18):
        at = month_after(earliest.replace(day=1), ahead)
        if month in (None, at.month):
            try:
                found = at.replace(day=day)
            except ValueError:
                return None
            if found > earliest:
                return found
    return None


def name(frequency: str, year: int, position: int) -> str:
    """How a cycle is called, in Vietnamese: it is kept, and printed on papers."""
    if frequency == "semiannual":
        return f"Báo cáo 6 tháng {'đầu' if position == 1 else 'cuối'} năm {year}"
    names = {
        "annual": f"Báo cáo năm {year}",
        "quarterly": f"Báo cáo quý {('I', 'II', 'III', 'IV')[min(position, 4) - 1]} năm {year}",
        "monthly": f"Báo cáo tháng {position} năm {year}",
        "mid_term": "Báo cáo giữa kỳ",
        "final": "Báo cáo tổng kết",
    }
    return names.get(frequency, f"Báo cáo định kỳ năm {year}")
