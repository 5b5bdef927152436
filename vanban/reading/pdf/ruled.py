"""Tables drawn with lines: from the thin shapes of a page to a grid of cells."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vanban.reading.pdf.words import Sheet

_THIN = 2.5  # points: what is not wider is a line
_NEAR = 3.0  # points: lines that end so close to each other meet
_MOST_LINES = 20_000
_MOST_SHAPES = 60_000
_FORM_DEPTH = 3


@dataclass(slots=True)
class Line:
    """A line across (`at` is its height) or down (`at` is its distance from the left), from start to end."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a grid, with its place on the page."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Grid:
    """A table drawn with lines: its edges across and down, and its cells by what each square belongs to."""

    xs: list[float]
    ys: list[float]
    boxes: dict[tuple[int, int], Box] = field(default_factory=dict)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies inside of the table."""
        in_width = self.xs[0] - _NEAR <= x <= self.xs[-1] + _NEAR
        return in_width and self.ys[0] - _NEAR <= y <= self.ys[-1] + _NEAR

    def box_at(self, x: float, y: float) -> Box:
        """The cell in which a place lies, or the nearest one."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self.boxes[min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2), column]


def grids(page: pdfium.PdfPage, sheet: Sheet) -> list[Grid]:
    """The tables with lines of a page, from the top; a frame around words is none."""
    across, down = _lines(page, sheet)
    found = []
    groups = _groups(_merged(across), _merged(down))
    for level, upright in (part for group in groups for part in _apart(*group)):
        xs, ys = _edges(upright, level), _edges(level, upright)
        if len(xs) > 2 and len(ys) > 1:
            found.append(Grid(xs, ys, _boxes(xs, ys, level, upright)))
    return sorted(found, key=lambda grid: grid.ys[0])


