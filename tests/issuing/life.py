"""A draft in steps, through the actions, for tests that start somewhere in its life."""

from __future__ import annotations

from luc.issuing import actions
from luc.issuing.models import Block, Draft
from luc.issuing.standing import Finding, findings, fingerprint, now_of
from luc.rounds.models import Cycle
from tests.cast import Side
from tests.reporting.life import accept, draft_of, full_answers, hand_in, open_cycle, report, write


def reported(side: Side) -> Cycle:
    """A cycle in which finance is behind with one task and environment has answered everything; both accepted."""
    cycle = open_cycle(side)
    rows = full_answers(draft_of(side, "finance"), "Đã cân đối 1.234,5 tỷ đồng")
    lead = next(line.row.key for line in draft_of(side, "finance").lines if line.row.role == "lead")
    rows[lead] = {
        "state": "behind",
        "result": "Mới xong dự thảo",
        "obstacle": "Thiếu 12 định mức",
        "proposal": "Ban hành định mức",
    }
    write(side, "finance", rows)
    accept(side, hand_in(side, "finance"), *report(side, "environment"))
    return cycle


def drafted(side: Side, cycle: Cycle | None = None) -> Draft:
    """The report of a (new) cycle, drafted from what is accepted."""
    of = cycle or reported(side)
    return actions.start(side.viewer("officer"), of.pk, accepted_only=True)


def blocks_of(draft: Draft) -> list[Block]:
    """What stands in a draft."""
    return list(Block.objects.filter(draft=draft, removed_at=None).order_by("order"))


def block_at(draft: Draft, producer: str, place: str = "") -> Block:
    """The (first) block of a producer."""
    rows = Block.objects.filter(draft=draft, producer=producer, removed_at=None)
    return (rows.filter(place=place) if place else rows.order_by("order"))[0]


def wrong(draft: Draft) -> list[Finding]:
    """All that is not right with a draft now."""
    draft.refresh_from_db()
    rows = blocks_of(draft)
    return findings(rows, now_of(draft, rows))


def refresh(side: Side, draft: Draft, take: set[str] | None = None, words: set[str] | None = None) -> int:
    """Take what differs now."""
    draft.refresh_from_db()
    viewer = side.viewer("officer")
    return actions.refresh(viewer, draft.pk, seen=fingerprint(draft), take=take, words=words or set())
