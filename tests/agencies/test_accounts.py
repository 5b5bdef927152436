"""What an administrator does for an account: a way back in, a lock, a lost second step; only in the own tenants."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from luc.agencies import actions
from luc.agencies.actions.accounts import set_password
from luc.agencies.models import Invitation, Membership, Role
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Change, Mail, User
from luc.kernel.writing import writing
from tests.cast import PASSWORD, Cast, Side

SignIn = Callable[..., Client]
NEW = "núi cao sông dài"
ADDRESS = "/tai-khoan/password/reset/key/{user}-{key}/"


def signs_in(user: User, password: str) -> bool:
    sent = {"login": user.username, "password": password}
    client = Client()
    client.post(reverse("account_login"), sent)
    return "_auth_user_id" in client.session


def use(link: str, password: str) -> None:
    """Open a reset link as the person does: it leads to a form."""
    client = Client()
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": password, "password2": password, "action": "save"})


def test_a_printed_link_sets_a_password_once(here: Side, signed_in: SignIn) -> None:
    person = here.people["clerk_commune"]
    page = signed_in("administrator").post(reverse("agencies:account_reset", args=[person.pk]))
    found = re.search(r"http://testserver(/tai-khoan/password/reset/key/[^<]+)<", page.content.decode())
    assert found is not None
    assert signs_in(person, PASSWORD)
    use(found[1], NEW)
    assert signs_in(person, NEW)
    use(found[1], "lần thứ hai thì không")
    assert signs_in(person, NEW)
    key = found[1].rstrip("/").split("-", 1)[-1]
    lines = Change.objects.filter(object_id=str(person.pk), kind="kernel.user").order_by("pk")
    assert [(line.act, line.after) for line in lines] == [
        ("agencies.accounts", {"password": "reset link"}),
        ("account.password", {"password": "changed"}),
    ]
    assert not [line for line in Change.objects.all() if key in str(line.after)]


def test_a_changed_password_is_in_the_history_that_administrators_read(cast: Cast, signed_in: SignIn) -> None:
    set_password(cast.both["officer"], NEW)
    for side in (cast.here, cast.there):
        page = signed_in("administrator", side).get(reverse("kernel:changes")).content.decode()
        assert "Đổi mật khẩu của mình" in page


def test_a_locked_person_is_out_at_once_and_comes_back_unlocked(here: Side, signed_in: SignIn) -> None:
    person, administrator = here.people["clerk_finance"], here.viewer("administrator")
    client = signed_in("clerk_finance")
    assert client.get("/bao-cao/").status_code == 200
    actions.lock_account(administrator, person.pk)
    assert client.get("/bao-cao/").status_code == 302
    assert not signs_in(person, PASSWORD)
    with pytest.raises(Refused, match="mở khóa trước"):
        actions.reset_link(administrator, person.pk, address=ADDRESS)
    with pytest.raises(Refused):
        actions.lock_account(administrator, person.pk)
    actions.unlock_account(administrator, person.pk)
    assert signs_in(person, PASSWORD)
    with pytest.raises(Refused):
        actions.unlock_account(administrator, person.pk)
    changes = Change.objects.filter(act="agencies.accounts").order_by("pk")
    assert [line.after for line in changes] == [{"is_active": False}, {"is_active": True}]


def test_a_lost_second_step_is_dropped(here: Side, signed_in: SignIn) -> None:
    person, client = here.people["clerk_finance"], signed_in("administrator")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    address = reverse("agencies:account", args=[person.pk])
    assert "Mất điện thoại" in client.get(address).content.decode()
    client.post(reverse("agencies:account_drop", args=[person.pk]))
    assert not Authenticator.objects.exists()
    assert "Mất điện thoại" not in client.get(address).content.decode()
    assert Change.objects.get(act="agencies.accounts").after == {"second_step": "dropped"}
    with pytest.raises(Refused):
        actions.drop_second_factor(here.viewer("administrator"), person.pk)


def test_who_has_roles_elsewhere_is_not_taken_over_from_here(cast: Cast, here: Side) -> None:
    administrator, person = here.viewer("administrator"), cast.both["administrator"].pk
    for act in (actions.lock_account, actions.drop_second_factor):
        with pytest.raises(Refused, match="tỉnh khác"):
            act(administrator, person)
    with pytest.raises(Refused, match="tỉnh khác"):
        actions.reset_link(administrator, person, address=ADDRESS)
    with pytest.raises(User.DoesNotExist):
        actions.lock_account(administrator, cast.there.people["officer"].pk)
    with pytest.raises((NotAllowed, User.DoesNotExist)):
        actions.lock_account(here.viewer("head_finance"), here.people["clerk_finance"].pk)


def second_administrator(here: Side) -> Membership:
    with writing():
        return Membership.objects.create(
            tenant=here.tenant,
            user=here.people["officer"],
            party=here.parties["office"],
            role=Role.ADMINISTRATOR,
            valid_from=date(2020, 1, 1),
        )


def test_somebody_always_administers(here: Side) -> None:
    first, second = here.viewer("administrator"), second_administrator(here)
    with pytest.raises(Refused, match="của mình"):
        actions.lock_account(first, here.people["administrator"].pk)
    actions.lock_account(first, second.user_id)
    own = Membership.objects.get(user=here.people["administrator"]).pk
    with pytest.raises(Refused, match="cuối cùng"):
        actions.end_role(first, own)
    actions.unlock_account(first, second.user_id)
    actions.end_role(first, own)


def test_two_administrators_do_not_end_each_other(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second asks whether anybody is left only after the first has ended."""
    from luc.agencies.actions import people

    first, second = here.viewer("administrator"), second_administrator(here)
    other, own = here.viewer("officer"), Membership.objects.get(user=here.people["administrator"]).pk
    real, ended = people._steering, []

    def meanwhile(*given: object) -> object:
        if not ended:
            ended.append(True)
            actions.end_role(other, own)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(people, "_steering", meanwhile)
    with pytest.raises((Refused, NotAllowed)):
        actions.end_role(first, second.pk)
    assert Membership.objects.filter(role=Role.ADMINISTRATOR, valid_to=None).count() == 1


def test_a_role_is_held_once(here: Side) -> None:
    held = Membership.objects.get(user=here.people["clerk_finance"])
    held.pk, held._state.adding = None, True
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        held.save()


@pytest.mark.parametrize("sends", [True, False])
def test_a_mail_is_said_to_be_sent_only_where_mails_are_sent(
    here: Side, signed_in: SignIn, settings: Settings, sends: bool
) -> None:
    settings.SENDS_MAIL = sends
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{'locmem' if sends else 'dummy'}.EmailBackend"
    form = {"full_name": "Lê Mới", "email": "a@b.vn", "party": here.parties["science"].pk, "role": "clerk"}
    page = signed_in("administrator").post(reverse("agencies:invite"), form).content.decode()
    assert ("Đã gửi thư" in page, "không gửi thư" in page) == (sends, not sends)
    assert (len(mail.outbox), Mail.objects.count(), Invitation.objects.count()) == (int(sends), 0, 1)


@pytest.mark.parametrize("sends", [True, False])
def test_who_forgot_a_password_is_told_the_way_that_exists(db: None, settings: Settings, sends: bool) -> None:
    settings.SENDS_MAIL = sends
    page = Client().get(reverse("account_reset_password")).content.decode()
    assert ('name="email"' in page, "không gửi thư" in page) == (sends, not sends)
