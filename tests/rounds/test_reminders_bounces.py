"""Letters that do not arrive are shown to who can do something about it, until they can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from luc.agencies import actions as agencies
from luc.kernel.errors import Refused
from luc.kernel.models import Change
from luc.rounds.reminders.bounces import bounced
from tests.cast import Cast, Side
from tests.rounds.reminding import at, look, name, opened, through
from tests.rounds.test_reminders_sending import StubbornBackend

SignIn = Callable[..., Client]
ADDRESS = "a.clerk_finance@example.vn"


@pytest.fixture
def refused(here: Side, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Side:
    """The clerk of finance was written to, and the mail server refused the address."""
    settings.EMAIL_BACKEND = f"{StubbornBackend.__module__}.StubbornBackend"
    monkeypatch.setattr(StubbornBackend, "refused", frozenset({ADDRESS}))
    monkeypatch.setattr(StubbornBackend, "busy", frozenset())
    opened(here, "finance", "environment")
    look(at(8))
    return here


def test_who_gets_no_letters_is_named_with_the_words_of_the_server(refused: Side, signed_in: SignIn) -> None:
    (one,) = bounced(refused.viewer("officer"))
    assert (one.user.full_name, one.parties, one.error) == (
        name("clerk_finance"),
        ("Sở Tài chính",),
        "550 no such user",
    )
    for person in ("officer", "administrator"):
        client = signed_in(person)
        assert 'href="/nhac-viec/thu-khong-toi/"' in client.get("/").content.decode()
        assert ADDRESS in client.get("/nhac-viec/thu-khong-toi/").content.decode()
    for person in ("clerk_finance", "leader"):
        assert signed_in(person).get("/nhac-viec/thu-khong-toi/").status_code == 403
        assert "thu-khong-toi" not in signed_in(person).get("/").content.decode()


def test_other_provinces_are_not_told(refused: Side, cast: Cast, signed_in: SignIn) -> None:
    assert bounced(cast.there.viewer("administrator")) == []
    assert (
        ADDRESS
        not in signed_in("administrator", cast.there).get("/nhac-viec/thu-khong-toi/").content.decode()
    )


def test_another_address_is_the_way_out(refused: Side, signed_in: SignIn) -> None:
    person = refused.people["clerk_finance"]
    client = signed_in("administrator")
    account = f"/con-nguoi/tai-khoan/{person.pk}/"
    assert f'href="{account}"' in client.get("/nhac-viec/thu-khong-toi/").content.decode()
    assert client.post(account, {"email": "sai địa chỉ"}).status_code == 422
    assert client.post(account, {"email": ADDRESS}).status_code == 422
    assert client.post(account, {"email": "hoa@stc.example.vn"}).status_code == 302
    person.refresh_from_db()
    assert person.email == "hoa@stc.example.vn"
    assert bounced(refused.viewer("officer")) == []
    told = Change.objects.filter(kind="kernel.user", object_id=str(person.pk)).latest("pk")
    assert told.after == {"email": "changed"}  # nobody reads addresses in the history


def test_a_letter_that_arrives_later_ends_it(
    here: Side, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{StubbornBackend.__module__}.StubbornBackend"
    monkeypatch.setattr(StubbornBackend, "refused", frozenset())
    monkeypatch.setattr(StubbornBackend, "busy", frozenset({ADDRESS}))
    opened(here, "finance")
    through(date(2026, 12, 8), date(2026, 12, 9))
    officer = here.viewer("officer")
    (one,) = bounced(officer)
    assert one.address == ADDRESS
    monkeypatch.setattr(StubbornBackend, "busy", frozenset())
    through(date(2026, 12, 10), date(2026, 12, 10))
    assert bounced(officer) == []


def test_the_same_address_again_is_refused(refused: Side) -> None:
    viewer, person = refused.viewer("administrator"), refused.people["clerk_finance"].pk
    assert agencies.change_address(viewer, person, email="").email == ""
    with pytest.raises(Refused):
        agencies.change_address(viewer, person, email="")
