"""An enterprise registers, or claims its entry: a mail address and a tax code, then a one-time link, then an account.

Whoever asks gets the same answer, whether code or address are known or not; the mail alone says more. A code that an
entry holds already gives a registration beside it, which an officer compares and merges.
"""

from __future__ import annotations

import logging
import secrets
import smtplib
from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_scopes import scope

from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import hash_of
from luc.industry import queries
from luc.industry.knocking import knock
from luc.industry.models import Application, Enterprise
from luc.industry.saying import say
from luc.industry.tax import compact, head_of
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.models import Tenant, User
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today

log = logging.getLogger(__name__)
VALID_FOR = timedelta(days=3)
KEPT_FOR = timedelta(days=30)  # unused registrations; then address and code are forgotten


def apply(viewer: Viewer, *, tenant: int, mail: str, tax_code: str, origin: str, address: str) -> None:
    """Ask to register: a mail with a one-time link. `address`: the page that takes it, with {secret} in it.

    origin: where the request came from; only its keyed hash is kept, for a day. Raises Refused: the code is none (by
    its check digit alone), too often. It never says whether code or address are known.
    """
    code = compact(tax_code)
    secret, mail = secrets.token_urlsafe(32), mail.strip().lower()
    with (
        scope(tenant=[tenant]),
        action(_stranger(viewer, tenant), "industry.register", tenant=tenant) as acting,
    ):
        knock("register", origin)
        knock("mail", mail, most=3)
        Application.objects.filter(at__lt=now() - KEPT_FOR, used_at=None).delete()
        row = Application(tenant_id=tenant, mail=mail, tax_code=code, secret_hash=hash_of(secret), at=now())
        row.expires_at = now() + VALID_FOR
        row.save(force_insert=True)
        acting.log(row.tenant, None, {"application": row.pk})
    _send(row, address.format(secret=secret))


def _stranger(viewer: Viewer, tenant: int) -> Viewer:
    with written():
        return replace(viewer, user=None, name=_("Người đăng ký"), tenants=frozenset([tenant]), grants=())


def _send(row: Application, link: str) -> None:
    """The mail tells the owner of the address what to do; one that is not sent is nobody's business on the page."""
    known = User.objects.filter(email__iexact=row.mail, is_active=True).exists()
    first = "Hãy đăng nhập bằng tài khoản đã có, rồi mở" if known else "Mở"
    body = (
        f"Kính gửi ông/bà,\n\nCó người vừa đăng ký doanh nghiệp mã số thuế {row.tax_code} bằng địa chỉ thư này.\n\n"
        f"{first} đường dẫn sau để khai tiếp (dùng một lần, trong {VALID_FOR.days} ngày):\n{link}\n\n"
        "Nếu không phải ông/bà, hãy bỏ qua thư này; không có gì được công khai."
    )
    try:
        send_mail("Đăng ký doanh nghiệp công nghiệp môi trường", body, None, [row.mail])
    except (OSError, smtplib.SMTPException):
        log.warning("application %s was not mailed", row.pk, exc_info=True)


def why_not(row: Application) -> str | None:
    """Why a link cannot be used any more, None when it can."""
    if row.used_at:
        return _("Đường dẫn này đã được dùng. Nếu chính bạn đã dùng, hãy đăng nhập.")
    if row.expires_at <= now():
        return _("Đường dẫn này đã hết hạn. Hãy đăng ký lại để nhận thư mới.")
    return None


def begin(
    viewer: Viewer, *, secret: str, name: str, full_name: str = "", password: str = ""
) -> tuple[User, Enterprise]:
    """Take a link: an account (or the one that is signed in) and the entry of the enterprise, still nobody else's.

    Raises Refused: the link is unknown or used, no name, a password that will not do.
    """
    row = queries.application_of(hash_of(secret))
    if row is None:
        raise Refused(_("Đường dẫn này không đúng."))
    name = " ".join(name.split())[:250]
    with scope(tenant=[row.tenant_id]):
        user = _person(viewer, row.mail, " ".join(full_name.split()), password, name)
        acting_as = replace(_stranger(viewer, row.tenant_id), user=viewer.user, name=user.full_name)
        with action(acting_as, "industry.register", tenant=row.tenant_id) as acting:
            row = Application.objects.select_for_update().get(pk=row.pk)
            if refusal := why_not(row):
                raise Refused(refusal)
            if viewer.user is None:
                acting.create(user)
            acting.viewer = replace(acting.viewer, user=user.pk)
            enterprise = found(acting, tenant=row.tenant_id, tax_code=row.tax_code, name=name)
            with written():
                say(acting, enterprise, {"name": name}, source=_("Doanh nghiệp tự khai"), on=today())
            join(acting, user, enterprise)
            row.used_at, row.enterprise = now(), enterprise
            row.save(update_fields=["used_at", "enterprise"])
    return user, enterprise


def _person(viewer: Viewer, mail: str, full_name: str, password: str, name: str) -> User:
    fields = {} if name else {"name": _("Hãy ghi tên doanh nghiệp.")}
    if viewer.user is not None:
        user = User.objects.get(pk=viewer.user)
    else:
        user = User(username=f"dn-{secrets.token_hex(6)}", full_name=full_name[:120], email=mail)
        if not full_name:
            fields["full_name"] = _("Hãy ghi họ và tên của bạn.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            fields["password"] = " ".join(error.messages)
        user.set_password(password)
    if fields:
        raise Refused(_("Chưa tạo được hồ sơ. Hãy xem các ô được đánh dấu."), fields)
    return user


def found(
    acting: Acting,
    *,
    tenant: int,
    tax_code: str,
    name: str,
    keeper: int | None = None,
    invented: bool = False,
) -> Enterprise:
    """A new entry with the party that stands behind it, as a step; `tax_code` in its kept form."""
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant)  # two with one code wait for one another
    holders = Enterprise.objects.filter(tenant=tenant, holds_code=True)
    party = Party(
        tenant_id=tenant, kind=Party.Kind.ENTERPRISE, name=name, is_listed=False, valid_from=today()
    )
    acting.create(party)
    row = Enterprise(
        tenant_id=tenant,
        party=party,
        tax_code=tax_code,
        name=name,
        holds_code=not holders.filter(tax_code=tax_code).exists(),
        head=holders.filter(tax_code=head_of(tax_code)).first() if head_of(tax_code) else None,
        keeper_id=keeper,
        is_invented=invented,
        created_at=now(),
        valid_from=today(),
    )
    return acting.create(row)


def join(acting: Acting, user: User, enterprise: Enterprise) -> None:
    """Make somebody one of the people of an enterprise, as a step; who is one already stays so."""
    row = Membership(
        tenant_id=enterprise.tenant_id, user=user, party_id=enterprise.party_id, role=Role.ENTERPRISE
    )
    row.valid_from = today()
    there = Membership.objects.filter(user=user, party=enterprise.party_id, role=row.role, valid_to=None)
    if not there.exists():
        acting.create(row)
