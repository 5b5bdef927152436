"""A ministry's round province by province: who has answered, how complete that is below, what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.rights import Viewer
from luc.kernel.time import valid_on
from luc.plans.models import Part, Plan, Target
from luc.reporting.asked import aim
from luc.reporting.content import of_plan, value_of
from luc.reporting.queries import scoped
from luc.reporting.queries.asking import opened_on
from luc.reporting.queries.boards import Cell, cells
from luc.reporting.totals import Total, total
from luc.reporting.upwards.lineage import taken_rows
from luc.reporting.voices import counted
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import Completeness


@dataclass(frozen=True, slots=True)
class Cover:
    """How complete the round below was when the province took its answers from it; `now` where it may be seen."""

    title: str
    heard: int
    bound: int
    cycle: int | None = None
    now: Completeness | None = None

    @property
    def is_outrun(self) -> bool:
        """Whether more was accepted below since."""
        return self.now is not None and self.now.accepted != self.heard


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """One province in the round: its state, the coverage below it, its tasks by state, its values by target."""

    cell: Cell
    covers: list[Cover]
    states: list[tuple[str, str, int]]
    values: list[Decimal | None]


@dataclass(frozen=True, slots=True)
class Provinces:
    """All provinces of a round of one plan; `totals` are over the provinces whose answers are counted."""

    plan: Plan
    targets: list[Target]
    lines: list[ProvinceLine]
    totals: list[Total | None]
    heard: int

    @property
    def aims(self) -> list[tuple[Target, str]]:
        return [(target, aim(target)) for target in self.targets]

    @property
    def below(self) -> tuple[int, int]:
        """Of all bodies below the provinces that told it: how many were heard, how many were bound."""
        covers = [cover for line in self.lines for cover in line.covers]
        return sum(cover.heard for cover in covers), sum(cover.bound for cover in covers)


def provinces(viewer: Viewer, cycle: Cycle, plan: Plan, *, accepted_only: bool) -> Provinces:
    """The provinces of a round that the viewer oversees, in a fixed number of statements.

    Numbers of the rounds below come from what the provinces handed in; what is there now, and the way to it, only
    where the viewer reads those rounds too.
    """
    on = opened_on(cycle)
    targets = list(Target.objects.filter(valid_on(on), plan=plan).order_by("order", "pk"))
    found = cells(viewer, cycle, kind=Party.Kind.PROVINCE)
    said = _said(viewer, cycle, accepted_only=accepted_only)
    seen = _seen(viewer, said.values())
    lines = [_line(cell, said.get(cell.obligation.pk), plan, targets, seen) for cell in found]
    columns = ([line.values[n] for line in lines] for n in range(len(targets)))
    totals = [
        total([value for value in column if value is not None], target.unit)
        for target, column in zip(targets, columns, strict=True)
    ]
    return Provinces(plan, targets, lines, totals, sum(line.cell.obligation.pk in said for line in lines))


def _said(viewer: Viewer, cycle: Cycle, *, accepted_only: bool) -> dict[int, Mapping[str, Any]]:
    """What counts of each province, by obligation."""
    states = [Obligation.State.ACCEPTED] + ([] if accepted_only else [Obligation.State.SUBMITTED])
    rows = rounds.last_submissions(viewer).filter(
        obligation__cycle=cycle, obligation__state__in=states, obligation__party__kind=Party.Kind.PROVINCE
    )
    return dict(rows.values_list("obligation", "content"))


def _seen(viewer: Viewer, contents: Iterable[Mapping[str, Any]]) -> dict[int, Completeness]:
    """How the rounds below stand now, of those that the viewer reads."""
    named = {row["from"]["cycle"]["id"] for content in contents for row in taken_rows(content)}
    readable = scoped.cycles(viewer).filter(pk__in=named).values_list("pk", flat=True) if named else []
    return rounds.completeness(viewer, list(readable)) if readable else {}


def _line(
    cell: Cell,
    content: Mapping[str, Any] | None,
    plan: Plan,
    targets: Iterable[Target],
    seen: Mapping[int, Completeness],
) -> ProvinceLine:
    rows = list(of_plan(content, plan.pk)) if content else []
    values = {row["id"]: value_of(row) for row in rows if row["section"] == "figure"}
    states = counted(
        "nil" if row.get("nil") else str(row.get("state", ""))
        for row in rows
        if row["section"] == "part" and row.get("role") == Part.Role.LEAD
    )
    return ProvinceLine(
        cell,
        list(_covers(content, seen)) if content else [],
        [(tone, words, count) for words, count, tone in states],
        [values.get(target.pk) for target in targets],
    )


def _covers(content: Mapping[str, Any], seen: Mapping[int, Completeness]) -> Iterable[Cover]:
    """One for each round below that answers were taken from: as it was when the last of them was taken."""
    latest: dict[int, Mapping[str, Any]] = {}
    for row in sorted(taken_rows(content), key=lambda one: str(one["from"]["at"])):
        latest[row["from"]["cycle"]["id"]] = row["from"]
    for pk, origin in latest.items():
        cycle = pk if pk in seen else None
        yield Cover(origin["cycle"]["title"], origin["heard"], origin["bound"], cycle, seen.get(pk))


def total_words(found: Total | None, unit: str) -> str:
    """What a column comes to, in words; "" where nothing was reported."""
    if found is None:
        return ""
    return _("%(words)s %(unit)s") % {"words": found.words, "unit": unit} if unit else found.words
