"""Reminders through a whole cycle: who is told when, on which rung, by how many mails; nothing twice, none nowhere."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from luc.agencies.models import Role
from luc.kernel.history import broken_links
from luc.kernel.models import Mail
from luc.kernel.time import VIETNAM, start_of
from luc.rounds import succession
from luc.rounds.models import Obligation
from luc.rounds.reminders import actions, running
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.ladder import ladder_of
from luc.rounds.reminders.models import Letter, Reminder
from luc.rounds.reminders.planning import due_now
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
from tests.rounds.reminding import (
    name as _name,
)
from tests.rounds.steps import acting


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


def test_the_letter_says_what_by_when_and_where(here: Side, settings: Settings) -> None:
    settings.ADDRESS = "https://luc.example.vn"
    cycle = opened(here, "finance")
    look(at(8))
    letter = Letter.objects.get()
    owed = Obligation.objects.get(cycle=cycle)
    assert letter.subject == "Nhắc báo cáo: Báo cáo năm 2026, còn 1 ngày"
    assert "trước ngày 10/12/2026 (hết ngày 09/12)" in letter.text
    assert "Sở Tài chính gửi cho Sở Công Thương" in letter.text
    for text in (letter.text, letter.html):  # the report itself, and the desk
        assert f"https://luc.example.vn/nghia-vu/{owed.pk}/" in text
        assert text.count("https://") == text.count("http") == 2
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
