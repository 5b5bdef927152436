"""What is checked in the reports of a cycle: bounds of figures, totals and parts, evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from luc.figures.actions import Bounds, bound, bounds_of
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.reporting.asked import Row, rows_on
from luc.reporting.checks import Checks
from luc.reporting.models import CycleForm
from luc.reporting.queries.asking import opened_on
from luc.reporting.queries.plans import plans_of
from luc.rounds.models import Cycle
from luc.rounds.queries import cycles


def check(viewer: Viewer, cycle: int, *, checks: Checks, bounds: Mapping[int, Bounds]) -> None:
    """Settle what is checked in a cycle from now on; what was handed in stays as it is.

    `bounds` (lowest, highest) by indicator hold for its later figures too. Raises NotAllowed; Refused with the wrong
    fields, in a closed cycle, or when nothing changes; Conflict for a cycle of former times.
    """
    row = cycles(viewer).get(pk=cycle)
    viewer.require("reporting.open", tenant=row.tenant_id, party=row.collector_id)
    figures = figures_of(row)
    known = {figure.indicator for figure in figures}
    wanted = {pk: pair for pk, pair in bounds.items() if pk in known}
    _must_add_up(checks, figures)
    _must_be_in_order(wanted, figures)
    form = CycleForm.objects.filter(cycle=row).first()
    if form is None:
        raise Conflict(_("Kỳ báo cáo này mở trước khi có thể chọn nội dung cho từng loại đơn vị."))
    if row.closed_at is not None:
        raise Refused(_("Kỳ báo cáo đã khép lại."))
    there = bounds_of(wanted)
    changed = {pk: pair for pk, pair in wanted.items() if there.get(pk) != pair}
    if not changed and Checks.of(form.checks) == checks:
        raise Refused(_("Không có gì thay đổi."))
    with action(viewer, "reporting.open", tenant=row.tenant_id, party=row.collector_id) as acting:
        acting.change(form, checks=checks.as_plain())
        bound(acting, changed)


def figures_of(cycle: Cycle) -> list[Row]:
    """The figures that the plans of a cycle ask, whoever answers."""
    plans = plans_of([cycle]).get(cycle.pk, [])
    return [row for row in rows_on(plans, opened_on(cycle)) if row.section == "figure"]


def _must_add_up(checks: Checks, figures: Collection[Row]) -> None:
    """Totals and parts are figures of the cycle in one unit; nothing is a part of itself."""
    units = {row.key: row.unit for row in figures}
    fields = {}
    for part, total in checks.parts.items():
        if part not in units or units[part] != units.get(total):
            fields[f"part-{part}"] = _("Tổng và phần phải cùng đơn vị tính.")
        elif part in _above(part, checks.parts):
            fields[f"part-{part}"] = _("Một chỉ tiêu không thể là phần của chính nó.")
    if fields:
        raise Refused(next(iter(fields.values())), fields)


def _above(part: str, parts: Mapping[str, str]) -> set[str]:
    """All totals of which something is a part, those of its totals too."""
    found: set[str] = set()
    while (part := parts.get(part, "")) and part not in found:
        found.add(part)
    return found


def _must_be_in_order(bounds: Mapping[int, Bounds], figures: Collection[Row]) -> None:
    keys = {row.indicator: row.key for row in reversed(list(figures))}
    wrong = [pk for pk, (low, high) in bounds.items() if low is not None and high is not None and low > high]
    if wrong:
        message = _("Mức thấp nhất phải không lớn hơn mức cao nhất.")
        raise Refused(message, {f"low-{keys[pk]}": message for pk in wrong})
