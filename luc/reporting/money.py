"""Money by source, as form 2 of the offices has it: one row an item and a source, all of a cycle in one unit.

Approved in all; of the year: planned, disbursed in the period, disbursed since its beginning; the share is what was
disbursed since the beginning of the year of what was planned for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.figures.numbers import parse
from luc.kernel.errors import Refused
from luc.kernel.text import search_key


class Source(TextChoices):
    """Where the money comes from."""

    CENTRAL = "central", gettext_lazy("Ngân sách trung ương")
    LOCAL = "local", gettext_lazy("Ngân sách địa phương")
    OTHER = "other", gettext_lazy("Doanh nghiệp, nguồn khác")


AMOUNTS = ("approved", "planned", "disbursed", "cumulative")
NEEDED = ("disbursed", "cumulative")
TITLES = {
    "approved": gettext_lazy("Tổng mức được duyệt"),
    "planned": gettext_lazy("Kế hoạch năm"),
    "disbursed": gettext_lazy("Giải ngân trong kỳ"),
    "cumulative": gettext_lazy("Lũy kế từ đầu năm"),
}
UNITS = ("triệu đồng", "tỷ đồng")
NO_MONEY = "money-99"  # the row that says that there is none
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One item with one source, as a form holds it; `before` is what was said of it last time."""

    values: Values
    before: Values | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    is_carried: bool = False

    @property
    def key(self) -> str:
        return f"money-{self.values['order']}"

    @property
    def title(self) -> str:
        return str(self.values.get("title", ""))

    @property
    def lack(self) -> str:
        """What the row still needs, in words; "" when it says enough."""
        if not self.title:
            return _("chưa ghi nội dung, dự án")
        if not self.values.get("source"):
            return _("chưa chọn nguồn vốn")
        missing = [str(TITLES[name]) for name in NEEDED if not self.values.get(name)]
        return _("chưa ghi %(what)s") % {"what": ", ".join(missing).lower()} if missing else ""

    @property
    def share(self) -> Decimal | None:
        return share(amount(self.values, "cumulative"), amount(self.values, "planned"))


def amount(values: Values | None, name: str) -> Decimal | None:
    """One amount of a row, as it was said; None for none, or for what cannot be read."""
    kept = (values or {}).get(name)
    try:
        return parse(str(kept)) if kept else None
    except Refused:
        return None


def share(cumulative: Decimal | None, planned: Decimal | None) -> Decimal | None:
    """How much of what was planned is disbursed, in per cent with one decimal; None without a plan."""
    if cumulative is None or not planned:
        return None
    return (cumulative * 100 / planned).quantize(Decimal("0.1"), ROUND_HALF_UP)


def says(values: Values) -> bool:
    """Whether a row says anything."""
    return any(values.get(name) for name in ("title", "source", *AMOUNTS, "result"))


def item(values: Values) -> tuple[str, str]:
    """What makes two rows the same: the words of the item and the source."""
    return search_key(str(values.get("title", ""))), str(values.get("source", ""))


def source_words(source: str) -> str:
    """A source in words."""
    return str(Source(source).label) if source else ""
