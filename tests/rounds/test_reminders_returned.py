"""An answer that came back: who writes it is told by mail, once for each version, with the remarks."""

from __future__ import annotations

from datetime import date, datetime

import time_machine

from luc.kernel.models import Mail
from luc.rounds.actions import give_back
from luc.rounds.models import Cycle, Obligation, Submission
from luc.rounds.reminders import actions
from luc.rounds.reminders.models import Reminder
from tests.cast import Side
from tests.rounds.reminding import at, hand_in, look, opened, through, without_address
from tests.rounds.steps import acting

REMARKS = "Số liệu quý III chưa khớp với phụ lục."


def returned(side: Side, cycle: Cycle, moment: datetime, version: int = 1) -> None:
    """Finance handed in at some time before; now the officer returns it."""
    with time_machine.travel(moment, tick=False), acting(side, "officer", "rounds.collect") as frame:
        row = Submission.objects.get(obligation__cycle=cycle, version=version)
        give_back(frame, row.pk, remarks=REMARKS)


def handed_in(side: Side, *, day: int = 4) -> Cycle:
    cycle = opened(side, "finance")
    with time_machine.travel(at(day, 9, month=11), tick=False):
        hand_in(side, cycle, "finance")
    return cycle


def test_the_clerk_gets_one_mail_with_the_remarks(here: Side) -> None:
    cycle = handed_in(here)
    assert look(at(4, 10, month=11)) == []
    returned(here, cycle, at(4, 11, month=11))
    assert look(at(4, 11, 5, month=11)) == [here.tenant.pk]
    (mail,) = Mail.objects.all()
    assert mail.subject.startswith("Cần sửa báo cáo: ")
    assert REMARKS in mail.body
    assert "Người a.officer nhắn:" in mail.body
    assert "Báo cáo được trả lại để sửa; sửa xong gửi lại." in mail.body
    (row,) = Reminder.objects.all()
    assert (row.rung, row.occasion, row.user) == ("contact", "returned/1", here.people["clerk_finance"])
    assert look(at(4, 11, 10, month=11)) == []  # once


def test_at_night_it_leaves_in_the_morning_and_what_was_corrected_meanwhile_does_not(here: Side) -> None:
    cycle = handed_in(here)
    returned(here, cycle, at(4, 20, month=11))
    assert look(at(4, 20, 5, month=11)) == []
    with time_machine.travel(at(4, 22, month=11), tick=False):
        hand_in(here, cycle, "finance")
    through(date(2026, 11, 5), date(2026, 11, 5))
    assert Mail.objects.count() == 0


def test_a_second_return_is_told_again(here: Side) -> None:
    cycle = handed_in(here)
    returned(here, cycle, at(4, 10, month=11))
    look(at(4, 10, 5, month=11))
    with time_machine.travel(at(4, 14, month=11), tick=False):
        hand_in(here, cycle, "finance")
    returned(here, cycle, at(4, 15, month=11), version=2)
    look(at(4, 15, 5, month=11))
    assert list(Reminder.objects.order_by("pk").values_list("occasion", flat=True)) == [
        "returned/1",
        "returned/2",
    ]
    assert Mail.objects.count() == 2


def test_who_has_no_address_is_not_the_last_one_told(here: Side) -> None:
    """As with every reminder the next rung is told, and why is kept."""
    without_address(here, "clerk_finance")
    returned(here, handed_in(here), at(4, 10, month=11))
    look(at(4, 10, 5, month=11))
    assert Reminder.objects.filter(rung="contact").exists()
    higher = Reminder.objects.exclude(rung="contact")
    assert [row.why for row in higher] == ["người làm báo cáo chưa có địa chỉ thư"]


def test_what_came_back_long_ago_is_not_told_when_the_worker_comes_late(here: Side) -> None:
    cycle = handed_in(here)
    returned(here, cycle, at(4, 10, month=11))
    look(at(20, 10, month=11))
    assert not Reminder.objects.filter(occasion__startswith="returned/").exists()
    assert Obligation.objects.get().state == Obligation.State.RETURNED


def test_by_choice_it_stays_on_the_desk(here: Side) -> None:
    actions.choose(here.viewer("clerk_finance"), way="desk", language="vi")
    returned(here, handed_in(here), at(4, 10, month=11))
    look(at(4, 10, 5, month=11))
    assert [row.via for row in Reminder.objects.all()] == ["desk"]
    assert Mail.objects.count() == 0
