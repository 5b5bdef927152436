"""Who will be reminded, and when: the plan of a round as it stands now, before anything is sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from luc.agencies.order import by_kind
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.first import Firsts, firsts
from luc.rounds.reminders.ladder import Ladder, Person, ladder_of
from luc.rounds.reminders.models import Policy, Rung
from luc.rounds.reminders.planning import policies, policy_of
from luc.rounds.reminders.queries import missing
from luc.rounds.reminders.schedule import Step, steps, target


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a round: how many people on each rung, and how many parties have nobody."""

    step: Step
    is_past: bool
    contacts: int
    heads: int
    officers: int
    climbing: int
    nobody: int


@dataclass(frozen=True, slots=True)
class Rungs:
    """Who stands for one party on the first two rungs; `skips`: the officers are told from the first step on."""

    obligation: Obligation
    contacts: tuple[Person, ...]
    heads: tuple[Person, ...]
    skips: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole plan of a round."""

    policy: Policy
    is_own: bool
    stages: list[Stage]
    parties: list[Rungs]


def preview(viewer: Viewer, cycle: Cycle) -> Preview:
    """The plan of a round for those who have not handed in; a fixed number of statements."""
    moment = now()
    said = policies(cycle.tenant_id)
    policy = policy_of(cycle.pk, said)
    ladder = ladder_of(cycle.tenant_id, moment.date())
    rows = list(missing(viewer, cycle).order_by(*by_kind("party__")))
    planned = steps(cycle.due_at, policy.days, calendar_of(cycle.tenant_id)) if policy.is_on else []
    who = firsts([cycle.pk])
    stages = [_stage(step, step.at < moment, rows, cycle, ladder, policy, who) for step in planned]
    return Preview(policy, cycle.pk in said, stages, [_rungs(row, cycle, ladder, who) for row in rows])


def _stage(
    step: Step,
    is_past: bool,
    rows: list[Obligation],
    cycle: Cycle,
    ladder: Ladder,
    policy: Policy,
    who: Firsts,
) -> Stage:
    people: dict[Rung, set[int]] = {rung: set() for rung in Rung}
    counts: Counter[str] = Counter()
    rung, overdue = target(step.offset, policy), step.offset > 0
    for row in rows:
        first = who.of(row.pk, cycle.pk, row.answerer_id)
        told = ladder.told(row.answerer_id, cycle.collector_id, rung, overdue=overdue, first=first)
        for line in told:
            people[line.rung].add(line.person.user if line.person else 0)
        counts["climbing"] += any(line.why for line in told)
        counts["nobody"] += any(line.rung == Rung.NOBODY for line in told)
    return Stage(
        step,
        is_past,
        len(people[Rung.CONTACT] | people[Rung.APPROVER]),
        len(people[Rung.HEAD]),
        len(people[Rung.OFFICER]),
        counts["climbing"],
        counts["nobody"],
    )


def _rungs(row: Obligation, cycle: Cycle, ladder: Ladder, who: Firsts) -> Rungs:
    first = who.of(row.pk, cycle.pk, row.answerer_id)
    told = ladder.told(row.answerer_id, cycle.collector_id, Rung.CONTACT, overdue=False, first=first)
    why = next((line.why for line in told if line.rung in (Rung.OFFICER, Rung.NOBODY)), "")
    return Rungs(
        row,
        ladder.first(first, row.answerer_id, cycle.collector_id, overdue=False),
        ladder.on(Rung.HEAD, row.answerer_id, cycle.collector_id),
        why,
    )
