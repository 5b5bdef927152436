"""Who is told that an answer came back: whoever writes it, once for each version, with the remarks, by mail at once.

The worker looks for them as it looks for what is due, so that a verdict waits for no mail, and none is lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from luc.rounds.correcting import Correction, corrections
from luc.rounds.models import Obligation, Submission
from luc.rounds.reminders.calendar import Calendar
from luc.rounds.reminders.first import firsts
from luc.rounds.reminders.models import RETURNED, Reminder
from luc.rounds.reminders.planning import Owing, policies, policy_of, still_owed
from luc.rounds.reminders.schedule import days_from

LOOKS_BACK = timedelta(days=5)  # a return in holidays is told after them; what is older is old


def returned_now(tenant: int, moment: datetime, calendar: Calendar) -> list[Owing]:
    """The answers that came back in the last days and of which nobody was told; nothing outside working hours."""
    if not calendar.is_open(moment):
        return []
    lately = Q(verdict__at__gte=moment - LOOKS_BACK) | Q(reopening__at__gte=moment - LOOKS_BACK)
    back = Submission.objects.filter(lately, obligation=OuterRef("pk"))
    rows = still_owed().filter(Exists(back), tenant=tenant, state=Obligation.State.RETURNED)
    listed = list(rows.select_related("cycle").order_by("party", "pk"))
    if not listed:  # nearly always: the worker asks every minute
        return []
    told = set(
        Reminder.objects.filter(obligation__in=listed, occasion__startswith=RETURNED).values_list(
            "obligation_id", "occasion"
        )
    )
    said, who = corrections(listed), firsts({row.cycle_id for row in listed})
    policy = policies(tenant)
    return [
        Owing(
            row.pk,
            row.cycle_id,
            row.party_id,
            row.answerer_id,
            row.cycle.collector_id,
            days_from(row.due_at, moment.date()),
            name,
            policy_of(row.cycle_id, policy),
            who.of(row.pk, row.cycle_id, row.answerer_id),
            words=_words(found),
            by_name=found.by_name,
        )
        for row in listed
        if (found := said.get(row.pk))
        if (row.pk, name := f"{RETURNED}{found.version}") not in told
    ]


def _words(found: Correction) -> str:
    """What was said of the whole, and of how many rows something was said."""
    rows = f"{len(found.rows)} dòng có lưu ý, ghi ngay tại dòng." if found.rows else ""
    return "\n".join(filter(None, [found.remarks.strip(), rows]))
