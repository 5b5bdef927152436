"""Invitations: issued with a page to print, withdrawn, accepted by a stranger or whoever is signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luc.agencies import actions, queries
from luc.agencies.actions.people import last_day, why_not
from luc.agencies.forms import AcceptForm, InviteForm
from luc.agencies.models import Invitation
from luc.kernel.forms import RoomForm
from luc.kernel.pages import Request, page


@never_cache
@page("agencies.see_people")
def invite(request: Request) -> HttpResponse:
    """Invite a person. The link is known only in the answer to this request: that is the page to print."""
    form = InviteForm(request.viewer, request.POST or None, initial={"party": request.GET.get("party")})
    address = request.build_absolute_uri(reverse("agencies:accept", args=["SECRET"])).replace(
        "SECRET", "{secret}"
    )
    issued = form.done(lambda values: actions.invite(request.viewer, address=address, **values))
    if issued is None:
        values = {"form": form, "heading": _("Mời người dùng"), "people_page": True}
        return render(request, "agencies/form.html", values)
    values = {"issued": issued, "invitation": issued.invitation, "last_day": last_day(issued.invitation)}
    return render(request, "agencies/issued.html", values)


@page("agencies.see_people")
@require_POST
def withdraw(request: Request, invitation: int) -> HttpResponse:
    """Make a waiting invitation void."""
    row = get_object_or_404(queries.invitations(request.viewer), pk=invitation)
    actions.withdraw_invitation(request.viewer, invitation)
    messages.success(request, _("Đã thu hồi lời mời %(name)s.") % {"name": row.full_name})
    return redirect("agencies:people")


@never_cache
@sensitive_post_parameters("password", "again")
@page("agencies.accept")
def accept(request: Request, secret: str) -> HttpResponse:
    """Where a one-time link leads: set user name and password, and be signed in."""
    invitation = queries.invitation_of(secret)
    if invitation is None:
        return _void(request, _("Đường dẫn này không đúng. Hãy kiểm tra đã chép đủ cả dòng chưa."), 404)
    if (refusal := why_not(invitation)) is not None:
        return _void(request, refusal, 410)
    if request.viewer.user is not None:
        return _accept_signed_in(request, secret, invitation)
    form = AcceptForm(request.POST or None)
    user = form.done(
        lambda values: actions.accept_invitation(
            request.viewer, secret=secret, username=values["username"], password=values["password"]
        )
    )
    if user is None:
        return _offer(request, invitation, form)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(
        request,
        _("Tài khoản đã sẵn sàng. Lần sau hãy đăng nhập bằng tên %(name)s.") % {"name": user.username},
    )
    return redirect("agencies:myself")


def _accept_signed_in(request: Request, secret: str, invitation: Invitation) -> HttpResponse:
    form = RoomForm(request.POST or None)
    if form.done(lambda _values: actions.accept_invitation(request.viewer, secret=secret)):
        messages.success(request, _("Đã nhận vai trò."))
        return redirect("agencies:myself")
    return _offer(request, invitation, form)


def _offer(request: Request, invitation: Invitation, form: RoomForm) -> HttpResponse:
    values = {"invitation": invitation, "form": form, "last_day": last_day(invitation)}
    return render(request, "agencies/accept.html", values)


def _void(request: Request, saying: str, status: int) -> HttpResponse:
    return render(request, "agencies/void.html", {"saying": saying}, status=status)
