"""Accounts: an administrator opens the way back in, locks, unlocks; everybody sets the own password.

An account belongs to a person, not to a tenant: who holds a role in a tenant that somebody else administers is
helped by an administrator of both, else a reset here would be a way in there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from luc.agencies import queries
from luc.agencies.models import Membership, Role
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.models import Tenant, User
from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on


def set_password(user: User, password: str) -> None:
    """Give a user a new password; the history of each of the user's tenants says that it changed, never what it is."""
    tenants: list[int | None] = [*sorted(queries.viewer_for(user).tenants)]
    with transaction.atomic():
        for tenant in tenants or [None]:
            person = Viewer(user.pk, user.full_name)
            with action(person, "account.password", tenant=tenant) as acting:
                user.set_password(password)
                user.save(update_fields=["password"])
                acting.log(user, None, {"password": "changed"})


def reset_link(viewer: Viewer, user: int, *, address: str) -> str:
    """A link that sets a new password once, to print or to hand over; void when the password changes.

    `address`: the page that takes it, with {user} and {key} in it. The link is kept nowhere. It holds for
    PASSWORD_RESET_TIMEOUT. Raises NotAllowed, Refused (locked, administered by others too).
    """
    with _account(viewer, user) as (acting, row):
        if not row.is_active:
            raise Refused(_("Tài khoản đang bị khóa. Hãy mở khóa trước."))
        acting.log(row, None, {"password": "reset link"})
    key = default_token_generator.make_token(row)
    return address.format(user=user_pk_to_url_str(row), key=key)


def lock_account(viewer: Viewer, user: int) -> User:
    """Keep a person out from now on; roles and what was done stay. Raises NotAllowed, Refused (oneself, locked)."""
    if user == viewer.user:
        raise Refused(_("Không tự khóa được tài khoản của mình. Hãy nhờ người quản trị khác."))
    with _account(viewer, user) as (acting, row):
        if not row.is_active:
            raise Refused(_("Tài khoản này đã bị khóa."))
        for tenant in sorted(viewer.tenants_for("agencies.accounts")):
            must_leave_an_administrator(tenant, without=row.pk)
        return acting.change(row, is_active=False)


def unlock_account(viewer: Viewer, user: int) -> User:
    """Let a locked person in again. Raises NotAllowed, Refused (not locked)."""
    with _account(viewer, user) as (acting, row):
        if row.is_active:
            raise Refused(_("Tài khoản này không bị khóa."))
        return acting.change(row, is_active=True)


def drop_second_factor(viewer: Viewer, user: int) -> User:
    """Take away a lost second step of signing in. Raises NotAllowed, Refused (there is none)."""
    with _account(viewer, user) as (acting, row):
        dropped, _of_kinds = Authenticator.objects.filter(user=row).delete()
        if not dropped:
            raise Refused(_("Tài khoản này không bật đăng nhập hai bước."))
        acting.log(row, None, {"second_step": "dropped"})
    return row


def change_address(viewer: Viewer, user: int, *, email: str) -> User:
    """Give a person another mail address, or none; history says that it changed, never to what.

    Raises NotAllowed, Refused (nothing changes, administered by others too).
    """
    with _account(viewer, user) as (acting, row):
        if row.email == email.strip():
            raise Refused(_("Địa chỉ thư không đổi."), {"email": _("Địa chỉ thư không đổi.")})
        row.email = email.strip()
        row.save(update_fields=["email"])
        acting.log(row, None, {"email": "changed"})
    return row


@contextmanager
def _account(viewer: Viewer, user: int) -> Iterator[tuple[Acting, User]]:
    """The action on an account, its row locked; logged in a tenant in which the viewer administers the person."""
    row = queries.accounts(viewer).get(pk=user)
    with scopes_disabled():
        held = set(
            Membership.objects.filter(valid_on(today()), user=user).values_list("tenant_id", flat=True)
        )
    mine = viewer.tenants_for("agencies.accounts")
    if held - mine:
        raise Refused(_("Người này còn giữ vai trò ở tỉnh khác; cần người quản trị của cả hai nơi."))
    known = Membership.objects.filter(user=user, tenant__in=held or mine)
    tenant = known.values_list("tenant_id", flat=True).order_by("tenant_id")[0]
    with action(viewer, "agencies.accounts", tenant=tenant) as acting:
        Tenant.objects.select_for_update(no_key=True).get(pk=tenant)
        yield acting, User.objects.select_for_update().get(pk=row.pk)


def must_leave_an_administrator(tenant: int, *, without: int) -> None:
    """Raise Refused when nobody else who is let in administers a tenant.

    Called in an action: the tenant stays locked, so two administrators who end each other wait for one another.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant)
    holding = Membership.objects.filter(
        valid_on(today()), tenant=tenant, role=Role.ADMINISTRATOR, user__is_active=True
    )
    holders = set(holding.values_list("user_id", flat=True))
    if holders == {without}:
        raise Refused(_("Đây là người quản trị cuối cùng. Hãy mời người quản trị khác trước."))
