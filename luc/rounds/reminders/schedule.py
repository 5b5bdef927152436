"""When one is reminded of a due moment: pure reckoning, no database.

Days are counted from the last day on which one is in time ("trước ngày 10" ends with the 9th). Steps that fall on
one moment are one: the last of them stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luc.kernel.time import VIETNAM
from luc.rounds.reminders.calendar import DAY, Calendar
from luc.rounds.reminders.models import Policy, Rung

CAUGHT_UP = timedelta(days=7)  # a step that was missed is made up for so long
LADDER = (Rung.CONTACT, Rung.HEAD, Rung.OFFICER)
FIRST = (
    Rung.CONTACT,
    Rung.APPROVER,
)  # an answer that was presented waits for the approver, not for who writes


def height(rung: Rung) -> int:
    """How far up a rung stands; nobody is above all."""
    if rung in FIRST:
        return 0
    return LADDER.index(rung) if rung in LADDER else len(LADDER)


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder to come: how many days from the last day, planned for a day, sent at a moment."""

    offset: int
    planned: date
    at: datetime

    @property
    def is_moved(self) -> bool:
        return self.at.astimezone(VIETNAM).date() != self.planned


def last_day(due_at: datetime) -> date:
    """The last day on which one is in time."""
    return (due_at - timedelta(microseconds=1)).astimezone(VIETNAM).date()


def steps(due_at: datetime, days: Sequence[int], calendar: Calendar) -> list[Step]:
    """The steps to a due moment in their order, each at the opening of a working day."""
    last, found = last_day(due_at), {}
    for offset in sorted(set(days)):
        planned = last + offset * DAY
        at = _after(planned, calendar) if offset > 0 else _before(planned, due_at, calendar)
        found[at] = Step(offset, planned, at)
    return sorted(found.values(), key=lambda step: step.at)


def _before(planned: date, due_at: datetime, calendar: Calendar) -> datetime:
    at = calendar.opening(calendar.on_or_before(planned))
    while at >= due_at:  # due before the office opens
        at = calendar.opening(calendar.on_or_before(at.date() - DAY))
    return at


def _after(planned: date, calendar: Calendar) -> datetime:
    return calendar.opening(calendar.on_or_after(planned))


def current(planned: Sequence[Step], opened_at: datetime, moment: datetime) -> Step | None:
    """The step that stands at a moment: the last whose time has come since the round was opened, not too long ago."""
    come = [step for step in planned if opened_at <= step.at <= moment < step.at + CAUGHT_UP]
    return come[-1] if come else None


def days_from(due_at: datetime, day: date) -> int:
    """How many days a day is from the last day in time, negative before it."""
    return (day - last_day(due_at)).days


def target(offset: int, policy: Policy) -> Rung:
    """Up to which rung people are told so many days after the last day."""
    if offset >= policy.officer_from:
        return Rung.OFFICER
    return Rung.HEAD if offset >= policy.head_from else Rung.CONTACT


def occasion(due_at: datetime, offset: int) -> str:
    """The name of a step: the same obligation with another due moment is reminded anew."""
    return f"{due_at.astimezone(VIETNAM):%Y%m%d%H%M}/{offset:+d}"
