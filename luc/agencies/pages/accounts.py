"""A person's account, for the administrator: a way back in, a lock, the second step."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luc.agencies import actions, queries
from luc.agencies.forms import AddressForm
from luc.kernel.pages import Request, page
from luc.kernel.time import today


@page("agencies.accounts")
def account(request: Request, user: int) -> HttpResponse:
    """Who it is, which roles, and what can be done for the account."""
    row = get_object_or_404(queries.accounts(request.viewer), pk=user)
    form = AddressForm(request.POST or None, initial={"email": row.email})
    if request.method == "POST" and form.done(
        lambda given: actions.change_address(request.viewer, row.pk, **given)
    ):
        messages.success(request, _("Đã sửa địa chỉ thư."))
        return redirect("agencies:account", user)
    values = {
        "person": row,
        "form": form,
        "roles": queries.memberships(request.viewer).filter(user=row),
        "second_factor": queries.has_second_factor(row),
        "today": today(),
    }
    return render(request, "agencies/account.html", values, status=422 if form.errors else 200)


@never_cache
@page("agencies.accounts")
@require_POST
def reset(request: Request, user: int) -> HttpResponse:
    """A link that sets a new password once. It is known only in the answer to this request: the page to print."""
    row = get_object_or_404(queries.accounts(request.viewer), pk=user)
    path = reverse("account_reset_password_from_key", args=["USER", "KEY"])
    address = request.build_absolute_uri(path).replace("USER", "{user}").replace("KEY", "{key}")
    link = actions.reset_link(request.viewer, user, address=address)
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    return render(request, "agencies/account_reset.html", {"person": row, "link": link, "days": days})


@page("agencies.accounts")
@require_POST
def lock(request: Request, user: int) -> HttpResponse:
    """Keep a person out from now on."""
    get_object_or_404(queries.accounts(request.viewer), pk=user)
    actions.lock_account(request.viewer, user)
    messages.success(request, _("Đã khóa tài khoản."))
    return redirect("agencies:account", user)


@page("agencies.accounts")
@require_POST
def unlock(request: Request, user: int) -> HttpResponse:
    """Let a locked person in again."""
    get_object_or_404(queries.accounts(request.viewer), pk=user)
    actions.unlock_account(request.viewer, user)
    messages.success(request, _("Đã mở khóa tài khoản."))
    return redirect("agencies:account", user)


@page("agencies.accounts")
@require_POST
def drop(request: Request, user: int) -> HttpResponse:
    """Take away a lost second step of signing in."""
    get_object_or_404(queries.accounts(request.viewer), pk=user)
    actions.drop_second_factor(request.viewer, user)
    messages.success(request, _("Đã bỏ bước đăng nhập thứ hai."))
    return redirect("agencies:account", user)
