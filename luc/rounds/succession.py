"""A party that owes an answer ends: its successors owe it. Steps, as in `actions`; the room that asks calls them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from luc.kernel.history import Acting
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Cycle, Obligation, Stands


def owed_by(party: int) -> QuerySet[Obligation]:
    """What a party still has to answer in rounds that are open."""
    rows = Obligation.objects.filter(party=party, state__in=WRITABLE, cycle__closed_at=None)
    return rows.select_related("cycle", "party").order_by("due_at", "pk")


def hand_on(acting: Acting, obligation: int, successors: Mapping[int, str]) -> list[Obligation]:
    """Bind the successors (each with how it came to it) to what an ended party owes in a round.

    Gives those who answer now. The first is the obligation itself, if a successor had none in this round yet: it goes
    to that one with all that was written, and further ones get their own. Who has one that can still be written
    answers there. Nobody, when all have handed theirs in already: then it stays where it is.
    """
    cycle = Cycle.objects.select_for_update().get(obligations=obligation)
    row = Obligation.objects.select_for_update().get(pk=obligation)
    there = {one.party_id: one for one in _obligations(cycle, successors)}
    free = [party for party in successors if party not in there]
    writable = [one for one in there.values() if one.state in WRITABLE]
    if cycle.closed_at is not None or row.state not in WRITABLE or not (free or writable):
        return []
    ended, reasons = row.party_id, list(row.stands.all())
    taking = [_new(acting, row, party) for party in free[1:]] + writable
    if free:
        acting.change(row, party_id=free[0])
        taking.insert(0, row)
    else:
        acting.change(row, state=Obligation.State.HANDED_ON)
    for one in taking:
        _stand(acting, one, ended, reasons, successors[one.party_id])
    return taking


def collected_by(party: int) -> QuerySet[Cycle]:
    """The open rounds that a party collects."""
    return Cycle.objects.filter(collector=party, closed_at=None).order_by("due_at", "pk")


def collect_instead(acting: Acting, cycle: int, party: int) -> Cycle:
    """Let another party collect a round from now on."""
    return acting.change(Cycle.objects.select_for_update().get(pk=cycle), collector_id=party)


def _obligations(cycle: Cycle, parties: Mapping[int, str]) -> list[Obligation]:
    rows = Obligation.objects.select_for_update().filter(cycle=cycle, party__in=list(parties))
    return list(rows.order_by("pk"))


def _new(acting: Acting, of: Obligation, party: int) -> Obligation:
    return acting.create(
        Obligation(tenant_id=of.tenant_id, cycle_id=of.cycle_id, party_id=party, due_at=of.due_at)
    )


def _stand(acting: Acting, row: Obligation, ended: int, reasons: list[Stands], note: str) -> None:
    """Why a successor is bound: for the ended party, and for whatever had bound that one."""
    there = {one.bound_id: one for one in row.stands.all()}
    for bound in dict.fromkeys([ended, *(reason.bound_id for reason in reasons)]):
        line = there.get(bound)
        if line is None:
            values = {"why": Stands.Why.SUCCESSOR, "note": note[:300]}
            acting.create(Stands(tenant_id=row.tenant_id, obligation=row, bound_id=bound, **values))
        elif bound == ended:
            acting.change(line, why=Stands.Why.SUCCESSOR, note=note[:300])
