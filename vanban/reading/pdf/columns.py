"""Words that stand side by side without drawn lines: heads, signature blocks, and tables.

A gutter is a strip that stays white from line to line; it parts two columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from vanban.linebreaks import is_caps
from vanban.reading.pdf.lines import Printed, is_marked
from vanban.reading.pdf.words import Run

Gutter = tuple[float, float]

_LEAST = 3.5  # points: a narrower strip is the space between two words
_WIDE = 1.5  # sizes: a gap in a line that is no space between words
_VERY_WIDE = 3.0
_FAR = 9.0  # sizes: the room for a signature
_ALIGNED = 5.0
_ROWS_APART = 2.6  # sizes
_HEADING = 6  # lines
_COUNTED = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-Zđ]|[a-z])[.)]?$|S?TT$|Số$")
_CROSSED = 0.15  # the share of lines that may cross a gutter: a heading over several columns


@dataclass(slots=True)
class Region:
    """Lines in columns: from line `start` up to `end`, and the gutters between the columns."""

    start: int
    end: int
    gutters: list[Gutter]
    lines: list[Printed] = field(default_factory=list)
    head: int = 0  # lines of the head that is repeated from the page before

    def see_head(self, before: Region) -> None:
        """Remember how many lines only repeat the head of the table on the page before."""
        texts = zip(self.lines, before.lines, strict=False)
        self.head = len(list(takewhile(lambda pair: pair[0].text == pair[1].text, texts)))

    @property
    def columns(self) -> int:
        return len(self.gutters) + 1

    def reach(self, run: Run) -> tuple[int, int]:
        """The first and the last column over which a run stands."""
        middle = (run.left + run.right) / 2
        own = sum(1 for low, high in self.gutters if middle > (low + high) / 2)
        over = [
            n for n, (low, high) in enumerate(self.gutters) if run.left <= low + 1 and run.right >= high - 1
        ]
        return min([own, *over]), max([own, *(n + 1 for n in over)])


def regions(lines: Sequence[Printed], usual: float, before: Region | None = None) -> list[Region]:
    """The parts of a page in which words stand in columns, from the top.

    `before` is the table that ended the page before, which may go on.
    """
    out: list[Region] = []
    start = 0
    if before and _goes_on(lines, before.gutters):
        region = _grown(lines, 0, before.gutters, usual, goes_on=True)
        out += [region] if region else []
        start = region.end if region else 0
    while start < len(lines):
        first = _gaps(lines[start])
        region = _grown(lines, start, first, usual) if first else None
        if region is None:
            start += 1
            continue
        _reach_up(region, lines, out[-1].end if out else 0, usual)
        out.append(region)
        start = region.end
    for region in out:
        region.lines = list(lines[region.start : region.end])
    return out


def _goes_on(lines: Sequence[Printed], gutters: list[Gutter]) -> bool:
    """Whether the columns of the page before go on, perhaps below the rest of a heading over several of them."""
    for line in lines[:_HEADING]:
        if len(_narrowed(gutters, line)) == len(gutters):
            return True
        in_columns = _shared(gutters, _gaps(line))  # a head with a heading over several columns
        if line.left < gutters[0][1] - _ALIGNED and not in_columns:
            return False
    return False


def _gaps(line: Printed) -> list[Gutter]:
    """The wide gaps of a line; a list mark before its words leaves none."""
    if len(line.runs) < 2 or is_marked(line):
        return []
    pairs = [(a.right, b.left) for a, b in pairwise(line.runs)]
    wide = [(a, b) for a, b in pairs if b - a >= _WIDE * line.size]
    return wide if len(wide) < 2 else [(a, b) for a, b in pairs if b - a >= 0.6 * line.size]


def _grown(
    lines: Sequence[Printed], start: int, first: list[Gutter], usual: float, goes_on: bool = False
) -> Region | None:
    """The region that begins with a line; None where its gap is only a loosely set line."""
    gutters, end, seeds = first, start + 1, 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        here, kept = _gaps(line), _narrowed(gutters, line)
        if seeds > 1 and len(gutters) == 1 and len(here) > 2 and not goes_on:
            break  # below a head or a closing begins a table
        if here and (_shared(gutters, here) or _parts_head(lines, start, index, gutters, kept)):
            usual = max(usual, _step(lines, index)) if seeds == 1 and len(gutters) == 1 else usual
            if len(here) > len(gutters):
                gutters = here
            elif len(kept) == len(gutters):
                new = [gap for gap in here if not _shared(kept, [gap])]
                gutters = sorted([*kept, *new]) if index - start < _HEADING else kept
            end, seeds = index + 1, seeds + 1
        elif not _belongs(lines, index, end, gutters, kept, usual):
            break
        else:
            gutters = kept if len(kept) == len(gutters) else gutters
            rest = goes_on and line.left > gutters[0][0] and index == end and _step(lines, index) > 0
            if rest or _is_tail(lines, index, end, gutters, usual):
                end = index + 1
    if goes_on:
        return Region(start, end, gutters)
    if seeds == 1 and len(first) == 1 and first[0][1] - first[0][0] < _VERY_WIDE * lines[start].size:
        return None
    return Region(start, end, _settled(lines[start:end], gutters))


def _step(lines: Sequence[Printed], index: int) -> float:
    """How far a line is from the one above it, in sizes, as far as rows of a head or a closing are."""
    above = lines[index - 1]
    step = (lines[index].y - above.y) / above.size
    return step if step < _ROWS_APART else 0.0


def _parts_head(
    lines: Sequence[Printed], start: int, index: int, gutters: list[Gutter], kept: list[Gutter]
) -> bool:
    """Whether a line just below a table's first names two columns under one heading."""
    inside = len(gutters) > 1 and len(kept) == len(gutters)
    return inside and index - start < _HEADING and _step(lines, index) > 0


