"""Reminders through a whole cycle: who is told when, on which rung, by how many mails; nothing twice, none nowhere."""

from __future__ import annotations

import smtplib
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from luc.agencies.models import Role
from luc.kernel.history import broken_links
from luc.kernel.models import Change, Mail
from luc.kernel.time import VIETNAM, start_of
from luc.rounds import succession
from luc.rounds.models import Obligation
from luc.rounds.reminders import actions, running
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.ladder import ladder_of
from luc.rounds.reminders.letters import compose
from luc.rounds.reminders.models import Attempt, Letter, Outcome, Reminder
from luc.rounds.reminders.planning import due_now
from luc.rounds.reminders.sending import send_all
from luc.rounds.reminders.telling import tell
from tests.cast import Side
from tests.rounds.reminding import (
    DUE,
    at,
    communes,
    hand_in,
    look,
    opened,
    person,
    through,
    told,
    without_address,
)
from tests.rounds.steps import acting


def _name(person: str) -> str:
    return f"Người a.{person}"


def _days(**more: object) -> list[str]:
    rows = Reminder.objects.filter(**more).order_by("pk")
    return [row.at.astimezone(VIETNAM).date().isoformat() for row in rows]


def test_a_whole_cycle_of_one_party(here: Side) -> None:
    opened(here, "finance")
    through(date(2026, 11, 3), date(2026, 12, 31))
    clerk, head, officer = _name("clerk_finance"), _name("head_finance"), _name("officer")
    assert told() == [
        (-14, "contact", clerk),
        (-7, "contact", clerk),
        (-3, "contact", clerk),
        (-1, "contact", clerk),
        (0, "contact", clerk),
        (1, "contact", clerk),
        (1, "head", head),
        (3, "contact", clerk),
        (3, "head", head),
        (3, "officer", officer),
        (7, "contact", clerk),
        (7, "head", head),
        (7, "officer", officer),
    ]
    assert _days(rung="contact") == [
        "2026-11-25",
        "2026-12-02",
        "2026-12-04",  # the 6th is a Sunday
        "2026-12-08",
        "2026-12-09",
        "2026-12-10",
        "2026-12-14",  # the 12th is a Saturday
        "2026-12-16",
    ]
    assert Mail.objects.count() == Letter.objects.count() == 13
    assert broken_links(here.tenant.pk) == []


def test_who_has_answered_is_left_alone(here: Side) -> None:
    cycle = opened(here, "finance", "environment")
    through(date(2026, 12, 2), date(2026, 12, 4))
    with time_machine.travel(at(5), tick=False):
        hand_in(here, cycle, "finance")
    through(date(2026, 12, 5), date(2026, 12, 11))
    assert set(_days(party=here.parties["finance"])) == {"2026-12-02", "2026-12-04"}
    assert len(_days(party=here.parties["environment"], rung="contact")) == 5


def test_a_cycle_of_130_parties_counted_in_mails(here: Side) -> None:
    """130 parties, 100 hand in before the last day; the officer gets one letter a day about all who are late."""
    names = communes(here, 130)
    cycle = opened(here, *names)
    through(date(2026, 11, 24), date(2026, 12, 8))
    assert Mail.objects.count() == 4 * 130
    with time_machine.travel(at(8, 17), tick=False):
        hand_in(here, cycle, *names[:100])
    through(date(2026, 12, 9), date(2026, 12, 31))
    to_officer = Mail.objects.filter(to="a.officer@example.vn")
    # communes have no head: from the first day late the officer is told at once, in one letter for all
    assert Mail.objects.count() == 4 * 130 + 4 * 30 + 3
    assert to_officer.count() == 3
    assert "30 đơn vị cần đôn đốc" in to_officer.order_by("pk")[0].subject
    whom = Counter(Mail.objects.filter(to__startswith="xa").values_list("to", flat=True))
    assert set(whom.values()) == {4, 8}


def test_one_letter_a_day_over_all_rounds(here: Side) -> None:
    opened(here, "finance", source_id=1, title="Báo cáo năm")
    opened(here, "finance", source_id=2, title="Báo cáo đột xuất", source_kind="other")
    opened(here, "finance", source_id=3, title="Báo cáo quý", due=DUE + timedelta(days=6))
    look(at(9))
    (mail,) = Mail.objects.all()
    assert mail.subject == "Nhắc báo cáo: 3 việc"
    assert all(title in mail.body for title in ("Báo cáo năm", "Báo cáo đột xuất", "Báo cáo quý"))
    assert "hôm nay là ngày cuối" in mail.body
    assert "còn 6 ngày" in mail.body  # seven days before fell on this day
    look(at(9, 15))
    assert Mail.objects.count() == 1


