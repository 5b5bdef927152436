"""Regimes whose cycles the viewer's agency collects, and what opening one would mean."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.agencies.queries import resolve
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.plans.models import Plan, Regime, RegimeParty
from luc.reporting.asked import Asked, Row, asked
from luc.rounds.actions import Bound, Reason
from luc.rounds.models import Cycle, Stands

SOURCE = "plans.regime"


def regimes(viewer: Viewer) -> QuerySet[Regime]:
    """The regimes whose reports a viewer may ask for: those that its own agency collects, itself or as successor."""
    rows = Regime.objects.exclude(frequency=Regime.Frequency.AD_HOC).exclude(collector=None)
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


def cycles_of(regime: Regime) -> QuerySet[Cycle]:
    """The cycles that a regime had, newest first."""
    return Cycle.objects.filter(source_kind=SOURCE, source_id=regime.pk).order_by("-period_start")


def plans_of(cycles: Collection[Cycle]) -> dict[int, Plan]:
    """The plan of each cycle, by cycle, in one statement."""
    sources = {cycle.source_id for cycle in cycles if cycle.source_kind == SOURCE}
    found = {
        row.pk: row.plan
        for row in Regime.objects.filter(pk__in=sources).select_related("plan").defer("plan__document")
    }
    return {cycle.pk: found[cycle.source_id] for cycle in cycles if cycle.source_id in found}


@dataclass(frozen=True, slots=True)
class Line:
    """A party as the page of an opening shows it: why it is bound, how many rows it is asked."""

    party: Party
    reasons: tuple[Reason, ...]
    rows: int

    @property
    def words(self) -> str:
        """The reasons in words, one after another."""
        return "; ".join(reason.note for reason in self.reasons if reason.note)


@dataclass(frozen=True, slots=True)
class Binding:
    """Who would be bound, who is asked something and is not, and what stands in the way of opening."""

    bound: list[Line]
    left_out: list[Line]
    nobody: list[RegimeParty]
    orphans: list[Row]
    asked: Asked
    orphan_parties: dict[int, Party] = field(default_factory=dict)
    added: frozenset[int] = frozenset()

    @property
    def optional(self) -> list[tuple[str, list[Line]]]:
        """Whom the officer may add or has added, by kind of party in words."""
        lines = [line for line in self.bound if line.party.pk in self.added] + self.left_out
        kinds: dict[str, list[Line]] = {}
        for kind in Party.Kind.values:
            found = [line for line in lines if line.party.kind == kind]
            if found:
                kinds[kind] = sorted(found, key=lambda line: line.party.sort_key)
        return list(kinds.items())

    @property
    def stops(self) -> bool:
        """Whether the opening has to wait for an answer."""
        return bool(self.nobody or self.orphans or not self.bound)

    def as_bound(self) -> list[Bound]:
        """The plain values that rounds opens a cycle with."""
        return [Bound(line.party.pk, line.reasons) for line in self.bound]


def binding(regime: Regime, on: date, extra: Collection[int] = ()) -> Binding:
    """Who is bound by a regime on a day, with `extra` parties that the officer adds to those it names."""
    plan = regime.plan
    named = list(RegimeParty.objects.filter(regime=regime).select_related("party").order_by("pk"))
    answering = resolve({row.party_id for row in named}, on, plan.territory_id)
    all_asked = asked(plan, on)
    rows = all_asked.parties()
    reasons: dict[int, list[Reason]] = {}
    for row in named:
        for one in answering[row.party_id]:
            reasons.setdefault(one.party, []).append(Reason(row.party_id, one.why, one.note))
    more = frozenset(set(extra) & set(rows) - set(reasons))
    for party in sorted(more):
        added = Reason(party, Stands.Why.NAMED, _("được phân công trong kế hoạch, thêm khi mở kỳ"))
        reasons[party] = [added]
    people = _parties({*reasons, *rows})
    orphans = all_asked.orphans(reasons)
    return Binding(
        bound=[_line(people[pk], tuple(reasons[pk]), rows) for pk in people if pk in reasons],
        left_out=[_line(people[pk], (), rows) for pk in people if pk not in reasons],
        nobody=[row for row in named if not answering[row.party_id]],
        orphans=orphans,
        asked=all_asked,
        orphan_parties=_parties({row.party for row in orphans}),
        added=more,
    )


def _parties(ids: Collection[int]) -> dict[int, Party]:
    return {party.pk: party for party in Party.objects.filter(pk__in=ids).order_by(*by_kind())}


def _line(party: Party, reasons: tuple[Reason, ...], rows: dict[int, int]) -> Line:
    return Line(party, reasons, rows.get(party.pk, 0))
