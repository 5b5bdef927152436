"""Time travel for tests of reminders: open a round on a day, let the worker look, read what was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import time_machine

from luc.agencies.models import Membership, Party, Role
from luc.kernel.models import User
from luc.kernel.time import VIETNAM, start_of
from luc.kernel.writing import writing
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders import running
from luc.rounds.reminders.models import Reminder
from tests.cast import Side
from tests.rounds.steps import acting, open_for

DUE = start_of(date(2026, 12, 10))  # Thursday; Wednesday the 9th is the last day
OPENED = datetime(2026, 11, 2, 9, 0, tzinfo=VIETNAM)


def at(day: int, hour: int = 8, minute: int = 1, month: int = 12) -> datetime:
    """A moment of December 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def opened(side: Side, *names: str, due: datetime = DUE, **more: object) -> Cycle:
    with time_machine.travel(OPENED, tick=False):
        return open_for(side, *names, due=due, **more)


def look(moment: datetime) -> list[int]:
    """What a worker's look does at a moment; jobs run at once in tests."""
    with time_machine.travel(moment, tick=False):
        return running.look()


def through(first: date, last: date) -> None:
    """Every day of a span, a look at five hours, two of them at night."""
    day = first
    while day <= last:
        for hour in (3, 8, 13, 16, 22):
            look(datetime(day.year, day.month, day.day, hour, 1, tzinfo=VIETNAM))
        day += timedelta(days=1)


def name(person: str) -> str:
    """How somebody of the cast is called."""
    return f"Người a.{person}"


def told(**more: object) -> list[tuple[int, str, str]]:
    """Offset, rung and person of the reminders that were kept, in their order."""
    rows = Reminder.objects.filter(**more).order_by("pk")
    return [(row.offset, row.rung, row.user_name) for row in rows]


def person(side: Side, party: Party, role: Role, name: str, address: str = "-") -> User:
    """Somebody with a role in a party."""
    with writing():
        mail = f"{name}@example.vn" if address == "-" else address
        user = User.objects.create(username=name, full_name=f"Người {name}", email=mail)
        since = date(2020, 1, 1)
        Membership.objects.create(tenant=side.tenant, user=user, party=party, role=role, valid_from=since)
    return user


def without_address(side: Side, *people: str) -> None:
    with writing():
        User.objects.filter(pk__in=[side.people[name].pk for name in people]).update(email="")


def communes(side: Side, count: int) -> list[str]:
    """So many communes, each with a clerk; returns their names in the cast."""
    names = []
    for n in range(count):
        with writing():
            party = Party.objects.create(
                tenant=side.tenant, kind="commune", name=f"Ủy ban nhân dân xã Số {n}"
            )
        side.parties[f"xa_{n}"] = party
        person(side, party, Role.CLERK, f"xa{n}")
        names.append(f"xa_{n}")
    return names


def hand_in(side: Side, cycle: Cycle, *parties: str) -> None:
    """The parties hand in, as the room above would."""
    from luc.rounds.actions import freeze

    for name in parties:
        owed = Obligation.objects.get(cycle=cycle, party=side.parties[name])
        with acting(side, "clerk_finance", "rounds.answer") as frame:
            freeze(frame, owed.pk, content={}, is_nil=True)
