"""What is seen of reminders: who is to be reminded, what was said to whom with what result, one's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from luc.kernel.rights import Viewer
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import owed_now
from luc.rounds.reminders.calendar import Holiday, holidays
from luc.rounds.reminders.models import OF_THE_PARTY, CalendarDay, Feed, Outcome, Preference, Reminder, Rung
from luc.rounds.reminders.planning import still_owed

SHOWN_AHEAD = timedelta(days=430)


def collected(viewer: Viewer) -> QuerySet[Cycle]:
    """The rounds in which a viewer reminds: those that the own agency collects."""
    mine = viewer.parties_for("rounds.remind")
    return Cycle.objects.filter(tenant__in=viewer.tenants, collector__in=mine).select_related("collector")


def source_of(obligation: int) -> str:
    """Of what an obligation's round is one, whoever asks and wherever it is; "" where there is none."""
    with scopes_disabled():
        found = Obligation.objects.filter(pk=obligation).values_list("cycle__source_kind", flat=True).first()
    return found or ""


def missing(viewer: Viewer, cycle: Cycle) -> QuerySet[Obligation]:
    """Who still owes an answer in an open round, each with how often and when last it was reminded."""
    rows = still_owed().filter(cycle=cycle, cycle__in=collected(viewer))
    return rows.select_related("party__unit", "stand_in", "cycle").annotate(
        times=Count("reminders__occasion", distinct=True), last=Max("reminders__at")
    )


def sent(viewer: Viewer, cycle: Cycle) -> QuerySet[Reminder]:
    """Everything that was said in a round, newest first, with its letters and what came of them."""
    rows = Reminder.objects.filter(obligation__cycle=cycle, obligation__cycle__in=collected(viewer))
    return rows.select_related("party", "obligation", "enclosed__letter").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a reminder, as a tone, words, and what the mail server said."""

    tone: str
    words: str
    error: str = ""


_TONES = {
    Outcome.Result.SENT: "good",
    Outcome.Result.KEPT: "info",
    Outcome.Result.LATER: "wait",
    Outcome.Result.REFUSED: "bad",
    Outcome.Result.GIVEN_UP: "bad",
    Outcome.Result.UNKNOWN: "warn",
    Outcome.Result.DROPPED: "none",
}


def results(rows: Collection[Reminder]) -> dict[int, Result]:
    """What came of reminders at hand, in one statement."""
    letters = {row.enclosed.letter_id for row in rows if hasattr(row, "enclosed")}
    found = Outcome.objects.filter(attempt__letter__in=letters).order_by("attempt__number")
    last = {row.attempt.letter_id: row for row in found.select_related("attempt")}
    return {row.pk: _result(row, last) for row in rows}


def _result(row: Reminder, last: Mapping[int, Outcome]) -> Result:
    if row.rung == Rung.NOBODY:
        return Result("bad", _("không có ai để nhắc"))
    if row.via == Reminder.Via.DESK:
        return Result("info", _("hiện ở trang Việc của tôi"))
    if not hasattr(row, "enclosed"):
        if row.obligation.state in WRITABLE:
            return Result("wait", _("chờ gửi trong giờ làm việc"))
        return Result("none", str(Outcome.Result.DROPPED.label))
    outcome = last.get(row.enclosed.letter_id)
    if outcome is None:
        return Result("wait", _("đang chờ gửi"))
    return Result(_TONES[Outcome.Result(outcome.result)], outcome.get_result_display(), outcome.error)


@dataclass(frozen=True, slots=True)
class Often:
    """How often something was reminded, and when last."""

    times: int
    last: datetime


def often(viewer: Viewer, cycles: Collection[int]) -> dict[int, Often]:
    """How often and when last each of some rounds was reminded of, of those the viewer collects; one statement."""
    mine = collected(viewer).filter(pk__in=cycles).order_by().values("pk")
    rows = (
        Reminder.objects.filter(obligation__cycle__in=mine)
        .order_by()
        .values_list("obligation__cycle")
        .annotate(times=Count("occasion", distinct=True), last=Max("at"))
    )
    return {cycle: Often(times, last) for cycle, times, last in rows}


def on_desk(viewer: Viewer) -> list[Reminder]:
    """The last reminder of everything that the viewer's agencies still owe, the most urgent first; one statement."""
    owed = owed_now(viewer).order_by().values("pk")
    later = Reminder.objects.filter(obligation=OuterRef("obligation"), pk__gt=OuterRef("pk"))
    for_us = Reminder.objects.filter(rung__in=OF_THE_PARTY)
    rows = for_us.filter(~Exists(later.filter(rung__in=OF_THE_PARTY)), obligation__in=owed)
    return list(rows.select_related("party", "obligation__cycle").order_by("obligation__due_at", "pk"))


def mine(viewer: Viewer) -> QuerySet[Reminder]:
    """What was said to the viewer, newest first."""
    rows = Reminder.objects.filter(tenant__in=viewer.tenants, user=viewer.user)
    return rows.select_related("party", "obligation__cycle", "enclosed__letter").order_by("-at", "-pk")


def preference(viewer: Viewer) -> Preference:
    """How the viewer wants to be reminded; what holds for who never chose is not kept yet."""
    assert viewer.user is not None
    return Preference.objects.filter(user=viewer.user).first() or Preference(user_id=viewer.user)


def feed(viewer: Viewer) -> Feed | None:
    """The viewer's calendar address that is open, without its secret."""
    return Feed.objects.filter(user=viewer.user, revoked_at=None).first()


def said_days(viewer: Viewer) -> QuerySet[CalendarDay]:
    """The days that the viewer's own administration spoke of."""
    return CalendarDay.objects.filter(tenant__in=viewer.tenants_for("rounds.calendar"))


def days_ahead(tenant: int, day: date) -> tuple[list[CalendarDay], list[Holiday]]:
    """From a month ago on: what the administrator said, and the national days off that are sure."""
    first = day - timedelta(days=31)
    said = list(CalendarDay.objects.filter(tenant=tenant, day__gte=first).order_by("day"))
    sure = [row for row in holidays().values() if row.is_sure and first <= row.day <= day + SHOWN_AHEAD]
    return said, sure


def to_confirm(tenant: int, day: date) -> dict[date, Holiday]:
    """The national days ahead that wait for their year's announcement and of which nothing was said yet."""
    said = set(CalendarDay.objects.filter(tenant=tenant, day__gte=day).values_list("day", flat=True))
    return {
        row.day: row
        for row in holidays().values()
        if not row.is_sure and row.day not in said and day <= row.day <= day + SHOWN_AHEAD
    }


def unheard(viewer: Viewer, cycle: Cycle) -> dict[str, list[Reminder]]:
    """Of whom nobody took the last mail, so that it went up the ladder: the reminder of each party, by why."""
    upward = Q(rung=Rung.NOBODY) | Q(rung=Rung.OFFICER) & ~Q(why="")
    rows = sent(viewer, cycle).filter(upward, obligation__in=still_owed())
    last: dict[int, Reminder] = {}
    for row in rows:
        last.setdefault(row.party_id, row)
    found: dict[str, list[Reminder]] = {}
    for row in sorted(last.values(), key=lambda row: row.party.sort_key):
        found.setdefault(row.why, []).append(row)
    return found
