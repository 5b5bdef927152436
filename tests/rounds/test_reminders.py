"""Reminders through a whole cycle: who is told when, on which rung, by how many mails; nothing twice, none nowhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from luc.agencies.models import Membership, Party, Role
from luc.kernel.history import broken_links
from luc.kernel.models import Change, Mail, User
from luc.kernel.time import VIETNAM, start_of
from luc.kernel.writing import writing
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders import running
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.models import Letter, Outcome, Preference, Reminder, Rung
from luc.rounds.reminders.planning import due_now
from tests.cast import Side
from tests.rounds.steps import acting, open_for
from luc.rounds import actions

DUE = start_of(date(2026, 12, 10))  # Thursday; Wednesday the 9th is the last day
OPENED = datetime(2026, 11, 2, 9, 0, tzinfo=VIETNAM)


def at(day: int, hour: int = 8, minute: int = 1, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def opened(side: Side, *names: str, due: datetime = DUE, **more: object) -> Cycle:
    with time_machine.travel(OPENED, tick=False):
        return open_for(side, *names, due=due, **more)


def run(moment: datetime) -> list[int]:
    """What the worker's look does at a moment."""
    with time_machine.travel(moment, tick=False):
        return running.look()


def through(first: date, last: date) -> None:
    """Every day of a span, a look at four hours, two of them at night."""
    day = first
    while day <= last:
        for hour in (3, 8, 13, 22):
            run(datetime(day.year, day.month, day.day, hour, 1, tzinfo=VIETNAM))
        day += timedelta(days=1)


def told(**more: object) -> list[tuple[int, str, str]]:
    rows = Reminder.objects.filter(**more).order_by("pk")
    return [(row.offset, row.rung, row.user_name) for row in rows]


def test_a_whole_cycle_of_one_party(here: Side) -> None:
    opened(here, "finance")
    through(date(2026, 11, 3), date(2026, 12, 31))
    clerk, head, officer = (f"Người a.{n}" for n in ("clerk_finance", "head_finance", "officer"))
    assert told() == [
        (-14, "contact", clerk),
        (-7, "contact", clerk),
        (-3, "contact", clerk),
        (-1, "contact", clerk),
        (0, "contact", clerk),
        (1, "contact", clerk),
        (1, "head", head),
        (3, "contact", clerk),
        (3, "head", head),
        (3, "officer", officer),
        (7, "contact", clerk),
        (7, "head", head),
        (7, "officer", officer),
    ]
    assert [row.at.astimezone(VIETNAM).date().isoformat() for row in Reminder.objects.filter(rung="contact")] == [
        "2026-11-25",
        "2026-12-02",
        "2026-12-04",  # the 6th is a Sunday
        "2026-12-08",
        "2026-12-09",
        "2026-12-10",
        "2026-12-14",  # the 12th is a Saturday
        "2026-12-16",
    ]
    assert Mail.objects.count() == Letter.objects.count() == 13
    assert broken_links(here.tenant.pk) == []
