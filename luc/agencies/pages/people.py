"""People and their roles, for who may steer them; and one's own roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from luc.agencies import actions, queries
from luc.agencies.forms import GrantForm
from luc.kernel.pages import Request, page
from luc.kernel.rights import known_acts
from luc.kernel.time import today


@page("agencies.see_people")
def people(request: Request) -> HttpResponse:
    """Who holds which role where, and which invitations wait."""
    viewer = request.viewer
    words, ended = request.GET.get("q", "").strip(), bool(request.GET.get("ended"))
    rows = queries.narrowed(queries.memberships(viewer), words=words, ended=ended, on=today())
    values = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "waiting": queries.waiting(queries.invitations(viewer)),
        "words": words,
        "ended": ended,
        "today": today(),
        "administered": viewer.tenants_for("agencies.accounts"),
    }
    return render(request, "agencies/people.html", values)


@page("agencies.see_people")
def grant(request: Request) -> HttpResponse:
    """Give a person who has an account another role."""
    form = GrantForm(request.viewer, request.POST or None)
    given = form.done(lambda values: actions.grant_role(request.viewer, **values))
    if given:
        messages.success(request, _("Đã trao vai trò cho %(name)s.") % {"name": given.user.full_name})
        return redirect("agencies:people")
    values = {"form": form, "heading": _("Trao thêm vai trò"), "people_page": True}
    return render(request, "agencies/form.html", values)


@page("agencies.see_people")
def end_role(request: Request, membership: int) -> HttpResponse:
    """Ask, then end a role from today on."""
    row = get_object_or_404(queries.memberships(request.viewer), pk=membership)
    if request.method == "POST":
        actions.end_role(request.viewer, membership)
        messages.success(request, _("Đã kết thúc vai trò của %(name)s.") % {"name": row.user.full_name})
        return redirect("agencies:people")
    values = {
        "title": _("Kết thúc vai trò của %(name)s?") % {"name": row.user.full_name},
        "text": [f"{capfirst(row.get_role_display())}, {row.party.name}."],
        "consequences": [
            _("Từ bây giờ người này không còn quyền của vai trò này."),
            _("Những gì người này đã làm vẫn còn trong nhật ký và báo cáo."),
        ],
        "action": _("Kết thúc vai trò"),
        "kind": "danger",
        "back": "/con-nguoi/",
    }
    return render(request, "components/confirm.html", values)


@page("agencies.myself")
def myself(request: Request) -> HttpResponse:
    """One's own roles, and what each allows."""
    held = request.viewer.roles
    allowed = [act.title for _, act in sorted(known_acts().items()) if act.roles & held]
    values = {"roles": queries.my_roles(request.viewer), "allowed": allowed, "today": today()}
    return render(request, "agencies/myself.html", values)
