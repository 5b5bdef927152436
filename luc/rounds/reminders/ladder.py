"""Whom a reminder goes to: the people of a party by rung, and whether each can be reached.

Contact (whom the agency named, else who writes the report; the approver while it waits for one), then the head of the
agency, then the focal officer; where a rung has nobody who can be reached, the next is taken at once. The last rung
ends with the tenant's administrators, so none goes nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet

from luc.agencies.models import Membership, Role
from luc.kernel.time import now, valid_on
from luc.rounds.reminders.first import WHO_WRITES, First
from luc.rounds.reminders.models import Letter, Outcome, Preference, Reminder, Rung
from luc.rounds.reminders.schedule import LADDER, height

# within a rung: the first role that somebody holds
ROLES: dict[Rung, tuple[Role, ...]] = {
    Rung.CONTACT: (Role.CLERK, Role.ENTERPRISE),
    Rung.APPROVER: (Role.APPROVER, Role.HEAD),
    Rung.HEAD: (Role.HEAD, Role.APPROVER),
    Rung.OFFICER: (Role.OFFICER, Role.FOCAL_HEAD),
}
# as it is kept, in Vietnamese whoever looks
CALLED = {
    Rung.CONTACT: "người làm báo cáo",
    Rung.APPROVER: "người duyệt báo cáo",
    Rung.HEAD: "thủ trưởng đơn vị",
}
REFUSED_FOR = timedelta(days=30)  # an address that was refused is tried again after that

Way = Preference.Way
Via = Reminder.Via


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be told: how they want it, and whether their address takes mail."""

    user: int
    name: str
    address: str
    way: str = Way.DIGEST
    language: str = "vi"
    is_refused: bool = False

    @property
    def takes_mail(self) -> bool:
        return bool(self.address) and not self.is_refused

    def via(self, *, overdue: bool) -> Reminder.Via:
        """How this person is told: what is overdue comes by mail also to who wants the desk only."""
        if not self.takes_mail or (self.way == Way.DESK and not overdue):
            return Via.DESK
        return Via.SINGLE if self.way == Way.SINGLE else Via.DIGEST

    def is_reached(self, *, overdue: bool) -> bool:
        """Whether telling this person is enough. Without a mail server the desk is."""
        return self.takes_mail or not sends_mail() or (self.way == Way.DESK and not overdue)


