"""A number outside what it can be: a share beyond the whole, or beyond the bounds that the focal agency set."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.figures.units import is_share
from luc.reporting.asked import Row
from luc.reporting.doubts.numbers import figures, told
from luc.reporting.queries.drafts import Draft


def ask(whole: Draft) -> Iterator[tuple[str, str]]:
    """Every number of a figure that is out of its bounds."""
    for line in figures(whole):
        for _name, value in told(line):
            words = question(line.row, value)
            if words:
                yield line.row.key, words


def question(row: Row, value: Decimal) -> str:
    """What is asked about one number; "" when nothing is."""
    if is_share(row.unit) and _is_beyond_the_whole(row, value):
        return _("%(value)s %% nằm ngoài khoảng từ 0 đến 100 %%.") % {"value": show(value)}
    said = {"value": show(value), "unit": row.unit}
    if row.lowest is not None and value < row.lowest:
        return _("%(value)s %(unit)s thấp hơn mức thấp nhất có thể có (%(bound)s).") % (
            said | {"bound": show(row.lowest)}
        )
    if row.highest is not None and value > row.highest:
        return _("%(value)s %(unit)s cao hơn mức cao nhất có thể có (%(bound)s).") % (
            said | {"bound": show(row.highest)}
        )
    return ""


def _is_beyond_the_whole(row: Row, value: Decimal) -> bool:
    """Whether a share is less than none or more than all, where no bound of its own says otherwise."""
    return (row.lowest is None and value < 0) or (row.highest is None and value > 100)