def _lines(page: pdfium.PdfPage, sheet: Sheet) -> tuple[list[Line], list[Line]]:
    across: list[Line] = []
    down: list[Line] = []
    if raw.FPDFPage_CountObjects(page.raw) > _MOST_SHAPES:
        return across, down
    for x0, y0, x1, y1 in _strokes(page):
        (left, top), (right, bottom) = sheet.at(x0, y0), sheet.at(x1, y1)
        left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
        if bottom - top <= _THIN and right - left > _THIN:
            across.append(Line((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top > _THIN:
            down.append(Line((left + right) / 2, top, bottom))
    if len(across) + len(down) > _MOST_LINES:
        return [], []
    return across, down


def _strokes(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """The thin shapes of a page, and the sides of those that are drawn along their edge."""
    sides = [ctypes.c_float() for _ in range(4)]
    for shape in _shapes(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _FORM_DEPTH):
        if not raw.FPDFPageObj_GetBounds(shape, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if right - left <= _THIN or top - bottom <= _THIN:
            yield left, bottom, right, top
        elif raw.FPDFPath_CountSegments(shape) <= _MOST_LINES and _is_stroked(shape):
            yield from _segments(shape)


def _shapes(
    holder: object,
    count: Callable[[object], int],
    get: Callable[[object, int], object],
    depth: int,
) -> Iterator[object]:
    for index in range(count(holder)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from _shapes(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth - 1)


def _is_stroked(shape: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(shape, fill, stroke)) and bool(stroke.value)


def _segments(shape: object) -> Iterator[tuple[float, float, float, float]]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *here)
        else:
            first = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*here, *first)
        last = here


def _merged(lines: list[Line]) -> list[Line]:
    """Lines drawn in pieces, one for each cell, as whole lines."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if not levels or line.at - levels[-1][0].at > _NEAR:
            levels.append([])
        levels[-1].append(line)
    out: list[Line] = []
    for pieces in levels:
        whole: list[Line] = []
        for piece in sorted(pieces, key=lambda line: line.start):
            if whole and piece.start <= whole[-1].end + _NEAR:
                whole[-1].end = max(whole[-1].end, piece.end)
            else:
                whole.append(Line(pieces[0].at, piece.start, piece.end))
        out += whole
    return out


def _levels(values: Iterable[float]) -> list[float]:
    """Numbers that lie close together as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * _NEAR:
            out.append(value)
    return out


def _groups(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that meet, directly or through others, as one table each."""
    rest = [line for line in across if line.end - line.start > 2 * _NEAR]
    out = []
    open_down = list(down)
    while rest:
        level, upright = [rest.pop()], list[Line]()
        grown = True
        while grown:
            new_down = [line for line in open_down if any(_meet(other, line) for other in level)]
            open_down = [line for line in open_down if line not in new_down]
            upright += new_down
            new_level = [line for line in rest if any(_meet(line, other) for other in new_down)]
            rest = [line for line in rest if line not in new_level]
            level += new_level
            grown = bool(new_level)
        if upright:
            out.append((level, upright))
    return out


def _apart(across: list[Line], down: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Tables that touch, one below the other, each with columns of its own, as one table each."""
    ys = _edges(across, down)
    inner = [_inner(down, top, bottom) for top, bottom in pairwise(ys)]
    cuts = [y for y, above, below in zip(ys[1:], inner, inner[1:], strict=False) if _differ(above, below)]
    for top, bottom in pairwise([ys[0] - _NEAR, *cuts, ys[-1] + _NEAR]):
        yield (
            [line for line in across if top - _NEAR <= line.at <= bottom + _NEAR],
            [
                Line(line.at, max(line.start, top), min(line.end, bottom))
                for line in down
                if min(line.end, bottom) - max(line.start, top) > 2 * _NEAR
            ],
        )


def _inner(down: list[Line], top: float, bottom: float) -> list[float]:
    """Where the lines stand that part the cells of a row."""
    middle = (top + bottom) / 2
    return sorted(line.at for line in down if line.start <= middle <= line.end)[1:-1]


def _differ(above: list[float], below: list[float]) -> bool:
    """Whether two rows have several cells each, parted at other places: as many cells, or mostly at other places."""
    least = min(len(above), len(below))
    shared = sum(any(abs(a - b) <= _NEAR for b in below) for a in above)
    return least > 1 and (2 * shared < least or (len(above) == len(below) and shared < least))


def _meet(across: Line, down: Line) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _edges(lines: list[Line], others: list[Line]) -> list[float]:
    """Where the columns (or rows) end; a table open at its sides ends where its other lines end."""
    ends = [min(line.start for line in others), max(line.end for line in others)]
    found = _levels(line.at for line in lines)
    low = [ends[0]] if not found or ends[0] < found[0] - 2 * _NEAR else []
    high = [ends[1]] if not found or ends[1] > found[-1] + 2 * _NEAR else []
    return [*low, *found, *high]


def _boxes(
    xs: list[float], ys: list[float], across: list[Line], down: list[Line]
) -> dict[tuple[int, int], Box]:
    """Every square of the grid with the cell it belongs to: squares that no line parts are one cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    across_at = [[line for line in across if abs(line.at - y) <= 2 * _NEAR] for y in ys]
    down_at = [[line for line in down if abs(line.at - x) <= 2 * _NEAR] for x in xs]
    out: dict[tuple[int, int], Box] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in out:
                continue
            right = column + 1
            while right < columns and (row, right) not in out and _open(down_at[right], ys[row], ys[row + 1]):
                right += 1
            bottom = row + 1
            while bottom < rows and all(
                _open(across_at[bottom], xs[x], xs[x + 1]) for x in range(column, right)
            ):
                bottom += 1
            box = Box(row, column, bottom - row, right - column, xs[column], ys[row], xs[right], ys[bottom])
            out.update(((y, x), box) for y in range(row, bottom) for x in range(column, right))
    return out


def _open(lines: list[Line], start: float, end: float) -> bool:
    """Whether none of the lines at an edge stands over the middle of the way from start to end."""
    middle = (start + end) / 2
    return not any(line.start <= middle <= line.end for line in lines)
