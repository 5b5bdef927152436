"""Parties: the list, one of them, and what an administrator changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.agencies import actions, queries
from luc.agencies.approvals import needing_approval
from luc.agencies.ending import left_behind
from luc.agencies.forms import (
    CorrectEndForm,
    EndForm,
    MemberForm,
    NameForm,
    NewPartyForm,
    PartyForm,
    RenameForm,
)
from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.forms import RoomForm
from luc.kernel.pages import Request, page
from luc.kernel.time import today


@page("agencies.view")
def parties(request: Request) -> HttpResponse:
    """The parties of the tenant, narrowed by kind, words and whether ended ones are shown."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    ended = bool(request.GET.get("ended"))
    found = queries.found(request.viewer, words=words, kind=kind, ended=ended, on=today())
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    values = {"page": shown, "words": words, "kind": kind, "ended": ended, "kinds": Party.Kind.choices}
    values["manages"] = request.viewer.may("agencies.manage")
    values["approves"] = request.viewer.may("agencies.approvals")
    return render(request, "agencies/parties.html", values)


@page("agencies.view")
def party(request: Request, party: int) -> HttpResponse:
    """One party: what it is called, since when, what it was made from and became, its people, its groups."""
    viewer = request.viewer
    row = get_object_or_404(queries.parties(viewer).select_related("unit", "reports_through"), pk=party)
    before, after = queries.successions(viewer, row)
    manages = viewer.may("agencies.manage", tenant=row.tenant_id)
    is_group = row.kind == Party.Kind.GROUP
    values = {
        "party": row,
        "names": row.names.order_by("name"),
        "before": before,
        "after": after,
        "people": queries.colleagues(viewer, row, today()),
        "groups": queries.groups_of(row, today()),
        "members": queries.members(row, today()) if is_group else [],
        "by_name": set(queries.members_by_name(row, today())) if is_group else set(),
        "member_form": MemberForm(viewer) if is_group and manages else None,
        "manages": manages,
        "left": left_behind(viewer, row) if manages and row.valid_to else [],
        "is_approved": not is_group and row.pk in needing_approval([row.pk]),
        "steers": queries.may_steer_people(viewer, row) and not is_group and not row.has_ended,
    }
    return render(request, "agencies/party.html", values)


@page("agencies.manage")
def add(request: Request) -> HttpResponse:
    """Add a party."""
    form = NewPartyForm(request.viewer, request.POST or None)
    tenant = min(queries.administered(request.viewer))
    made = form.done(lambda values: actions.add_party(request.viewer, tenant=tenant, **values))
    if made:
        messages.success(request, _("Đã thêm %(name)s.") % {"name": made.name})
        return redirect("agencies:party", made.pk)
    return _form(request, form, _("Thêm cơ quan, đơn vị"))


@page("agencies.manage")
def edit(request: Request, party: int) -> HttpResponse:
    """Change what is known of a party."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    known = ("short", "valid_from", "sureness", "member_kinds")
    initial = {name: getattr(row, name) for name in known} | {"reports_through": row.reports_through_id}
    form = PartyForm(
        request.viewer, request.POST or None, group=row.kind == Party.Kind.GROUP, initial=initial
    )
    if form.done(lambda values: actions.edit_party(request.viewer, party, **values)):
        return _back(request, row, _("Đã lưu."))
    return _form(request, form, _("Sửa thông tin"), row)


@page("agencies.manage")
def rename(request: Request, party: int) -> HttpResponse:
    """Correct the name of a party; a reorganised body is ended instead, with its successor."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    form = RenameForm(request.POST or None, initial={"name": row.name})
    if form.done(lambda values: actions.rename(request.viewer, party, **values)):
        return _back(request, row, _("Đã sửa tên; tên trước được giữ làm tên khác."))
    remark = _(
        "Chỉ dùng để sửa chữ viết sai. Cơ quan được tổ chức lại với tên mới là cơ quan khác: hãy kết thúc"
        " cơ quan này và chọn cơ quan kế thừa."
    )
    return _form(request, form, _("Sửa tên"), row, remark)


