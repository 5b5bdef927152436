"""What is new as Atom (RFC 4287), the deadlines as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from luc.kernel.pages import Request
from luc.kernel.time import VIETNAM
from luc.portal import rows
from luc.portal.changes import sentence
from luc.portal.models import Edition, Question
from luc.portal.queries import Shown
from luc.portal.showing import language_of, whole_address


def atom(request: Request, shown: Shown, editions: Iterable[Edition], asked: Iterable[Question]) -> str:
    """One entry for each publication and each answered question."""
    head = shown.head
    feed = Atom1Feed(
        title=f"{head['number']} {head['title']}",
        link=whole_address(request, "plan", shown.plan),
        description=str(head["issuer"]),
        language=language_of(request),
        feed_url=whole_address(request, "feed", shown.plan),
        author_name=str(head["focal"]),
    )
    for row in editions:
        told = [sentence(one) for one in shown.still(row.changes)]
        link = f"{whole_address(request, 'changes', shown.plan)}#lan-{row.number}"
        feed.add_item(
            title=_("Công bố lần %(number)s") % {"number": row.number},
            link=link,
            description=format_html_join("", "<p>{}</p>", ((one,) for one in [row.note, *told] if one)),
            unique_id=link,
            pubdate=row.at,
            updateddate=row.at,
        )
    for question in asked:
        link = f"{whole_address(request, 'questions', shown.plan)}#hoi-{question.pk}"
        feed.add_item(
            title=_("Trả lời: %(question)s") % {"question": question.shown[:120]},
            link=link,
            description=format_html_join("", "<p>{}</p>", [(question.shown,), (question.answer,)]),
            unique_id=link,
            pubdate=question.answered_at,
            updateddate=question.answered_at,
        )
    return feed.writeString("utf-8")


def calendar(request: Request, shown: Shown) -> bytes:
    """One event for each day on which tasks or targets end; always the same for the same edition."""
    out = Calendar()
    out.add("prodid", "-//Luc//Thoi han ke hoach//VI")
    out.add("version", "2.0")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", f"{shown.head['number']} {shown.head['title']}"[:200])
    for one in rows.deadlines(rows.tasks(shown.content), rows.targets(shown.content)):
        if one.day is not None:
            out.add_component(_event(request, shown, one))
    return bytes(out.to_ical())


def _event(request: Request, shown: Shown, one: rows.Deadline) -> Event:
    assert one.day is not None  # of a day
    words = [*(row.text for row in one.tasks), *(row.text for row in one.targets)]
    event = Event()
    event.add("uid", f"thoi-han-{shown.plan}-{one.day.isoformat()}@luc")
    event.add("dtstamp", shown.at.astimezone(VIETNAM))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", _title(one))
    event.add("description", "\n".join(words))
    event.add("url", f"{whole_address(request, 'tasks', shown.plan)}?han={one.day.isoformat()}")
    event.add("transp", "TRANSPARENT")
    return event


def _title(one: rows.Deadline) -> str:
    return _("Đến hạn: %(tasks)s nhiệm vụ, %(targets)s chỉ tiêu") % {
        "tasks": len(one.tasks),
        "targets": len(one.targets),
    }
