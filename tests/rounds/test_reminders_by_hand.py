"""Reminding by hand, what is kept of it, the pages, the settings, one's own choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Change, Mail
from luc.kernel.writing import writing
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders import actions, queries
from luc.rounds.reminders.models import CalendarDay, Enclosed, Letter, Outcome, Policy, Preference, Reminder
from luc.rounds.reminders.pages import cycle as pages
from luc.rounds.reminders.preview import preview
from luc.rounds.templatetags.reminders import reminded_words
from tests.cast import Cast, Side
from tests.rounds.reminding import at, communes, hand_in, look, opened, through, told

SignedIn = Callable[..., Client]


def _all(cycle: Cycle) -> list[int]:
    return list(Obligation.objects.filter(cycle=cycle).values_list("pk", flat=True))


def test_one_act_reminds_many_with_words(here: Side) -> None:
    cycle = opened(here, "finance", "environment", "board")
    with time_machine.travel(at(4, 10, month=11), tick=False):
        done = actions.remind_by_hand(
            here.viewer("officer"), cycle.pk, chosen=_all(cycle), words="Xin gửi sớm giúp."
        )
    assert (done.parties, done.climbed, done.at_once) == (3, 1, True)
    assert Mail.objects.count() == 2  # the board has nobody; who reminds is not written to
    assert all("Người a.officer nhắn: Xin gửi sớm giúp." in mail.body for mail in Mail.objects.all())
    assert {(row.rung, row.via) for row in Reminder.objects.all()} == {
        ("contact", "hand"),
        ("officer", "desk"),
    }
    line = Change.objects.get(act="rounds.remind")
    assert line.after == {"reminded": 3, "words": "Xin gửi sớm giúp."}
    assert broken_links(here.tenant.pk) == []


def test_within_the_hour_only_when_confirmed(here: Side) -> None:
    cycle = opened(here, "finance")
    officer = here.viewer("officer")
    with time_machine.travel(at(4, 10, month=11), tick=False):
        actions.remind_by_hand(officer, cycle.pk, chosen=_all(cycle))
    with time_machine.travel(at(4, 10, 50, month=11), tick=False):
        with pytest.raises(actions.JustReminded) as just:
            actions.remind_by_hand(officer, cycle.pk, chosen=_all(cycle))
        assert just.value.parties == ["Sở Tài chính"]
        actions.remind_by_hand(officer, cycle.pk, chosen=_all(cycle), again=True)
    with time_machine.travel(at(4, 12, month=11), tick=False):
        actions.remind_by_hand(officer, cycle.pk, chosen=_all(cycle))
    assert Mail.objects.count() == Reminder.objects.count() == 3


def test_in_the_evening_it_is_on_the_desk_at_once_and_one_mail_leaves_in_the_morning(
    here: Side, signed_in: SignedIn
) -> None:
    cycle = opened(here, "finance")
    with time_machine.travel(at(7, 20), tick=False):
        done = actions.remind_by_hand(here.viewer("officer"), cycle.pk, chosen=_all(cycle), words="Cần ngay")
        assert (done.at_once, done.leaves_at) == (False, at(8, 8, 0))
        page = signed_in("clerk_finance").get("/").content.decode()
        assert "Bạn được nhắc" in page
        assert "Cần ngay" in page
    assert Mail.objects.count() == 0
    through(date(2026, 12, 8), date(2026, 12, 8))  # a day on which the machine reminds as well
    (mail,) = Mail.objects.all()
    assert "Cần ngay" in mail.body
    assert Reminder.objects.count() == 2


def test_the_page_shows_some_and_its_buttons_mean_all(
    here: Side, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_ON_PAGE", 2)
    cycle = opened(here, "finance", "environment", "board")
    address = reverse("rounds:remind", args=[cycle.pk])
    client = signed_in("officer")
    first, second = (client.get(f"{address}?page={n}").content.decode() for n in (1, 2))
    assert (first.count('name="chon"'), second.count('name="chon"')) == (2, 1)
    assert "Nhắc tất cả 3 đơn vị chưa gửi" in second
    answer = client.post(f"{address}?page=2", {"nhac": "tat-ca", "words": ""})
    assert answer.headers["Location"] == f"{address}?page=2"
    assert Change.objects.get(act="rounds.remind").after["reminded"] == 3


def test_who_has_answered_and_strangers_are_not_reminded(cast: Cast, here: Side) -> None:
    cycle = opened(here, "finance", "environment")
    hand_in(here, cycle, "finance")
    owed = Obligation.objects.get(party=here.parties["finance"])
    with pytest.raises(Refused):
        actions.remind_by_hand(here.viewer("officer"), cycle.pk, chosen=[owed.pk])
    with pytest.raises(Cycle.DoesNotExist):
        actions.remind_by_hand(cast.there.viewer("officer"), cycle.pk, chosen=_all(cycle))
    with pytest.raises(Cycle.DoesNotExist):
        actions.remind_by_hand(here.viewer("administrator"), cycle.pk, chosen=_all(cycle))
    assert not Reminder.objects.exists()


def test_what_was_sent_cannot_change(here: Side) -> None:
    opened(here, "finance")
    look(at(9))
    for model in (Outcome, Enclosed):
        with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
            model.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        Letter.objects.update(text="")
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        Reminder.objects.update(user_name="")


def test_a_cycle_has_its_own_policy_until_it_follows_the_usual_again(here: Side) -> None:
    officer, cycle = here.viewer("officer"), opened(here, "finance")
    actions.set_policy(officer, cycle.pk, tenant=here.tenant.pk, days=[-2], head_from=2, officer_from=4)
    through(date(2026, 12, 1), date(2026, 12, 9))
    assert [offset for offset, _rung, _name in told()] == [-2]
    actions.follow_the_usual(officer, cycle.pk)
    assert not Policy.objects.exists()
    look(at(9, 15))
    assert [offset for offset, _rung, _name in told()] == [-2, 0]


def test_a_policy_that_is_off_sends_nothing(here: Side) -> None:
    opened(here, "finance")
    actions.set_policy(
        here.viewer("administrator"),
        None,
        tenant=here.tenant.pk,
        days=[],
        head_from=1,
        officer_from=3,
        is_on=False,
    )
    through(date(2026, 12, 1), date(2026, 12, 12))
    assert told() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"days": []}, "before"),
        ({"days": [-91]}, "before"),
        ({"days": range(-60, 0)}, "before"),
        ({"head_from": 5, "officer_from": 3}, "officer_from"),
        ({"head_from": 0}, "officer_from"),
    ],
)
def test_a_policy_must_make_sense(here: Side, values: dict[str, object], field: str) -> None:
    usual = {"days": [-1], "head_from": 1, "officer_from": 3}
    with pytest.raises(Refused) as refused:
        actions.set_policy(here.viewer("officer"), None, tenant=here.tenant.pk, **(usual | values))  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]
    assert not Policy.objects.exists()


def test_the_administrator_says_which_days_are_worked(here: Side) -> None:
    administrator, tenant = here.viewer("administrator"), here.tenant.pk
    opened(here, "finance")
    actions.say_day(administrator, tenant=tenant, day=date(2026, 12, 9), works=False, name="nghỉ bù")
    actions.say_day(administrator, tenant=tenant, day=date(2026, 12, 5), works=True, name="làm bù")
    through(date(2026, 12, 4), date(2026, 12, 9))
    days = [f"{row.at:%d}" for row in Reminder.objects.order_by("pk")]
    # the 6th, a Sunday, moves to the Saturday that is worked; the 9th joins the 8th; the 2nd's is made up on the 4th
    assert days == ["04", "05", "08"]
    with pytest.raises(Refused):
        actions.say_day(administrator, tenant=tenant, day=date(2026, 12, 9), works=True, name="x")
    actions.unsay_day(administrator, CalendarDay.objects.get(works=False).pk)
    look(at(9, 9))
    assert Reminder.objects.count() == 3  # the last day was told of on the 8th already
    with pytest.raises(NotAllowed):
        actions.say_day(here.viewer("officer"), tenant=tenant, day=date(2026, 12, 24), works=False, name="x")


def test_hours_of_the_office(here: Side) -> None:
    administrator = here.viewer("administrator")
    actions.set_hours(administrator, tenant=here.tenant.pk, opens=time(13, 30), closes=time(15))
    opened(here, "finance")
    assert look(at(9, 9)) == []
    assert look(at(9, 14)) == [here.tenant.pk]
    assert look(at(9, 16)) == []
    with pytest.raises(Refused):
        actions.set_hours(administrator, tenant=here.tenant.pk, opens=time(9), closes=time(9))


def test_the_preview_tells_what_will_be(
    here: Side, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = communes(here, 20)
    cycle = opened(here, "finance", "board", *names)
    with time_machine.travel(at(1, month=12), tick=False):
        viewer = here.viewer("officer")
        with django_assert_num_queries(9):
            plan = preview(viewer, cycle)
    first, last = plan.stages[0], plan.stages[-1]
    assert (first.is_past, first.contacts, first.heads, first.officers, first.climbing) == (True, 21, 0, 1, 1)
    assert (last.is_past, last.contacts, last.heads, last.officers) == (False, 21, 1, 1)
    skipping = [one.obligation.party.name for one in plan.parties if one.skips]
    assert skipping == ["Ban Quản lý các khu công nghiệp"]
    through(date(2026, 12, 16), date(2026, 12, 16))
    whom = {
        rung: len({name for _offset, r, name in told() if r == rung})
        for rung in ("contact", "head", "officer")
    }
    assert whom == {"contact": last.contacts, "head": last.heads, "officer": last.officers}


def test_pages_of_the_officer(
    here: Side, signed_in: SignedIn, django_assert_max_num_queries: Callable
) -> None:  # type: ignore[type-arg]
    names = communes(here, 40)
    cycle = opened(here, "finance", "board", *names)
    with time_machine.travel(at(11, 10), tick=False):
        officer = signed_in("officer")
        address = reverse("rounds:remind", args=[cycle.pk])
        with django_assert_max_num_queries(14):
            page = officer.get(address).content.decode()
        assert "Nhắc 42 đơn vị quá hạn" in page
        answer = officer.post(address, {"nhac": "qua-han", "words": "Gửi ngay"}, follow=True)
        assert "Đã nhắc 42 đơn vị." in answer.content.decode()
        again = officer.post(address, {"nhac": "tat-ca", "words": "Gửi ngay"})
        assert "Nhắc lại trong vòng một giờ?" in again.content.decode()
        assert Reminder.objects.filter(rung="contact", via="hand").count() == 41
        with django_assert_max_num_queries(14):
            log = officer.get(reverse("rounds:sent", args=[cycle.pk])).content.decode()
        assert "đã gửi" in log
        assert "Gửi ngay" in log
        one = officer.get(
            reverse("rounds:sent_to", args=[cycle.pk, here.parties["finance"].pk])
        ).content.decode()
        assert "Nhắc báo cáo: Báo cáo năm 2026, quá hạn 2 ngày" in one
        said = reminded_words(queries.often(here.viewer("officer"), [cycle.pk]), cycle.pk)
        assert said == "đã nhắc 2 lần, lần cuối 10:01 11/12/2026"  # by hand, and by the machine with it


def test_a_policy_by_its_page(here: Side, signed_in: SignedIn) -> None:
    cycle, officer = opened(here, "finance"), signed_in("officer")
    address = reverse("rounds:policy", args=[cycle.pk])
    typed = {
        "is_on": "on",
        "before": "10, 5 ; 2",
        "on_day": "on",
        "after": "2",
        "head_from": "2",
        "officer_from": "2",
    }
    assert officer.post(address, typed).status_code == 302
    policy = Policy.objects.get(cycle=cycle)
    assert policy.days == [-10, -5, -2, 0, 2]
    assert officer.post(address, typed | {"before": "mười"}).status_code == 422
    assert "riêng kỳ này" in officer.get(address).content.decode()
    assert officer.post(reverse("rounds:usual", args=[cycle.pk])).status_code == 302
    assert not Policy.objects.exists()


def test_the_calendar_by_its_page(here: Side, signed_in: SignedIn) -> None:
    address = reverse("rounds:calendar")
    with time_machine.travel(at(2), tick=False):
        administrator = signed_in("administrator")
        page = administrator.get(address).content.decode()
        assert "Tết Dương lịch" in page
        assert "Điều 112" in page
        assert (
            administrator.post(address, {"day": "24/12/2026", "works": "0", "name": "thử"}).status_code == 302
        )
        assert administrator.post(reverse("rounds:confirm_day"), {"day": "2027-02-04"}).status_code == 302
        assert set(CalendarDay.objects.values_list("day", flat=True)) == {
            date(2026, 12, 24),
            date(2027, 2, 4),
        }
        assert administrator.post(address, {"opens": "07:30", "closes": "16:30"}).status_code == 302
        assert "từ 07:30 đến 16:30" in signed_in("clerk_finance").get(address).content.decode()
        refused = signed_in("officer").post(address, {"day": "25/12/2026", "works": "0", "name": "thử"})
    assert refused.status_code == 403


def test_ones_own_choice_by_its_page(here: Side, signed_in: SignedIn) -> None:
    clerk = signed_in("clerk_finance")
    assert clerk.post(reverse("rounds:mine"), {"way": "desk", "language": "en"}).status_code == 302
    chosen = Preference.objects.get()
    assert (chosen.user, chosen.way, chosen.language) == (here.people["clerk_finance"], "desk", "en")
    assert clerk.post(reverse("rounds:mine"), {"way": "never", "language": "en"}).status_code == 422
    opened(here, "finance")
    look(at(9))
    rows = queries.mine(here.viewer("clerk_finance"))
    assert [row.via for row in rows] == ["desk"]
    assert "hiện ở trang Việc của tôi" in clerk.get(reverse("rounds:mine")).content.decode()
