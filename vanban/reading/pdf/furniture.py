"""What stands on pages besides the words of the paper: page numbers, running heads, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vanban.reading.inline import RAISED
from vanban.reading.pdf.lines import Printed

_ZONE = 0.085  # the share of a page's height at its top and bottom where running heads stand
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:Trang|Page)\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_LOWER = str.maketrans(RAISED, "0123456789")
_NOTE = re.compile(rf"([{RAISED}]{{1,3}}|\(\d{{1,2}}\)|\d{{1,2}}(?=\s))[.)]?\s*(?=\S)")
_SMALLER = 0.93
_LONG = 60  # characters
_APART = 2.0  # sizes


def without_running(
    pages: Sequence[list[Printed]], heights: Sequence[float], body: float
) -> list[list[Printed]]:
    """The lines of pages without page numbers and without what is printed again at the edge of many pages.

    On two pages only what is smaller than the words of the paper can be told from them.
    """
    seen = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_key(line) for line in _at_edges(lines, height)}
    )
    often = max(3, len(pages) // 3)
    out = []
    for lines, height in zip(pages, heights, strict=True):
        edge = _at_edges(lines, height)
        gone = [
            id(line)
            for line in edge
            if seen[_key(line)] >= (2 if line.size < _SMALLER * body else often)
            or _PAGE_NUMBER.match(line.text)
        ]
        out.append([line for line in lines if id(line) not in gone])
    return out


def _at_edges(lines: list[Printed], height: float) -> list[Printed]:
    """Lines in the margins; a page number may stand a little further in, as the first or last line."""
    found = [
        line
        for n, line in enumerate(lines)
        if not _ZONE * height < line.y - line.size / 2 < (1 - _ZONE) * height
        and (len(line.text) < _LONG or _is_apart(lines, n))
    ]
    for line in (*lines[:1], *lines[-1:]):
        if line not in found and _PAGE_NUMBER.match(line.text) and len(lines) > 1:
            found.append(line)
    return [line for line in found if len(line.runs) < 4]


def _is_apart(lines: list[Printed], index: int) -> bool:
    """Whether a line is set apart from the text: a line as long as those of the text may be one of them."""
    others = (lines[n] for n in (index - 1, index + 1) if 0 <= n < len(lines))
    return all(abs(other.y - lines[index].y) > _APART * lines[index].size for other in others)


def _key(line: Printed) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.y / 4)


def footnotes(lines: list[Printed], body: float) -> tuple[list[Printed], list[list[Printed]]]:
    """The lines of a page without its footnotes, and the footnotes: small lines at the foot that begin with a mark."""
    start = len(lines)
    while start and lines[start - 1].size < _SMALLER * body:
        start -= 1
    notes: list[list[Printed]] = []
    for n in range(start, len(lines)):
        if note_mark(lines[n].text):
            notes.append([lines[n]])
        elif notes:
            notes[-1].append(lines[n])
        else:
            start = n + 1
    return lines[:start], notes


def note_mark(text: str) -> tuple[str, str] | None:
    """The mark and the words of a footnote's first line."""
    match = _NOTE.match(text)
    return (match[1].translate(_LOWER).strip("()"), text[match.end() :]) if match else None
