"""Tables whose cells stand below each other, a line "|" after each, as extractors leave those of web pages.

Rows have no mark of their own and empty cells are lost: a row begins where the number goes on ("1", "2"; "I", "A").
Only tables that are numbered in their first column are put together; others keep their cells as lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_MARK = re.compile(r"\s*\|+\s*$")
_NUMBERED = re.compile(r"\s*(?:\*\*)?(?:STT|TT|Số\s*TT|Stt)(?:\*\*)?\s*$")
_NUMERAL = re.compile(r"(?:\*\*)?(?P<no>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)[.)]?(?:\*\*)?$")
_ITEM = re.compile(r"\s*[-–+•]\s")
_LONGEST = 40  # lines of a cell: more are no cell


def unstacked(text: str) -> str:
    """The text with each such table as lines of pipes; other text as it is."""
    lines = text.split("\n")
    marks = [i for i, line in enumerate(lines) if _MARK.match(line)]
    if not any(i and _NUMBERED.match(lines[i - 1]) for i in marks):
        return text
    return "\n".join(_put_together(lines))


def _put_together(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if not (_NUMBERED.match(lines[at]) and at + 1 < len(lines) and _MARK.match(lines[at + 1])):
            yield lines[at]
            at += 1
            continue
        cells, at = _cells(lines, at)
        yield from (f"| {' | '.join(row)} |" for row in _rows(cells))
        yield ""


def _cells(lines: list[str], at: int) -> tuple[list[str], int]:
    """The cells of a table that begins at a line, and the line behind its last mark."""
    cells: list[str] = []
    while True:
        mark = next((i for i in range(at, min(at + _LONGEST, len(lines))) if _MARK.match(lines[i])), None)
        if mark is None or (mark - at > 1 and _NUMBERED.match(lines[mark - 1])):
            return cells, at  # no cell is left, or the next table begins
        if cell := _joined(lines[at:mark]):
            cells.append(cell)
        at = mark + 1


def _joined(lines: list[str]) -> str:
    parts = (f"<br>{line.strip()}" if _ITEM.match(line) else line.strip() for line in lines if line.strip())
    return " ".join(parts).removeprefix("<br>").replace("|", "/")


def _rows(cells: list[str]) -> Iterator[list[str]]:
    starts = _starts(cells)
    if not starts:
        yield cells
        return
    head = cells[: starts[0]]
    rows = [cells[a:b] for a, b in zip(starts, [*starts[1:], len(cells)], strict=True)]
    width = Counter(len(row) for row in rows if len(row) > 2).most_common(1)
    wide = width[0][0] if width else len(head)
    # one label more than columns: the last two stand below one of the others, in a row of their own
    parts = len(head) - 2 if len(head) == wide + 1 else len(head)
    yield from filter(None, (head[:parts], head[parts:]))
    for row in rows:
        yield row[:wide]
        yield from (["", *row[i : i + wide - 1]] for i in range(wide, len(row), wide - 1))


def _starts(cells: list[str]) -> list[int]:
    """Where rows begin: at a numeral that goes on, or begins anew."""
    out: list[int] = []
    last = 0
    for i, cell in enumerate(cells):
        match = _NUMERAL.match(cell)
        if match is None or (out and i - out[-1] < 2):
            continue
        number = match["no"]
        if number.isdecimal():
            if int(number) not in {1, last + 1}:
                continue
            last = int(number)
        out.append(i)
    return out
