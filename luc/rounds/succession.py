"""A party that owes an answer ends: its successors owe it; or another answers in its place for one round.

Steps, as in `actions`; the room that asks calls them.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.history import Acting
from luc.kernel.time import now, today
from luc.rounds import presenting
from luc.rounds.actions import WRITABLE, locked, must_be_writable
from luc.rounds.models import Cycle, Obligation, Stands


def taking_answers() -> Q:
    """Condition for the obligations whose round is open for them."""
    return Q(cycle__closed_at=None) | Q(open_until__gt=now())


def owed_by(party: int) -> QuerySet[Obligation]:
    """What a party still has to answer in rounds that are open for it."""
    rows = Obligation.objects.filter(taking_answers(), party=party, state__in=WRITABLE)
    return rows.select_related("cycle", "party").order_by("due_at", "pk")


def owed_by_the_ended() -> QuerySet[Obligation]:
    """What parties that have ended still have to answer."""
    ended = Q(party__valid_to__lte=today())
    return Obligation.objects.filter(taking_answers(), ended, state__in=WRITABLE)


def stood_in_by_the_ended() -> QuerySet[Obligation]:
    """What parties that have ended still answer in the place of others."""
    return Obligation.objects.filter(taking_answers(), stand_in__valid_to__lte=today(), state__in=WRITABLE)


def stood_in_by(party: int) -> QuerySet[Obligation]:
    """What a party answers in the place of others and is not handed in yet."""
    rows = Obligation.objects.filter(taking_answers(), stand_in=party, state__in=WRITABLE)
    return rows.select_related("cycle", "party").order_by("pk")


def stand_in(acting: Acting, obligation: int, party: int | None, *, why: str) -> Obligation:
    """Let another party answer in the place of the one that owes, in this round; None gives it back to that one.

    Raises Refused for the party itself or one that has ended, Conflict when it was handed in already.
    """
    row = locked(obligation)
    must_be_writable(row, row.cycle)
    if party == row.stand_in_id:
        raise Refused(_("Chưa có gì thay đổi."))
    if party is not None:
        _must_be_another(row, party)
    presenting.void(acting, row, "đơn vị khác báo cáo thay")
    return acting.change(row, stand_in_id=party, stand_in_why=why[:300] if party else "")


def _must_be_another(row: Obligation, party: int) -> None:
    other = Party.objects.filter(pk=party, tenant=row.tenant_id).exclude(kind=Party.Kind.GROUP).first()
    if other is None or other.has_ended or other.pk == row.party_id:
        message = _("Hãy chọn một đơn vị khác đang hoạt động.")
        raise Refused(message, {"party": message})


def hand_on(acting: Acting, obligation: int, successors: Mapping[int, str]) -> list[Obligation]:
    """Bind the successors (each with how it came to it) to what an ended party owes in a round.

    Gives those who answer now. The first is the obligation itself, if a successor had none in this round yet: it goes
    to that one with all that was written, and further ones get their own. Who has one that can still be written
    answers there. Nobody, when all have handed theirs in already: then it stays where it is.
    """
    cycle = Cycle.objects.select_for_update().get(obligations=obligation)
    row = Obligation.objects.select_for_update().get(pk=obligation)
    row.cycle = cycle
    there = {one.party_id: one for one in _obligations(cycle, successors)}
    free = [party for party in successors if party not in there]
    writable = [_awake(acting, one) for one in there.values() if _may_take(one)]
    if not row.is_writable or not (free or writable):
        return []
    presenting.void(acting, row, "đã chuyển cho đơn vị kế thừa")
    ended, reasons = row.party_id, list(row.stands.all())
    taking = [_new(acting, row, party) for party in free[1:]] + writable
    if free:
        acting.change(row, party_id=free[0], stand_in_id=None, stand_in_why="")
        taking.insert(0, row)
    else:
        acting.change(row, state=Obligation.State.HANDED_ON, stand_in_id=None, stand_in_why="")
    for one in taking:
        _stand(acting, one, ended, reasons, successors[one.party_id])
    return taking


def _may_take(row: Obligation) -> bool:
    return row.is_writable or (row.state == Obligation.State.HANDED_ON and row.takes_answers)


def _awake(acting: Acting, row: Obligation) -> Obligation:
    """What a party handed on before it came back is its own again."""
    presenting.void(acting, row, "đơn vị nhận thêm nội dung của đơn vị đã kết thúc")
    if row.state == Obligation.State.HANDED_ON:
        state = Obligation.State.RETURNED if row.submitted_at else Obligation.State.OPEN
        acting.change(row, state=state)
    return row


def collected_by(party: int) -> QuerySet[Cycle]:
    """The open rounds that a party collects."""
    return Cycle.objects.filter(collector=party, closed_at=None).order_by("due_at", "pk")


def collect_instead(acting: Acting, cycle: int, party: int) -> Cycle:
    """Let another party collect a round from now on."""
    return acting.change(Cycle.objects.select_for_update().get(pk=cycle), collector_id=party)


def _obligations(cycle: Cycle, parties: Mapping[int, str]) -> list[Obligation]:
    rows = list(
        Obligation.objects.select_for_update().filter(cycle=cycle, party__in=list(parties)).order_by("pk")
    )
    for row in rows:
        row.cycle = cycle
    return rows


def _new(acting: Acting, of: Obligation, party: int) -> Obligation:
    return acting.create(
        Obligation(
            tenant_id=of.tenant_id,
            cycle_id=of.cycle_id,
            party_id=party,
            due_at=of.due_at,
            open_until=of.open_until,
            open_why=of.open_why,
        )
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
