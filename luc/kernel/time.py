"""Vietnamese time (UTC+7, no summer time). Moments are aware; periods and validity are half-open [from, until)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


_told: ContextVar[datetime | None] = ContextVar("luc_now", default=None)


def now() -> datetime:
    """This moment, in Vietnamese time."""
    return (_told.get() or timezone.now()).astimezone(VIETNAM)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Let `now` be a moment of the past: the demonstration tells last year's story with it, and what a plan assigned on
    a day is read with it. Nothing that is written in earnest is dated so."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """The day it is in Viet Nam."""
    return now().date()


def start_of(day: date) -> datetime:
    """The first moment of a day in Viet Nam: "trước ngày 10" is due at start_of(10)."""
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def end_of(day: date) -> datetime:
    """The first moment after a day: "chậm nhất ngày 10" is due at end_of(10)."""
    return start_of(day + timedelta(days=1))


def valid_on(day: date, prefix: str = "") -> Q:
    """Condition that a row with valid_from (may be unknown) and valid_to holds on a day."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return begun & not_ended
