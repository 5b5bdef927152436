"""Mails about opinions that are asked for and questions of strangers: once a person, in working hours, by choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from luc.issuing import actions as issuing
from luc.issuing.models import Opinion
from luc.kernel.models import Mail
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, today
from luc.plans.models import Plan
from luc.portal import actions as portal
from luc.rounds.reminders import actions
from luc.rounds.reminders.models import NewsTold
from tests.cast import Side
from tests.issuing.life import drafted
from tests.portal.life import publish, reported
from tests.rounds.reminding import look, without_address

NOON = datetime(2026, 11, 4, 12, 0, tzinfo=VIETNAM)  # a Wednesday
SignedIn = Callable[..., Client]


@pytest.fixture
def asked(here: Side) -> list[Opinion]:
    """Two agencies are asked for their opinion at noon."""
    with time_machine.travel(NOON, tick=False):
        officer = here.viewer("officer")
        version = issuing.keep(officer, drafted(here).pk)
        parties = [here.parties[name].pk for name in ("finance", "environment")]
        return issuing.ask(officer, version.pk, parties=parties, last_day=today() + timedelta(days=5))


def mails(about: str) -> list[Mail]:
    return [mail for mail in Mail.objects.order_by("pk") if about in mail.subject]


def test_who_is_asked_for_an_opinion_gets_one_mail(here: Side, asked: list[Opinion]) -> None:
    look(NOON + timedelta(minutes=5))
    told = mails("Xin ý kiến về dự thảo")
    assert len(told) == NewsTold.objects.count() >= 2
    own = next(mail for mail in told if "Sở Tài chính" in mail.body)
    (finance,) = (one.pk for one in asked if one.party == here.parties["finance"])
    assert f"/gop-y/{finance}/" in own.body
    assert "góp ý đến hết ngày 09/11/2026" in own.body
    look(NOON + timedelta(minutes=10))
    assert len(mails("Xin ý kiến về dự thảo")) == len(told)


def test_not_at_night_and_not_when_it_was_given_meanwhile(here: Side, asked: list[Opinion]) -> None:
    look(NOON.replace(hour=22))
    assert mails("Xin ý kiến") == []
    with time_machine.travel(NOON.replace(hour=22), tick=False):
        for row in asked:
            person = "clerk_finance" if row.party == here.parties["finance"] else "clerk_environment"
            issuing.give(here.viewer(person), row.pk, state="agreed")
    look(NOON.replace(day=5, hour=8, minute=5))
    assert mails("Xin ý kiến") == []


def test_by_choice_and_without_an_address_none_is_written(here: Side, asked: list[Opinion]) -> None:
    actions.choose(here.viewer("clerk_finance"), way="desk", language="vi")
    without_address(here, "clerk_environment")
    look(NOON + timedelta(minutes=5))
    assert mails("Xin ý kiến") == []


def ask(plan: Plan, origin: str) -> None:
    given = {"task": None, "text": "Bao giờ có trạm?", "name": "", "mail": "", "agreed": False}
    portal.ask(Viewer(), plan.pk, **given, origin=origin)  # type: ignore[arg-type]


def test_questions_of_strangers_are_one_mail_a_day_and_stand_on_the_desk(
    here: Side, signed_in: SignedIn
) -> None:
    with time_machine.travel(NOON, tick=False):
        plan = reported(here)
        publish(here, plan)
        assert "của người dân chờ trả lời" not in signed_in("officer").get("/").content.decode()
        ask(plan, "10.0.0.1")
        ask(plan, "10.0.0.2")
    look(NOON + timedelta(minutes=5))
    (mail,) = mails("Người dân hỏi về kế hoạch")
    assert "2 câu hỏi gửi đến trang công khai" in mail.body
    with time_machine.travel(NOON + timedelta(minutes=20), tick=False):
        ask(plan, "10.0.0.3")
        assert "3 câu hỏi của người dân chờ trả lời" in signed_in("officer").get("/").content.decode()
        assert "của người dân chờ trả lời" not in signed_in("clerk_finance").get("/").content.decode()
    look(NOON + timedelta(minutes=30))
    assert len(mails("Người dân hỏi")) == 1
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        ask(plan, "10.0.0.4")
    look(NOON + timedelta(days=1, minutes=5))
    assert len(mails("Người dân hỏi")) == 2
