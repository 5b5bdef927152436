"""The next rung where a letter did not arrive: who was to be told was not, so somebody above is told at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.rounds.reminders.ladder import CALLED, Ladder
from luc.rounds.reminders.models import (
    ARRIVED,
    FAILED,
    OF_THE_PARTY,
    Attempt,
    Outcome,
    Policy,
    Reminder,
    Rung,
)
from luc.rounds.reminders.planning import Owing, still_owed
from luc.rounds.reminders.schedule import height
from luc.rounds.reminders.telling import keep, reminders

LOOKS_BACK = timedelta(days=3)
WHY = "thư gửi %s không tới"


def unreached(tenant: int, moment: datetime) -> list[Reminder]:
    """One reminder for each obligation, occasion and rung whose letters all failed, where no higher rung was told."""
    lately = Outcome.objects.filter(tenant=tenant, result__in=FAILED, at__gte=moment - LOOKS_BACK)
    failed = list(lately.values_list("attempt__letter", flat=True))
    if not failed:  # nearly always: the worker asks every minute
        return []
    rows = Reminder.objects.filter(
        rung__in=OF_THE_PARTY, obligation__in=still_owed(), enclosed__letter__in=failed
    )
    same = Reminder.objects.filter(obligation=OuterRef("obligation"), occasion=OuterRef("occasion"))
    reached = same.filter(_arrived(), rung=OuterRef("rung"))
    rows = rows.filter(~Exists(reached)).select_related("obligation__cycle").order_by("pk")
    found = {(row.obligation_id, row.occasion, row.rung): row for row in rows}
    higher = {key: max(map(_height, rungs)) for key, rungs in _told(found.values(), "rung").items()}
    return [row for row in found.values() if higher[row.obligation_id, row.occasion] == _height(row.rung)]


def _arrived() -> Q:
    tried = Attempt.objects.filter(letter=OuterRef("enclosed__letter"))
    return Exists(tried.filter(outcome__result__in=ARRIVED)) | ~Exists(
        tried.filter(outcome__result__in=FAILED)
    )


def _told(rows: Iterable[Reminder], column: str) -> dict[tuple[int, str], list[Any]]:
    """A column of every reminder of the same obligations on the same occasions, by both; in one statement."""
    rows = list(rows)
    if not rows:
        return {}
    names, obligations = {row.occasion for row in rows}, {row.obligation_id for row in rows}
    there = Reminder.objects.filter(occasion__in=names, obligation__in=obligations)
    found: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for obligation, name, value in there.values_list("obligation_id", "occasion", column):
        found[obligation, name].append(value)
    return found


def _height(rung: str) -> int:
    return height(Rung(rung))


def climb(tenant: int, rows: Sequence[Reminder], ladder: Ladder, moment: datetime) -> int:
    """Tell the next rung of what did not arrive; returns how many reminders that made."""
    made: list[Reminder] = []
    owing: list[Owing] = []
    told = _told(rows, "user_id")
    for row in rows:
        one = _owing(row)
        owing.append(one)
        above = ladder.above(
            Rung(row.rung), one.answerer, one.collector, told[row.obligation_id, row.occasion]
        )
        why = WHY % CALLED[Rung(row.rung)]
        people = [replace(line, why="; ".join(filter(None, [why, line.why]))) for line in above]
        made += list(reminders(one, tenant, people, moment, via=Reminder.Via.CLIMB, words=row.words))
    if made:
        with action(Viewer.for_system(tenant), "rounds.remind", tenant=tenant) as acting:
            keep(acting, owing, made, why="thư không tới, nhắc cấp trên")
    return len(made)


def _owing(row: Reminder) -> Owing:
    cycle = row.obligation.cycle
    by = row.obligation.answerer_id
    return Owing(
        row.obligation_id, cycle.pk, row.party_id, by, cycle.collector_id, row.offset, row.occasion, Policy()
    )
