"""The pages of units."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.territory import loading
from luc.territory.models import Unit

SignIn = Callable[..., Client]


def test_a_stranger_is_sent_to_sign_in(db: None, client: Client) -> None:
    assert client.get(reverse("territory:units")).status_code == 302


def test_a_unit_shows_when_it_held_and_what_became_of_it(signed_in: SignIn) -> None:
    old = Unit.objects.get(code="98", level="province", valid_from=None)
    page = signed_in("clerk_commune").get(reverse("territory:unit", args=[old.pk])).content.decode()
    assert "Đã kết thúc 01/07/2025" in page
    assert "Nay là" in page
    assert "Tỉnh bình minh" in page


def test_an_ended_commune_without_succession_says_so(signed_in: SignIn, cast: object) -> None:
    page = signed_in("officer").get(reverse("territory:units")).content.decode()
    assert "Chưa có bảng chuyển đổi xã, phường" in page


@pytest.fixture
def real_units(db: None) -> None:
    loading.load(settings.REFDATA)


def test_pages_cost_the_same_however_many_units(real_units: None, client: Client) -> None:
    from luc.kernel.models import User
    from luc.kernel.writing import writing

    with writing():
        user = User.objects.create_user("xem", full_name="Người xem")
    client.force_login(user)
    counts = []
    for code in ("92", "38"):
        unit = Unit.objects.get(level="province", code=code, valid_to=None)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("territory:unit", args=[unit.pk])).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10
    assert "Phường Hạc Thành" in page
    found = client.get(reverse("territory:units"), {"q": "ninh kieu", "ended": "1"}).content.decode()
    assert "Quận Ninh Kiều" in found
    assert "Phường Ninh Kiều" in found
