"""Who in an agency is told first: its approver while a report waits for one, whom it named with the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from luc.agencies.actions import end_role
from luc.agencies.models import Membership
from luc.kernel.errors import Refused
from luc.plans.actions import acknowledge
from luc.reporting import actions
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders.models import Letter, Reminder
from luc.rounds.reminders.preview import preview
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import open_cycle, report_of, write
from tests.rounds.reminding import OPENED, at, look, name, told, without_address

SignIn = Callable[..., Client]


@pytest.fixture
def cycle(here: Side) -> Cycle:
    """A real round that is due on 10 December, opened on 2 November."""
    with time_machine.travel(OPENED, tick=False):
        plan = make_plan(here)
        due = at(10).date()
        return open_cycle(here, plan, due_day=due, last_day=at(9).date(), cutoff=at(9).date())


def present(here: Side) -> None:
    with time_machine.travel(at(3), tick=False):
        write(here, "finance")
        report = report_of(here, "finance")
        actions.present(here.viewer("clerk_finance"), report.pk, version=report.version)


def of_finance(here: Side) -> list[tuple[int, str, str]]:
    return told(party=here.parties["finance"])


def test_what_waits_for_the_approver_is_the_approvers_to_be_told(
    here: Side, cycle: Cycle, settings: Settings
) -> None:
    settings.ADDRESS = "https://luc.example.vn"
    look(at(2))
    present(here)
    look(at(4))
    look(at(10))
    assert of_finance(here) == [
        (-7, "contact", name("clerk_finance")),
        (-3, "approver", name("approver_finance")),
        (1, "approver", name("approver_finance")),
        (1, "head", name("head_finance")),
    ]
    letter = Letter.objects.filter(user=here.people["approver_finance"]).order_by("pk")[0]
    assert letter.subject == "Chờ duyệt báo cáo: " + cycle.title + ", còn 5 ngày"
    assert "đang chờ bạn duyệt" in letter.text
    owed = Obligation.objects.get(cycle=cycle, party=here.parties["finance"])
    assert f"https://luc.example.vn/nghia-vu/{owed.pk}/" in letter.text


def test_passed_back_it_is_the_clerks_again(here: Side, cycle: Cycle) -> None:
    present(here)
    with time_machine.travel(at(3, 9), tick=False):
        waiting = Obligation.objects.get(cycle=cycle, party=here.parties["finance"]).presentations.get()
        actions.pass_back(here.viewer("approver_finance"), waiting.pk, remarks="Bổ sung số liệu")
    look(at(4))
    assert of_finance(here) == [(-3, "contact", name("clerk_finance"))]


def test_an_approver_without_an_address_is_told_on_the_desk_and_the_clerk_is_not(
    here: Side, cycle: Cycle
) -> None:
    without_address(here, "approver_finance")
    present(here)
    look(at(4))
    assert of_finance(here) == [
        (-3, "approver", name("approver_finance")),
        (-3, "head", name("head_finance")),
    ]
    assert Reminder.objects.get(rung="head").why == "người duyệt báo cáo chưa có địa chỉ thư"


def test_whom_the_agency_named_is_told_first(here: Side, cycle: Cycle) -> None:
    plan = cycle.regimes.get().regime.plan
    finance = here.parties["finance"].pk
    named = here.people["head_finance"]
    acknowledge(here.viewer("clerk_finance"), plan.pk, party=finance, contact=named.full_name, user=named.pk)
    look(at(4))
    assert of_finance(here) == [(-3, "contact", name("head_finance"))]
    (shown,) = [
        row for row in preview(here.viewer("officer"), cycle).parties if row.obligation.party_id == finance
    ]
    assert [person.name for person in shown.contacts] == [name("head_finance")]
    without_address(here, "head_finance")
    look(at(8))
    assert of_finance(here)[1:] == [
        (-1, "contact", name("head_finance")),
        (-1, "contact", name("clerk_finance")),
    ]


def test_who_has_left_is_not_told_any_more(here: Side, cycle: Cycle) -> None:
    plan, finance = cycle.regimes.get().regime.plan, here.parties["finance"].pk
    named = here.people["approver_finance"]
    acknowledge(here.viewer("clerk_finance"), plan.pk, party=finance, contact="A", user=named.pk)
    with time_machine.travel(at(2), tick=False):
        held = Membership.objects.get(user=named)
        end_role(here.viewer("head_finance"), held.pk)
    look(at(4))
    assert of_finance(here) == [(-3, "contact", name("clerk_finance"))]


def test_only_people_of_the_agency_can_be_named(here: Side, cycle: Cycle) -> None:
    plan = cycle.regimes.get().regime.plan
    with pytest.raises(Refused) as refusal:
        acknowledge(
            here.viewer("clerk_finance"),
            plan.pk,
            party=here.parties["finance"].pk,
            contact="A",
            user=here.people["clerk_science"].pk,
        )
    assert "user" in refusal.value.fields


def test_the_link_of_a_letter_leads_each_to_their_own_page(
    here: Side, cycle: Cycle, signed_in: SignIn
) -> None:
    present(here)
    report = report_of(here, "finance")
    waiting = report.obligation.presentations.get()
    address = f"/nghia-vu/{report.obligation_id}/"

    def leads(person: str) -> str:
        return signed_in(person).get(address).headers.get("Location", "")

    assert leads("clerk_finance") == f"/bao-cao/{report.pk}/"
    assert leads("approver_finance") == f"/bao-cao/trinh/{waiting.pk}/"
    assert signed_in("clerk_science").get(address).status_code == 404
    submission = actions.confirm(here.viewer("approver_finance"), waiting.pk)
    for person in ("clerk_finance", "approver_finance", "officer"):
        assert leads(person) == f"/bao-cao/da-gui/{submission.pk}/"
    round_ = f"/nghia-vu/ky/{cycle.pk}/"
    assert signed_in("officer").get(round_).headers["Location"] == f"/ky-bao-cao/{cycle.pk}/"
    assert signed_in("clerk_finance").get(round_).status_code == 404
