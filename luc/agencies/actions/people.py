"""People: invited by a one-time link, given roles, roles ended. An account is never made otherwise."""

from __future__ import annotations

import logging
import re
import secrets
import smtplib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from luc.agencies import queries
from luc.agencies.actions.accounts import must_leave_an_administrator
from luc.agencies.listing import Person
from luc.agencies.models import Invitation, Membership, Party, Role
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import Acting, action
from luc.kernel.models import User
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import VIETNAM, now, today, valid_on

log = logging.getLogger(__name__)
VALID_FOR = timedelta(days=14)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@dataclass(frozen=True, slots=True)
class Issued:
    """A new invitation with its link, which is known only now, and whether a mail with it left this machine."""

    invitation: Invitation
    link: str
    mailed: bool


def invite(viewer: Viewer, *, party: int, role: str, full_name: str, email: str = "", address: str) -> Issued:
    """Invite a person to a role in a party. `address`: the page that takes invitations, with {secret} in it.

    Only the hash of the link's secret is kept; it holds for VALID_FOR and once. Raises NotAllowed, Refused
    (no name, the same invitation waits, the party has ended).
    """
    row = queries.parties(viewer).get(pk=party)
    invitation, secret = _invited(viewer, row, role, " ".join(full_name.split()), email)
    link = address.format(secret=secret)
    return Issued(invitation, link, _mailed(invitation, link))


def _mailed(invitation: Invitation, link: str) -> bool:
    return bool(invitation.email) and _send(invitation, link) and settings.SENDS_MAIL


def _invited(viewer: Viewer, row: Party, role: str, full_name: str, email: str) -> tuple[Invitation, str]:
    """A new invitation and its secret."""
    secret = secrets.token_urlsafe(32)
    with _steering(viewer, row, role) as acting:
        # a double click waits here and sees the first invitation
        row = Party.objects.select_for_update(no_key=True).get(pk=row.pk)
        _refuse_invitation(row, role, full_name)
        invitation = Invitation(
            tenant_id=row.tenant_id, party=row, role=role, full_name=full_name, email=email.strip()
        )
        invitation.secret_hash = queries.hash_of(secret)
        invitation.created_at, invitation.created_by_id = now(), viewer.user
        invitation.expires_at = now() + VALID_FOR
        invitation.save(force_insert=True)
        shown = {"party": row.name, "role": role, "full_name": full_name, "email": invitation.email}
        acting.log(invitation, None, shown | {"expires_at": invitation.expires_at})
    return invitation, secret


PORTION = 20  # invitations of one transaction


def invite_all(viewer: Viewer, people: Sequence[Person], *, address: str) -> list[Issued]:
    """Invite the people of a list, in portions; who was invited in the meantime is left out. Raises as `invite`.

    The mails go after the last invitation is kept, so that a slow mail server holds nothing up.
    """
    made: list[tuple[Invitation, str]] = []
    for start in range(0, len(people), PORTION):
        with transaction.atomic():
            made += _portion(viewer, people[start : start + PORTION])
    links = [(invitation, address.format(secret=secret)) for invitation, secret in made]
    return [Issued(one, link, _mailed(one, link)) for one, link in links]


def _portion(viewer: Viewer, people: Sequence[Person]) -> list[tuple[Invitation, str]]:
    rows = {row.pk: row for row in queries.parties(viewer).filter(pk__in={one.party for one in people})}
    waiting = queries.waiting(Invitation.objects.filter(party__in=rows))
    there = set(waiting.values_list("party", "role", "full_name"))
    new = [one for one in people if (one.party, one.role, one.full_name) not in there]
    return [_invited(viewer, rows[one.party], one.role, one.full_name, one.email) for one in new]


def _refuse_invitation(party: Party, role: str, full_name: str) -> None:
    if not full_name:
        raise Refused(_("Hãy ghi họ và tên người được mời."), {"full_name": _("Chưa có họ tên.")})
    if party.kind == Party.Kind.GROUP or (party.valid_to and party.valid_to <= today()):
        message = _("Chỉ mời người vào đơn vị đang hoạt động.")
        raise Refused(message, {"party": message})
    same = Invitation.objects.filter(party=party, role=role, full_name=full_name)
    if queries.waiting(same).exists():
        message = _("%(name)s đã có lời mời đang chờ với vai trò này. Hãy thu hồi lời mời đó trước.")
        raise Refused(message % {"name": full_name}, {"full_name": _("Đã có lời mời đang chờ.")})


def _steering(viewer: Viewer, party: Party, role: str) -> AbstractContextManager[Acting]:
    """The action that gives or ends a role: an administrator's, else that of the agency's own head."""
    everybody = viewer.may("agencies.people", tenant=party.tenant_id)
    if not viewer.system and role not in queries.roles_to_give(viewer, party):
        raise NotAllowed(_("Bạn không điều chỉnh được vai trò này ở %(party)s.") % {"party": party.name})
    act = "agencies.people" if everybody else "agencies.own_people"
    return action(viewer, act, tenant=party.tenant_id, party=party.pk)


def _send(invitation: Invitation, link: str) -> bool:
    """Mail the link; a mail server that does not answer is no reason to lose the invitation."""
    subject, body = _letter(invitation, link)
    try:
        return bool(send_mail(subject, body, None, [invitation.email]))
    except (OSError, smtplib.SMTPException):
        log.warning("invitation %s was not mailed", invitation.pk, exc_info=True)
        return False


