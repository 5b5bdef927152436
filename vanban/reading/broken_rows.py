"""Rows of text tables that go on in the next line, as where a cell had lines of its own before it was copied.

Put together is only what comes out even: a row with fewer cells than its table, and lines that hold exactly the missing
ones, the cell that was cut counted once. Words alone between two rows belong to the row above where they begin small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_MARKS = {"pipes": re.compile(r"(?<!\\)\|"), "tabs": re.compile(r"\t")}
_NUMERAL = re.compile(r"\W*(?:[IVX]{1,5}|[A-ZĐa-zđ]|\d{1,3}(?:\.\d{1,3})*)[.)]?\W*")
_MOST = 4  # lines that a cut row goes on
_LEAST = 3  # cells of a table


def mended(lines: list[str], kind: Callable[[str], str]) -> list[str]:
    """The lines with each cut row on one; kind tells what a line is: "pipes", "tabs", "text" or other."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        found = kind(lines[at])
        if found not in _MARKS:
            out.append(lines[at])
            at += 1
            continue
        end = _end(lines, at, kind, found)
        out += _rows(lines[at:end], _MARKS[found])
        at = end
    return out


def has_border(lines: list[str]) -> bool:
    """Whether the "|" before a line is the edge of its table: most lines, or the head, begin with one."""
    begun = [line.lstrip().startswith("|") for line in lines]
    return begun[0] or 2 * sum(begun) > len(begun)


def _end(lines: list[str], at: int, kind: Callable[[str], str], now: str) -> int:
    """Behind the last line of a table; a few lines of words may stand between two of its lines."""
    last = at
    for i in range(at + 1, len(lines)):
        found = kind(lines[i])
        if found == now:
            last = i
        elif found != "text" or i - last >= _MOST:
            break
    return last + 1


def _rows(lines: list[str], mark: re.Pattern[str]) -> Iterator[str]:
    bordered = mark is _MARKS["pipes"] and has_border(lines)
    wide = max(_count(line, mark, bordered) for line in lines)
    at = 0
    while at < len(lines):
        size = _size(lines, at, mark, wide, bordered) if wide >= _LEAST else 1
        yield _joined(lines[at : at + size])
        at += size


def _size(lines: list[str], at: int, mark: re.Pattern[str], wide: int, bordered: bool) -> int:
    """How many lines the row has that begins in a line: one where the lines below do not make it up."""
    numbered = _NUMERAL.fullmatch(_first(lines[at], mark, bordered)) is not None
    size = 1
    for end in range(at + 1, min(at + _MOST, len(lines)) + 1):
        row = _joined(lines[at:end])
        count = _count(row, mark, bordered)
        if count > wide:
            break
        if count == wide:
            size = end - at
            numbered = False  # a whole row goes on with words that begin small only
        if end == len(lines) or not _goes_on(lines[end], mark, numbered, bordered):
            break
        if count == wide and (mark.search(lines[end]) or (bordered and row.endswith("|"))):
            break
    return size


def _goes_on(line: str, mark: re.Pattern[str], numbered: bool, bordered: bool) -> bool:
    """Whether a line may go on with a row: it begins with no number, and small where the row has none."""
    if line.startswith("\t") or (bordered and line.lstrip().startswith("|")):
        return False
    first = _first(line, mark, bordered)
    if not first:
        return True
    return not _NUMERAL.fullmatch(first) and (numbered or first[0].islower())


def _joined(lines: list[str]) -> str:
    return lines[0] if len(lines) == 1 else " ".join(line.strip(" ") for line in lines)


def _first(line: str, mark: re.Pattern[str], bordered: bool) -> str:
    bare = line.strip(" ")
    return mark.split(bare.removeprefix("|") if bordered else bare, maxsplit=1)[0].strip()


def _count(line: str, mark: re.Pattern[str], bordered: bool) -> int:
    bare = line.strip(" ")
    if mark is _MARKS["pipes"]:
        bare = re.sub(r"(?<!\\)\|$", "", bare.removeprefix("|") if bordered else bare)
    return len(mark.findall(bare)) + 1
