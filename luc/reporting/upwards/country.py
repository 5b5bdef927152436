"""The provinces' own rounds side by side, for who follows several of them: one line a province, nothing opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import F

from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on
from luc.plans.models import Part, Plan, Programme
from luc.plans.queries import plans
from luc.plans.queries.levels import parts_by_plan
from luc.plans.queries.states import Share, with_states, worst
from luc.reporting.models import CycleRegime
from luc.reporting.queries import scoped
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle
from luc.rounds.queries import Completeness
from luc.territory import maps
from luc.territory.models import TenantUnit, Unit

Parts = list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One province: its unit, its newest round on the programme (None: none yet), how that stands."""

    tenant: int
    unit: Unit
    plan: Plan | None = None
    cycle: Cycle | None = None
    counts: Completeness = field(default_factory=Completeness)
    tasks: Share = field(default_factory=lambda: Share("", None))
    targets: Parts = field(default_factory=list)

    @property
    def tone(self) -> str:
        """For the map: how far the round is accepted."""
        if self.cycle is None:
            return "none"
        if self.counts.bound and self.counts.accepted == self.counts.bound:
            return "good"
        if self.counts.overdue:
            return "bad"
        return "wait" if self.counts.answered else "idle"


@dataclass(frozen=True, slots=True)
class Table:
    """All provinces that a viewer follows, and what they come to together."""

    lines: list[Line]

    @property
    def bound(self) -> int:
        return sum(line.counts.bound for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.counts.answered for line in self.lines)

    @property
    def accepted(self) -> int:
        return sum(line.counts.accepted for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.counts.overdue for line in self.lines)

    @property
    def tasks(self) -> Share:
        whole = Share("", None)
        for line in self.lines:
            whole.states.update(line.tasks.states)
        return whole


def programmes(viewer: Viewer) -> list[Programme]:
    """The programmes that plans of the viewer's provinces serve."""
    named = plans(viewer).order_by().exclude(programme=None).values("programme")
    return list(Programme.objects.filter(pk__in=named).order_by("name"))


def table(viewer: Viewer, programme: int | None = None) -> Table:
    """The newest round of each province on a programme (None: on any plan), in a fixed number of statements.

    Of a tenant that the viewer does not follow there is no line, of one without a province neither.
    """
    units = _units(viewer.tenants_for("reporting.board"))
    newest = _newest(viewer, units, programme)
    cycles = {row.cycle_id: row.cycle for row in newest.values()}
    counts = rounds.completeness(viewer, list(cycles))
    of_plans = {row.tenant_id: row.regime.plan for row in newest.values()}
    ids = [plan.pk for plan in of_plans.values()]
    tasks, targets = _tasks(ids), parts_by_plan(viewer, ids)
    lines = []
    for tenant, unit in units.items():
        row, plan = newest.get(tenant), of_plans.get(tenant)
        if row is None or plan is None:
            lines.append(Line(tenant, unit))
            continue
        share = tasks.get(plan.pk, Share("", None))
        lines.append(
            Line(tenant, unit, plan, row.cycle, counts[row.cycle_id], share, targets.get(plan.pk, []))
        )
    return Table(sorted(lines, key=lambda line: line.unit.sort_key))


def _units(tenants: Collection[int]) -> dict[int, Unit]:
    """The province of today of each tenant."""
    rows = TenantUnit.objects.filter(valid_on(today()), tenant__in=tenants, unit__level=Unit.Level.PROVINCE)
    return {row.tenant_id: row.unit for row in rows.select_related("unit").order_by("pk")}


def _newest(viewer: Viewer, tenants: Iterable[int], programme: int | None) -> dict[int, CycleRegime]:
    """The newest round of each tenant, with its plan; of one day the one that was opened last."""
    seen = scoped.cycles(viewer).filter(tenant__in=list(tenants)).order_by()
    rows = CycleRegime.objects.filter(cycle__in=seen.values("pk"))
    if programme is not None:
        rows = rows.filter(regime__plan__programme=programme)
    rows = rows.select_related("cycle__collector", "regime__plan").defer(
        "regime__plan__document", "regime__plan__header"
    )
    found: dict[int, CycleRegime] = {}
    for row in rows.order_by("cycle__period_until", "cycle", "-order"):
        found[row.tenant_id] = row
    return found


def _tasks(of: Collection[int]) -> dict[int, Share]:
    """The tasks of plans by the state of their leads, by plan; one statement."""
    holds = valid_on(today()) & valid_on(today(), "task__")
    leads = with_states(Part.objects.filter(holds, task__plan__in=of, role=Part.Role.LEAD))
    states: dict[tuple[int, int], list[str]] = {}
    for plan, task, state in leads.order_by().values_list(F("task__plan"), "task", "state"):
        states.setdefault((plan, task), []).append(state)
    found: dict[int, Share] = {}
    for (plan, _task), said in states.items():
        found.setdefault(plan, Share("", None)).states[worst(said)] += 1
    return found


def drawn(found: Table, words: dict[int, tuple[str, str]]) -> maps.Map | None:
    """The country by how far each province is: by tenant what is said and where it leads."""
    said = {
        line.unit.pk: maps.Said(line.tone, *words[line.tenant])
        for line in found.lines
        if line.tenant in words
    }
    return maps.of_country(said)
