"""Amounts of money that do not go together, or look like another unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.reporting.doubts.units import factor
from luc.reporting.money import AMOUNTS, TITLES, MoneyLine, amount
from luc.reporting.queries.drafts import Draft

# the first is never more than the second
ORDER = (("disbursed", "cumulative"), ("planned", "approved"), ("cumulative", "approved"))


def ask(whole: Draft) -> Iterator[tuple[str, str]]:
    """Every row of money that is asked back."""
    for line in whole.money:
        for words in question(line, whole.money_unit):
            yield line.key, words


def question(line: MoneyLine, unit: str) -> Iterator[str]:
    """What is asked about one row."""
    said = {name: amount(line.values, name) for name in AMOUNTS}
    for name, value in said.items():
        if value is not None and value < 0:
            yield _("%(what)s là số âm.") % {"what": TITLES[name]}
    for small, large in ORDER:
        less, more = said[small], said[large]
        if less is not None and more is not None and less > more:
            yield _("%(small)s (%(less)s) lớn hơn %(large)s (%(more)s).") % {
                "small": TITLES[small],
                "less": show(less),
                "large": str(TITLES[large]).lower(),
                "more": show(more),
            }
    yield from _slips(line, said, unit)


def _slips(line: MoneyLine, said: dict[str, Decimal | None], unit: str) -> Iterator[str]:
    """What was approved, and what is disbursed in all, beside what was said of the item last time."""
    for name in ("approved", "cumulative"):
        value, before = said[name], amount(line.before, name)
        if value is not None and before is not None and abs(factor(value, before)) >= 1000:
            yield _(
                "%(what)s là %(value)s %(unit)s, kỳ trước %(before)s: có nhầm đồng, triệu đồng, tỷ đồng không?"
            ) % {
                "what": TITLES[name],
                "value": show(value),
                "unit": unit,
                "before": show(before),
            }
