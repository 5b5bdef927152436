"""A round that runs is changed: its due moment moves, further parties are bound. Steps, as in `actions`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting
from luc.kernel.time import now
from luc.rounds.actions import Bound
from luc.rounds.models import Cycle, Obligation, Stands


def running(cycle: int) -> Cycle:
    """The round, locked. Raises Conflict when it is closed."""
    row = Cycle.objects.select_for_update().get(pk=cycle)
    if row.closed_at is not None:
        raise Conflict(_("Kỳ báo cáo này đã khép lại."))
    return row


def move_due(acting: Acting, cycle: int, due_at: datetime) -> Cycle:
    """Let a round be due at another moment to come, for everybody who has the same due moment as the round.

    Raises Refused for a moment that is over or the same, Conflict in a closed round.
    """
    row = running(cycle)
    if due_at <= now():
        message = _("Hạn mới phải ở phía trước.")
        raise Refused(message, {"due_day": message})
    if due_at == row.due_at:
        message = _("Hạn mới giống hạn đang có.")
        raise Refused(message, {"due_day": message})
    Obligation.objects.filter(cycle=row, due_at=row.due_at).update(due_at=due_at)
    return acting.change(row, due_at=due_at)


def bind_more(acting: Acting, cycle: int, bound: Sequence[Bound]) -> list[Obligation]:
    """Bind further parties in a round that runs; who is bound already gets no second obligation.

    Raises Refused when nobody is added, Conflict in a closed round.
    """
    row = running(cycle)
    there = set(Obligation.objects.filter(cycle=row).values_list("party", flat=True))
    new = [one for one in bound if one.party not in there]
    if not new:
        raise Refused(_("Các đơn vị này đều đã có trong danh sách."))
    made = Obligation.objects.bulk_create(
        Obligation(tenant_id=row.tenant_id, cycle=row, party_id=one.party, due_at=row.due_at) for one in new
    )
    Stands.objects.bulk_create(
        Stands(
            tenant_id=row.tenant_id,
            obligation=obligation,
            bound_id=reason.bound,
            why=reason.why,
            note=reason.note[:300],
        )
        for obligation, one in zip(made, new, strict=True)
        for reason in one.reasons
    )
    acting.log(row, None, {"obligations": sorted(one.party for one in new)})
    return made
