"""The calendar of due days: read by a strict parser, unchanged to the byte, gone when revoked, of nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from luc.kernel.models import Change
from luc.kernel.time import VIETNAM
from luc.kernel.writing import writing
from luc.rounds.models import Obligation
from luc.rounds.reminders import actions
from luc.rounds.reminders.models import Feed
from tests.cast import Cast, Side
from tests.rounds.reminding import DUE, OPENED, at, hand_in, opened

SignedIn = Callable[..., Client]


def _address(side: Side, person: str) -> str:
    return reverse("rounds:feed", args=[actions.make_feed(side.viewer(person))])


def _events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_one_event_for_each_obligation_ending_at_the_due_moment(here: Side) -> None:
    opened(here, "finance", "environment")
    opened(here, "finance", source_id=2, title="Báo cáo quý; số liệu, “mẫu 2”", due=DUE + timedelta(hours=17))
    with time_machine.travel(at(1), tick=False):
        answer = Client().get(_address(here, "clerk_finance"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar.errors == []
    events = _events(answer.content)
    assert [str(event["summary"]) for event in events] == [
        "Báo cáo năm 2026 (Sở Tài chính)",
        "Báo cáo quý; số liệu, “mẫu 2” (Sở Tài chính)",
    ]
    first = events[0]
    assert first["dtend"].dt == DUE
    assert first["dtstart"].dt == datetime(2026, 12, 9, 23, 30, tzinfo=VIETNAM)  # it stands on the last day
    assert first["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert len(first.walk("VALARM")) == 2
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert b"\r\n" in answer.content
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75


def test_unchanged_it_is_not_sent_again(here: Side) -> None:
    cycle = opened(here, "finance")
    address = _address(here, "clerk_finance")
    with time_machine.travel(at(1), tick=False):
        first = Client().get(address)
    with time_machine.travel(at(2), tick=False):
        assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert "max-age" in first.headers["Cache-Control"]
        assert "private" in first.headers["Cache-Control"]
        with writing():
            Obligation.objects.filter(cycle=cycle).update(due_at=DUE + timedelta(days=3))
        moved = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200
    before, after = _events(first.content)[0], _events(moved.content)[0]
    assert before["uid"] == after["uid"]
    assert after["dtend"].dt == DUE + timedelta(days=3)


def test_what_was_handed_in_rings_no_more(here: Side) -> None:
    cycle = opened(here, "finance")
    address = _address(here, "clerk_finance")
    with time_machine.travel(OPENED + timedelta(days=1), tick=False):
        hand_in(here, cycle, "finance")
        (event,) = _events(Client().get(address).content)
    assert event.walk("VALARM") == []
    assert "đã gửi" in str(event["description"])


def test_nobody_reads_another_calendar(cast: Cast, here: Side) -> None:
    opened(here, "finance")
    with time_machine.travel(at(1), tick=False):
        officer = _events(Client().get(_address(here, "officer")).content)
        assert [str(event["summary"]) for event in officer] == ["Hạn các đơn vị gửi: Báo cáo năm 2026"]
        assert _events(Client().get(_address(here, "clerk_environment")).content) == []
        assert _events(Client().get(_address(cast.there, "clerk_finance")).content) == []
        assert Client().get(reverse("rounds:feed", args=["x" * 43])).status_code == 404


def test_a_revoked_address_and_a_person_who_left_are_gone(here: Side) -> None:
    viewer = here.viewer("clerk_finance")
    first, second = _address(here, "clerk_finance"), _address(here, "clerk_finance")
    assert Client().get(first).status_code == 404  # a new one ends the old one
    assert Client().get(second).status_code == 200
    user = here.people["clerk_finance"]
    with writing():
        type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(second).status_code == 404
    with writing():
        type(user).objects.filter(pk=user.pk).update(is_active=True)
    actions.revoke_feed(viewer)
    assert Client().get(second).status_code == 404
    assert Change.objects.filter(kind="rounds.feed").count() == 4


def test_the_secret_is_shown_once_and_kept_nowhere(here: Side, signed_in: SignedIn) -> None:
    clerk = signed_in("clerk_finance")
    page = clerk.post(reverse("rounds:make_feed"), follow=True).content.decode()
    start = page.index("/lich-han/")
    secret = page[start:].split(".ics")[0].rsplit("/", 1)[1]
    assert Client().get(urlsplit(f"/lich-han/{secret}.ics").path).status_code == 200
    assert secret not in clerk.get(reverse("rounds:mine")).content.decode()
    assert secret not in str(Feed.objects.values()) + str(Change.objects.values())
    assert clerk.post(reverse("rounds:revoke_feed")).status_code == 302
