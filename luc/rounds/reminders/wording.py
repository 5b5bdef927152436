"""What a letter says: what is owed, by when, one link, how to change it. Text and plain HTML, no tracking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from luc.kernel.time import VIETNAM
from luc.rounds.reminders.models import OF_THE_PARTY, RETURNED, Reminder, Rung
from luc.rounds.reminders.schedule import days_from, last_day
from luc.rounds.words import due_words

NAMED = 40  # late agencies named in one letter; the page has them all


@dataclass(frozen=True, slots=True)
class Words:
    """A letter as it goes out."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a letter."""

    party: str
    title: str
    collector: str
    due: str
    left: str
    is_late: bool
    note: str
    address: str
    to_approve: bool
    to_correct: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """One round in a letter to who waits for the answers: who is wanting."""

    title: str
    due: str
    count: int
    parties: list[str]
    more: int
    address: str


def written(name: str, rows: Sequence[Reminder], moment: datetime, language: str) -> Words:
    """The letter to one person that carries some reminders, in the person's language."""
    with override(language):
        single = {(row.obligation_id, row.rung == Rung.OFFICER): row for row in rows}.values()
        own = [_line(row, moment) for row in single if row.rung in OF_THE_PARTY]
        followed = _followed([row for row in single if row.rung == Rung.OFFICER])
        context = {
            "name": name,
            "own": own,
            "followed": followed,
            "address": settings.ADDRESS + "/",
            "words": list(dict.fromkeys(row.words for row in rows if row.words)),
            "by": next((row.by_name for row in rows if row.by_name), ""),
        }
        return Words(
            _subject(own, followed),
            render_to_string("rounds/reminders/mail.txt", context).strip() + "\n",
            render_to_string("rounds/reminders/mail.html", context),
        )


def _line(row: Reminder, moment: datetime) -> Line:
    due_at = row.obligation.due_at
    return Line(
        row.party.name,
        row.obligation.cycle.title,
        row.obligation.cycle.collector.name,
        due_words(row.obligation),
        left_words(due_at, moment),
        moment >= due_at,
        _note(row),
        settings.ADDRESS + reverse("rounds:obligation", args=[row.obligation_id]),
        row.rung == Rung.APPROVER,
        row.occasion.startswith(RETURNED),
    )


def _note(row: Reminder) -> str:
    if row.rung == Rung.APPROVER:
        return _("Báo cáo đã được trình, đang chờ bạn duyệt.")
    if row.occasion.startswith(RETURNED):
        return _("Báo cáo được trả lại để sửa; sửa xong gửi lại.")
    if row.rung != Rung.HEAD:
        return ""
    if row.why:
        return _("Gửi thủ trưởng vì chưa tới được người làm báo cáo của đơn vị.")
    return _("Gửi thủ trưởng vì báo cáo của đơn vị đã quá hạn.")


def left_words(due_at: datetime, moment: datetime) -> str:
    """How much time is left, or how late it is, in days."""
    days = days_from(due_at, moment.astimezone(VIETNAM).date())
    if moment >= due_at:
        return ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", max(days, 1)) % {"n": max(days, 1)}
    if days == 0:
        return _("hôm nay là ngày cuối")
    return ngettext("còn %(n)d ngày", "còn %(n)d ngày", -days) % {"n": -days}


def _followed(rows: Sequence[Reminder]) -> list[Followed]:
    found: dict[int, list[Reminder]] = {}
    for row in rows:
        found.setdefault(row.obligation.cycle_id, []).append(row)
    out = []
    for group in found.values():
        names = [row.party.name + (f" ({row.why})" if row.why else "") for row in group]
        cycle = group[0].obligation.cycle
        due = due_words(group[0].obligation)
        more, address = max(0, len(names) - NAMED), reverse("rounds:cycle", args=[cycle.pk])
        out.append(Followed(cycle.title, due, len(names), names[:NAMED], more, settings.ADDRESS + address))
    return out


def _subject(own: Sequence[Line], followed: Sequence[Followed]) -> str:
    if len(own) == 1 and not followed and own[0].to_approve:
        return _("Chờ duyệt báo cáo: %(title)s, %(left)s") % {"title": own[0].title, "left": own[0].left}
    if len(own) == 1 and not followed and own[0].to_correct:
        return _("Cần sửa báo cáo: %(title)s, %(left)s") % {"title": own[0].title, "left": own[0].left}
    if len(own) == 1 and not followed:
        return _("Nhắc báo cáo: %(title)s, %(left)s") % {"title": own[0].title, "left": own[0].left}
    late = sum(line.is_late for line in own)
    parts = []
    if own:
        parts.append(ngettext("%(n)d việc", "%(n)d việc", len(own)) % {"n": len(own)})
    if late:
        parts.append(ngettext("%(n)d việc quá hạn", "%(n)d việc quá hạn", late) % {"n": late})
    if followed:
        n = sum(one.count for one in followed)
        parts.append(ngettext("%(n)d đơn vị cần đôn đốc", "%(n)d đơn vị cần đôn đốc", n) % {"n": n})
    return _("Nhắc báo cáo: %(parts)s") % {"parts": ", ".join(parts)}


def planned_words(due_at: datetime, offset: int) -> str:
    """A step in words: "trước hạn 3 ngày", "ngày cuối", "quá hạn 1 ngày"."""
    if offset < 0:
        return ngettext("trước hạn %(n)d ngày", "trước hạn %(n)d ngày", -offset) % {"n": -offset}
    if offset == 0:
        return _("ngày cuối %(day)s") % {"day": f"{last_day(due_at):%d/%m}"}
    return ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", offset) % {"n": offset}
