"""Turns reminders into letters: one a person and day for the digest, one for each thing or act where that was chosen.

A letter, and which reminders it carries, is written in one transaction; its key and the single place of a reminder in
a letter keep two workers apart: the second one's portion is undone, and finds nothing left when it looks again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from luc.agencies.models import Membership
from luc.kernel.models import User
from luc.kernel.time import VIETNAM
from luc.kernel.writing import writing
from luc.rounds.reminders.calendar import Calendar
from luc.rounds.reminders.ladder import preferences
from luc.rounds.reminders.models import Enclosed, Letter, Reminder
from luc.rounds.reminders.planning import still_owed
from luc.rounds.reminders.wording import written

PORTION = 200  # letters in one transaction
LOOKS_BACK = timedelta(days=21)  # longer than any holidays during which a letter waits
Via = Reminder.Via


def compose(tenant: int, moment: datetime, calendar: Calendar) -> int:
    """Write every letter that is wanting; returns how many. A person whose digest of the day went out waits a day."""
    groups = wanting(tenant, moment, calendar)
    people = _people(tenant) if groups else {}
    written_now = 0
    for start in range(0, len(groups), PORTION):
        written_now += _write(
            tenant, groups[start : start + PORTION], people, calendar.next_open(moment), moment
        )
    return written_now


def wanting(tenant: int, moment: datetime, calendar: Calendar) -> list[tuple[str, list[Reminder]]]:
    """The letters to write now: the key of each and the reminders it will carry."""
    day = calendar.next_open(moment).astimezone(VIETNAM).date()
    people: dict[int, list[Reminder]] = defaultdict(list)
    for row in unwritten(tenant, moment):
        people[row.user_id or 0].append(row)
    groups = [group for rows in people.values() for group in _of_person(rows, day.isoformat())]
    keys = [key for key, _rows in groups]
    there = set(Letter.objects.filter(tenant=tenant, key__in=keys).values_list("key", flat=True))
    return [(key, rows) for key, rows in groups if key not in there]


def _of_person(rows: Sequence[Reminder], day: str) -> list[tuple[str, list[Reminder]]]:
    """The letters of one person. What is to be said of one obligation goes into one of them."""
    groups: dict[str, list[Reminder]] = defaultdict(list)
    place: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (row.via != Via.DIGEST, row.via != Via.SINGLE)):
        key = place.setdefault(row.obligation_id, _key(row, day))
        groups[key].append(row)
    return list(groups.items())


def unwritten(tenant: int, moment: datetime) -> QuerySet[Reminder]:
    """Reminders of the last weeks that go by mail, stand in no letter yet, and whose answer is still wanting."""
    placed = Enclosed.objects.filter(reminder=OuterRef("pk"))
    rows = Reminder.objects.filter(
        ~Exists(placed),
        tenant=tenant,
        at__gte=moment - LOOKS_BACK,
        user__is_active=True,
        user__in=Membership.objects.filter(tenant=tenant).values("user"),
        obligation__in=still_owed(),
    ).exclude(via=Via.DESK)
    return rows.select_related("obligation__cycle__collector", "party").order_by(
        "user", "obligation__due_at", "pk"
    )


def _key(row: Reminder, day: str) -> str:
    if row.via == Via.DIGEST:
        return f"digest/{row.tenant_id}/{row.user_id}/{day}"
    if row.via == Via.SINGLE:
        return f"single/{row.obligation_id}/{row.occasion}/{row.user_id}"
    # by hand, or instead of a letter that did not arrive: all of one moment together
    return f"{row.via}/{row.tenant_id}/{row.user_id}/{row.at.timestamp():.6f}"


def _people(tenant: int) -> dict[int, tuple[User, str]]:
    """Everybody with a role, and the language in which they want their letters."""
    held = Membership.objects.filter(tenant=tenant).values("user")
    chosen = preferences(held)
    people = User.objects.filter(pk__in=held, is_active=True)
    return {user.pk: (user, chosen.get(user.pk, ("", "vi"))[1]) for user in people}


def _write(
    tenant: int,
    wanted: Sequence[tuple[str, list[Reminder]]],
    people: dict[int, tuple[User, str]],
    not_before: datetime,
    moment: datetime,
) -> int:
    pairs = [
        (_letter(tenant, key, rows, people, not_before, moment), rows)
        for key, rows in wanted
        if rows[0].user_id in people
    ]
    try:
        with transaction.atomic(), writing():
            Letter.objects.bulk_create([letter for letter, _rows in pairs])
            Enclosed.objects.bulk_create(
                [
                    Enclosed(tenant_id=tenant, letter=letter, reminder=row)
                    for letter, rows in pairs
                    for row in rows
                ],
                batch_size=500,
            )
    except IntegrityError:  # another worker wrote some of them
        return 0
    return len(pairs)


def _letter(
    tenant: int,
    key: str,
    rows: Sequence[Reminder],
    people: dict[int, tuple[User, str]],
    not_before: datetime,
    moment: datetime,
) -> Letter:
    """One letter, in the words of the moment at which it may leave."""
    user, language = people[rows[0].user_id or 0]
    words = written(user.full_name, rows, not_before, language)
    return Letter(
        tenant_id=tenant,
        key=key,
        user=user,
        address=user.email,
        subject=words.subject[:300],
        text=words.text,
        html=words.html,
        language=language,
        at=moment,
        not_before=not_before,
    )