def _is_seed(lines: Sequence[Printed], index: int, gutters: list[Gutter]) -> bool:
    """Whether there is a line whose gaps are the gutters."""
    return index < len(lines) and _shared(gutters, _gaps(lines[index]))


def _shared(gutters: list[Gutter], others: list[Gutter]) -> bool:
    return any(min(a[1], b[1]) - max(a[0], b[0]) >= _LEAST for a in gutters for b in others)


def _narrowed(gutters: list[Gutter], line: Printed) -> list[Gutter]:
    """What a line leaves white of each gutter; a gutter that it crosses is left out."""
    out = []
    for low, high in gutters:
        for run in line.runs:
            if run.left <= low and run.right > low:
                low = run.right
            if run.left < high and run.right >= high:
                high = run.left
            if low < run.left and run.right < high:
                low, high = max((low, run.left), (run.right, high), key=lambda strip: strip[1] - strip[0])
        if high - low >= _LEAST:
            out.append((low, high))
    return out


def _belongs(
    lines: Sequence[Printed], index: int, end: int, gutters: list[Gutter], kept: list[Gutter], usual: float
) -> bool:
    """Whether a line without wide gaps may stand among lines in columns."""
    line, above = lines[index], lines[index - 1]
    step = line.y - above.y
    if step > _FAR * line.size:
        return False
    if len(kept) < len(gutters):  # it crosses a gutter: a heading over columns, with rows above and below
        crosses_next = index + 1 < len(lines) and len(_narrowed(gutters, lines[index + 1])) < len(gutters)
        from_left = line.left < gutters[0][0]
        title = from_left and not _is_seed(lines, index + 1, gutters)
        return len(gutters) > 1 and index - end < 3 and not (from_left and crosses_next) and not title
    if len(gutters) > 1:
        if (
            line.left < gutters[0][0]
            and line.right <= gutters[0][1]
            and _is_title(line)
            and _is_counted(lines[index - 1], gutters)
        ):
            return False
        apart = step > 1.25 * usual * above.size and line.left < gutters[0][0]
        return not apart or bool(_COUNTED.match(line.text)) or _is_seed(lines, index + 1, gutters)
    if line.left < gutters[0][0] and step > 1.25 * usual * above.size:
        return False
    return _is_aligned(line, lines[max(0, end - 12) : index], gutters[0])


def _is_title(line: Printed) -> bool:
    return is_caps(line.text) and len(line.runs) == 1 and not _COUNTED.match(line.text)


def _is_counted(above: Printed, gutters: list[Gutter]) -> bool:
    """Whether the line above has nothing but a number, or nothing, in the first column."""
    first = above.runs[0]
    return first.left >= gutters[0][0] or bool(_COUNTED.match(first.text))


