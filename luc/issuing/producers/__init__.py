"""Producers: from a consolidation and an outline to the pieces of a paper. The words are those of the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from luc.issuing.outlines import Heading
from luc.issuing.producers import assessment, money, results, situation, tables
from luc.issuing.producers.pieces import Kind, Material, Piece, section

Producer = Callable[[Material, int], list[Piece]]
OUTLINE, OPENING, CLOSING = "outline", "opening", "closing"

PRODUCERS: dict[str, Producer] = {
    OPENING: situation.opening,
    CLOSING: situation.closing,
    "coverage": situation.coverage,
    "duties": situation.duties,
    "targets": results.targets,
    "settled": results.settled,
    "states": results.states,
    "tasks": results.tasks,
    "money": money.money,
    "good": assessment.good,
    "slow": assessment.slow,
    "obstacles": assessment.obstacles,
    "next": assessment.following,
    "proposals": assessment.proposals,
    "task_table": tables.task_table,
    "agency_table": tables.agency_table,
    "target_table": tables.targets,
    "money_table": money.money_table,
    "missing_table": tables.missing_table,
}


def produce(made: Material, outline: Iterable[Heading]) -> list[tuple[str, Piece]]:
    """The pieces of a paper in order, each with the name of its producer."""
    headings = list(outline)
    body = [row for row in headings if not row.is_annex]
    annexes = [row for row in headings if row.is_annex]
    return [
        *_made(made, OPENING, 0),
        *(piece for row in body for piece in _filled(made, row)),
        *_made(made, CLOSING, 0),
        *(piece for row in annexes for piece in _filled(made, row)),
    ]


def _filled(made: Material, row: Heading) -> list[tuple[str, Piece]]:
    """A heading with what fills it; without it where there is nothing of the kind in this round."""
    pieces = [piece for name in row.fill for piece in _made(made, name, row.level)]
    if row.fill and not pieces:
        return []
    if row.is_annex:
        content = {"title": row.title, "landscape": row.landscape}
        head = Piece(row.key, Kind.ANNEX, content)
    else:
        head = section(row.key, row.title, row.level)
    return [(OUTLINE, head), *pieces]


def _made(made: Material, name: str, level: int) -> list[tuple[str, Piece]]:
    return [(name, piece) for piece in PRODUCERS[name](made, level)]
