"""Values that may be right but are asked back before they are handed in, with a short explanation."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.figures.units import is_share
from luc.kernel.errors import Refused
from luc.reporting.models import Answer
from luc.reporting.queries.reports import Line

FAR = 2  # more than so many times, or less than that part of, what was said last time


def questions(lines: Iterable[Line]) -> dict[str, str]:
    """What is asked back, by row: a share outside 0 to 100 %, a value far from that of the last period."""
    asked = {line.row.key: question(line) for line in lines}
    return {key: words for key, words in asked.items() if words}


def question(line: Line) -> str:
    """What is asked back about one row; "" when nothing is."""
    value = _value(line.values.get("value"))
    if line.row.section != Answer.Section.FIGURE or line.is_nil or value is None:
        return ""
    if is_share(line.row.unit) and not 0 <= value <= 100:
        return _("%(value)s %% nằm ngoài khoảng từ 0 đến 100 %%.") % {"value": show(value)}
    before = _value((line.before or {}).get("value"))
    if before is None or not _is_far(value, before):
        return ""
    words = _("%(value)s %(unit)s, kỳ trước là %(before)s %(unit)s: chênh lệch quá hai lần.")
    return words % {"value": show(value), "before": show(before), "unit": line.row.unit}


def _is_far(value: Decimal, before: Decimal) -> bool:
    """More than twice or less than half of what was there; from nothing, to anything is no leap."""
    if before == 0:
        return False
    if value * before <= 0:
        return True
    return abs(value) > abs(before) * FAR or abs(value) * FAR < abs(before)


def _value(kept: object) -> Decimal | None:
    try:
        return parse(str(kept)) if kept else None
    except Refused:
        return None
