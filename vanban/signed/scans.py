"""Tables of a scan: reading letters from a picture gives their cells without their rows, some of them not at all.

What could not be placed among its neighbours is compared by its value, in the order in which the table is read: row by
row, or down its columns where more cells are found so. A value that is read is taken once; what is read and stands for
nothing of ours stays a change of its own, so that a digit read clearly and otherwise than we wrote it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from vanban.signed.bookmarks import Line
from vanban.signed.tokens import Token

Found = list[int | None]


def place_cells(
    lines: Sequence[Line], ours: Sequence[Token], theirs: Sequence[Token], found: Found, taken: set[int]
) -> None:
    """Place the numbers of our tables that stand nowhere yet; `found` and `taken` are added to."""
    for inside in _tables(lines, ours):
        lost = [n for n in inside if ours[n].is_number and found[n] is None]
        start, end = _region(inside, found, len(theirs))
        free = [m for m in range(start, end) if theirs[m].is_number and m not in taken]
        if not lost or not free:
            continue
        read = [theirs[m].key for m in free]
        down = sorted(lost, key=lambda n: _column(lines[ours[n].line]))
        pairs = max((_same(ours, order, read) for order in (lost, down)), key=len)
        for n, at in pairs:
            found[n] = free[at]
            taken.add(free[at])


def _tables(lines: Sequence[Line], ours: Sequence[Token]) -> Iterator[list[int]]:
    """The tokens of each table, in order."""
    by_table: dict[int, list[int]] = {}
    for n, token in enumerate(ours):
        table = lines[token.line].table
        if table is not None:
            by_table.setdefault(table, []).append(n)
    yield from by_table.values()


def _region(inside: Sequence[int], found: Found, length: int) -> tuple[int, int]:
    """Where the table must stand in the other paper: between what stands before it and behind it."""
    before = next((place for n in range(inside[0] - 1, -1, -1) if (place := found[n]) is not None), -1)
    behind = range(inside[-1] + 1, len(found))
    return before + 1, next((place for n in behind if (place := found[n]) is not None), length)


def _column(line: Line) -> tuple[int, int]:
    return (line.cell or 0, line.row or 0)


def _same(ours: Sequence[Token], order: Sequence[int], read: Sequence[str]) -> list[tuple[int, int]]:
    """Our tokens with the places of equal values, both in order."""
    keys = [ours[n].key for n in order]
    return [
        (order[step.src_start + k], step.dest_start + k)
        for step in LCSseq.opcodes(keys, read)
        if step.tag == "equal"
        for k in range(step.src_end - step.src_start)
    ]
