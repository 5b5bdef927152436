"""What the letters tell other rooms when the application begins."""

from __future__ import annotations

from luc.issuing import standing
from luc.issuing.content import words
from luc.issuing.drafting import produces
from luc.issuing.letters import acts, offers
from luc.issuing.letters.actions import CELLS, MAKERS, PRODUCER
from luc.issuing.models import Block, Draft
from luc.kernel import registry, rights
from luc.kernel.text import written


def register() -> None:
    """Rights, the numbers that letters show, and the links on boards, on pages of agencies and on reports."""
    rights.register(acts.ACTS)
    for kind, made in MAKERS.items():
        produces(kind, PRODUCER, made)
    for kind, cells in CELLS.items():
        standing.makes(kind, cells)
    standing.retells(Draft.Kind.ASSIGNMENTS, _tables)
    registry.offer("reporting.cycle", offers.on_board)
    registry.offer("plans.party", offers.on_party)
    registry.offer("reporting.submission", offers.on_submission)


def _tables(draft: Draft) -> standing.Retold:
    """The annexes of a letter of assignments as the plan has them today."""
    with written():
        _known, pieces = MAKERS[Draft.Kind.ASSIGNMENTS.value](draft)
    made = [piece for piece in pieces if piece.kind == Block.Kind.TABLE]
    return {(PRODUCER, piece.place[:80]): words(piece.content) for piece in made}
