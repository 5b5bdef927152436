"""From the words of pages, with their places, to the blocks of a paper: paragraphs, tables, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from vanban.document import Block, Cell, Document, Paragraph, Table
from vanban.linebreaks import ENDED, is_caps
from vanban.reading.grids import Spanned, grid
from vanban.reading.pdf import columns, cut_rows, furniture
from vanban.reading.pdf.lines import (
    Flow,
    Printed,
    clean,
    flows,
    goes_on,
    is_full,
    join,
    pitch,
    printed,
    spacing,
)
from vanban.reading.pdf.ruled import Box, Grid
from vanban.reading.pdf.words import Run

_DASHES = ("-", "–", "+")
_PADDING = 5.4  # points between a cell's edge and its words, as Word sets it


@dataclass(slots=True)
class Page:
    """A page as it came from the file: its size, its words, and its tables with drawn lines."""

    number: int
    width: float
    height: float
    runs: list[Run]
    grids: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class _Carry:
    """What a page hands to the next: how far rows are apart, and the table without drawn lines at its foot."""

    rows_apart: float
    table: columns.Region | None = None


@dataclass(slots=True)
class _Sides:
    """Where the running text of pages of one width begins and ends."""

    left: float
    right: float


def document(pages: Sequence[Page]) -> Document:
    """The paper of some pages, in reading order."""
    boxed = [_by_grid(page) for page in pages]
    lines = [printed(loose) for loose, _ in boxed]
    body = _body_size(lines)
    lines = furniture.without_running(lines, [page.height for page in pages], body)
    set_alike = [line for page in lines for line in page if abs(line.size - body) < 1]
    usual = pitch(set_alike)
    carry = _Carry(max(usual, spacing(set_alike)))
    sides = _sides(pages, lines)
    blocks: list[Block | Flow] = []
    notes: list[tuple[str, str]] = []
    for page, (_, inside), on_page in zip(pages, boxed, lines, strict=True):
        rest, found = furniture.footnotes(on_page, body)
        notes += (_note(note) for note in found)
        for item in _items(page, inside, rest, sides[round(page.width)], usual, carry):
            _add(blocks, item, sides[round(page.width)], usual)
    return Document(tuple(_blocks(blocks)), tuple(notes))


def _by_grid(page: Page) -> tuple[list[Run], list[list[Run]]]:
    """The runs outside of tables with lines, and those inside of each."""
    inside: list[list[Run]] = [[] for _ in page.grids]
    loose: list[Run] = []
    for run in page.runs:
        middle = (run.left + run.right) / 2
        owner = next(
            (n for n, found in enumerate(page.grids) if found.holds(middle, run.y - run.size / 3)), None
        )
        (loose if owner is None else inside[owner]).append(run)
    return loose, inside


def _body_size(lines: Iterable[list[Printed]]) -> float:
    """The size in which most letters are set."""
    letters: dict[float, int] = {}
    for page in lines:
        for line in page:
            size = round(line.size * 2) / 2
            letters[size] = letters.get(size, 0) + len(line.text)
    return max(letters, key=lambda size: letters[size], default=13.0)


def _sides(pages: Sequence[Page], lines: Sequence[list[Printed]]) -> dict[int, _Sides]:
    widths: dict[int, list[Printed]] = {round(page.width): [] for page in pages}
    for page, on_page in zip(pages, lines, strict=True):
        widths[round(page.width)] += on_page
    out = {}
    for width, found in widths.items():
        lefts = sorted(line.left for line in found)
        rights = sorted(line.right for line in found)
        few = len(found) // 100
        out[width] = _Sides(lefts[few], rights[-1 - few]) if found else _Sides(0, width)
    return out


def _items(
    page: Page, inside: list[list[Run]], lines: list[Printed], sides: _Sides, usual: float, carry: _Carry
) -> Iterator[Table | Flow]:
    """Tables and paragraphs of a page from the top."""
    start = 0
    for found, runs in zip(page.grids, inside, strict=True):
        above = [line for line in lines[start:] if line.y < found.ys[0] + line.size]
        yield from _loose(page, above, sides, usual, carry)
        start += len(above)
        if runs:
            carry.table = None
            yield _drawn(page, found, runs, usual)
    yield from _loose(page, lines[start:], sides, usual, carry)


def _loose(
    page: Page, lines: list[Printed], sides: _Sides, usual: float, carry: _Carry
) -> Iterator[Table | Flow]:
    """Paragraphs, and tables without drawn lines."""
    start = 0
    found = columns.regions(lines, carry.rows_apart, carry.table)
    if found and found[0].start == 0 and carry.table:
        found[0].see_head(carry.table)
    for region in found:
        yield from _flows(page, lines[start : region.start], sides, usual)
        if columns.is_layout(region):
            yield _layout(page, region, usual)
        else:
            yield _undrawn(page, region, usual, carry.rows_apart)
        start = region.end
    yield from _flows(page, lines[start:], sides, usual)
    if lines:
        at_foot = bool(found) and found[-1].end == len(lines) and found[-1].columns > 2
        carry.table = found[-1] if at_foot else None


def _flows(page: Page, lines: list[Printed], sides: _Sides, usual: float) -> Iterator[Flow]:
    for flow in flows(lines, sides.left, sides.right, usual):
        flow.page = page.number
        yield flow


def _add(blocks: list[Block | Flow], item: Table | Flow, sides: _Sides, usual: float) -> None:
    """Add a block; a paragraph may go on with the one on the page before."""
    last = blocks[-1] if blocks else None
    if (
        isinstance(item, Flow)
        and isinstance(last, Flow)
        and last.page != item.page
        and goes_on(last, item.lines[0], (sides.left, sides.right), usual)
    ):
        for line in item.lines:
            join(last, line)
    elif isinstance(item, Table) and isinstance(last, Table) and _is_beside(item) and _is_beside(last):
        blocks[-1] = Table((*last.rows, *item.rows), last.page)  # a closing that goes on over the page
    elif isinstance(item, Table) and isinstance(last, Table) and last.page != item.page:
        blocks[-1:] = [table for table in cut_rows.mended(last, item) if table.rows]
    elif isinstance(item, Flow) and isinstance(last, Table) and last.page != item.page and _is_beside(last):
        blocks[-1:] = _closed(last, item)
    elif not isinstance(item, Table) or item.rows:
        blocks.append(item)


def _closed(closing: Table, item: Flow) -> list[Block | Flow]:
    """A closing whose list, left of the signature, goes on at the top of the next page."""
    listed, signed = closing.rows[0]
    last = listed.text.rpartition("\n")[2]
    rest = item.text[:1].islower() and not ENDED.search(last)
    if not last.startswith(_DASHES) or not (rest or item.text.startswith(_DASHES)):
        return [closing, item]
    text = (" " if rest else "\n").join([listed.text, *(text for _, text in clean([item]))])
    return [Table(((replace(listed, text=text), signed),), closing.page)]


def _is_beside(table: Table) -> bool:
    """Whether a table only puts words side by side."""
    return len(table.rows) == 1 and len(table.rows[0]) == 2


def _blocks(found: Iterable[Block | Flow]) -> Iterator[Block]:
    for block in found:
        if isinstance(block, Flow):
            for flow, text in clean([block]):
                yield Paragraph(text, bold=flow.bold, italic=flow.italic, page=flow.page)
        else:
            yield block


def _note(lines: list[Printed]) -> tuple[str, str]:
    mark, first = furniture.note_mark(lines[0].text) or ("", lines[0].text)
    return mark, " ".join([first, *(line.text for line in lines[1:])])


def _drawn(page: Page, found: Grid, runs: list[Run], usual: float) -> Table:
    """The table of a grid of drawn lines."""
    held: dict[Box, list[Run]] = {box: [] for box in found.boxes.values()}
    for run in runs:
        held[found.box_at((run.left + run.right) / 2, run.y - run.size / 3)].append(run)
    padding = min((run.left - box.left for box, inside in held.items() for run in inside), default=_PADDING)
    padding = min(max(padding, 1.0), _PADDING)
    rows: list[list[Spanned]] = [[] for _ in found.ys[1:]]
    for box in sorted(held, key=lambda box: (box.row, box.column)):
        cell = _cell(held[box], box.left + padding, box.right - padding, usual)
        rows[box.row].append(Spanned(cell, box.colspan, box.rowspan))
    return Table(grid(rows).rows, page.number)


def _cell(runs: list[Run], left: float, right: float, usual: float) -> Cell:
    lines = printed(runs)
    found = list(clean(flows(lines, left, right, max(usual, pitch(lines)))))
    return Cell("\n".join(text for _, text in found), bold=bool(runs) and all(run.bold for run in runs))


def _undrawn(page: Page, region: columns.Region, usual: float, rows_apart: float) -> Table:
    """The table of words in columns without drawn lines."""
    edges = _column_edges(region)
    rows: list[list[Spanned]] = []
    for lines in columns.rows(region, rows_apart):
        cells: dict[int, list[Run]] = {}
        spans: dict[int, int] = {}
        for run in (run for line in lines for run in line.runs):
            first, last = region.reach(run)
            cells.setdefault(first, []).append(run)
            spans[first] = max(spans.get(first, first), last)
        rows.append([])
        column = 0
        while column < region.columns:
            following = min((x for x in cells if x > column), default=region.columns)
            last = min(spans.get(column, column), following - 1)
            cell = _cell(cells.get(column, []), edges[column][0], edges[last][1], usual)
            rows[-1].append(Spanned(cell, last - column + 1))
            column = last + 1
    return Table(grid(rows).rows, page.number)


def _column_edges(region: columns.Region) -> list[tuple[float, float]]:
    """Where the words of each column begin and end at most."""
    held: list[list[Run]] = [[] for _ in range(region.columns)]
    for run in (run for line in region.lines for run in line.runs):
        first, last = region.reach(run)
        if first == last:
            held[first].append(run)
    lefts = [min((run.left for run in runs), default=0.0) for runs in held]
    rights = [max((run.right for run in runs), default=0.0) for runs in held]
    out = []
    for n, (left, right) in enumerate(zip(lefts, rights, strict=True)):
        out.append((left, max(right, lefts[n + 1] - 2 * _PADDING) if n + 1 < len(lefts) else right))
    return out


def _layout(page: Page, region: columns.Region, usual: float) -> Table:
    """Words side by side in a head or a closing: two cells, each with the lines of its side."""
    gutter = sum(region.gutters[0]) / 2
    sides: list[list[Run]] = [[], []]
    for run in (run for line in region.lines for run in line.runs):
        sides[run.left > gutter or run.left + run.right > 2 * gutter].append(run)
    cells = []
    for runs in sides:
        lines = printed(runs)
        if not lines:
            cells.append(Spanned(Cell("")))
            continue
        left, right = min(run.left for run in runs), max(run.right for run in runs)
        found: list[Flow] = []
        for line in lines:
            if found and _goes_on_beside(found[-1], line, (left, right), usual):
                join(found[-1], line)
            else:
                found.append(Flow([line], line.text))
        cells.append(Spanned(Cell("\n".join(text for _, text in clean(found)))))
    return Table(grid([cells]).rows, page.number)


def _goes_on_beside(flow: Flow, line: Printed, edges: tuple[float, float], usual: float) -> bool:
    """Whether a line of a head or a closing goes on with the one above: there most lines stand for themselves."""
    item = flow.text.startswith((*_DASHES, "•"))
    if item and not ENDED.search(flow.text) and not line.text.startswith((*_DASHES, "•")):
        return not is_caps(line.text) or is_full(flow.lines[-1], line, edges)
    return (item or line.text[:1].islower()) and goes_on(flow, line, edges, usual)
