"""The tables of a paper as lists: their headings, and every line with its cells and places, joined over pages.

What a heading means is the caller's knowledge (`says`); nothing here knows tasks, targets or any one list. A table
without headings goes on with the one before it; tables under the same headings are one list; short numbered or bold
paragraphs between them are headings of what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from vanban import markers
from vanban.document import Document, Paragraph, Table, Words
from vanban.folding import bare

Says = Callable[[str], str]

_HEADS = 8  # rows among which the headings are looked for
_LONGEST = 250  # characters of a heading between tables
_OF_LISTS = frozenset({"part", "chapter", "division", "roman", "capital", *markers.NUMBERS})
_NOTHING = Words("")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words by column, the columns whose cell begins here, and whether it is set in bold.

    A heading between two tables has its words in `heading` and no cells.
    """

    cells: tuple[Words, ...]
    begins: frozenset[int] = frozenset()
    is_bold: bool = False
    heading: Words = _NOTHING

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that say something in this line."""
        return tuple(x for x, words in enumerate(self.cells) if words and x in self.begins)


@dataclass(slots=True)
class Listing:
    """A list: the headings of its columns, what `says` made of each ("" for nothing), its lines in order."""

    headings: tuple[str, ...]
    roles: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether at least two columns are known by their headings."""
        return sum(map(bool, self.roles)) > 1


@dataclass(frozen=True, slots=True)
class _Head:
    first: int
    height: int
    headings: tuple[str, ...]
    roles: tuple[str, ...]


def listings(document: Document, says: Says) -> list[Listing]:
    """The lists of a paper in order; `says`: what the words of a heading mean, "" for nothing known."""
    out: list[Listing] = []
    between: list[tuple[int, Paragraph]] = []
    for block, found in enumerate(document.blocks):
        if isinstance(found, Paragraph):
            between = _between(between, block, found)
            continue
        if not found.rows or len(found.rows[0]) < 2:
            continue
        now = out[-1] if out else None
        head = _head(found, says)
        if head is None and now is not None and len(found.rows[0]) == len(now.headings):
            head = _Head(0, 0, now.headings, now.roles)  # it goes on
        head = head or _unknown(found)
        if now is None or not _same(head.headings, now.headings):
            out.append(now := Listing(head.headings, head.roles))
        now.lines += (_heading(document, at, one) for at, one in between)
        _take(now, list(_lines(document, block, found, head)), goes_on=not head.height and not between)
        between = []
    return [one for one in out if one.lines]


def _between(
    before: Sequence[tuple[int, Paragraph]], block: int, found: Paragraph
) -> list[tuple[int, Paragraph]]:
    """The headings that stand directly before a table, with one more paragraph; running text ends them."""
    text = found.text.strip()
    if not text:
        return list(before)
    marker = markers.of_number(found.number) if found.number else markers.find(text)
    short = len(text) <= _LONGEST and text[-1] not in ".;:,"
    if short and (found.bold or (marker is not None and marker.kind in _OF_LISTS)):
        return [*before, (block, found)] if marker is not None else list(before)
    return []


def _heading(document: Document, block: int, found: Paragraph) -> Line:
    words = document.words(block)
    if found.number:
        words = Words.join([Words(found.number), words])
    return Line((), is_bold=True, heading=words)


def _unknown(table: Table) -> _Head:
    headings = tuple(" ".join(cell.text.split()) for cell in table.rows[0])
    return _Head(0, 1, headings, ("",) * len(headings))


def _head(table: Table, says: Says) -> _Head | None:
    """The headings of a table: the first rows that say at least two different things, in one row or two."""
    for first in range(min(_HEADS, len(table.rows))):
        for height in (2, 1):
            if height == 2 and not _has_lower(table, first):
                continue
            headings = tuple(_label(table, first, height, x) for x in range(len(table.rows[0])))
            roles = _once([says(words) if len(words) < 120 else "" for words in headings])
            if sum(map(bool, roles)) > 1:
                return _Head(first, height, headings, roles)
    return None


def _has_lower(table: Table, first: int) -> bool:
    """Whether a row of headings has parts in the row below: cells that span columns, and cells that span rows."""
    if first + 1 >= len(table.rows):
        return False
    upper = table.rows[first]
    return any(cell.colspan > 1 and cell.text.strip() for cell in upper) and any(
        cell.rowspan > 1 for cell in upper
    )


def _label(table: Table, first: int, height: int, x: int) -> str:
    """The words over a column: those of the lowest row of headings, else of the one above it."""
    for y in range(first + height - 1, first - 1, -1):
        cell = table.rows[y][x]
        if cell.text.strip() and not cell.covered:
            return " ".join(cell.text.split())
    return ""


def _once(roles: list[str]) -> tuple[str, ...]:
    return tuple(role if role not in roles[:x] else "" for x, role in enumerate(roles))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return [bare(words) for words in one] == [bare(words) for words in other]


def _lines(document: Document, block: int, table: Table, head: _Head) -> Iterator[Line]:
    for y, row in enumerate(table.rows):
        if y < head.first + head.height or _is_head_again(table, y, head) or _counts(table, y, head):
            continue
        cells, begins = [], set()
        for x, cell in enumerate(row):
            above = y if not cell.covered else _spanned_from(table, y, x)
            begins |= {x} if above == y else set()
            cells.append(_NOTHING if above is None else document.words(block, above, x))
        line = Line(tuple(cells), frozenset(begins), any(c.bold for c in row if c.text.strip()))
        if line.filled:
            yield line


def _spanned_from(table: Table, y: int, x: int) -> int | None:
    """The row of the cell that spans down to a covered one; None where a cell beside it covers it."""
    for up in range(y - 1, -1, -1):
        cell = table.rows[up][x]
        if not cell.covered:
            return up if cell.rowspan > y - up else None
    return None


def _is_head_again(table: Table, y: int, head: _Head) -> bool:
    return _same([" ".join(cell.text.split()) for cell in table.rows[y]], head.headings)


def _counts(table: Table, y: int, head: _Head) -> bool:
    """Whether a row below the headings only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    if y != head.first + head.height:
        return False
    told = [cell.text.strip(" ()") for cell in table.rows[y]]
    return told == [str(x) for x in range(1, len(told) + 1)]


def _take(now: Listing, lines: list[Line], *, goes_on: bool) -> None:
    """Add lines; the first of a table that goes on may be the end of a line that the page cut."""
    if goes_on and lines and now.lines and _is_rest(lines[0]):
        cells = zip(now.lines[-1].cells, lines[0].cells, strict=True)
        last = now.lines[-1]
        joined = tuple(Words.join([old, new]) for old, new in cells)
        now.lines[-1] = Line(joined, last.begins, last.is_bold)
        lines = lines[1:]
    now.lines += lines


def _is_rest(line: Line) -> bool:
    """Whether a line at the top of a page ends the one before it: no first cell, and words that begin small."""
    return (
        bool(line.filled) and not line.cells[0] and all(line.cells[x].text[0].islower() for x in line.filled)
    )
