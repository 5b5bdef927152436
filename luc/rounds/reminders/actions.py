"""What people do about reminders: remind by hand, say when to remind and when one works, choose how to be told."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from luc.agencies.queries import hash_of
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today
from luc.rounds.models import Cycle
from luc.rounds.reminders import queries, running
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.first import firsts
from luc.rounds.reminders.ladder import ladder_of
from luc.rounds.reminders.models import (
    OF_THE_PARTY,
    CalendarDay,
    Feed,
    Policy,
    Preference,
    Reminder,
    Rung,
    WorkingHours,
)
from luc.rounds.reminders.planning import Owing, policies, policy_of
from luc.rounds.reminders.schedule import days_from
from luc.rounds.reminders.telling import keep, reminders, told

HOUR = timedelta(hours=1)
FURTHEST = 90  # days before or after the last day
MOST = 20  # steps in one policy


class JustReminded(Refused):
    """Some of the parties were reminded within the hour; the officer may confirm that it shall be so again."""

    def __init__(self, parties: Sequence[str]) -> None:
        super().__init__(_("Trong một giờ qua đã nhắc: %(parties)s.") % {"parties": ", ".join(parties[:10])})
        self.parties = list(parties)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one act of reminding did: how many parties, of how many nobody is there, when the mails leave."""

    parties: int
    climbed: int
    leaves_at: datetime
    at_once: bool


def remind_by_hand(
    viewer: Viewer, cycle: int, *, chosen: Collection[int], words: str = "", again: bool = False
) -> Reminded:
    """Remind the parties of some obligations now, in one act, with words of one's own.

    Raises Refused when none of them still owes an answer, JustReminded unless `again`. On the desk it is there at
    once, as mail within working hours.
    """
    row: Cycle = queries.collected(viewer).get(pk=cycle)
    moment, calendar = now(), calendar_of(row.tenant_id)
    ladder = ladder_of(row.tenant_id, moment.date())
    with action(viewer, "rounds.remind", tenant=row.tenant_id, party=row.collector_id) as acting:
        Cycle.objects.select_for_update().get(pk=cycle)
        owing = _owing(viewer, row, chosen, moment)
        if not again:
            _refuse_within_the_hour(owing, moment)
        people = [(one, told(one, ladder)) for one in owing]
        said = {"words": words.strip(), "by_id": viewer.user, "by_name": viewer.name[:120]}
        rows = [
            line
            for one, lines in people
            for line in reminders(one, row.tenant_id, lines, moment, via=Reminder.Via.HAND, **said)
        ]
        for line in rows:
            if line.rung == Rung.OFFICER:  # who reminds is not written to about it
                line.via = Reminder.Via.DESK
        keep(acting, owing, rows, words=words.strip())
    at_once = calendar.is_open(moment)
    if at_once and not running.is_busy(row.tenant_id):
        running.start(row.tenant_id)
    climbed = sum(any(line.rung not in OF_THE_PARTY and line.why for line in lines) for _one, lines in people)
    return Reminded(len(owing), climbed, calendar.next_open(moment), at_once)


def _owing(viewer: Viewer, cycle: Cycle, chosen: Collection[int], moment: datetime) -> list[Owing]:
    policy = policy_of(cycle.pk, policies(cycle.tenant_id))
    name = f"hand/{secrets.token_hex(8)}"
    who = firsts([cycle.pk])
    found = [
        Owing(
            row.pk,
            cycle.pk,
            row.party_id,
            row.answerer_id,
            cycle.collector_id,
            days_from(row.due_at, moment.date()),
            name,
            policy,
            who.of(row.pk, cycle.pk, row.answerer_id),
        )
        for row in queries.missing(viewer, cycle).filter(pk__in=chosen)
    ]
    if not found:
        raise Refused(_("Hãy chọn ít nhất một đơn vị chưa gửi báo cáo."))
    return found


def _refuse_within_the_hour(owing: Sequence[Owing], moment: datetime) -> None:
    rows = Reminder.objects.filter(obligation__in=[one.obligation for one in owing], at__gt=moment - HOUR)
    names = rows.order_by("party__sort_key").values_list("party__name", flat=True)
    if names:
        raise JustReminded(list(dict.fromkeys(names)))


def set_policy(
    viewer: Viewer,
    cycle: int | None,
    *,
    tenant: int,
    days: Collection[int],
    head_from: int,
    officer_from: int,
    is_on: bool = True,
) -> Policy:
    """Say when to remind: in a cycle, or in all of the tenant that say nothing else. Raises Refused with the fields."""
    _check(days, head_from, officer_from, is_on=is_on)
    values = {
        "days": sorted(set(days)),
        "head_from": head_from,
        "officer_from": officer_from,
        "is_on": is_on,
    }
    if cycle is None:
        frame = action(viewer, "rounds.reminder_policy", tenant=tenant)
    else:
        row: Cycle = queries.collected(viewer).get(pk=cycle)
        tenant = row.tenant_id
        frame = action(viewer, "rounds.remind", tenant=tenant, party=row.collector_id)
    there = Policy.objects.filter(tenant=tenant, cycle=cycle).first()
    if there and all(getattr(there, name) == value for name, value in values.items()):
        return there
    with frame as acting:
        if there:
            return acting.change(there, **values)
        return acting.create(Policy(tenant_id=tenant, cycle_id=cycle, **values))


