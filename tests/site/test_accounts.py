"""Of allauth only the named pages are there; what a person's account is reached by changes with history only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/x/", "login/code/confirm/"])
def test_pages_that_write_past_the_house_are_not_there(cast: Cast, path: str) -> None:
    client = Client()
    client.force_login(cast.here.people["officer"])
    assert client.get(f"/tai-khoan/{path}").status_code == 404
    assert client.post(f"/tai-khoan/{path}", {"action_add": "", "email": "moi@x.vn"}).status_code == 404


def test_nobody_signs_in_by_an_address_that_was_added_from_outside(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.here.people["officer"])
    client.post("/tai-khoan/email/", {"action_add": "", "email": "moi@x.vn"})
    assert not Client().login(email="moi@x.vn", password="mat khau cua ban dien")


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_signup", "account_inactive"]
)
def test_pages_of_strangers_open(db: None, name: str) -> None:
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index"])
def test_pages_of_ones_own_account_open(cast: Cast, name: str) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": "a.officer", "password": "mat khau cua ban dien"})
    assert client.get(reverse(name)).status_code == 200
