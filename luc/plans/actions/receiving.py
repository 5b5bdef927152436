"""A bound agency acknowledges a plan, and writes its yearly plan."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Expectation, Plan, Receipt
from luc.plans.queries.plans import plans
from luc.plans.queries.receiving import expectations, own_parts, people_of, printed_for

FIELDS = ("result", "milestone", "month")


def acknowledge(
    viewer: Viewer, plan: int, *, party: int, contact: str, phone: str = "", user: int | None = None
) -> Receipt:
    """Say that a body has the plan, whom to call and whom to remind first; said again, the contact is changed.

    Raises NotAllowed (not the own body, or the plan does not bind it), Refused without a name, or for a user who
    writes no reports there.
    """
    row = _bound(viewer, plan, party)
    contact, phone = " ".join(contact.split())[:120], " ".join(phone.split())[:40]
    if not contact:
        raise Refused(_("Hãy ghi người liên hệ."), {"contact": _("Chưa ghi người liên hệ.")})
    if user is not None and user not in dict(people_of(party)):
        message = _("Người này không làm báo cáo của đơn vị.")
        raise Refused(message, {"user": message})
    with action(viewer, "plans.receive", tenant=row.tenant_id, party=party) as acting:
        Plan.objects.select_for_update(of=("self",)).only("pk").get(pk=row.pk)
        there = Receipt.objects.filter(plan=row, party=party).first()
        if there is not None:
            said = {"contact": contact, "phone": phone, "user_id": user}
            return acting.change(there, **said, at=now(), by_id=viewer.user)
        made = Receipt(tenant_id=row.tenant_id, plan=row, party_id=party, contact=contact, phone=phone)
        made.user_id, made.at, made.by_id = user, now(), viewer.user
        return acting.create(made)


def _bound(viewer: Viewer, plan: int, party: int) -> Plan:
    row = plans(viewer).get(pk=plan)
    viewer.require("plans.receive", tenant=row.tenant_id, party=party)
    if not printed_for(viewer, row, party):
        raise NotAllowed(_("Kế hoạch này không giao việc cho đơn vị của bạn."))
    return row


def expect(viewer: Viewer, plan: int, *, party: int, year: int, rows: Mapping[int, Mapping[str, str]]) -> int:
    """Keep what a body means to reach in a year, by part; how many lines changed.

    Raises NotAllowed; Refused for a part that the body does not lead, or a month that is none.
    """
    row = _bound(viewer, plan, party)
    parts = set(own_parts(viewer, row, party).values_list("pk", flat=True))
    values = {pk: _values(pk, typed) for pk, typed in rows.items()}
    if not set(values) <= parts:
        raise Refused(_("Có nhiệm vụ không do đơn vị chủ trì."))
    if not 2000 <= year <= 2100:
        raise Refused(_("Năm không hợp lệ."))
    there = expectations(list(values), party, year)
    changed = {pk: value for pk, value in values.items() if value != _kept(there.get(pk))}
    if not changed:
        return 0
    with action(viewer, "plans.receive", tenant=row.tenant_id, party=party) as acting:
        for pk, value in changed.items():
            before = there.get(pk)
            line = before or Expectation(tenant_id=row.tenant_id, part_id=pk, party_id=party, year=year)
            old = _kept(before)
            for name in FIELDS:
                setattr(line, name, value[name])
            line.at, line.by_id = now(), viewer.user
            line.save()
            acting.log(line, old, value)
    return len(changed)


def _kept(row: Expectation | None) -> dict[str, object]:
    if row is None:
        return {"result": "", "milestone": "", "month": None}
    return {name: getattr(row, name) for name in FIELDS}


def _values(part: int, typed: Mapping[str, str]) -> dict[str, object]:
    month = typed.get("month", "").strip()
    if month and not (month.isdecimal() and len(month) <= 2 and 1 <= int(month) <= 12):
        words = _("«%(month)s» không phải là tháng: ghi từ 1 đến 12.") % {"month": month}
        raise Refused(words, {f"month-{part}": words})
    said = {
        name: typed.get(name, "").replace("\r\n", "\n").strip()[:4000] for name in ("result", "milestone")
    }
    return said | {"month": int(month) if month else None}
