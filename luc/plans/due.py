"""When the next report of a regime is due, as far as the paper says it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from luc.plans.models import Regime

# months between two reports
_EVERY = {"annual": 12, "semiannual": 6, "quarterly": 3, "monthly": 1}


def next_day(regime: Regime, after: date) -> date | None:
    """The next deadline on or after a day; None where the paper names no day, or no month where one is needed."""
    step = _EVERY.get(regime.frequency)
    if step is None or regime.deadline_day is None or (regime.deadline_month is None and step > 1):
        return None
    return next(day for day in _days(regime, step, after) if day >= after)


def _days(regime: Regime, step: int, after: date) -> Iterator[date]:
    """The deadlines from the year of a day on; the 31st is the last day of a shorter month."""
    month = (regime.deadline_month or 1) - 1
    for count in range(-12 // step, 24 // step + 1):
        year, at = divmod(after.year * 12 + month + count * step, 12)
        yield date(year, at + 1, min(regime.deadline_day or 1, monthrange(year, at + 1)[1]))
