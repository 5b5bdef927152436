"""Which items of the own plan answer an item of the plan above: proposed by their words, confirmed by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from luc.agencies.models import Party
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.plans.models import Plan, PlanRelation
from luc.plans.queries import plans
from luc.reporting.asked import Row, Thing, rows_on
from luc.reporting.models import Report
from luc.reporting.queries.reports import rows_of
from luc.reporting.upwards.models import Pairing
from luc.territory.queries import governing
from vanban.likeness import Weights, alike

SURE = 0.85  # so alike are the same words: ticked from the beginning
LEAST = 0.5  # less alike is only found in the whole list
MOST = 4  # so many are proposed for an item
# what may answer what: a figure is answered by figures, work by work
_ANSWERED_BY = {"task": ("task", "duty"), "duty": ("duty", "task"), "figure": ("figure",)}


def own_tenant(viewer: Viewer, report: Report) -> int | None:
    """The tenant of the province whose report it is, where the viewer may read its consolidations; else None."""
    party = report.obligation.party
    unit = party.unit_id if party.kind == Party.Kind.PROVINCE else None
    tenant = governing([unit], today()).get(unit) if unit else None
    seen = viewer.tenants_for("reporting.board")
    return tenant if tenant in seen and tenant != report.tenant_id else None


def own_plans(viewer: Viewer, report: Report) -> QuerySet[Plan]:
    """The plans of that province that the viewer may see; none where `own_tenant` is None."""
    return plans(viewer).filter(tenant=own_tenant(viewer, report))


def likeliest(offered: Sequence[Plan], above: Sequence[Plan]) -> Plan | None:
    """The own plan that carries out the plans above: as said before, else of one programme, else the newest."""
    said = set(
        PlanRelation.objects.filter(
            to__in=above, plan__in=offered, kind=PlanRelation.Kind.CARRIES_OUT
        ).values_list("plan", flat=True)
    )
    programmes = {plan.programme_id for plan in above if plan.programme_id}
    ranked = sorted(offered, key=lambda plan: (plan.pk not in said, plan.programme_id not in programmes))
    return next(iter(ranked), None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of the own plan beside an item above."""

    row: Row
    likeness: float
    is_chosen: bool

    @property
    def key(self) -> str:
        """Its name in a form: "task-12"."""
        return f"{self.row.thing[0]}-{self.row.thing[1]}"

    @property
    def percent(self) -> int:
        return int(self.likeness * 100)


@dataclass(frozen=True, slots=True)
class Line:
    """An item above with what may answer it; `others` are the rest of the own plan."""

    row: Row
    candidates: list[Candidate]
    others: list[Candidate] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name in a form: "task-7"."""
        return f"{self.row.thing[0]}-{self.row.thing[1]}"

    @property
    def chosen(self) -> list[Candidate]:
        return [one for one in [*self.candidates, *self.others] if one.is_chosen]


def pairings(report: Report) -> dict[Thing, set[Thing]]:
    """What was confirmed to answer each item above, for the party of a report."""
    rows = Pairing.objects.filter(party=report.obligation.party_id, ended_at=None)
    found: dict[Thing, set[Thing]] = {}
    for kind, item, own_kind, own_item in rows.values_list("kind", "item", "own_kind", "own_item"):
        found.setdefault((kind, item), set()).add((own_kind, own_item))
    return found


def items(rows: Iterable[Row]) -> dict[Thing, Row]:
    """One row for each task, duty and target."""
    found: dict[Thing, Row] = {}
    for row in rows:
        found.setdefault(row.thing, row)
    return found


def lines(report: Report, own: Plan) -> list[Line]:
    """Each item that a report is asked, with the items of an own plan that may answer it, likeliest first.

    Confirmed ones are ticked. Where nothing of this plan was confirmed yet, the likeliest is ticked if it is sure.
    """
    above, below = items(rows_of(report)), items(rows_on([own], today()))
    known = pairings(report)
    is_new = not any(thing in below for things in known.values() for thing in things)
    weights = Weights([row.text for row in (*above.values(), *below.values())])
    return [_line(row, below, known.get(thing, set()), weights, is_new) for thing, row in above.items()]


def _line(
    row: Row, below: Mapping[Thing, Row], known: Collection[Thing], weights: Weights, is_new: bool
) -> Line:
    fitting = [other for thing, other in below.items() if thing[0] in _ANSWERED_BY[row.thing[0]]]
    likeness = {other.thing: _likeness(weights, row.text, other.text) for other in fitting}
    ranked = sorted(fitting, key=lambda other: -likeness[other.thing])
    sure = {ranked[0].thing} if is_new and ranked and likeness[ranked[0].thing] >= SURE else set()
    found = [Candidate(one, likeness[one.thing], one.thing in known or one.thing in sure) for one in ranked]
    near = [one for n, one in enumerate(found) if one.is_chosen or (n < MOST and one.likeness >= LEAST)]
    rest = {one.key for one in near}
    others = sorted((one for one in found if one.key not in rest), key=lambda one: one.row.key)
    return Line(row, near, others)


def _likeness(weights: Weights, first: str, other: str) -> float:
    return (alike(first, other) + weights.same(first, other)) / 2


def held(party: int, own: Collection[Thing]) -> QuerySet[Pairing]:
    """The confirmed pairings of a party with items of one own plan."""
    kinds = {kind for kind, _item in own}
    among = Q(pk__in=[])
    for kind in kinds:
        among |= Q(own_kind=kind, own_item__in=[item for of, item in own if of == kind])
    return Pairing.objects.filter(among, party=party, ended_at=None)
