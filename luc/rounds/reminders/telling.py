"""Writes reminders: one row a person, occasion and obligation, in portions that a second worker may meet half-way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.rounds.models import Cycle
from luc.rounds.reminders.ladder import Ladder, Told
from luc.rounds.reminders.models import RETURNED, Reminder, Rung
from luc.rounds.reminders.planning import Owing
from luc.rounds.reminders.schedule import target

PORTION = 400


def portions(rows: Sequence[Owing], size: int = PORTION) -> Iterator[Sequence[Owing]]:
    """The rows in pieces, none of which holds a transaction for long."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def tell(tenant: int, owing: Sequence[Owing], ladder: Ladder, moment: datetime) -> int:
    """Keep the reminders of one portion in one transaction; returns how many. What is there already stays single."""
    with transaction.atomic():
        owing = _still_untold(owing)
        rows = [row for one in owing for row in _of(one, tenant, ladder, moment)]
        if rows:
            with action(Viewer.for_system(tenant), "rounds.remind", tenant=tenant) as acting:
                keep(acting, owing, rows)
    return len(rows)


def _of(one: Owing, tenant: int, ladder: Ladder, moment: datetime) -> Iterator[Reminder]:
    """The rows of one; that an answer came back is an act of somebody, told as one by hand is."""
    via = Reminder.Via.HAND if one.occasion.startswith(RETURNED) else None
    said = {"words": one.words, "by_name": one.by_name[:120]}
    yield from reminders(one, tenant, told(one, ladder), moment, via=via, **said)


def _still_untold(owing: Sequence[Owing]) -> list[Owing]:
    """What no other worker told in the meantime; the rounds stay locked until it is told."""
    list(Cycle.objects.select_for_update().filter(pk__in={one.cycle for one in owing}).order_by("pk"))
    rows = Reminder.objects.filter(
        occasion__in={one.occasion for one in owing}, obligation__in=[one.obligation for one in owing]
    )
    there = set(rows.values_list("obligation_id", "occasion"))
    return [one for one in owing if (one.obligation, one.occasion) not in there]


def told(one: Owing, ladder: Ladder) -> list[Told]:
    """Who is told of an obligation on its step; that an answer came back, who writes it."""
    rung = Rung.CONTACT if one.occasion.startswith(RETURNED) else target(one.offset, one.policy)
    return ladder.told(one.answerer, one.collector, rung, overdue=one.offset > 0, first=one.first)


def reminders(
    one: Owing,
    tenant: int,
    people: Iterable[Told],
    moment: datetime,
    *,
    via: Reminder.Via | None = None,
    **more: object,
) -> Iterator[Reminder]:
    """The rows to keep. `via` is taken by those who take mail at all; without it each is told as they chose."""
    for line in people:
        how = line.person.via(overdue=one.offset > 0) if line.person else Reminder.Via.DESK
        yield Reminder(
            tenant_id=tenant,
            obligation_id=one.obligation,
            party_id=one.party,
            occasion=one.occasion,
            offset=max(min(one.offset, 32_000), -32_000),
            rung=line.rung,
            via=via if via and how != Reminder.Via.DESK else how,
            user_id=line.person.user if line.person else None,
            user_name=line.person.name[:120] if line.person else "",
            why=line.why[:200],
            at=moment,
            **more,
        )


def keep(acting: Acting, owing: Iterable[Owing], rows: Iterable[Reminder], **said: object) -> None:
    """Write the rows and one line of history a cycle."""
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    counts: Mapping[int, int] = Counter(one.cycle for one in owing)
    for cycle in Cycle.objects.filter(pk__in=list(counts)).order_by("pk"):
        acting.log(cycle, None, {"reminded": counts[cycle.pk]} | said)
