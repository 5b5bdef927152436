"""What waits of strangers: on the desk of who answers, and as one mail a plan and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM
from luc.plans.models import Plan
from luc.portal import desk
from luc.portal.models import Question
from luc.rounds.reminders.ladder import Ladder
from luc.rounds.reminders.models import Rung
from luc.rounds.reminders.news import News, Words


def on_desk(viewer: Viewer, _nothing: int) -> list[Source]:
    """One line where questions wait for this viewer; one statement."""
    if not viewer.may("portal.answer"):
        return []
    count = desk.waiting(viewer).order_by().filter(state=Question.State.WAITING).count()
    if not count:
        return []
    title = ngettext(
        "%(n)d câu hỏi của người dân chờ trả lời", "%(n)d câu hỏi của người dân chờ trả lời", count
    )
    return [Source(title % {"n": count}, reverse("publishing:questions"))]


def asked_lately(tenant: int, since: datetime, ladder: Callable[[], Ladder]) -> list[News]:
    """The plans to which something was asked in the last days that waits; told once for each day of asking."""
    rows = Question.objects.filter(tenant=tenant, state=Question.State.WAITING, at__gte=since)
    counted = rows.values("plan").annotate(n=Count("pk"), last=Max("at")).order_by("plan")
    listed = [(row["plan"], row["n"], row["last"].astimezone(VIETNAM).date()) for row in counted]
    if not listed:
        return []
    plans = Plan.objects.defer("document", "header").in_bulk([plan for plan, _n, _day in listed])
    people = ladder()
    return [
        News(
            f"question/{plan}/{day.isoformat()}",
            people.on(Rung.OFFICER, 0, plans[plan].focal_id),
            partial(_words, plans[plan], count),
        )
        for plan, count, day in listed
    ]


def _words(plan: Plan, count: int) -> Words:
    said = ngettext(
        "%(n)d câu hỏi gửi đến trang công khai của kế hoạch «%(plan)s» đang chờ trả lời.",
        "%(n)d câu hỏi gửi đến trang công khai của kế hoạch «%(plan)s» đang chờ trả lời.",
        count,
    )
    return (
        _("Người dân hỏi về kế hoạch %(number)s") % {"number": plan.number},
        [said % {"n": count, "plan": plan.title}],
        reverse("publishing:questions"),
    )
