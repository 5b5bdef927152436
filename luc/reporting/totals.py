"""What several values of one target come to: counts are added up, shares and rates never are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import show

# "%", "%/năm", "kg/người", "điểm", "m3/ngày đêm": values of several places cannot be added
_RATE = re.compile(r"%|‰|/|\bđiểm\b|\btỷ lệ\b|\bhạng\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Total:
    """What values of several places come to; `value` is None where they cannot be added."""

    count: int
    value: Decimal | None
    low: Decimal
    high: Decimal

    @property
    def words(self) -> str:
        """In a line: the sum, or from which to which value a share goes."""
        if self.value is not None:
            return show(self.value)
        return show(self.low) if self.low == self.high else f"{show(self.low)} - {show(self.high)}"

    @property
    def how(self) -> str:
        """How it came about, in words."""
        if self.count == 1:
            return ""
        words = (
            _("cộng %(count)d số liệu") if self.value is not None else _("từ thấp đến cao, %(count)d số liệu")
        )
        return words % {"count": self.count}


def is_added(unit: str) -> bool:
    """Whether values of this unit are added over places."""
    return not _RATE.search(unit)


def total(values: Sequence[Decimal], unit: str) -> Total | None:
    """What values come to; None for none. One value is itself, whatever its unit."""
    if not values:
        return None
    added = sum(values, Decimal()) if is_added(unit) or len(values) == 1 else None
    return Total(len(values), added, min(values), max(values))
