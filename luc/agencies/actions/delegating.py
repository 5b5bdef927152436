"""An agency settles how it works: who confirms its reports, who acts in whose place for a time."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, timedelta

from django.utils.translation import gettext as _

from luc.agencies import approvals, delegations, queries
from luc.agencies.models import Approval, Membership, Party
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.models import User
from luc.kernel.rights import Viewer
from luc.kernel.time import today


def set_approval(viewer: Viewer, party: int, *, is_needed: bool | None) -> Party:
    """Settle from today on whether a party's reports are confirmed before they leave; None follows the tenant.

    Raises NotAllowed, Refused when nothing changes.
    """
    row = queries.parties(viewer).get(pk=party)
    everybody = viewer.may("agencies.approvals", tenant=row.tenant_id)
    act = "agencies.approvals" if everybody else "agencies.own_approval"
    with action(viewer, act, tenant=row.tenant_id, party=row.pk) as acting:
        Party.objects.select_for_update(no_key=True).get(pk=row.pk)
        _settle(acting, approvals.approval_of(row), row, row.tenant_id, is_needed)
    return row


def set_usual_approval(viewer: Viewer, tenant: int, *, is_needed: bool) -> None:
    """Settle what holds for the parties of a tenant that say nothing themselves. Raises NotAllowed, Refused."""
    with action(viewer, "agencies.approvals", tenant=tenant) as acting:
        there = Approval.objects.select_for_update().filter(party=None, tenant=tenant, valid_to=None).first()
        if there is None and not is_needed:
            raise Refused(_("Chưa có gì thay đổi."))
        _settle(acting, there, None, tenant, is_needed)


def _settle(
    acting: Acting, there: Approval | None, party: Party | None, tenant: int, is_needed: bool | None
) -> None:
    if (there.is_needed if there else None) == is_needed:
        raise Refused(_("Chưa có gì thay đổi."))
    if there is not None:
        acting.change(there, valid_to=today())
    if is_needed is not None:
        row = Approval(tenant_id=tenant, party=party, is_needed=is_needed, valid_from=today())
        acting.create(row)


def delegate(
    viewer: Viewer, membership: int, *, user: int, valid_from: date, last_day: date, reason: str
) -> Membership:
    """Let a person act in a role in the place of who holds it, to the end of `last_day`; it ends by itself.

    Raises NotAllowed; Refused for no reason, days that are over or in the wrong order, or who holds that role then.
    """
    held = Membership.objects.select_related("party", "user").get(pk=membership, tenant__in=viewer.tenants)
    if not delegations.delegable(viewer, held.party).filter(pk=held.pk).exists():
        raise Refused(_("Vai trò này không ủy quyền được."), {"membership": _("Hãy chọn vai trò khác.")})
    person = delegations.delegates(viewer, held.party).get(pk=user)
    until = last_day + timedelta(days=1)
    _must_fit(held, person, valid_from, until)
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do."), {"reason": _("Chưa ghi lý do.")})
    with _steering(viewer, held.party, reason.strip()) as acting:
        User.objects.select_for_update().get(pk=person.pk)
        same = Membership.objects.filter(user=person, party=held.party, role=held.role)
        if same.exclude(valid_to__lte=valid_from).filter(valid_from__lt=until).exists():
            message = _("%(name)s đã giữ vai trò này trong thời gian đó.") % {"name": person.full_name}
            raise Refused(message, {"user": message})
        return acting.create(
            Membership(
                tenant_id=held.tenant_id,
                user=person,
                party=held.party,
                role=held.role,
                valid_from=valid_from,
                valid_to=until,
                stands_for=held.user,
            )
        )


def _must_fit(held: Membership, person: User, valid_from: date, until: date) -> None:
    if person.pk == held.user_id:
        message = _("Người nhận phải là người khác.")
        raise Refused(message, {"user": message})
    if until <= valid_from:
        message = _("Ngày cuối phải từ ngày đầu trở đi.")
        raise Refused(message, {"last_day": message})
    if valid_from < today():
        message = _("Chỉ ủy quyền từ hôm nay trở đi.")
        raise Refused(message, {"valid_from": message})


def end_delegation(viewer: Viewer, membership: int) -> Membership:
    """End a delegation from today on, or before it begins. Raises NotAllowed, Refused (it is over)."""
    row = queries.memberships(viewer).exclude(stands_for=None).get(pk=membership)
    with _steering(viewer, row.party, "") as acting:
        row = Membership.objects.select_for_update().get(pk=membership)
        if row.valid_to is None or row.valid_to <= today():
            raise Refused(_("Ủy quyền này đã kết thúc."))
        return acting.change(row, valid_to=max(row.valid_from, today()))


def _steering(viewer: Viewer, party: Party, reason: str) -> AbstractContextManager[Acting]:
    everybody = viewer.may("agencies.people", tenant=party.tenant_id)
    act = "agencies.people" if everybody else "agencies.delegate"
    return action(viewer, act, tenant=party.tenant_id, party=party.pk, reason=reason)
