"""How a round and an obligation are said on pages: when it is due, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from luc.kernel.time import VIETNAM, now, today
from luc.rounds.models import Cycle, Obligation


@dataclass(frozen=True, slots=True)
class Standing:
    """How an obligation stands, as a tone, words, and a name to filter by."""

    name: str
    tone: str
    words: str


def standing(obligation: Obligation) -> Standing:
    """How an obligation stands now."""
    state, nil = Obligation.State, obligation.is_nil
    if obligation.state == state.ACCEPTED:
        return Standing("accepted", "good", _("đã chấp nhận, không phát sinh") if nil else _("đã chấp nhận"))
    if obligation.state == state.SUBMITTED:
        return Standing("waiting", "wait", _("đã gửi, không phát sinh") if nil else _("đã gửi, chờ xem"))
    if obligation.state == state.RETURNED:
        return Standing("returned", "warn", _("trả lại, cần sửa"))
    if obligation.due_at <= now():
        return Standing("overdue", "bad", _("quá hạn, chưa gửi"))
    return Standing("open", "idle", _("chưa gửi, còn hạn"))


def due_words(row: Cycle | Obligation) -> str:
    """The due moment as an office says it, with the last day on which one is in time."""
    at = row.due_at.astimezone(VIETNAM)
    if at.time() != time.min:
        return _("trước %(time)s ngày %(day)s") % {"time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}
    last = at - timedelta(days=1)
    return _("trước ngày %(day)s (hết ngày %(last)s)") % {"day": f"{at:%d/%m/%Y}", "last": f"{last:%d/%m}"}


def clock(at: datetime) -> str:
    """A moment of today as "14:05", an earlier one with its day."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M}" if local.date() == today() else f"{local:%H:%M %d/%m/%Y}"
