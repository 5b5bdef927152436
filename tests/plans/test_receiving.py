"""A plan is received by those it binds, and each writes its yearly plan; nobody for another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.kernel.errors import NotAllowed, Refused
from luc.plans import actions
from luc.plans.models import Expectation, Part, Plan, Receipt
from luc.plans.queries import receiving
from tests.cast import Cast, Side
from tests.plan import make_plan

SignIn = Callable[..., Client]


@pytest.fixture
def plan(here: Side) -> Plan:
    return make_plan(here)


def own_part(here: Side, plan: Plan) -> Part:
    part = receiving.own_parts(here.viewer("clerk_finance"), plan, here.parties["finance"].pk).first()
    assert part
    return part


def test_a_bound_agency_says_once_that_it_has_the_plan(here: Side, plan: Plan, signed_in: SignIn) -> None:
    finance = here.parties["finance"]
    clerk = here.viewer("clerk_finance")
    assert (plan.pk, finance.pk) in [(row.pk, party.pk) for row, party in receiving.to_acknowledge(clerk)]
    address = reverse("plans:acknowledge", args=[plan.pk, finance.pk])
    client = signed_in("clerk_finance")
    assert client.post(address, {"contact": " "}).status_code == 422
    assert client.post(address, {"contact": "Trần Thị Hoa", "phone": "0292 000 000"}).status_code == 302
    assert client.post(address, {"contact": "Lê Văn Nam", "phone": ""}).status_code == 302
    assert [(row.contact, row.phone) for row in Receipt.objects.all()] == [("Lê Văn Nam", "")]
    assert receiving.to_acknowledge(clerk) == []


def test_the_officer_sees_who_has_not(here: Side, plan: Plan, signed_in: SignIn) -> None:
    actions.acknowledge(
        here.viewer("clerk_finance"), plan.pk, party=here.parties["finance"].pk, contact="Hoa"
    )
    rows = receiving.bound(here.viewer("officer"), plan)
    assert {row.party.pk for row in rows if row.receipt} == {here.parties["finance"].pk}
    assert {here.parties["commune_1"].pk, here.parties["environment"].pk} <= {
        row.party.pk for row in rows if not row.receipt
    }
    assert all(row.party.kind != "group" for row in rows)
    page = signed_in("officer").get(reverse("plans:receipts", args=[plan.pk])).content.decode()
    assert "chưa xác nhận" in page
    assert "Hoa" in page


def test_who_the_plan_does_not_bind_or_another_agency_cannot(
    here: Side, cast: Cast, plan: Plan, signed_in: SignIn
) -> None:
    finance = here.parties["finance"].pk
    with pytest.raises(NotAllowed):
        actions.acknowledge(here.viewer("clerk_environment"), plan.pk, party=finance, contact="A")
    for person, side in (("clerk_environment", None), ("clerk_finance", cast.there)):
        client = signed_in(person, side) if side else signed_in(person)
        assert client.get(reverse("plans:acknowledge", args=[plan.pk, finance])).status_code == 404
        assert client.get(reverse("plans:yearly", args=[plan.pk, finance, 2026])).status_code == 404
    assert signed_in("clerk_finance").get(reverse("plans:receipts", args=[plan.pk])).status_code == 403
    assert not Receipt.objects.exists()


def test_the_yearly_plan_is_kept_and_changed_line_by_line(here: Side, plan: Plan, signed_in: SignIn) -> None:
    part, finance = own_part(here, plan), here.parties["finance"].pk
    client = signed_in("clerk_finance")
    address = reverse("plans:yearly", args=[plan.pk, finance, 2026])
    values = {
        f"result-{part.pk}": "Hai mô hình",
        f"milestone-{part.pk}": "Trình duyệt",
        f"month-{part.pk}": "9",
    }
    assert client.post(address, values).status_code == 302
    row = Expectation.objects.get()
    assert (row.result, row.milestone, row.month, row.year) == ("Hai mô hình", "Trình duyệt", 9, 2026)
    assert "Hai mô hình" in client.get(address).content.decode()
    wrong = client.post(address, values | {f"month-{part.pk}": "13", f"result-{part.pk}": "Ba mô hình"})
    assert wrong.status_code == 422
    assert "Ba mô hình" in wrong.content.decode()
    row.refresh_from_db()
    assert row.result == "Hai mô hình"
    assert actions.expect(here.viewer("clerk_finance"), plan.pk, party=finance, year=2026, rows={}) == 0


def test_only_led_parts_of_the_own_agency_are_planned(here: Side, plan: Plan) -> None:
    finance = here.parties["finance"].pk
    other = Part.objects.filter(task__plan=plan, role="lead").exclude(party=finance).first()
    assert other
    with pytest.raises(Refused):
        actions.expect(
            here.viewer("clerk_finance"), plan.pk, party=finance, year=2026, rows={other.pk: {"result": "x"}}
        )
    assert not Expectation.objects.exists()


def test_pages_cost_the_same_however_many_tasks(here: Side, signed_in: SignIn) -> None:
    counts = []
    for tasks in (6, 60):
        plan = make_plan(here, tasks, number=f"{tasks}/KH-UBND")
        client = signed_in("clerk_finance")
        address = reverse("plans:yearly", args=[plan.pk, here.parties["finance"].pk, 2026])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
