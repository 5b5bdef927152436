"""Regimes whose cycles the viewer's agency collects, the cycles they had, and the plans behind a cycle."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luc.agencies.queries import resolve
from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on
from luc.plans.models import Plan, Regime
from luc.reporting.models import CycleRegime
from luc.rounds.models import Cycle

SOURCE = "plans.regime"


def regimes(viewer: Viewer) -> QuerySet[Regime]:
    """The regimes whose reports a viewer may ask for: those that its own agency collects, itself or as successor."""
    rows = Regime.objects.filter(valid_on(today())).exclude(frequency=Regime.Frequency.AD_HOC)
    rows = rows.exclude(collector=None)
    named = set(rows.order_by().values_list("collector", flat=True).distinct())
    rows = rows.filter(collector__in=_collecting(viewer, named))
    return rows.select_related("plan__territory", "collector").order_by("-plan__adopted_at", "order")


def collector(viewer: Viewer, regime: Regime) -> int:
    """Who collects a regime's reports today: who is named, or the viewer's own agency that stands in for it.

    Raises KeyError for a regime that `regimes` does not give to this viewer.
    """
    assert regime.collector_id is not None  # regimes gives only those with one
    return _collecting(viewer, {regime.collector_id})[regime.collector_id]


def _collecting(viewer: Viewer, named: Collection[int]) -> dict[int, int]:
    """For each collector that papers name the own agency of the viewer that collects today."""
    own = viewer.parties_for("reporting.open")
    answering = resolve(named, today()) if own else {}
    found = {pk: [one.party for one in answering[pk] if one.party in own] for pk in answering}
    return {pk: parties[0] for pk, parties in found.items() if parties}


def mates(viewer: Viewer, regime: Regime, period_start: date | None) -> list[Regime]:
    """Regimes of other plans that could share a cycle with one: same collector, same period, same due day.

    Without those that were asked for this period already.
    """
    collects = collector(viewer, regime)
    if period_start is None:
        return []
    asked = CycleRegime.objects.filter(period_start=period_start).values("regime")
    rows = regimes(viewer).filter(
        frequency=regime.frequency,
        deadline_day=regime.deadline_day,
        deadline_month=regime.deadline_month,
        includes_day=regime.includes_day,
    )
    rows = rows.exclude(plan=regime.plan_id).exclude(pk__in=asked)
    found = list(rows.order_by("plan__adopted_at", "plan", "order").defer("plan__document"))
    collecting = _collecting(viewer, {row.collector_id for row in found if row.collector_id})
    return [row for row in found if row.collector_id and collecting.get(row.collector_id) == collects]


def cycles_of(regime: Regime) -> QuerySet[Cycle]:
    """The cycles in which a regime was asked, newest first."""
    return Cycle.objects.filter(regimes__regime=regime).order_by("-period_start")


def asking(regimes: Collection[int]) -> QuerySet[CycleRegime, Any]:
    """The ids of the cycles in which regimes are asked, alone or together with others (plans.queries.running)."""
    return CycleRegime.objects.filter(regime__in=regimes).values("cycle")


def plans_of(cycles: Collection[Cycle]) -> dict[int, list[Plan]]:
    """The plans of each cycle in their order, by cycle, in one statement; a round of something else has none."""
    rows = CycleRegime.objects.filter(cycle__in=[cycle.pk for cycle in cycles])
    rows = rows.select_related("regime__plan__territory", "regime__plan__focal").defer(
        "regime__plan__document"
    )
    found: dict[int, dict[int, Plan]] = {}
    for row in rows.order_by("cycle", "order", "pk"):
        found.setdefault(row.cycle_id, {}).setdefault(row.regime.plan_id, row.regime.plan)
    return {cycle: list(plans.values()) for cycle, plans in found.items()}


def plan_ids(cycle: Cycle) -> list[int]:
    """The ids of a cycle's plans in their order, where no more is needed."""
    return list(dict.fromkeys(_read_plan_ids(cycle=cycle.pk)))


_read_plan_ids = Prepared(
    lambda cycle: (
        CycleRegime.objects.filter(cycle=cycle).order_by("order", "pk").values_list("regime__plan", flat=True)
    )
)


def contacts(cycles: Collection[int]) -> dict[tuple[int, int], frozenset[int]]:
    """Whom agencies named for the plans of some cycles, by cycle and agency; one statement (rounds.reminders)."""
    receipt = "regime__plan__receipts__"
    rows = CycleRegime.objects.filter(cycle__in=cycles, **{f"{receipt}user__isnull": False})
    found: dict[tuple[int, int], frozenset[int]] = {}
    for cycle, party, user in rows.values_list("cycle", f"{receipt}party", f"{receipt}user"):
        found[cycle, party] = found.get((cycle, party), frozenset()) | {user}
    return found


_read_regimes = Prepared(
    lambda cycle: CycleRegime.objects.filter(cycle=cycle).select_related("regime").order_by("order", "pk")
)


def regimes_of(cycle: Cycle) -> list[Regime]:
    """The regimes that a cycle is a round of, its own first."""
    return [row.regime for row in _read_regimes(cycle=cycle.pk)]


def addressees(cycle: Cycle) -> list[str]:
    """To whom a proposal is likely made: the collecting agency, and whom the regimes report to."""
    named = [str(name) for regime in regimes_of(cycle) for name in regime.addressees]
    return list(dict.fromkeys([cycle.collector.name, *named]))
