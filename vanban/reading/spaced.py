"""Reads text whose columns stand apart by spaces, as `pdftotext -layout` leaves it: a page drawn with letters.

Every letter is as wide as the next here, though it was not in print: where a line ended is known less well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vanban.document import Document
from vanban.reading.pdf.layout import Page, document
from vanban.reading.pdf.words import Run

_WIDE, _HIGH, _SIZE = 6.0, 13.0, 11.0  # points: a letter, the step of a line, the size of the letters
_LOOSE = 4  # letters by which a full line may seem shorter than others
_PIECE = re.compile(r"\S+(?: \S+)*")
_SPACE = re.compile(" ")
# the mark of an item and the gap behind it, in a line that has no further gap
_ITEM = re.compile(
    r"^(\s*(?:[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđA-Z])[.)])) {2,}(?=\S+(?: \S+)*\s*$)"
)
_FAR = 12  # letters: no indent is so wide
_AROUND, _OFTEN = 4, 2  # lines
_NEAR = 1  # letters
_HEAD = re.compile(r"\s*(?:STT|TT|Số TT|Số thứ tự)\b", re.IGNORECASE)
_GROUP = 2  # a number and the name of a group
_OFTEN_IN_TABLE = 4
_NARROWED = 4.0  # points
_PAGE_LINES = 60


def read(text: str) -> Document:
    """The document of such a text; a form feed ends a page."""
    pages = [page.split("\n") for page in text.replace("\r", "").split("\f")]
    return document([_page(number, lines) for number, lines in enumerate(pages, 1)])


def _page(number: int, lines: list[str]) -> Page:
    found = [list(_PIECE.finditer(_ITEM.sub(r"\1 ", line.expandtabs()))) for line in lines]
    starts = [
        [piece.start() for piece in pieces if piece.start() >= _FAR or piece is not pieces[0]]
        for pieces in found
    ]
    tables = _of_tables(lines, starts)
    runs = [
        run
        for n, pieces in enumerate(found)
        for piece in pieces
        for run in _runs(piece, (n + 1) * _HIGH, _of_line(n, pieces, starts, tables))
    ]
    widest = max((run.right for run in runs), default=0.0)
    return Page(number, widest, max(len(lines), _PAGE_LINES) * _HIGH, runs)


def _of_line(
    line: int, pieces: list[re.Match[str]], starts: list[list[int]], tables: dict[int, list[int]]
) -> list[int]:
    """Where words of a line may begin a column: as in the lines around it, or anywhere in its table."""
    if line in tables and len(pieces) > _GROUP:
        return sorted({*_columns(starts, line), *tables[line]})
    return _columns(starts, line) if starts[line] else []


def _of_tables(lines: list[str], starts: list[list[int]]) -> dict[int, list[int]]:
    """For each line of a table with a head: where words behind a wide gap begin in several lines of the table."""
    heads = [n for n, line in enumerate(lines) if _HEAD.match(line) and len(starts[n]) > 1]
    out: dict[int, list[int]] = {}
    for first, last in pairwise([*heads, len(lines)]):
        found = sorted(start for near in starts[first:last] for start in near)
        kept = [s for s in found if sum(abs(s - other) <= _NEAR for other in found) >= _OFTEN_IN_TABLE]
        out |= dict.fromkeys(range(first, last), kept)
    return out


def _columns(starts: list[list[int]], line: int) -> list[int]:
    """Where words behind a wide gap begin in several of the lines around one."""
    around = sorted(start for near in starts[max(0, line - _AROUND) : line + _AROUND + 1] for start in near)
    return [start for start in around if sum(abs(start - other) <= _NEAR for other in around) >= _OFTEN]


def _runs(piece: re.Match[str], y: float, columns: list[int]) -> Iterator[Run]:
    """Words without a wide gap, parted where a column begins one space behind the one before."""
    text, left = piece.group(), piece.start()
    cuts = [space.end() for space in _SPACE.finditer(text) if _is_near(left + space.end(), columns)]
    for start, end in pairwise([0, *cuts, len(text)]):
        words = text[start:end].rstrip()
        right = (left + start + len(words)) * _WIDE - (_NARROWED if end in cuts else 0)
        first = (len(words.split(" ", 1)[0]) + _LOOSE) * _WIDE
        yield Run(words, (left + start) * _WIDE, right, y, _SIZE, first)


def _is_near(place: int, columns: list[int]) -> bool:
    return any(abs(place - start) <= _NEAR for start in columns)
