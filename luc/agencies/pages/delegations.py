"""How an agency works: who acts in whose place for a time, whether reports are confirmed before they leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.agencies import actions, delegations, queries
from luc.agencies.approvals import approval_of, usual_approval
from luc.agencies.forms import ApprovalForm, DelegationForm, UsualApprovalForm
from luc.agencies.models import Party
from luc.kernel.pages import Request, page
from luc.kernel.time import today


def _steered(request: Request, party: int) -> Party:
    row = get_object_or_404(queries.parties(request.viewer).exclude(kind=Party.Kind.GROUP), pk=party)
    if not queries.may_steer_people(request.viewer, row):
        raise Http404
    return row


@page("agencies.see_people")
def delegated(request: Request, party: int) -> HttpResponse:
    """Who acts in whose place in a party; delegate a role for a time."""
    row = _steered(request, party)
    form = DelegationForm(request.viewer, row, request.POST or None, initial={"valid_from": today()})
    given = form.done(lambda values: actions.delegate(request.viewer, **values))
    if given:
        messages.success(request, _("Đã ủy quyền cho %(name)s.") % {"name": given.user.full_name})
        return redirect("agencies:delegations", row.pk)
    rows = list(delegations.delegations(request.viewer, row))
    values = {"party": row, "form": form, "delegations": rows, "today": today()}
    return render(request, "agencies/delegations.html", values, status=422 if form.errors else 200)


@page("agencies.see_people")
@require_POST
def end_delegation(request: Request, membership: int) -> HttpResponse:
    """End a delegation before its day."""
    row = get_object_or_404(queries.memberships(request.viewer).exclude(stands_for=None), pk=membership)
    actions.end_delegation(request.viewer, row.pk)
    messages.success(request, _("Đã kết thúc ủy quyền cho %(name)s.") % {"name": row.user.full_name})
    return redirect("agencies:delegations", row.party_id)


@page("agencies.see_people")
def approval(request: Request, party: int) -> HttpResponse:
    """Whether a party's reports are confirmed by its approver before they leave."""
    row = _steered(request, party)
    said = approval_of(row)
    now = "" if said is None else "1" if said.is_needed else "0"
    form = ApprovalForm(usual_approval(row.tenant_id), request.POST or None, initial={"is_needed": now})
    if form.done(lambda values: actions.set_approval(request.viewer, row.pk, **values)):
        messages.success(request, _("Đã lưu; áp dụng từ bây giờ."))
        return redirect("agencies:party", row.pk)
    values = {"form": form, "heading": _("Duyệt báo cáo trước khi gửi"), "party": row}
    return render(request, "agencies/form.html", values, status=422 if form.errors else 200)


@page("agencies.approvals")
def usual(request: Request) -> HttpResponse:
    """What holds for the parties of the tenant that say nothing themselves."""
    tenant = min(request.viewer.tenants_for("agencies.approvals"))
    form = UsualApprovalForm(
        request.POST or None, initial={"is_needed": "1" if usual_approval(tenant) else "0"}
    )
    values = {"form": form, "heading": _("Duyệt báo cáo trước khi gửi: toàn tỉnh, thành phố")}
    if form.done(lambda given: _settle(request, tenant, **given)):
        messages.success(request, _("Đã lưu; áp dụng từ bây giờ cho đơn vị chưa tự quy định."))
        return redirect("agencies:parties")
    return render(request, "agencies/form.html", values, status=422 if form.errors else 200)


def _settle(request: Request, tenant: int, *, is_needed: bool) -> bool:
    actions.set_usual_approval(request.viewer, tenant, is_needed=is_needed)
    return True
