"""From a consolidation to the blocks of a draft: what is produced, and what the head of the paper says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from luc.agencies.issuing import collective, words
from luc.issuing.cells import Cells, cells
from luc.issuing.models import Block, Draft
from luc.issuing.outlines import Heading
from luc.issuing.producers import produce
from luc.issuing.producers.pieces import Material, Piece
from luc.issuing.standing import told_now
from luc.kernel.text import written
from luc.reporting.letterhead import letterhead
from luc.reporting.queries.consolidation import Consolidation

Place = tuple[str, str]  # producer and place


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a draft would be if it were made now; `told` where it is a report."""

    cells: Cells
    pieces: list[tuple[str, Piece]]
    told: Consolidation | None = None


Made = tuple[Cells, list[Piece]]
Producer = Callable[[Draft], Made]
_producers: dict[str, tuple[str, Producer]] = {}


def produces(kind: str, name: str, producer: Producer) -> None:
    """Say how a kind of paper that is no report is made: cells and pieces; `name` is their producer's."""
    _producers[kind] = (name, producer)


def fresh(draft: Draft) -> Fresh:
    """Consolidate and produce by the draft's own outline; other papers by their producer."""
    if draft.kind in _producers:
        name, producer = _producers[draft.kind]
        with written():
            known, made = producer(draft)
        return Fresh(known, [(name, piece) for piece in made])
    told = told_now(draft)
    with written():
        found = cells(told)
        pieces = produce(Material(told, found), [Heading.of(row) for row in draft.outline])
    return Fresh(found, pieces, told)


def block_of(draft: Draft, producer: str, piece: Piece, order: int) -> Block:
    """The row of a piece, not saved."""
    return Block(
        tenant_id=draft.tenant_id,
        draft=draft,
        order=order,
        kind=piece.kind,
        level=piece.level,
        content=piece.content,
        producer=producer,
        place=piece.place[:80],
    )


def head_of(told: Consolidation) -> dict[str, object]:
    """The head and foot of a report from what the registers know, as a draft keeps them."""
    found = asdict(letterhead(told.cycle, told.plan))
    return {
        **{name: list(value) if isinstance(value, tuple) else value for name, value in found.items()},
        "kind": words()["kind"],
        "signer_collective": collective(told.cycle.collector),
    }


def title_of(told: Consolidation) -> str:
    """What a report is called (trích yếu)."""
    plan, period = told.plan, told.cycle.title.removeprefix("Báo cáo ").strip()
    title = plan.title[:1].lower() + plan.title[1:]
    return f"Kết quả thực hiện {plan.kind.capitalize()} {title} ({period})"[:600]