def test_the_letter_says_what_by_when_and_one_link(here: Side, settings: Settings) -> None:
    settings.ADDRESS = "https://luc.example.vn"
    opened(here, "finance")
    look(at(8))
    letter = Letter.objects.get()
    assert letter.subject == "Nhắc báo cáo: Báo cáo năm 2026, còn 1 ngày"
    assert "trước ngày 10/12/2026 (hết ngày 09/12)" in letter.text
    assert "Sở Tài chính gửi cho Sở Công Thương" in letter.text
    assert letter.text.count("https://") == 1
    assert letter.html.count("http") == 1
    assert "<img" not in letter.html
    assert "Đổi cách nhận nhắc" in letter.text


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        (("clerk_finance",), [("contact", "clerk_finance"), ("head", "head_finance")]),
        (
            ("clerk_finance", "head_finance"),
            [("contact", "clerk_finance"), ("head", "head_finance"), ("officer", "officer")],
        ),
    ],
)
def test_who_has_no_address_is_told_on_the_desk_and_the_next_rung_by_mail(
    here: Side, without: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    without_address(here, *without)
    opened(here, "finance")
    look(at(8))
    assert told() == [(-1, rung, _name(name)) for rung, name in expected]
    assert [row.via for row in Reminder.objects.order_by("pk")] == ["desk"] * len(without) + ["digest"]
    assert "chưa có địa chỉ thư" in Reminder.objects.get(via="digest").why


def test_a_party_without_an_account_goes_to_the_officer_at_once(here: Side) -> None:
    opened(here, "board")
    look(at(8))
    assert told() == [(-1, "officer", _name("officer"))]
    row = Reminder.objects.get()
    assert row.why == "chưa có tài khoản người làm báo cáo; chưa có tài khoản thủ trưởng đơn vị"
    assert "Ban Quản lý các khu công nghiệp (chưa có tài khoản" in Letter.objects.get().text


def test_the_last_rung_ends_with_the_administrators(here: Side) -> None:
    opened(here, "board", collector=here.parties["science"].pk)  # nobody collects there
    look(at(8))
    assert told() == [(-1, "officer", _name("administrator"))]


def test_where_another_stands_in_its_people_are_told(here: Side) -> None:
    cycle = opened(here, "board")
    with acting(here, "officer", "rounds.collect") as frame:
        owed = Obligation.objects.get(cycle=cycle)
        succession.stand_in(frame, owed.pk, here.parties["finance"].pk, why="chưa có tài khoản")
    look(at(8))
    assert told() == [(-1, "contact", _name("clerk_finance"))]
    assert Reminder.objects.get().party == here.parties["board"]


def test_everybody_chooses_how(here: Side) -> None:
    actions.choose(here.viewer("clerk_finance"), way="single", language="vi")
    actions.choose(here.viewer("clerk_environment"), way="desk", language="en")
    for n in (1, 2):
        opened(here, "finance", "environment", source_id=n, title=f"Báo cáo {n}")
    look(at(9))
    assert Counter(Letter.objects.values_list("user__username", flat=True)) == {"a.clerk_finance": 2}
    look(at(10))
    late = Letter.objects.get(user=here.people["clerk_environment"])  # never nothing when overdue
    assert late.subject == "Report reminder: 2 items, 2 items overdue"
    assert "overdue by 1 day" in late.text


def test_nothing_leaves_at_night_on_weekends_or_holidays(here: Side) -> None:
    due = start_of(date(2027, 1, 2))  # the last day is New Year's Day, a Friday
    opened(here, "finance", due=due)
    through(date(2026, 12, 26), date(2027, 1, 6))
    rows = Reminder.objects.filter(rung="contact").order_by("pk")
    # the day before falls on 31/12, and the day itself joins it; one day late waits for Monday with three days late
    assert [(row.offset, f"{row.at.astimezone(VIETNAM):%d/%m %H:%M}") for row in rows] == [
        (-7, "28/12 08:01"),  # missed on the 25th
        (-3, "29/12 08:01"),
        (0, "31/12 08:01"),
        (3, "04/01 08:01"),
    ]


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


def _killed_after(count: int):  # type: ignore[no-untyped-def]
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
    from luc.kernel.models import Job
    from luc.kernel.writing import writing

    with writing():
        Job.objects.filter(state="running").update(state="failed")


class StubbornBackend(BaseEmailBackend):
    """A mail server that refuses the addresses of `refused` for good, and those of `busy` for now."""

    refused: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from django.core import mail

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


def test_a_moved_due_moment_is_reminded_anew(here: Side) -> None:
    from luc.kernel.writing import writing

    cycle = opened(here, "finance")
    look(at(9))
    with writing():
        Obligation.objects.filter(cycle=cycle).update(due_at=DUE + timedelta(days=7))
    look(at(9, 9))
    assert [offset for offset, _rung, _name in told()] == [0, -7]
    assert Letter.objects.count() == 1  # one a day: the other waits for the morning
    look(at(10))
    assert Letter.objects.count() == 2


def test_the_cost_does_not_grow_with_the_parties(here: Side) -> None:
    """Statements of the look and of planning are the same for 5 and for 105 obligations."""
    opened(here, *communes(here, 5))
    few = _statements(here)
    with time_machine.travel(at(9), tick=False):
        running.look()
    for n in range(100):
        person(here, here.parties["science"], Role.HEAD, f"them{n}")
    names = []
    for start in range(5, 105):
        names.append(f"xa_{start}")
    from luc.agencies.models import Party
    from luc.kernel.writing import writing

    with writing():
        for name in names:
            here.parties[name] = Party.objects.create(tenant=here.tenant, kind="commune", name=name)
    opened(here, *names, source_id=2)
    assert _statements(here) == few


def _statements(side: Side) -> int:
    with (
        time_machine.travel(at(9), tick=False),
        CaptureQueriesContext(
            connection,
        ) as seen,
    ):
        calendar = calendar_of(side.tenant.pk)
        owing = due_now(side.tenant.pk, at(9), calendar)
        ladder_of(side.tenant.pk, at(9).date())
    assert owing
    return len(seen)
