"""Who does not get their letters: whose last ones all failed, since when, with what words of the mail server."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from luc.agencies.models import Membership
from luc.kernel.models import User
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today, valid_on
from luc.rounds.reminders.ladder import REFUSED_FOR
from luc.rounds.reminders.models import Outcome

BOUNCED = (Outcome.Result.REFUSED, Outcome.Result.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Bounced:
    """Somebody whose address does not take letters; `times` since `first`."""

    user: User
    parties: tuple[str, ...]
    address: str
    first: datetime
    last: datetime
    times: int
    error: str


def bounced(viewer: Viewer) -> list[Bounced]:
    """The people of the viewer's tenants whose letters failed and to whom none went since; three statements.

    Who got another address, is locked or has no role any more is left out: that was the way out.
    """
    tenants = viewer.tenants_for("rounds.bounces")
    lately = Outcome.objects.filter(tenant__in=tenants, at__gte=now() - REFUSED_FOR)
    same = Outcome.objects.filter(attempt__letter__address=OuterRef("attempt__letter__address"))
    arrived = same.filter(result=Outcome.Result.SENT, at__gt=OuterRef("at"), tenant=OuterRef("tenant"))
    rows = lately.filter(~Exists(arrived), result__in=BOUNCED, attempt__letter__user__is_active=True)
    found: dict[int, list[Outcome]] = {}
    for row in rows.select_related("attempt__letter__user").order_by("at", "pk"):
        letter = row.attempt.letter
        if letter.address and letter.address == letter.user.email:
            found.setdefault(letter.user_id, []).append(row)
    parties = _parties(tenants, found.keys()) if found else {}
    return [_bounced(of, parties[user]) for user, of in found.items() if user in parties]


def _parties(tenants: frozenset[int], users: Collection[int]) -> dict[int, list[str]]:
    held = Membership.objects.filter(valid_on(today()), tenant__in=tenants, user__in=users)
    found: dict[int, list[str]] = {}
    for user, name in held.order_by("party__sort_key").values_list("user", "party__name"):
        found.setdefault(user, []).append(name)
    return found


def _bounced(rows: list[Outcome], parties: list[str]) -> Bounced:
    letter = rows[-1].attempt.letter
    names = tuple(dict.fromkeys(parties))
    return Bounced(letter.user, names, letter.address, rows[0].at, rows[-1].at, len(rows), rows[-1].error)
