"""What has to be told at a moment: which obligations, on which step; set-based, a handful of statements a tenant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from luc.rounds.actions import WRITABLE
from luc.rounds.models import Obligation
from luc.rounds.reminders.calendar import Calendar
from luc.rounds.reminders.first import WHO_WRITES, First, firsts
from luc.rounds.reminders.models import Policy, Reminder
from luc.rounds.reminders.schedule import Step, current, occasion, steps
from luc.rounds.succession import taking_answers

TOGETHER = 100  # due moments asked in one statement


@dataclass(frozen=True, slots=True)
class Owing:
    """One obligation that somebody is to be told of; `answerer` is the party itself, or who stands in for it."""

    obligation: int
    cycle: int
    party: int
    answerer: int
    collector: int
    offset: int
    occasion: str
    policy: Policy
    first: First = WHO_WRITES
    words: str = ""
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """The obligations of one round that are due at one moment, and the step that stands for them."""

    cycle: int
    due_at: datetime
    step: Step
    policy: Policy


def policies(tenant: int) -> dict[int | None, Policy]:
    """What the tenant says about reminding, by cycle; None: of all that say nothing themselves."""
    found = {row.cycle_id: row for row in Policy.objects.filter(tenant=tenant)}
    found.setdefault(None, Policy(tenant_id=tenant))
    return found


def policy_of(cycle: int, said: Mapping[int | None, Policy]) -> Policy:
    """What holds for a cycle."""
    return said.get(cycle) or said[None]


def due_now(tenant: int, moment: datetime, calendar: Calendar) -> list[Owing]:
    """Everything to tell at a moment that was not told yet, by party; nothing outside working hours."""
    if not calendar.is_open(moment):
        return []
    groups = _groups(tenant, moment, calendar)
    out: list[Owing] = []
    for start in range(0, len(groups), TOGETHER):
        out += _owing(groups[start : start + TOGETHER])
    return out


def _groups(tenant: int, moment: datetime, calendar: Calendar) -> list[_Group]:
    said = policies(tenant)
    rows = still_owed().filter(tenant=tenant).order_by("cycle", "due_at").distinct()
    found = []
    for cycle, opened_at, due_at in rows.values_list("cycle_id", "cycle__opened_at", "due_at"):
        policy = policy_of(cycle, said)
        step = current(steps(due_at, policy.days, calendar), opened_at, moment) if policy.is_on else None
        if step:
            found.append(_Group(cycle, due_at, step, policy))
    return found


def still_owed() -> QuerySet[Obligation]:
    """The obligations whose answer is wanting and can be handed in."""
    return Obligation.objects.filter(taking_answers(), state__in=WRITABLE)


def _owing(groups: Collection[_Group]) -> list[Owing]:
    if not groups:
        return []
    wanted, names = Q(), {}
    for group in groups:
        wanted |= Q(cycle=group.cycle, due_at=group.due_at)
        names[group.cycle, group.due_at] = group, occasion(group.due_at, group.step.offset)
    told = set(
        Reminder.objects.filter(
            occasion__in={name for _group, name in names.values()},
            obligation__cycle__in={group.cycle for group in groups},
        ).values_list("obligation_id", "occasion")
    )
    who = firsts({group.cycle for group in groups})
    rows = still_owed().annotate(by=Coalesce("stand_in", "party")).filter(wanted).order_by("party", "pk")
    found = []
    columns = ("pk", "cycle_id", "party_id", "by", "cycle__collector_id", "due_at")
    for pk, cycle, party, by, collector, due_at in rows.values_list(*columns):
        group, name = names[cycle, due_at]
        if (pk, name) not in told:
            offset, first = group.step.offset, who.of(pk, cycle, by)
            found.append(Owing(pk, cycle, party, by, collector, offset, name, group.policy, first))
    return found
