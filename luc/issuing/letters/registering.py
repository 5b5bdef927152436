"""What the letters tell other rooms when the application begins."""

from __future__ import annotations

from luc.issuing import standing
from luc.issuing.cells import Cells
from luc.issuing.content import words
from luc.issuing.drafting import Producer, produces
from luc.issuing.letters import acts, offers
from luc.issuing.letters.actions import MAKERS, PRODUCER
from luc.issuing.models import Block, Draft
from luc.kernel import registry, rights
from luc.kernel.text import written


def register() -> None:
    """Rights, the numbers that letters show, and the links on boards, on pages of agencies and on reports."""
    rights.register(acts.ACTS)
    for kind, made in MAKERS.items():
        standing.makes(kind, _cells(made))
        produces(kind, PRODUCER, made)
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


def _cells(made: Producer) -> standing.Maker:
    def cells(draft: Draft) -> Cells:
        return made(draft)[0]

    return cells
