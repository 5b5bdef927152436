"""Working time of a tenant: the week, the national days off (data/holidays.csv), what its administrator says.

A mail leaves only inside working hours of a working day. What falls elsewhere is moved: a reminder before the due
moment to the opening of the working day before, one after it to the opening of the next working day.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources

from luc.kernel.time import VIETNAM
from luc.rounds.reminders.models import CalendarDay, WorkingHours

DAY = timedelta(days=1)
FURTHEST = 60  # days in a row without a working one: the calendar is wrong, the day itself is taken


@dataclass(frozen=True, slots=True)
class Holiday:
    """A national day off with its source; `is_sure` False waits for the announcement of its year."""

    day: date
    name: str
    source: str
    remark: str
    is_sure: bool


@cache
def holidays() -> dict[date, Holiday]:
    """The national days off by day: Labour Code 2019 (Bộ luật Lao động), articles 111 and 112, and announcements."""
    text = resources.files("luc.rounds").joinpath("data/holidays.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        day = date.fromisoformat(row["day"])
        found[day] = Holiday(day, row["name"], row["source"], row["remark"], row["kind"] == "off")
    return found


def known_until() -> date:
    """The last day of the last year of which the national days off are known."""
    return date(max(holidays()).year, 12, 31)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a tenant works. `said`: what the administrator says, by day: worked or off."""

    opens: time = time(8)
    closes: time = time(17)
    said: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether a day is worked."""
        if day in self.said:
            return self.said[day]
        holiday = holidays().get(day)
        return day.weekday() < 5 and not (holiday and holiday.is_sure)  # Monday is 0

    def is_open(self, moment: datetime) -> bool:
        """Whether mails may leave at a moment."""
        local = moment.astimezone(VIETNAM)
        return self.works(local.date()) and self.opens <= local.time() < self.closes

    def opening(self, day: date) -> datetime:
        """The moment at which a day's mails leave."""
        return datetime.combine(day, self.opens, tzinfo=VIETNAM)

    def on_or_before(self, day: date) -> date:
        """The last working day up to a day."""
        return self._nearest(day, -DAY)

    def on_or_after(self, day: date) -> date:
        """The first working day from a day on."""
        return self._nearest(day, DAY)

    def _nearest(self, day: date, step: timedelta) -> date:
        for n in range(FURTHEST):
            if self.works(day + n * step):
                return day + n * step
        return day

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when mails may leave, else the next opening."""
        if self.is_open(moment):
            return moment
        local = moment.astimezone(VIETNAM)
        day = local.date() if local.time() < self.opens else local.date() + DAY
        return self.opening(self.on_or_after(day))


def calendar_of(tenant: int) -> Calendar:
    """The working time of a tenant, in two statements."""
    hours = WorkingHours.objects.filter(tenant=tenant).first() or WorkingHours()
    said = dict(CalendarDay.objects.filter(tenant=tenant).values_list("day", "works"))
    return Calendar(hours.opens, hours.closes, said)
