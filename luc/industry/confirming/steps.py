"""What makes an enterprise's answer complete; a step of every action that may complete it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from luc.industry.fields import of_columns
from luc.industry.models import Enterprise, Entry, Offer, State
from luc.kernel.history import Acting
from luc.kernel.prepared import Prepared
from luc.kernel.time import now
from luc.rounds import actions as rounds
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Obligation, Submission
from luc.rounds.succession import taking_answers

REGISTRY = "industry.registry"  # the source of these rounds; its number is the tenant's


def blocks_of(enterprise: Enterprise) -> list[Entry]:
    """What is confirmed one by one: the enterprise itself, then its public offers by name."""
    offers = Offer.objects.filter(enterprise=enterprise.pk, is_public=True).order_by("sort_key", "pk")
    return [enterprise, *offers]


def owed_by(enterprise: Enterprise) -> Obligation | None:
    """What an enterprise still owes in a round that takes answers."""
    rows = Obligation.objects.filter(
        taking_answers(),
        party=enterprise.party_id,
        cycle__source_kind=REGISTRY,
        state__in=WRITABLE,
    )
    return rows.select_related("cycle").order_by("-pk").first()


def is_answered(entry: Entry, since: datetime) -> bool:
    """Whether a block was confirmed since, or corrected and handed in."""
    if entry.confirmed_at is not None and entry.confirmed_at >= since:
        return True
    return entry.state != State.DRAFT and entry.handed_at is not None and entry.handed_at >= since


_missed: Prepared[tuple[int, datetime]] = Prepared(
    lambda parties, at: Obligation.objects.filter(
        party__in=parties, cycle__source_kind=REGISTRY, state__in=WRITABLE, due_at__lte=at
    ).values_list("party", "cycle__opened_at")
)


def unconfirmed(enterprises: Iterable[Enterprise]) -> dict[int, datetime]:
    """Of the enterprises that let the day of a round pass: by id, when each last said that its entry is true.

    One statement.
    """
    said = {row.party_id: (row.pk, row.said_at) for row in enterprises if row.said_at}
    found = {}
    for party, opened_at in _missed(parties=list(said), at=now()):
        enterprise, at = said[party]
        if opened_at > at:
            found[enterprise] = at
    return found


def settle(acting: Acting, enterprise: int) -> Submission | None:
    """Answer what an enterprise owes once every block is answered; at once when it is public no more.

    None where something is open still, or nothing is owed.
    """
    row = Enterprise.objects.get(pk=enterprise)
    owed = owed_by(row)
    if owed is None:
        return None
    blocks = blocks_of(row) if row.is_public else []
    if not all(is_answered(one, owed.cycle.opened_at) for one in blocks):
        return None
    content = {"entries": _frozen(blocks, owed.cycle.opened_at)}
    submission = rounds.freeze(acting, owed.pk, content=content, is_nil=not blocks)
    rounds.accept(acting, [submission.pk])
    return submission


def _frozen(blocks: Sequence[Entry], since: datetime) -> list[dict[str, Any]]:
    return [
        {
            "kind": "offer" if isinstance(one, Offer) else "enterprise",
            "id": one.pk,
            "values": of_columns(one),
            "confirmed": one.confirmed_at is not None and one.confirmed_at >= since,
        }
        for one in blocks
    ]