@page("agencies.manage")
def add_name(request: Request, party: int) -> HttpResponse:
    """Add a name under which papers call a party."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    form = NameForm(request.POST or None)
    if form.done(lambda values: actions.add_name(request.viewer, party, **values)):
        return _back(request, row, _("Đã thêm tên khác."))
    remark = _("Tên mà văn bản hay dùng để gọi đơn vị này; máy dùng để nhận ra đơn vị khi đọc kế hoạch.")
    return _form(request, form, _("Thêm tên khác"), row, remark)


@page("agencies.manage")
def end(request: Request, party: int) -> HttpResponse:
    """End a party, with those that take over from it."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    form = EndForm(request.viewer, row, request.POST or None)
    if form.done(lambda values: actions.end_party(request.viewer, party, **values)):
        return _back(request, row, _("Đã ghi ngày kết thúc và đơn vị kế thừa."))
    remark = _(
        "Đơn vị không bị xóa: kế hoạch và báo cáo cũ vẫn ghi tên này, việc còn lại chuyển cho đơn vị kế thừa."
    )
    left = left_behind(request.viewer, row)
    return _form(request, form, _("Kết thúc hoạt động"), row, remark, left)


@page("agencies.manage")
def correct_end(request: Request, party: int) -> HttpResponse:
    """Correct the recorded end of a party, or take it back."""
    row = get_object_or_404(queries.managed(request.viewer).exclude(valid_to=None), pk=party)
    _before, after = queries.successions(request.viewer, row)
    initial: dict[str, Any] = {"on": row.valid_to, "successors": [line.new_id for line in after]}
    initial["sureness"] = next((line.sureness for line in after if line.sureness), "")
    form = CorrectEndForm(request.viewer, row, request.POST or None, initial=initial)
    if form.done(lambda values: actions.correct_end(request.viewer, party, **values)):
        return _back(request, row, _("Đã sửa ngày kết thúc và đơn vị kế thừa."))
    remark = _("Dùng khi đã ghi sai. Báo cáo đã chuyển cho đơn vị kế thừa thì vẫn ở đơn vị đó.")
    left = left_behind(request.viewer, row)
    return _form(request, form, _("Sửa ngày kết thúc"), row, remark, left)


@page("agencies.manage")
@require_POST
def hand_on(request: Request, party: int) -> HttpResponse:
    """Hand on what an ended party still owes."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    try:
        actions.hand_on(request.viewer, party)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("agencies:party", row.pk)
    return _back(request, row, _("Đã chuyển báo cáo cho đơn vị kế thừa."))


@page("agencies.manage")
@require_POST
def add_member(request: Request, party: int) -> HttpResponse:
    """Put a party into a group."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    form = MemberForm(request.viewer, request.POST)
    if form.done(lambda values: actions.add_member(request.viewer, party, **values)):
        return _back(request, row, _("Đã thêm vào nhóm."))
    return _form(request, form, _("Thêm đơn vị vào nhóm"), row)


@page("agencies.manage")
@require_POST
def end_member(request: Request, party: int, member: int) -> HttpResponse:
    """Take a party out of a group from today on."""
    row = get_object_or_404(queries.managed(request.viewer), pk=party)
    get_object_or_404(queries.members_by_name(row, today()), party=member)
    actions.end_member(request.viewer, party, party=member, on=today())
    return _back(request, row, _("Đã đưa ra khỏi nhóm."))


def _form(
    request: Request,
    form: RoomForm,
    heading: str,
    party: Party | None = None,
    remark: str = "",
    left: Sequence[str] = (),
) -> HttpResponse:
    values: dict[str, Any] = {"form": form, "heading": heading, "party": party, "remark": remark}
    values["left"] = left
    return render(request, "agencies/form.html", values)


def _back(request: Request, party: Party, saying: str) -> HttpResponse:
    messages.success(request, saying)
    return redirect("agencies:party", party.pk)