@dataclass(frozen=True, slots=True)
class Told:
    """One person on one rung, and why this rung was taken where it was not its turn."""

    rung: Rung
    person: Person | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The people of a tenant by party and role, on a day."""

    people: Mapping[int, Mapping[str, tuple[Person, ...]]] = field(default_factory=dict)
    administrators: tuple[Person, ...] = ()

    def on(self, rung: Rung, party: int, collector: int) -> tuple[Person, ...]:
        """Who stands on a rung for a party whose answer a collector waits for."""
        held = self.people.get(collector if rung == Rung.OFFICER else party, {})
        for role in ROLES[rung]:
            if held.get(role):
                return held[role]
        return self.administrators if rung == Rung.OFFICER else ()

    def first(self, first: First, party: int, collector: int, *, overdue: bool) -> tuple[Person, ...]:
        """Who is told first: whom the party named, with the others of the rung where those cannot be reached."""
        there = self.on(first.rung, party, collector)
        named = {person.user: person for of in self.people.get(party, {}).values() for person in of}
        contacts = tuple(named[user] for user in sorted(first.named & named.keys()))
        if any(person.is_reached(overdue=overdue) for person in contacts):
            return contacts
        return (*contacts, *(person for person in there if person not in contacts))

    def told(
        self, party: int, collector: int, target: Rung, *, overdue: bool, first: First = WHO_WRITES
    ) -> list[Told]:
        """Everybody who is told: up to the target, and further until somebody is reached; each person once."""
        lowest = first.rung, self.first(first, party, collector, overdue=overdue)
        rungs = [lowest, *((rung, self.on(rung, party, collector)) for rung in LADDER[1:])]
        return list(_climb(rungs, height(target), overdue, frozenset()))

    def above(self, rung: Rung, party: int, collector: int, told: Iterable[int] = ()) -> list[Told]:
        """Who is told instead when nobody on a rung was reached after all; not again who was told already."""
        rungs = [(higher, self.on(higher, party, collector)) for higher in LADDER[height(rung) + 1 :]]
        return list(_climb(rungs, 0, True, frozenset(told)))


def _climb(
    rungs: Iterable[tuple[Rung, tuple[Person, ...]]], target: int, overdue: bool, before: frozenset[int]
) -> Iterator[Told]:
    """Up the rungs to the target, and on until somebody is reached who was not told before."""
    seen: set[int] = set(before)
    missing: list[str] = []
    for n, (rung, there) in enumerate(rungs):
        why = "; ".join(missing) if n > target else ""
        for person in there:
            if person.user not in seen:
                seen.add(person.user)
                yield Told(rung, person, why)
        if any(person.is_reached(overdue=overdue) for person in there if person.user not in before):
            missing.clear()
            if n >= target:
                return
        else:
            missing.append(_missing(rung, there))
    if seen == before:
        yield Told(Rung.NOBODY, None, "; ".join(missing)[:200])


def _missing(rung: Rung, there: Iterable[Person]) -> str:
    """Why a rung does not do, in words that are kept."""
    words = CALLED.get(rung, "cơ quan đầu mối")
    people = list(there)
    if not people:
        return f"chưa có tài khoản {words}"
    if any(person.is_refused for person in people):
        return f"thư của {words} bị trả lại"
    return f"{words} chưa có địa chỉ thư"


def sends_mail() -> bool:
    """Whether mails go anywhere: to a server, or to the outbox page of the demonstration."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def ladder_of(tenant: int, day: date) -> Ladder:
    """The ladder of a tenant on a day, in three statements."""
    roles = [role for names in ROLES.values() for role in names]
    held = Membership.objects.filter(
        valid_on(day), tenant=tenant, role__in=[*roles, Role.ADMINISTRATOR], user__is_active=True
    ).order_by("user__sort_key", "user_id")
    rows = held.values_list("party_id", "role", "user_id", "user__full_name", "user__email")
    chosen = preferences(held.order_by().values("user"))
    refused = refused_addresses(tenant)
    people: dict[int, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for party, role, user, name, address in rows:
        way, language = chosen.get(user, (Way.DIGEST, "vi"))
        person = Person(user, name, address, way, language, address.lower() in refused)
        people[party][role].append(person)
    administrators = [person for of in people.values() for person in of.get(Role.ADMINISTRATOR, [])]
    return Ladder(
        {party: {role: tuple(rows) for role, rows in of.items()} for party, of in people.items()},
        tuple({person.user: person for person in administrators}.values()),
    )


def preferences(users: QuerySet[Any, Any]) -> dict[int, tuple[str, str]]:
    """What people chose: way and language by user, of those who chose."""
    rows = Preference.objects.filter(user__in=users).values_list("user_id", "way", "language")
    return {user: (way, language) for user, way, language in rows}


def refused_addresses(tenant: int) -> set[str]:
    """The addresses that the mail server refused for good lately, and has not taken since."""
    lately = Outcome.objects.filter(tenant=tenant, at__gte=now() - REFUSED_FOR)
    refused = _last(lately.filter(result=Outcome.Result.REFUSED))
    if not refused:
        return set()
    letters = Letter.objects.filter(address__in=list(refused)).values("pk")
    taken = _last(lately.filter(result=Outcome.Result.SENT, attempt__letter__in=letters))
    return {address.lower() for address, at in refused.items() if taken.get(address, at) <= at}


def _last(rows: QuerySet[Outcome]) -> dict[str, datetime]:
    """When last, by address."""
    return dict(rows.values_list("attempt__letter__address").annotate(last=Max("at")))
