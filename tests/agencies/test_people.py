"""The life of an invitation and of a role."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from luc.agencies import actions, queries
from luc.agencies.actions.people import Issued
from luc.agencies.models import Invitation, Membership
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Change, Mail, User
from luc.kernel.rights import STRANGER
from luc.kernel.time import now, today
from luc.kernel.writing import writing
from tests.cast import Cast, Side

SignIn = Callable[..., Client]
PASSWORD = "trời xanh mây trắng"
ADDRESS = "https://luc.example/loi-moi/{secret}/"


def invite(side: Side, by: str = "administrator", **more: object) -> Issued:
    values = {"party": side.parties["industry"].pk, "role": "clerk", "full_name": "Lê Thị Mới"} | more
    return actions.invite(side.viewer(by), address=ADDRESS, **values)  # type: ignore[arg-type]


def secret_of(issued: Issued) -> str:
    return issued.link.rstrip("/").rsplit("/", 1)[-1]


def accept(secret: str, username: str = "le.thi.moi") -> User:
    return actions.accept_invitation(STRANGER, secret=secret, username=username, password=PASSWORD)


def test_an_invitation_becomes_an_account_with_its_role(here: Side) -> None:
    issued = invite(here)
    user = accept(secret_of(issued))
    assert user.check_password(PASSWORD)
    held = Membership.objects.get(user=user)
    assert (held.party_id, held.role, held.valid_from) == (here.parties["industry"].pk, "clerk", today())
    assert {grant.role for grant in queries.viewer_of(user.pk).grants} == {"clerk"}
    rows = Change.objects.order_by("pk")
    assert [(row.act, row.kind) for row in rows] == [
        ("agencies.people", "agencies.invitation"),
        ("agencies.accept", "kernel.user"),
        ("agencies.accept", "agencies.invitation"),
        ("agencies.accept", "agencies.membership"),
    ]
    assert {row.actor_id for row in rows[1:]} == {user.pk}


def test_the_secret_is_nowhere_in_the_database(here: Side, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    secret = secret_of(invite(here, email="moi@example.vn"))
    row = Invitation.objects.get()
    assert len(secret) >= 43
    assert secret not in str(row.__dict__)
    assert not [c for c in Change.objects.all() if secret in str(c.after) or row.secret_hash in str(c.after)]
    accept(secret)
    assert not [c for c in Change.objects.all() if PASSWORD in str(c.after) or "argon" in str(c.after)]


def test_a_link_is_good_once(here: Side) -> None:
    secret = secret_of(invite(here))
    accept(secret)
    with pytest.raises(Refused, match="đã được dùng"):
        accept(secret, "nguoi.khac")
    assert not User.objects.filter(username="nguoi.khac").exists()


def test_a_link_ends_after_fourteen_days(here: Side) -> None:
    issued = invite(here)
    assert issued.invitation.expires_at - issued.invitation.created_at >= timedelta(days=14)
    with writing():
        Invitation.objects.update(expires_at=now())
    with pytest.raises(Refused, match="hết hạn"):
        accept(secret_of(issued))


def test_a_withdrawn_link_is_void(here: Side) -> None:
    issued = invite(here)
    viewer = here.viewer("administrator")
    actions.withdraw_invitation(viewer, issued.invitation.pk)
    with pytest.raises(Refused, match="thu hồi"):
        accept(secret_of(issued))
    with pytest.raises(Refused):
        actions.withdraw_invitation(viewer, issued.invitation.pk)
    assert Change.objects.order_by("pk").last().after.keys() == {"withdrawn_at"}  # type: ignore[union-attr]


def test_a_guessed_link_opens_nothing(here: Side) -> None:
    issued = invite(here)
    for guess in ("", "x", issued.invitation.secret_hash, secret_of(issued)[:-1], str(issued.invitation.pk)):
        with pytest.raises(Refused, match="không đúng"):
            accept(guess)


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("Có Dấu", PASSWORD, "username"),
        ("ab", PASSWORD, "username"),
        ("a.OFFICER", PASSWORD, "username"),
        ("le.thi.moi", "ngắn", "password"),
        ("le.thi.moi", "password123", "password"),
        ("le.thi.moi", "le.thi.moi1", "password"),
    ],
)
def test_user_names_and_passwords_that_will_not_do(
    here: Side, username: str, password: str, field: str
) -> None:
    secret = secret_of(invite(here))
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(STRANGER, secret=secret, username=username, password=password)
    assert set(refused.value.fields) == {field}
    assert accept(secret).username == "le.thi.moi"


def test_who_is_signed_in_takes_the_role_into_the_own_account(here: Side) -> None:
    secret = secret_of(invite(here, role="appraiser"))
    user = actions.accept_invitation(here.viewer("clerk_finance"), secret=secret)
    assert user == here.people["clerk_finance"]
    assert set(Membership.objects.filter(user=user).values_list("role", flat=True)) == {"clerk", "appraiser"}


def test_the_same_person_is_not_invited_twice_at_a_time(here: Side) -> None:
    first = invite(here)
    with pytest.raises(Refused, match="đang chờ"):
        invite(here, full_name=" Lê  Thị Mới ")
    actions.withdraw_invitation(here.viewer("administrator"), first.invitation.pk)
    invite(here)


def test_nobody_is_invited_into_a_group_or_an_ended_party(here: Side) -> None:
    for party in ("departments", "planning"):
        with pytest.raises(Refused) as refused:
            invite(here, party=here.parties[party].pk)
        assert set(refused.value.fields) == {"party"}
    with pytest.raises(Refused):
        invite(here, full_name=" ")


def test_a_head_invites_into_the_own_agency_only(here: Side) -> None:
    finance = here.parties["finance"].pk
    assert invite(here, "head_finance", party=finance).invitation.role == "clerk"
    for party, role in (
        (here.parties["industry"].pk, "clerk"),
        (finance, "administrator"),
        (finance, "officer"),
    ):
        with pytest.raises(NotAllowed):
            invite(here, "head_finance", party=party, role=role, full_name="Người khác")
    assert invite(here, "focal_head", role="officer").invitation.role == "officer"
    for person in ("officer", "clerk_finance", "leader", "ministry_reader"):
        with pytest.raises(NotAllowed):
            invite(here, person, full_name="Người khác")
    assert Invitation.objects.count() == 2


def test_a_head_ends_roles_of_the_own_agency_only(here: Side) -> None:
    viewer = here.viewer("head_finance")
    clerk = Membership.objects.get(user=here.people["clerk_finance"])
    actions.end_role(viewer, clerk.pk)
    assert queries.viewer_of(here.people["clerk_finance"].pk).grants == ()
    line = Change.objects.get()
    assert (line.act, line.before, line.after) == (
        "agencies.own_people",
        {"valid_to": None},
        {"valid_to": today().isoformat()},
    )
    with pytest.raises(Membership.DoesNotExist):
        actions.end_role(viewer, Membership.objects.get(user=here.people["clerk_science"]).pk)
    with pytest.raises(NotAllowed):
        actions.end_role(viewer, Membership.objects.get(user=here.people["appraiser"]).pk)
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.end_role(viewer, clerk.pk)


def test_the_last_administrator_stays(here: Side) -> None:
    viewer = here.viewer("administrator")
    held = Membership.objects.get(role="administrator", tenant=here.tenant)
    with pytest.raises(Refused, match="cuối cùng"):
        actions.end_role(viewer, held.pk)
    actions.grant_role(
        viewer, user=here.people["secretariat"].pk, party=here.parties["office"].pk, role="administrator"
    )
    actions.end_role(viewer, held.pk)
    assert not here.viewer("administrator").may("agencies.people")


def test_a_role_is_given_to_people_of_the_own_reach(here: Side, cast: Cast) -> None:
    viewer, finance = here.viewer("head_finance"), here.parties["finance"].pk
    given = actions.grant_role(viewer, user=here.people["clerk_finance"].pk, party=finance, role="approver")
    assert (given.role, given.valid_from) == ("approver", today())
    with pytest.raises(Refused, match="đang giữ"):
        actions.grant_role(viewer, user=here.people["clerk_finance"].pk, party=finance, role="approver")
    for stranger in (here.people["clerk_science"], cast.there.people["clerk_finance"]):
        with pytest.raises(NotAllowed):
            actions.grant_role(viewer, user=stranger.pk, party=finance, role="clerk")


def test_the_viewer_is_who_holds_roles_on_the_day(
    here: Side, django_assert_num_queries: Callable[..., object]
) -> None:
    user = here.people["officer"].pk
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert queries.viewer_of(user).roles == {"officer"}
    assert queries.viewer_of(user, date(2019, 12, 31)).roles == set()


# --- through the pages ----------------------------------------------------------------------------


def test_from_the_printed_page_to_the_first_sign_in(here: Side, signed_in: SignIn, client: Client) -> None:
    form = {
        "full_name": "Lê Thị Mới",
        "email": "moi@example.vn",
        "party": here.parties["commune_1"].pk,
        "role": "clerk",
    }
    answer = signed_in("administrator").post(reverse("agencies:invite"), form)
    page = answer.content.decode()
    found = re.search(r"http://testserver(/loi-moi/[\w-]+/)", page)
    assert found
    assert "no-store" in answer["Cache-Control"]
    assert found.group(1) in Mail.objects.get().body
    offered = client.get(found.group(1))
    assert "phường An Bình" in offered.content.decode()
    wrong = client.post(found.group(1), {"username": "moi", "password": PASSWORD, "again": "khác"})
    assert "Hai lần nhập mật khẩu khác nhau" in wrong.content.decode()
    done = client.post(
        found.group(1), {"username": "moi", "password": PASSWORD, "again": PASSWORD}, follow=True
    )
    assert "Tài khoản đã sẵn sàng" in done.content.decode()
    assert "Chuyên viên báo cáo" in done.content.decode()
    again = Client().get(found.group(1))
    assert (again.status_code, "đã được dùng" in again.content.decode()) == (410, True)


def test_links_that_lead_nowhere(here: Side, client: Client) -> None:
    guessed = client.get(reverse("agencies:accept", args=["doan-mo"]))
    assert (guessed.status_code, "không đúng" in guessed.content.decode()) == (404, True)
    issued = invite(here)
    actions.withdraw_invitation(here.viewer("administrator"), issued.invitation.pk)
    assert client.post(reverse("agencies:accept", args=[secret_of(issued)])).status_code == 410


def test_a_reloaded_invitation_is_not_sent_twice(here: Side, signed_in: SignIn) -> None:
    form = {"full_name": "Lê Thị Mới", "email": "", "party": here.parties["finance"].pk, "role": "clerk"}
    client = signed_in("head_finance")
    client.post(reverse("agencies:invite"), form)
    page = client.post(reverse("agencies:invite"), form).content.decode()
    assert "đã có lời mời đang chờ" in page.lower()
    assert Invitation.objects.count() == 1


def test_a_mail_server_that_is_down_loses_nothing(here: Side, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    issued = invite(here, email="moi@example.vn")
    assert not issued.mailed
    assert accept(secret_of(issued)).email == "moi@example.vn"


def test_people_of_another_tenant_do_not_exist(here: Side, cast: Cast, signed_in: SignIn) -> None:
    mine = Membership.objects.get(user=here.people["clerk_finance"]).pk
    waiting = invite(here).invitation.pk
    client = signed_in("administrator", cast.there)
    assert client.post(reverse("agencies:end_role", args=[mine])).status_code == 404
    assert client.post(reverse("agencies:withdraw", args=[waiting])).status_code == 404
    assert client.get(reverse("agencies:party", args=[here.parties["finance"].pk])).status_code == 404
    page = client.get(reverse("agencies:people")).content.decode()
    assert "a.clerk_finance" not in page
    assert "b.clerk_finance" in page


def test_a_head_sees_the_own_people_only(here: Side, signed_in: SignIn) -> None:
    page = signed_in("head_finance").get(reverse("agencies:people")).content.decode()
    assert "a.clerk_finance" in page
    assert "a.clerk_science" not in page
    form = signed_in("head_finance").get(reverse("agencies:invite")).content.decode()
    assert "Sở Tài chính" in form
    assert "Sở Công Thương" not in form
    assert 'value="administrator"' not in form
