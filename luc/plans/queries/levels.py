"""How far targets are: the latest accepted figure of each, beside what the paper wants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from luc.figures import queries as figures
from luc.figures.models import Figure, Standing
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today, valid_on
from luc.plans.models import AmendmentItem, Target
from luc.plans.queries.amendments import told_of
from luc.plans.queries.plans import PlanId, targets

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: dict[str, tuple[str, StrOrPromise]] = {
    "reached": ("good", gettext_lazy("đã đạt")),
    "under_way": ("wait", gettext_lazy("chưa đạt, còn thời gian")),
    "missed": ("bad", gettext_lazy("quá năm đích, chưa đạt")),
    "unknown": ("none", gettext_lazy("chưa có số liệu")),
}
ACCEPTED = (Standing.Kind.ACCEPTED, Standing.Kind.PUBLISHED)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with the figure that counts now, if the viewer may see one."""

    target: Target
    figure: Figure | None
    value: Decimal | None
    state: str
    told: tuple[AmendmentItem, ...] = ()

    @property
    def tone(self) -> str:
        return STATES[self.state][0]

    @property
    def state_label(self) -> str:
        return str(STATES[self.state][1])


def target_rows(viewer: Viewer, plan: PlanId) -> list[TargetRow]:
    """The targets of a plan with their latest accepted figure; two statements whatever their number."""
    return _rows(viewer, list(targets(viewer, plan)))


def told_rows(viewer: Viewer, plan: PlanId) -> list[TargetRow]:
    """The same with what amended each; one statement more."""
    rows = target_rows(viewer, plan)
    told = told_of(viewer, "target", [row.target.pk for row in rows])
    return [replace(row, told=tuple(told.get(row.target.pk, ()))) for row in rows]


def parts_by_plan(viewer: Viewer, plans: Collection[int]) -> dict[int, list[tuple[str, str, int]]]:
    """For the bars of states of several plans: by plan tone, words, count; two statements in all."""
    return {plan: target_parts(rows) for plan, rows in rows_by_plan(viewer, plans).items()}


def rows_by_plan(viewer: Viewer, plans: Collection[int]) -> dict[int, list[TargetRow]]:
    """The targets of several plans that hold today, as `target_rows`, by plan; two statements in all."""
    listed = Target.objects.filter(valid_on(today()), plan__in=plans, plan__tenant__in=viewer.tenants)
    by_plan: dict[int, list[TargetRow]] = {}
    for row in _rows(viewer, list(listed.select_related("answering").order_by("plan", "order", "pk"))):
        by_plan.setdefault(row.target.plan_id, []).append(row)
    return by_plan


def _rows(viewer: Viewer, listed: list[Target]) -> list[TargetRow]:
    wanted = {target.indicator_id: target for target in listed}
    known = figures.counting_on(viewer, now(), ACCEPTED)
    rows = known.filter(indicator__in=wanted, breakdown="").order_by("period_until", "at", "pk")
    newest: dict[tuple[int, int], Figure] = {}
    for row in rows:
        slot = (row.indicator_id, row.territory_id)
        if not _is_done_already(row, newest.get(slot)):
            newest[slot] = row
    return [_row(target, newest.get((target.indicator_id, target.territory_id))) for target in listed]


def _is_done_already(row: Figure, there: Figure | None) -> bool:
    """Whether a figure only estimates a period of which something is done: what is done counts."""
    if there is None or row.kind != Figure.Kind.ESTIMATE:
        return False
    return there.kind == Figure.Kind.ACTUAL and there.period_until > row.period_start


def _row(target: Target, figure: Figure | None) -> TargetRow:
    value = figures.value_of(figure) if figure else None
    if value is None:
        state = "unknown"
    elif is_reached(target, value):
        state = "reached"
    else:
        state = "missed" if target.year and target.year < today().year else "under_way"
    return TargetRow(target, figure, value, state)


def is_reached(target: Target, value: Decimal) -> bool | None:
    """Whether a value is what the target wants; None when the paper gives no figure to compare with.

    More than "70 - 80 %" or than "100 %" is reached too; a reduction is measured by how much was reduced.
    """
    kind, low, high = target.comparator, target.value_min, target.value_max
    is_upper = kind in {Target.Comparator.LTE, Target.Comparator.LT}
    bound = (high if high is not None else low) if is_upper else (low if low is not None else high)
    if bound is None:
        return None
    if is_upper:
        return value < bound if kind == Target.Comparator.LT else value <= bound
    return value > bound if kind == Target.Comparator.GT else value >= bound


def target_parts(rows: list[TargetRow]) -> list[tuple[str, str, int]]:
    """For the bar of states: tone, words, count."""
    counted = ((name, sum(row.state == name for row in rows)) for name in STATES)
    return [(STATES[name][0], str(STATES[name][1]), count) for name, count in counted if count]
