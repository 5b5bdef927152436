"""A target's path drawn small: the figures over the years, and the band that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

WIDTH, HEIGHT, EDGE = 160, 44, 4
_LEAST = Decimal("0.05")  # of the height: a level without a range is drawn as a band so thin


class Known(Protocol):
    """A figure on the way."""

    @property
    def day(self) -> date: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def is_estimate(self) -> bool: ...


class Way(Protocol):
    """What is drawn: figures, the ends of what is wanted, the years (`queries.paths.Path` is one)."""

    @property
    def points(self) -> Sequence[Known]: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure in the drawing; an estimate is hollow."""

    x: str
    y: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template puts into one SVG; `top` and `band` are the wanted levels."""

    line: str
    dots: list[Dot]
    top: str
    band: str
    first: int
    last: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(path: Way) -> Drawing | None:
    """The drawing of a target; None where the paper names no level to compare with."""
    bounds = [level for level in (path.low, path.high) if level is not None]
    if not bounds:
        return None
    levels = [*bounds, *(point.value for point in path.points)]
    low, high = min(levels), max(levels)
    margin = (high - low) * Decimal("0.15") or abs(high) * Decimal("0.2") or Decimal(1)
    scale = _Scale(low - margin, high + margin, path.first, path.last)
    dots = [Dot(scale.x(point.day), scale.y(point.value), point.is_estimate) for point in path.points]
    top = scale.height(path.high if path.high is not None else scale.high)
    bottom = scale.height(path.low if path.low is not None else scale.low)
    band = max(bottom - top, _LEAST * HEIGHT)
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    return Drawing(line, dots, f"{top:.1f}", f"{band:.1f}", path.first, path.last)


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Decimal
    high: Decimal
    first: int
    last: int

    def height(self, value: Decimal) -> Decimal:
        return (self.high - value) / (self.high - self.low) * HEIGHT

    def y(self, value: Decimal) -> str:
        return f"{self.height(value):.1f}"

    def x(self, day: date) -> str:
        begin, end = date(self.first, 1, 1), date(self.last, 12, 31)
        share = Decimal((day - begin).days) / (end - begin).days
        return f"{EDGE + share * (WIDTH - 2 * EDGE):.1f}"