def _check(days: Collection[int], head_from: int, officer_from: int, *, is_on: bool) -> None:
    fields = {}
    if is_on and not days:
        fields["before"] = _("Hãy ghi ít nhất một ngày nhắc, hoặc tắt nhắc tự động.")
    if any(abs(day) > FURTHEST for day in days) or len(set(days)) > MOST:
        fields["before"] = _("Tối đa %(most)d ngày nhắc, trong vòng %(days)d ngày trước và sau hạn.") % {
            "most": MOST,
            "days": FURTHEST,
        }
    if not 1 <= head_from <= officer_from <= FURTHEST:
        fields["officer_from"] = _(
            "Thủ trưởng được nhắc trước hoặc cùng lúc với cơ quan đầu mối, từ 1 ngày quá hạn."
        )
    if fields:
        raise Refused(" ".join(fields.values()), fields)


def follow_the_usual(viewer: Viewer, cycle: int) -> None:
    """Drop a cycle's own policy: the tenant's holds again."""
    row: Cycle = queries.collected(viewer).get(pk=cycle)
    there = Policy.objects.filter(cycle=row).first()
    if there is None:
        return
    with action(viewer, "rounds.remind", tenant=row.tenant_id, party=row.collector_id) as acting:
        acting.log(there, {"days": there.days, "is_on": there.is_on}, None)
        there.delete()


def set_hours(viewer: Viewer, *, tenant: int, opens: time, closes: time) -> WorkingHours:
    """Say from when to when mails go out on a working day. Raises Refused when it closes before it opens."""
    if closes <= opens:
        message = _("Giờ kết thúc phải sau giờ bắt đầu.")
        raise Refused(message, {"closes": message})
    there = WorkingHours.objects.filter(tenant=tenant).first() or WorkingHours(tenant_id=tenant)
    if there.pk and (there.opens, there.closes) == (opens, closes):
        return there
    with action(viewer, "rounds.calendar", tenant=tenant) as acting:
        if there.pk:
            return acting.change(there, opens=opens, closes=closes)
        there.opens, there.closes = opens, closes
        return acting.create(there)


def say_day(viewer: Viewer, *, tenant: int, day: date, works: bool, name: str) -> CalendarDay:
    """Say that a day is off or worked, whatever the week and the national list say. Raises Refused for a day twice."""
    if not name.strip():
        message = _("Hãy ghi lý do, ví dụ số thông báo nghỉ.")
        raise Refused(message, {"name": message})
    if CalendarDay.objects.filter(tenant=tenant, day=day).exists():
        message = _("Ngày này đã có trong lịch; hãy bỏ dòng cũ trước.")
        raise Refused(message, {"day": message})
    with action(viewer, "rounds.calendar", tenant=tenant) as acting:
        return acting.create(
            CalendarDay(tenant_id=tenant, day=day, works=works, name=" ".join(name.split())[:200])
        )


def unsay_day(viewer: Viewer, pk: int) -> None:
    """Take back what was said of a day."""
    row = queries.said_days(viewer).get(pk=pk)
    with action(viewer, "rounds.calendar", tenant=row.tenant_id) as acting:
        acting.log(row, {"day": row.day, "works": row.works, "name": row.name}, None)
        row.delete()


def choose(viewer: Viewer, *, way: str, language: str) -> Preference:
    """Keep how the viewer wants to be reminded. Raises Refused for what is no way."""
    if way not in Preference.Way.values or language not in ("vi", "en"):
        raise Refused(_("Hãy chọn một cách nhận nhắc."), {"way": _("Chưa chọn.")})
    there = queries.preference(viewer)
    if there.pk and (there.way, there.language) == (way, language):
        return there
    with action(viewer, "rounds.own_reminders", tenant=viewer.tenant) as acting:
        if there.pk:
            return acting.change(there, way=way, language=language)
        there.way, there.language = way, language
        return acting.create(there)


def make_feed(viewer: Viewer) -> str:
    """Make a new secret address of the viewer's calendar; an earlier one ends. Returns the secret, kept nowhere."""
    assert viewer.user is not None
    secret = secrets.token_urlsafe(32)
    with action(viewer, "rounds.own_reminders", tenant=viewer.tenant) as acting:
        for row in Feed.objects.select_for_update().filter(user=viewer.user, revoked_at=None):
            acting.change(row, revoked_at=now())
        feed = Feed(user_id=viewer.user, secret_hash=hash_of(secret), created_at=now())
        feed.save(force_insert=True)
        acting.log(feed, None, {"created_at": feed.created_at})
    return secret


def revoke_feed(viewer: Viewer) -> None:
    """End the viewer's calendar address. Raises Refused when there is none."""
    row = queries.feed(viewer)
    if row is None:
        raise Refused(_("Chưa có địa chỉ lịch nào."))
    with action(viewer, "rounds.own_reminders", tenant=viewer.tenant) as acting:
        acting.change(row, revoked_at=now())


def confirm_day(viewer: Viewer, *, tenant: int, day: date) -> CalendarDay:
    """Take a national day that waits for its year's announcement as off. Raises Refused for any other day."""
    found = queries.to_confirm(tenant, today()).get(day)
    if found is None:
        raise Refused(_("Ngày này không chờ xác nhận."))
    return say_day(viewer, tenant=tenant, day=day, works=False, name=found.name)
