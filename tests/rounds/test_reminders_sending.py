"""Letters on their way: two workers, a crash half-way, servers that refuse, are busy or away; nothing twice."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Sequence
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from pytest_django import Settings

from luc.kernel.models import Change, Job, Mail
from luc.kernel.writing import writing
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.ladder import ladder_of
from luc.rounds.reminders.letters import compose
from luc.rounds.reminders.models import Attempt, Letter, Outcome, Reminder
from luc.rounds.reminders.planning import due_now
from luc.rounds.reminders.sending import send_all
from luc.rounds.reminders.telling import tell
from tests.cast import Side
from tests.rounds.reminding import (
    at,
    communes,
    hand_in,
    look,
    opened,
    through,
    told,
    without_address,
)
from tests.rounds.reminding import (
    name as _name,
)


def test_two_workers_and_a_crash_half_way_send_nothing_twice(here: Side) -> None:
    names = communes(here, 12)
    opened(here, *names)
    tenant, moment = here.tenant.pk, at(9)
    with time_machine.travel(moment, tick=False):
        calendar, ladder = calendar_of(tenant), ladder_of(tenant, moment.date())
        first, second = due_now(tenant, moment, calendar), due_now(tenant, moment, calendar)
        assert tell(tenant, first[:5], ladder, moment) == 5  # the worker dies here
        assert tell(tenant, second, ladder, moment) == 7  # another had read the same before
        assert tell(tenant, first, ladder, moment) == 0
        assert compose(tenant, moment, calendar) == 12
        assert compose(tenant, moment, calendar) == 0
        with pytest.raises(KeyboardInterrupt):
            send_all(tenant, moment, _killed_after(0))
    assert Mail.objects.count() == 0
    look(at(9, 9))
    assert Mail.objects.count() == Letter.objects.count() == Reminder.objects.count() == 12
    assert Change.objects.filter(act="rounds.remind").count() == 2


def _killed_after(count: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= count:
            raise KeyboardInterrupt

    return progress


class DyingBackend(BaseEmailBackend):
    """A machine that stops while the server takes the letter: nobody knows what came of it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise KeyboardInterrupt


def test_an_attempt_of_which_nobody_knows_is_not_repeated_but_goes_up(here: Side, settings: Settings) -> None:
    opened(here, "finance")
    settings.EMAIL_BACKEND = f"{__name__}.DyingBackend"
    with pytest.raises(KeyboardInterrupt):
        look(at(9))
    settings.EMAIL_BACKEND = "luc.kernel.outbox.OutboxBackend"
    _finish_jobs()
    look(at(9, 8, 5))  # the other worker may still be at it
    assert Mail.objects.count() == 0
    look(at(9, 9))
    assert list(Outcome.objects.order_by("pk").values_list("result", flat=True)) == ["unknown", "sent"]
    assert [(rung, name) for _offset, rung, name in told()] == [
        ("contact", _name("clerk_finance")),
        ("head", _name("head_finance")),
    ]


def _finish_jobs() -> None:
    """The job that died is taken up and ends as a lost one does."""
    with writing():
        Job.objects.filter(state="running").update(state="failed")


class StubbornBackend(BaseEmailBackend):
    """A mail server that refuses the addresses of `refused` for good, and those of `busy` for now."""

    refused: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            (to,) = message.to
            if to in self.refused:
                raise smtplib.SMTPRecipientsRefused({to: (550, b"no such user")})
            if to in self.busy:
                raise smtplib.SMTPRecipientsRefused({to: (451, b"try later")})
            mail.outbox.append(message)
        return len(email_messages)


