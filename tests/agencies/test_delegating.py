"""A head lets another person act for a time: it ends by itself, and the history says in whose place it was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from luc.agencies import actions
from luc.agencies.models import Membership
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Change
from luc.kernel.time import now, today
from tests.cast import Side

SignIn = Callable[..., Client]


def held(side: Side, person: str) -> Membership:
    return Membership.objects.get(user=side.people[person], stands_for=None)


def delegate(side: Side, by: str = "head_finance", **more: Any) -> Membership:
    values = {
        "user": side.people["clerk_finance"].pk,
        "valid_from": today(),
        "last_day": today() + timedelta(days=2),
        "reason": "đi công tác",
    }
    return actions.delegate(side.viewer(by), held(side, "head_finance").pk, **(values | more))


def test_it_holds_to_the_end_of_its_last_day(here: Side) -> None:
    party = here.parties["finance"].pk
    assert not here.viewer("clerk_finance").may("reporting.approve", tenant=here.tenant.pk, party=party)
    delegate(here)
    assert here.viewer("clerk_finance").may("reporting.approve", tenant=here.tenant.pk, party=party)
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        assert here.viewer("clerk_finance").may("reporting.approve", tenant=here.tenant.pk, party=party)
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        assert not here.viewer("clerk_finance").may("reporting.approve", tenant=here.tenant.pk, party=party)


def test_what_is_done_by_it_says_in_whose_place(here: Side) -> None:
    delegate(here)
    deputy, party = here.viewer("clerk_finance"), here.parties["finance"].pk
    actions.set_approval(deputy, party, is_needed=True)
    line = Change.objects.get(act="agencies.own_approval")
    clerk, head = here.people["clerk_finance"].full_name, here.people["head_finance"].full_name
    assert line.actor_name == f"{clerk}, thay mặt {head}"
    assert line.actor_id == here.people["clerk_finance"].pk
    assert deputy.acting_name("reporting.write", tenant=here.tenant.pk, party=party) == clerk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last_day": date(2020, 1, 1)}, "last_day"),
        ({"valid_from": date(2020, 1, 1)}, "valid_from"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_is_refused(here: Side, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        delegate(here, **wrong)
    assert list(refused.value.fields) == [field]


def test_nobody_delegates_to_oneself_twice_or_further(here: Side) -> None:
    with pytest.raises(Refused):
        delegate(here, user=here.people["head_finance"].pk)
    given = delegate(here)
    with pytest.raises(Refused):
        delegate(here)
    with pytest.raises(Refused, match="không ủy quyền được"):
        actions.delegate(
            here.viewer("head_finance"),
            given.pk,
            user=here.people["approver_finance"].pk,
            valid_from=today(),
            last_day=today(),
            reason="tiếp",
        )
    with pytest.raises(Refused):
        delegate(here, by="approver_finance")


def test_it_is_ended_before_its_day(here: Side) -> None:
    given = delegate(here)
    with pytest.raises((NotAllowed, Membership.DoesNotExist)):
        actions.end_delegation(here.viewer("clerk_science"), given.pk)
    actions.end_delegation(here.viewer("head_finance"), given.pk)
    party = here.parties["finance"].pk
    assert not here.viewer("clerk_finance").may("reporting.approve", tenant=here.tenant.pk, party=party)
    with pytest.raises(Refused):
        actions.end_delegation(here.viewer("head_finance"), given.pk)


def test_the_page_of_delegations(here: Side, signed_in: SignIn) -> None:
    head, party = signed_in("head_finance"), here.parties["finance"]
    address = reverse("agencies:delegations", args=[party.pk])
    typed = {
        "membership": held(here, "head_finance").pk,
        "user": here.people["clerk_finance"].pk,
        "valid_from": f"{today():%d/%m/%Y}",
        "last_day": f"{today() + timedelta(days=3):%d/%m/%Y}",
        "reason": "",
    }
    assert head.post(address, typed).status_code == 422
    assert head.post(address, typed | {"reason": "nghỉ phép"}).status_code == 302
    page = head.get(address).content.decode()
    assert "đang thay mặt" in page
    shown = signed_in("clerk_science").get(reverse("agencies:party", args=[party.pk])).content.decode()
    assert f"thay mặt {here.people['head_finance'].full_name}" in shown
    given = Membership.objects.exclude(stands_for=None).get()
    head.post(reverse("agencies:end_delegation", args=[given.pk]))
    assert "đã hết" in head.get(address).content.decode()
    assert signed_in("clerk_finance").get(address).status_code == 403
    assert signed_in("head_finance", None).get(address).status_code == 200


def test_what_is_usual_is_settled_by_the_administrator(here: Side, signed_in: SignIn) -> None:
    address = reverse("agencies:usual_approval")
    assert signed_in("head_finance").post(address, {"is_needed": "1"}).status_code == 403
    administrator = signed_in("administrator")
    assert administrator.post(address, {"is_needed": "1"}).status_code == 302
    party = reverse("agencies:party", args=[here.parties["science"].pk])
    assert "phải được người duyệt" in administrator.get(party).content.decode()
    own = reverse("agencies:approval", args=[here.parties["science"].pk])
    assert administrator.post(own, {"is_needed": "0"}).status_code == 302
    assert "gửi thẳng" in administrator.get(party).content.decode()
    assert administrator.post(own, {"is_needed": ""}).status_code == 302
    assert "phải được người duyệt" in administrator.get(party).content.decode()
