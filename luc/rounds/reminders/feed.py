"""A person's calendar of due days as iCalendar (RFC 5545), for the calendar on a phone or in an office program.

One event for each obligation, ending at the due moment; nothing of other parties. Its UID is always the same, so that
a moved due moment moves the event.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_scopes import scope
from icalendar import Alarm, Calendar, Event

from luc.agencies.queries import hash_of, viewer_of
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, now
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import own_obligations
from luc.rounds.reminders import queries
from luc.rounds.reminders.models import Feed
from luc.rounds.words import due_words, standing

PAST = timedelta(days=60)
LASTS = timedelta(minutes=30)
ALARMS = (timedelta(days=3), timedelta(hours=15))  # three days before; at nine of the last day
REFRESH = timedelta(hours=6)
MOST = 500


def feed_of(secret: str) -> bytes | None:
    """The calendar behind a secret address; None when it was guessed, revoked, or its person is gone."""
    row = Feed.objects.filter(secret_hash=hash_of(secret), revoked_at=None).first()
    viewer = viewer_of(row.user_id) if row else Viewer()
    if viewer.user is None:
        return None
    language = queries.preference(viewer).language
    with scope(tenant=sorted(viewer.tenants)), override(language):
        return calendar(viewer)


def calendar(viewer: Viewer) -> bytes:
    """The calendar of a viewer: what the own agencies owe, and the rounds that they collect."""
    out = Calendar()
    out.add("prodid", "-//Luc//Lich han bao cao//VI")
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", _("Hạn báo cáo (Lục)"))
    out.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    out.add("x-published-ttl", REFRESH)
    for event in [*_owed(viewer), *_collected(viewer)]:
        out.add_component(event)
    out.add_missing_timezones()
    return bytes(out.to_ical())


def _owed(viewer: Viewer) -> Iterator[Event]:
    rows = own_obligations(viewer).filter(due_at__gte=now() - PAST)[:MOST]
    for row in rows:
        words = _("%(title)s (%(party)s)") % {"title": row.cycle.title, "party": row.party}
        said = [
            _("Gửi cho %(collector)s, %(due)s.") % {"collector": row.cycle.collector, "due": due_words(row)},
            _("Tình trạng: %(state)s.") % {"state": standing(row).words},
        ]
        yield _event(f"nghia-vu-{row.pk}", row, words, " ".join(said), alarm=row.is_writable)


def _collected(viewer: Viewer) -> Iterator[Event]:
    rows = queries.collected(viewer).filter(due_at__gte=now() - PAST).order_by("due_at", "pk")[:MOST]
    for row in rows:
        words = _("Hạn các đơn vị gửi: %(title)s") % {"title": row.title}
        yield _event(f"ky-{row.pk}", row, words, due_words(row), alarm=row.closed_at is None)


def _event(uid: str, row: Obligation | Cycle, title: str, said: str, *, alarm: bool) -> Event:
    due = row.due_at.astimezone(VIETNAM)
    event = Event()
    event.add("uid", f"{uid}.{row.tenant_id}@luc")
    event.add("dtstamp", _opened(row))
    event.add("dtstart", due - LASTS)
    event.add("dtend", due)
    event.add("summary", title)
    event.add("description", said)
    event.add("url", settings.ADDRESS + "/")
    event.add("transp", "TRANSPARENT")
    for before in ALARMS if alarm else ():
        event.add_component(_alarm(before, title))
    return event


def _alarm(before: timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", LASTS - before)
    return alarm


def _opened(row: Obligation | Cycle) -> datetime:
    """Always the same moment, so that an unchanged calendar is unchanged to the byte."""
    return row.opened_at if isinstance(row, Cycle) else row.cycle.opened_at
