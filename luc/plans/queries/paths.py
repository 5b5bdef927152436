"""How targets came to where they are: every accepted figure on the way, period by period, and the level wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luc.figures import queries as figures
from luc.figures.models import Figure
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, now, today
from luc.plans.models import Plan, Target
from luc.plans.queries.levels import ACCEPTED, TargetRow, rows_by_plan


@dataclass(frozen=True, slots=True)
class Point:
    """One figure on the way, the last day of its period, and the day on which it was reported."""

    day: date
    value: Decimal
    is_estimate: bool
    figure: int
    reported: date


@dataclass(frozen=True, slots=True)
class Path:
    """A target, where it stands, and how it came there; `first` and `last` are the years it is drawn over."""

    row: TargetRow
    points: tuple[Point, ...]
    first: int
    last: int

    @property
    def low(self) -> Decimal | None:
        """The lower end of what is wanted; None where everything below is good too."""
        target = self.row.target
        if target.comparator in {Target.Comparator.LTE, Target.Comparator.LT}:
            return None
        return target.value_min if target.value_min is not None else target.value_max

    @property
    def high(self) -> Decimal | None:
        """The upper end; None where everything above is good too."""
        target = self.row.target
        if target.comparator in {Target.Comparator.GTE, Target.Comparator.GT}:
            return None
        return target.value_max if target.value_max is not None else target.value_min


def paths(viewer: Viewer, plans: Collection[Plan]) -> dict[int, list[Path]]:
    """The targets of some plans that hold today, in their order, by plan; three statements in all."""
    rows = rows_by_plan(viewer, [plan.pk for plan in plans])
    indicators = {row.target.indicator_id for of in rows.values() for row in of}
    known = figures.counting_on(viewer, now(), ACCEPTED).filter(indicator__in=indicators, breakdown="")
    slots: dict[tuple[int, int], dict[date, Figure]] = {}
    for figure in known.order_by("period_until", "at", "pk"):
        slots.setdefault((figure.indicator_id, figure.territory_id), {})[figure.period_until] = figure
    told = {slot: _monthly(of.values()) for slot, of in slots.items()}
    return {
        plan.pk: [
            _path(row, plan, told.get((row.target.indicator_id, row.target.territory_id), ()))
            for row in rows[plan.pk]
        ]
        for plan in plans
        if plan.pk in rows
    }


def _monthly(of: Iterable[Figure]) -> list[Point]:
    """One a month and kind: the final figure of a year instead of what was done by a cut-off some days before."""
    last = {(one.last_day.year, one.last_day.month, one.kind): one for one in of}
    return [_point(figure) for figure in sorted(last.values(), key=lambda one: one.period_until)]


def _point(figure: Figure) -> Point:
    is_estimate, reported = figure.kind == Figure.Kind.ESTIMATE, figure.at.astimezone(VIETNAM).date()
    return Point(figure.last_day, figures.value_of(figure), is_estimate, figure.pk, reported)


def _path(row: TargetRow, plan: Plan, points: Sequence[Point]) -> Path:
    years = [point.day.year for point in points] or [today().year]
    first = min(plan.period_start or years[0], years[0])
    last = max(row.target.year or plan.period_end or years[-1], years[-1], first + 1)
    return Path(row, tuple(points), first, last)
