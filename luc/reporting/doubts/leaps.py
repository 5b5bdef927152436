"""A number far from what was said before, and numbers of one figure that do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.figures.units import is_counted
from luc.reporting.doubts import units
from luc.reporting.doubts.numbers import figures, said, told
from luc.reporting.queries.drafts import Draft, Line

FAR = 2  # more than so many times, or less than that part of, what was said before


def ask(whole: Draft) -> Iterator[tuple[str, str]]:
    """Leaps against the last period, against what was estimated, and estimates below what is done already."""
    for line in figures(whole):
        for words in (_since(line), _settled(line), _shrinking(line)):
            if words:
                yield line.row.key, words


def _since(line: Line) -> str:
    value, before = said(line.values, "value"), said(line.before, "value")
    if value is None or before is None or not _is_far(value, before) or units.factor(value, before):
        return ""
    words = _("%(value)s %(unit)s, kỳ trước là %(before)s %(unit)s: chênh lệch quá hai lần.")
    return words % {"value": show(value), "before": show(before), "unit": line.row.unit}


def _settled(line: Line) -> str:
    final = dict(told(line)).get("final")
    before = said({"value": line.earlier.value}, "value") if line.earlier else None
    if final is None or before is None or not _is_far(final, before):
        return ""
    words = _("Số chính thức %(final)s %(unit)s, đã ước %(before)s %(unit)s: chênh lệch quá hai lần.")
    return words % {"final": show(final), "before": show(before), "unit": line.row.unit}


def _shrinking(line: Line) -> str:
    """What is counted over a year does not become less by its end."""
    numbers = dict(told(line))
    value, estimate = numbers.get("value"), numbers.get("estimate")
    if value is None or estimate is None or estimate >= value or not is_counted(line.row.unit):
        return ""
    words = _("Ước cả năm %(estimate)s %(unit)s, thấp hơn số đã thực hiện %(value)s %(unit)s.")
    return words % {"estimate": show(estimate), "value": show(value), "unit": line.row.unit}


def _is_far(value: Decimal, before: Decimal) -> bool:
    """More than twice or less than half of what was there; from nothing, to anything is no leap."""
    if before == 0:
        return False
    if value * before <= 0:
        return True
    return abs(value) > abs(before) * FAR or abs(value) * FAR < abs(before)