def _letter(invitation: Invitation, link: str) -> tuple[str, str]:
    """Subject and words of the mail to whoever is invited, in Vietnamese whatever the inviting person reads."""
    with written():
        role = invitation.get_role_display()
    subject = f"Lời mời dùng Lục: {invitation.party.name}"
    body = (
        f"Kính gửi {invitation.full_name},\n\n{invitation.party.name} mời ông/bà dùng Lục với vai trò {role}.\n\n"
        "Mở đường dẫn sau để đặt tên đăng nhập và mật khẩu "
        f"(dùng một lần, đến hết ngày {last_day(invitation):%d/%m/%Y}):\n{link}\n\n"
        "Nếu ông/bà không biết về lời mời này, hãy bỏ qua thư."
    )
    return subject, body


def last_day(invitation: Invitation) -> date:
    """The last whole day on which an invitation can be accepted."""
    return (invitation.expires_at.astimezone(VIETNAM) - timedelta(seconds=1)).date()


def accept_invitation(viewer: Viewer, *, secret: str, username: str = "", password: str = "") -> User:
    """Take the role of a one-time link: with a new account, or for the account that is signed in.

    Raises Refused (the link is unknown, used, withdrawn or expired; user name or password will not do).
    """
    invitation = queries.invitation_of(secret)
    if invitation is None:
        raise Refused(_("Đường dẫn này không đúng."))
    with scope(tenant=[invitation.tenant_id]):
        user = _person(viewer, invitation, username, password)
        name = viewer.name or invitation.full_name
        with action(Viewer(viewer.user, name), "agencies.accept", tenant=invitation.tenant_id) as acting:
            invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
            if (refusal := why_not(invitation)) is not None:
                raise Refused(refusal)
            if viewer.user is None:
                acting.create(user)
            acting.viewer = Viewer(user.pk, user.full_name)
            acting.change(invitation, accepted_at=now(), accepted_by_id=user.pk)
            _give(acting, user, invitation.party, invitation.role)
    return user


def why_not(invitation: Invitation) -> str | None:
    """Why an invitation cannot be accepted any more, None when it can."""
    if invitation.accepted_at:
        return _("Lời mời này đã được dùng. Nếu chính bạn đã nhận, hãy đăng nhập.")
    if invitation.withdrawn_at:
        return _("Lời mời này đã được thu hồi. Hãy hỏi người đã mời bạn.")
    if invitation.expires_at <= now():
        return _("Lời mời này đã hết hạn. Hãy xin người đã mời gửi lời mời mới.")
    return None


def _person(viewer: Viewer, invitation: Invitation, username: str, password: str) -> User:
    """The account that is signed in, or a new one that is not saved yet."""
    if viewer.user is not None:
        return User.objects.get(pk=viewer.user)
    username = username.strip().lower()
    user = User(username=username, full_name=invitation.full_name, email=invitation.email)
    fields = {}
    if not _USERNAME.fullmatch(username):
        fields["username"] = _("Từ 3 đến 60 ký tự: chữ thường không dấu, số, dấu chấm, gạch nối.")
    elif User.objects.filter(username__iexact=username).exists():
        fields["username"] = _("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        fields["password"] = " ".join(error.messages)
    if fields:
        raise Refused(_("Chưa tạo được tài khoản. Hãy xem các ô được đánh dấu."), fields)
    user.set_password(password)
    return user


def withdraw_invitation(viewer: Viewer, invitation: int) -> Invitation:
    """Make a waiting invitation's link void. Raises NotAllowed, Refused (it does not wait any more)."""
    row = queries.invitations(viewer).get(pk=invitation)
    with _steering(viewer, row.party, row.role) as acting:
        row = Invitation.objects.select_for_update().get(pk=invitation)
        if why_not(row) is not None:
            raise Refused(_("Lời mời này không còn chờ nữa."))
        return acting.change(row, withdrawn_at=now())


def grant_role(viewer: Viewer, *, user: int, party: int, role: str) -> Membership:
    """Give a person who has an account another role. Raises NotAllowed, Refused (the person holds it)."""
    row = queries.parties(viewer).get(pk=party)
    person = User.objects.get(pk=user)
    if not queries.people(viewer).filter(pk=user).exists():
        raise NotAllowed(_("Người này không thuộc phạm vi của bạn; hãy gửi lời mời."))
    with _steering(viewer, row, role) as acting:
        return _give(acting, person, row, role)


def _give(acting: Acting, user: User, party: Party, role: str) -> Membership:
    User.objects.select_for_update().get(pk=user.pk)  # a double click waits here and sees what the first gave
    held = Membership.objects.filter(valid_on(today()), user=user, party=party, role=role)
    if held.exists():
        raise Refused(_("%(name)s đang giữ vai trò này.") % {"name": user.full_name})
    return acting.create(
        Membership(tenant_id=party.tenant_id, user=user, party=party, role=role, valid_from=today())
    )


def end_role(viewer: Viewer, membership: int) -> Membership:
    """End a role from today on. Raises NotAllowed, Refused (it has ended, or nobody else administers)."""
    row = queries.memberships(viewer).get(pk=membership)
    with _steering(viewer, row.party, row.role) as acting:
        if row.role == Role.ADMINISTRATOR:
            must_leave_an_administrator(row.tenant_id, without=row.user_id)
        row = Membership.objects.select_for_update().get(pk=membership)
        if row.valid_to:
            raise Refused(_("Vai trò này đã kết thúc."))
        return acting.change(row, valid_to=today())
