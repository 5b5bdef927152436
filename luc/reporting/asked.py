"""What a plan asks of whom, as of a day: its parts, duties and targets, and the parties that answer for each.

A row that is printed for a group, for a party that ended or for one that reports through another comes to whoever
answers for it that day (agencies.queries.resolve), with the reason in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.queries import resolve
from luc.figures.numbers import show
from luc.plans.models import Duty, Part, Plan, Target


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a report answers. `party` is whom the paper names, `why` how it came to who answers."""

    key: str
    section: str
    id: int
    party: int
    printed: str
    text: str
    task: int | None = None
    number: str = ""
    group: str = ""
    role: str = ""
    timeframe: str = ""
    output: str = ""
    unit: str = ""
    aim: str = ""
    indicator: int | None = None
    territory: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows of a plan, and who answers for each printed party on the day."""

    rows: tuple[Row, ...]
    answering: dict[int, dict[int, str]]

    def of(self, party: int) -> list[Row]:
        """What one party is asked, in the order of the plan: one row a task, leading before coordinating."""
        mine = [
            replace(row, why=self.answering[row.party][party])
            for row in self.rows
            if party in self.answering[row.party]
        ]
        best: dict[int, Row] = {}
        for row in sorted(mine, key=_rank):
            if row.task is not None:
                best.setdefault(row.task, row)
        return [row for row in mine if row.task is None or best[row.task] is row]

    def answers_for(self, party: int) -> dict[int, str]:
        """The printed parties for which one party answers, each with the reason in words."""
        return {printed: notes[party] for printed, notes in self.answering.items() if party in notes}

    def answerers(self, row: Row) -> Collection[int]:
        """The parties that answer for a row."""
        return self.answering[row.party].keys()

    def parties(self) -> dict[int, int]:
        """How many rows each answering party has."""
        everybody = {party for answerers in self.answering.values() for party in answerers}
        return {party: len(self.of(party)) for party in sorted(everybody)}

    def orphans(self, bound: Collection[int]) -> list[Row]:
        """Tasks (by their first leading part), duties and targets for which nobody of `bound` answers."""
        heard: set[int] = set()
        leads: dict[int, Row] = {}
        alone = []
        for row in sorted(self.rows, key=lambda one: one.role == Part.Role.COORDINATE):
            answered = not self.answering[row.party].keys().isdisjoint(bound)
            if row.task is None:
                alone += [] if answered else [row]
                continue
            lead = leads.setdefault(row.task, row)
            if answered and row.role == lead.role:
                heard.add(row.task)
        return [row for task, row in leads.items() if task not in heard] + alone


def _rank(row: Row) -> tuple[bool, bool]:
    return (row.role == Part.Role.COORDINATE, bool(row.why))


def asked(plan: Plan, on: date) -> Asked:
    """What a plan asks on a day, in a fixed number of statements."""
    rows = (*_parts(plan), *_duties(plan), *_targets(plan))
    found = resolve({row.party for row in rows}, on, plan.territory_id)
    named = {party: {one.party: one.note for one in answerers} for party, answerers in found.items()}
    return Asked(rows, {row.party: named.get(row.party, {}) for row in rows})


def asked_of(plan: Plan, party: int, answers_for: Mapping[int, str]) -> list[Row]:
    """What a party is asked that answers for some printed parties: three statements, only the rows of these."""
    printed = list(answers_for)
    rows = (*_parts(plan, printed), *_duties(plan, printed), *_targets(plan, printed))
    return Asked(rows, {one: {party: note} for one, note in answers_for.items()}).of(party)


def _parts(plan: Plan, of: Collection[int] | None = None) -> Iterator[Row]:
    parts = Part.objects.filter(task__plan=plan, **_of("party", of)).select_related("task__group", "party")
    for part in parts.order_by("task__order", "task_id", "order", "pk"):
        task = part.task
        yield Row(
            key=f"part-{part.pk}",
            section="part",
            id=part.pk,
            party=part.party_id,
            printed=part.printed or part.party.name,
            text=task.text,
            task=task.pk,
            number=task.number,
            group=task.group.title if task.group else "",
            role=part.role,
            timeframe=task.timeframe_text,
            output=task.output,
        )


def _duties(plan: Plan, of: Collection[int] | None = None) -> Iterator[Row]:
    for duty in Duty.objects.filter(plan=plan, **_of("party", of)).order_by("order", "pk"):
        yield Row(f"duty-{duty.pk}", "duty", duty.pk, duty.party_id, duty.printed, duty.text)


def _targets(plan: Plan, of: Collection[int] | None = None) -> Iterator[Row]:
    rows = Target.objects.filter(plan=plan, **_of("answering", of)).select_related("answering")
    for target in rows.order_by("order", "pk"):
        yield Row(
            key=f"figure-{target.pk}",
            section="figure",
            id=target.pk,
            party=target.answering_id,
            printed=target.answering.name,
            text=target.text,
            unit=target.unit,
            aim=aim(target),
            indicator=target.indicator_id,
            territory=target.territory_id,
        )


def _of(column: str, parties: Collection[int] | None) -> dict[str, Collection[int]]:
    return {} if parties is None else {f"{column}__in": parties}


def aim(target: Target) -> str:
    """What a target wants, in words: "ít nhất 35 % (năm 2030)"."""
    low, high = target.value_min, target.value_max
    if target.comparator == Target.Comparator.RANGE and low is not None and high is not None:
        words = f"{show(low)} - {show(high)}"
    else:
        value = low if low is not None else high
        lead = "" if target.comparator == Target.Comparator.EQ else target.get_comparator_display()
        words = f"{lead} {show(value)}".strip() if value is not None else ""
    wanted = f"{words} {target.unit}".strip() if words else ""
    if not wanted or not target.year:
        return wanted
    return _("%(wanted)s (năm %(year)d)") % {"wanted": wanted, "year": target.year}


def as_plain(row: Row) -> dict[str, Any]:
    """What a frozen report keeps of a row."""
    kept = (
        "indicator",
        "section",
        "id",
        "task",
        "number",
        "group",
        "role",
        "printed",
        "text",
        "timeframe",
        "unit",
        "aim",
        "why",
    )
    return {"key": row.key} | {
        name: getattr(row, name) for name in kept if getattr(row, name) not in ("", None)
    }
