"""Rows of a table that the end of a page cuts: what stands on the next page goes back to the row it belongs to."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from vanban.document import Cell, Table
from vanban.linebreaks import HANGING
from vanban.reading.pdf.lines import seam

Row = tuple[Cell, ...]


def mended(above: Table, below: Table) -> tuple[Table, Table]:
    """Two tables on pages that follow each other, with the row that the page cut whole in the first of them."""
    if not above.rows or not below.rows or len(above.rows[0]) != len(below.rows[0]):
        return above, below
    head = len(list(takewhile(_same, zip(above.rows, below.rows, strict=False))))
    if head >= min(len(above.rows), len(below.rows)) or not _is_rest(above.rows[-1], below.rows[head]):
        return above, below
    whole = tuple(map(_joined, above.rows[-1], below.rows[head]))
    left = below.rows[head + 1 :]
    return (
        replace(above, rows=(*above.rows[:-1], whole)),
        replace(below, rows=(*below.rows[:head], *left) if left else ()),
    )


def _same(rows: tuple[Row, Row]) -> bool:
    return [cell.text for cell in rows[0]] == [cell.text for cell in rows[1]]


def _is_rest(row: Row, rest: Row) -> bool:
    """Whether a row says nothing by itself: no number, and each of its cells goes on with one that has not ended."""
    if any(cell.covered or cell.rowspan > 1 or cell.colspan > 1 for cell in (*row, *rest)):
        return False
    if rest[0].text or not row[0].text:
        return False
    pairs = [(old.text, new.text) for old, new in zip(row, rest, strict=True) if new.text]
    return bool(pairs) and all(old for old, _ in pairs) and any(_goes_on(old, new) for old, new in pairs)


def _goes_on(old: str, new: str) -> bool:
    return new[0].islower() or new[0] in ",;.)" or bool(HANGING.search(old))


def _joined(old: Cell, new: Cell) -> Cell:
    if not new.text:
        return old
    kept, gap = seam(old.text, new.text)
    return replace(old, text=f"{old.text[:kept]}{gap}{new.text}")