def _is_aligned(line: Printed, above: Sequence[Printed], gutter: Gutter) -> bool:
    """Whether a line begins, or has its middle, where another of its column does."""
    on_left = line.right <= gutter[1]
    runs = [run for other in above for run in other.runs if (run.right <= gutter[1]) == on_left]
    return any(
        abs(run.left - line.left) < _ALIGNED
        or abs(run.left + run.right - line.left - line.right) < 3 * _ALIGNED
        for run in runs
    )


def _is_tail(lines: Sequence[Printed], index: int, end: int, gutters: list[Gutter], usual: float) -> bool:
    """Whether a line goes on with the last row above it even if no further row comes."""
    line, above = lines[index], lines[index - 1]
    if index > end:
        return False
    close = line.y - above.y <= 1.25 * usual * above.size
    if len(_narrowed(gutters, line)) < len(gutters):  # a heading over several columns goes on
        spans = len(_narrowed(gutters, above)) < len(gutters)
        return close and spans and abs(line.left - above.runs[-1].left) < _ALIGNED
    if len(gutters) == 1:  # below a head or a closing stand titles, in capitals
        return line.left > gutters[0][0] or (close and (not is_caps(line.text) or above.text.endswith(",")))
    return close or (_step(lines, index) > 0 and _is_under(line, lines[max(0, end - 8) : end], gutters))


def _is_under(line: Printed, above: Sequence[Printed], gutters: list[Gutter]) -> bool:
    """Whether a line begins where another of its column does, right of the first column."""
    runs = [run for other in above for run in other.runs]
    return line.left > gutters[0][0] and any(abs(run.left - line.left) < _ALIGNED for run in runs)


def _reach_up(region: Region, lines: Sequence[Printed], least: int, usual: float) -> None:
    """Take in the lines just above that stand in a column other than the first: cells set lower than others."""
    while region.start > least:
        line, below = lines[region.start - 1], lines[region.start]
        near = below.y - line.y <= 1.25 * usual * line.size
        inside = line.left > region.gutters[0][0] and len(_narrowed(region.gutters, line)) == len(
            region.gutters
        )
        if not (near and inside):
            return
        region.start -= 1


def _settled(lines: Sequence[Printed], found: list[Gutter]) -> list[Gutter]:
    """The gutters over all lines, of which a few may cross them."""
    allowed = int(len(lines) * _CROSSED)
    edges = sorted(
        (x, step) for line in lines for run in line.runs for x, step in ((run.left, 1), (run.right, -1))
    )
    out, cover, open_at = [], 0, None
    for x, step in edges:
        cover += step
        if cover <= allowed and open_at is None:
            open_at = x
        elif cover > allowed and open_at is not None:
            if x - open_at >= _LEAST:
                out.append((open_at, x))
            open_at = None
    out = [gutter for gutter in out if _parts_words(lines, gutter)]
    return out if len(out) >= len(found) else found


def _parts_words(lines: Sequence[Printed], gutter: Gutter) -> bool:
    """Whether words stand left and right of a strip in one line at least, and a list mark is not alone there."""
    middle = sum(gutter) / 2
    both = [line for line in lines if line.left < middle < line.right]
    return any(not is_marked(line) for line in both)


def rows(region: Region, usual: float) -> list[list[Printed]]:
    """The lines of a table without drawn lines, row by row."""
    counted = _has_numbers(region)
    out: list[list[Printed]] = []
    for n, line in enumerate(region.lines):
        above = region.lines[n - 1] if n else None
        if above is None or n == region.head or _begins_row(region, above, line, counted, usual):
            out.append([])
        out[-1].append(line)
    return out


def _begins_row(region: Region, above: Printed, line: Printed, counted: bool, usual: float) -> bool:
    if line.y - above.y > 1.25 * usual * above.size:
        return True
    first = region.reach(line.runs[0])[0]
    if counted and first == 0:
        return True
    spans = [max(b - a for a, b in map(region.reach, one.runs)) > 0 for one in (above, line)]
    return spans[1] and not spans[0]


def _has_numbers(region: Region) -> bool:
    """Whether the first column only numbers the rows."""
    texts = [line.runs[0].text for line in region.lines if region.reach(line.runs[0]) == (0, 0)]
    return bool(texts) and sum(bool(_COUNTED.match(text)) for text in texts) >= 0.6 * len(texts)


def is_layout(region: Region) -> bool:
    """Whether words only stand side by side, as in heads and closings, and are no table."""
    return region.columns == 2 and not _has_numbers(region)
