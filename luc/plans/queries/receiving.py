"""Who has acknowledged a plan and who has not; what agencies mean to reach in a year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from luc.agencies.models import Membership, Party
from luc.agencies.order import by_kind
from luc.agencies.queries import answered_by, resolve
from luc.kernel.rights import Viewer, known_acts
from luc.kernel.time import today, valid_on
from luc.plans.models import Expectation, Part, Plan, Receipt
from luc.plans.queries.plans import all_parties, parties_by_plan, parts_of, plans

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Bound:
    """A body that a plan binds today, with its acknowledgement if there is one."""

    party: Party
    receipt: Receipt | None


def bound(viewer: Viewer, plan: Plan) -> list[Bound]:
    """Every body that answers today for something in a plan, who has not acknowledged first. A fixed cost."""
    answering = resolve(all_parties(viewer, plan), today(), plan.territory_id)
    parties = {one.party for answerers in answering.values() for one in answerers}
    rows = Party.objects.filter(pk__in=parties).select_related("unit").order_by(*by_kind())
    told = {row.party_id: row for row in Receipt.objects.filter(plan=plan).select_related("by")}
    found = [Bound(party, told.get(party.pk)) for party in rows]
    return sorted(found, key=lambda one: one.receipt is not None)


def printed_for(viewer: Viewer, plan: Plan, party: int) -> list[int]:
    """The parties of a plan's paper for which a body answers today."""
    answering = resolve(all_parties(viewer, plan), today(), plan.territory_id)
    return [pk for pk, answerers in answering.items() if any(one.party == party for one in answerers)]


def to_acknowledge(viewer: Viewer) -> list[tuple[Plan, Party]]:
    """The newest plans that bind a party of the viewer which has not said yet that it has them. A fixed cost."""
    mine = viewer.parties_for("plans.receive")
    if not mine:
        return []
    told = set(Receipt.objects.filter(party__in=mine).values_list("plan", "party"))
    newest = [plan for plan in plans(viewer)[:NEWEST] if any((plan.pk, pk) not in told for pk in mine)]
    binding = _binding(viewer, newest, mine)
    parties = Party.objects.in_bulk(mine) if binding else {}
    return [
        (plan, parties[pk]) for plan in newest for pk in sorted(binding[plan.pk]) if (plan.pk, pk) not in told
    ]


def _binding(viewer: Viewer, of: Collection[Plan], mine: Collection[int]) -> dict[int, set[int]]:
    """Which of some parties answer today for something in each of some plans, by plan; asked once a territory."""
    named = parties_by_plan(viewer, [plan.pk for plan in of])
    found: dict[int, set[int]] = {}
    for territory in {plan.territory_id for plan in of}:
        there = {plan.pk: named.get(plan.pk, set()) for plan in of if plan.territory_id == territory}
        answering = answered_by(mine, set().union(*there.values()), today(), territory)
        for plan, parties in there.items():
            found[plan] = set().union(*(answering[pk] for pk in parties))
    return found


def own_parties(viewer: Viewer, plan: Plan) -> list[Party]:
    """The viewer's parties that a plan binds today."""
    mine = [pk for pk in viewer.parties_for("plans.receive") if printed_for(viewer, plan, pk)]
    return list(Party.objects.filter(pk__in=mine).order_by("sort_key"))


def people_of(party: int) -> list[tuple[int, str]]:
    """Who writes or approves the reports of a body today: whom it may name to be reminded first."""
    held = Membership.objects.filter(
        valid_on(today()), party=party, role__in=known_acts()["plans.receive"].roles
    )
    rows = held.filter(user__is_active=True).order_by("user__sort_key", "user")
    return list(dict(rows.values_list("user", "user__full_name")).items())


def receipt_of(plan: Plan, party: int) -> Receipt | None:
    """The acknowledgement of a body at hand."""
    return Receipt.objects.filter(plan=plan, party=party).first()


def own_parts(viewer: Viewer, plan: Plan, party: int) -> QuerySet[Part]:
    """The tasks of a plan that a body leads today, itself or for whom the paper names."""
    mine = printed_for(viewer, plan, party)
    return parts_of(viewer, plan, mine).filter(role=Part.Role.LEAD)


def expectations(parts: Collection[int], party: int, year: int) -> dict[int, Expectation]:
    """What a body means to reach in a year, by part."""
    rows = Expectation.objects.filter(part__in=list(parts), party=party, year=year)
    return {row.part_id: row for row in rows}
