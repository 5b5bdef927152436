"""A party ends, with its successors; what was recorded wrongly is corrected; what it owes is handed on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from luc.agencies import ending, queries
from luc.agencies.actions.parties import refuse_name
from luc.agencies.models import Party, PartySuccession
from luc.agencies.resolving import resolve
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action, values_of
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import today


def end_party(
    viewer: Viewer,
    party: int,
    *,
    on: date,
    successors: Collection[int] = (),
    note: str = "",
    sureness: str = "",
) -> Party:
    """End a party on a day (the first on which it is no more), with those that take over from it.

    What it still owes goes to them at once when the day has come. Raises NotAllowed, Refused (ended already, a day
    before it began, a successor that is not there that day).
    """
    row = queries.parties(viewer).get(pk=party)
    if row.valid_to:
        raise Refused(_("Đơn vị này đã kết thúc từ ngày %(day)s.") % {"day": f"{row.valid_to:%d/%m/%Y}"})
    _refuse_day(row, on)
    new = _successors(viewer, row, on, successors)
    with action(viewer, "agencies.manage", tenant=row.tenant_id, reason=note.strip()) as acting:
        acting.change(row, valid_to=on)
        _succeed(acting, row, on, new, note.strip(), sureness.strip())
        hand_on_now(acting, row)
    return row


def correct_end(
    viewer: Viewer,
    party: int,
    *,
    on: date | None,
    successors: Collection[int] = (),
    reason: str,
    sureness: str = "",
) -> Party:
    """Correct the day of an end and who takes over; without a day the end is taken back.

    What was handed on already stays where it is. Raises NotAllowed, Refused (it has not ended, no reason, nothing
    changes, or as `end_party`).
    """
    row = queries.parties(viewer).get(pk=party)
    if row.valid_to is None:
        raise Refused(_("Đơn vị này chưa có ngày kết thúc."))
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do sửa."), {"reason": _("Chưa ghi lý do.")})
    if on is None:
        refuse_name(viewer, row.tenant_id, row.name, row)
        new: list[Party] = []
    else:
        _refuse_day(row, on)
        new = _successors(viewer, row, on, successors)
    with action(viewer, "agencies.manage", tenant=row.tenant_id, reason=reason.strip()) as acting:
        acting.change(row, valid_to=on)
        _succeed(acting, row, on, new, reason.strip(), sureness.strip())
        if not acting.lines:
            raise Refused(_("Chưa có gì thay đổi."))
        hand_on_now(acting, row)
    return row


def hand_on(viewer: Viewer, party: int) -> Party:
    """Hand on what an ended party still owes: for an end whose day has come, or successors named later.

    Raises NotAllowed, Refused (it has not ended yet, nobody takes over, nothing could be moved).
    """
    row = queries.parties(viewer).get(pk=party)
    if not row.has_ended:
        raise Refused(_("Đơn vị này chưa kết thúc hoạt động."))
    with action(viewer, "agencies.manage", tenant=row.tenant_id) as acting:
        hand_on_now(acting, row)
        if not acting.lines:
            raise Refused(_("Chưa chuyển được: chưa có đơn vị kế thừa còn có thể nhận báo cáo."))
    return row


def hand_on_now(acting: Acting, party: Party) -> None:
    """Hand on what a party still owes, as a step: nothing while it has not ended, or nobody takes over."""
    if not party.has_ended:
        return
    with written():  # how it came to them is kept
        answering = resolve([party.pk], today())[party.pk]
    if answering:
        ending.hand_on(acting, party, {one.party: one.note for one in answering})


def _refuse_day(party: Party, on: date) -> None:
    if party.valid_from and on <= party.valid_from:
        message = _("Ngày kết thúc phải sau ngày bắt đầu %(day)s.") % {"day": f"{party.valid_from:%d/%m/%Y}"}
        raise Refused(message, {"on": message})


def _successors(viewer: Viewer, party: Party, on: date, asked: Collection[int]) -> list[Party]:
    there = queries.existing(viewer, on).filter(pk__in=asked, tenant=party.tenant_id)
    found = list(there.exclude(pk=party.pk))
    if len(found) != len(set(asked)):
        message = _("Đơn vị kế thừa phải đang hoạt động vào ngày đó và không phải chính đơn vị này.")
        raise Refused(message, {"successors": message})
    return found


def _succeed(
    acting: Acting, party: Party, on: date | None, new: list[Party], note: str, sureness: str
) -> None:
    """Bring the lines of succession to what is said: new ones written, known ones dated, others taken away."""
    there = {line.new_id: line for line in PartySuccession.objects.filter(old=party)}
    for successor in new:
        assert on is not None  # without an end nobody succeeds
        line = there.pop(successor.pk, None)
        if line is not None:
            acting.change(line, on=on, sureness=sureness)
            continue
        line = PartySuccession(tenant_id=party.tenant_id, old=party, new=successor, on=on)
        line.note, line.sureness = note, sureness
        acting.create(line)
    for line in there.values():
        acting.log(line, values_of(line), None)
        line.delete()
