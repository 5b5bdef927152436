"""What is estimated for the whole year beside what is done by the cut-off, and the final figure that follows it.

Offices report twice in a year for one year: before it ends, done by the cut-off and "ước cả năm"; in the next period
the figure as it came to be. Periods are half-open: the second day belongs to them no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from luc.figures.models import Figure
from luc.rounds.models import Cycle

Period = tuple[date, date]
A_YEAR = 360  # days; a period of so many is itself what is estimated


def year_of(period: Period) -> Period:
    """The whole of which a period is reported: itself when it is about a year, else the year of its last day."""
    start, until = period
    if (until - start).days >= A_YEAR:
        return period
    year = (until - timedelta(days=1)).year
    return date(year, 1, 1), date(year + 1, 1, 1)


def done(cycle: Cycle) -> Period:
    """What is done by the cut-off: from the beginning of a cycle's period to the cut-off, or to its end."""
    until = min(cycle.cutoff + timedelta(days=1), cycle.period_until)
    return cycle.period_start, until if until > cycle.period_start else cycle.period_until


def estimated(cycle: Cycle) -> Period:
    """What a cycle's reports estimate."""
    return year_of((cycle.period_start, cycle.period_until))


def goes_on(cycle: Cycle) -> bool:
    """Whether the year goes on after the cut-off: else there is nothing to estimate."""
    return estimated(cycle)[1] > done(cycle)[1]


def words(period: Period) -> str:
    """A period in words: "năm 2026", "kỳ 15/12/2025 - 14/12/2026"."""
    start, last = period[0], period[1] - timedelta(days=1)
    if (start.month, start.day, last.month, last.day) == (1, 1, 12, 31):
        years = str(start.year) if start.year == last.year else f"{start.year} - {last.year}"
        return _("năm %(year)s") % {"year": years}
    return _("kỳ %(start)s - %(last)s") % {"start": f"{start:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}


@dataclass(frozen=True, slots=True)
class Earlier:
    """An estimate of an earlier report whose period is over: its value as it was said, and what it was of."""

    value: str
    period: Period

    @property
    def words(self) -> str:
        return words(self.period)

    @property
    def said(self) -> str:
        """What was estimated, and of what: "ước 80 (năm 2026)"."""
        return _("ước %(value)s (%(period)s)") % {"value": self.value, "period": self.words}

    def as_plain(self) -> dict[str, str]:
        """As a frozen report keeps it."""
        return {"value": self.value, "start": self.period[0].isoformat(), "until": self.period[1].isoformat()}

    @staticmethod
    def of(kept: Mapping[str, str]) -> Earlier:
        """As it was kept."""
        return Earlier(kept["value"], (date.fromisoformat(kept["start"]), date.fromisoformat(kept["until"])))


def to_settle(said: Mapping[str, Any] | None, before: Cycle | None, cycle: Cycle) -> Earlier | None:
    """The estimate in what was said in an earlier cycle of which a cycle asks the final figure; None for none.

    It is asked as soon as the estimated period is over by the cut-off.
    """
    if said is None or before is None:
        return None
    if said.get("estimate"):
        found = Earlier(str(said["estimate"]), estimated(before))
    elif said.get("value") and said.get("kind") == Figure.Kind.ESTIMATE:
        found = Earlier(str(said["value"]), (before.period_start, before.period_until))
    else:
        return None
    return found if found.period[1] <= cycle.cutoff else None