@pytest.fixture
def stubborn(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[StubbornBackend]:
    settings.EMAIL_BACKEND = f"{__name__}.StubbornBackend"
    monkeypatch.setattr(StubbornBackend, "refused", frozenset())
    monkeypatch.setattr(StubbornBackend, "busy", frozenset())
    return StubbornBackend


def test_a_refused_address_goes_up_at_once_and_is_not_tried_again(
    here: Side, stubborn: type[StubbornBackend], mailoutbox: list[EmailMessage]
) -> None:
    stubborn.refused = frozenset({"a.clerk_finance@example.vn"})
    opened(here, "finance")
    look(at(8))
    assert told() == [(-1, "contact", _name("clerk_finance")), (-1, "head", _name("head_finance"))]
    up = Reminder.objects.get(rung="head")
    assert (up.via, up.why) == ("climb", "thư gửi người làm báo cáo không tới")
    assert [mail.to for mail in mailoutbox] == [["a.head_finance@example.vn"]]
    assert Outcome.objects.get(result="refused").error == "550 no such user"
    look(at(9))
    second = Reminder.objects.filter(offset=0).order_by("pk")
    assert [(row.rung, row.via) for row in second] == [("contact", "desk"), ("head", "digest")]
    assert Attempt.objects.filter(letter__user=here.people["clerk_finance"]).count() == 1


def test_the_whole_ladder_when_every_address_is_refused(
    here: Side, stubborn: type[StubbornBackend], mailoutbox: list[EmailMessage]
) -> None:
    stubborn.refused = frozenset(f"a.{n}@example.vn" for n in ("clerk_finance", "head_finance"))
    opened(here, "finance")
    look(at(8))
    look(at(8, 8, 3))
    look(at(8, 8, 5))
    assert [rung for _offset, rung, _name in told()] == ["contact", "head", "officer"]
    assert [mail.to for mail in mailoutbox] == [["a.officer@example.vn"]]


def test_a_busy_server_is_tried_again_with_patience(
    here: Side, stubborn: type[StubbornBackend], mailoutbox: list[EmailMessage]
) -> None:
    stubborn.busy = frozenset({"a.clerk_finance@example.vn"})
    opened(here, "finance")
    for minute in range(1, 59, 2):
        look(at(8, 8, minute))
    assert Attempt.objects.count() == 3  # at once, after 5 minutes, after 30 more
    stubborn.busy = frozenset()
    look(at(8, 11))
    assert len(mailoutbox) == 1
    assert Reminder.objects.count() == 1
    assert Outcome.objects.filter(result="later").count() == 3


def test_a_letter_that_was_never_taken_goes_up(here: Side, stubborn: type[StubbornBackend]) -> None:
    stubborn.busy = frozenset({"a.clerk_finance@example.vn"})
    opened(here, "finance")
    through(date(2026, 12, 8), date(2026, 12, 9))
    assert "given_up" in Outcome.objects.values_list("result", flat=True)
    assert Reminder.objects.filter(rung="head", offset=-1, via="climb").exists()


class SilentBackend(BaseEmailBackend):
    """No mail server there."""

    def open(self) -> bool | None:
        raise ConnectionRefusedError

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise AssertionError


def test_a_server_that_is_away_costs_no_attempt(here: Side, settings: Settings) -> None:
    opened(here, "finance")
    settings.EMAIL_BACKEND = f"{__name__}.SilentBackend"
    look(at(8))
    assert look(at(8, 8, 3)) == []  # it is left alone for a while
    look(at(8, 8, 10))
    assert (Letter.objects.count(), Attempt.objects.count()) == (1, 0)
    settings.EMAIL_BACKEND = "luc.kernel.outbox.OutboxBackend"
    look(at(8, 8, 30))
    assert Mail.objects.count() == 1


def test_without_a_mail_server_the_desk_is_enough_and_the_letter_is_kept(
    here: Side, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    without_address(here, "clerk_finance")
    opened(here, "finance", "environment")
    look(at(8))
    assert sorted(rung for _offset, rung, _name in told()) == ["contact", "contact"]
    assert Outcome.objects.get().result == "kept"


def test_who_answers_before_the_letter_leaves_gets_none(
    here: Side, stubborn: type[StubbornBackend], mailoutbox: list[EmailMessage]
) -> None:
    stubborn.busy = frozenset({"a.clerk_finance@example.vn"})
    cycle = opened(here, "finance")
    look(at(8))
    with time_machine.travel(at(8, 9), tick=False):
        hand_in(here, cycle, "finance")
    stubborn.busy = frozenset()
    look(at(8, 10))
    assert mailoutbox == []
    assert Outcome.objects.order_by("pk").last().result == "dropped"  # type: ignore[union-attr]
