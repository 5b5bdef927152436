"""A total and its parts: rows that the focal agency declared, and figures that a plan prints with "trong đó"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.kernel.text import search_key
from luc.reporting.asked import Row
from luc.reporting.doubts.numbers import said
from luc.reporting.models import Answer
from luc.reporting.queries.drafts import Draft, Line

OF_WHICH = "trong do"  # without its marks


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with the parts that a report is asked; `is_whole`: together they have to be the total."""

    total: Line
    parts: tuple[Line, ...]
    is_whole: bool


def ask(whole: Draft) -> Iterator[tuple[str, str]]:
    """Totals that are not what their parts give."""
    for one in sums(whole):
        for name in ("value", "estimate"):
            words = _question(one, name)
            if words:
                yield one.total.row.key, words


def sums(whole: Draft) -> list[Sum]:
    """The totals of a draft that have parts in it."""
    figures = [line for line in whole.lines if line.row.section == Answer.Section.FIGURE]
    by_key = {key: line for line in figures for key in (line.row.key, *(one.key for one in line.row.also))}
    declared = whole.checks.parts
    total_of = dict(printed(line.row for line in figures)) | dict(declared)
    found: dict[str, list[Line]] = {}
    for part, total in total_of.items():
        if part in by_key and total in by_key and by_key[part] is not by_key[total]:
            found.setdefault(total, []).append(by_key[part])
    missing = {total for part, total in declared.items() if part not in by_key}
    loose = (
        {total for part, total in total_of.items() if part not in declared} | whole.checks.within | missing
    )
    return [Sum(by_key[total], tuple(parts), total not in loose) for total, parts in found.items()]


def printed(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Figures that begin with "trong đó", each with the one before them in the same unit: a part of it."""
    total: Row | None = None
    for row in rows:
        if not search_key(row.text).lstrip("-+* ").startswith(OF_WHICH):
            total = row
        elif total is not None and (total.plan, total.unit) == (row.plan, row.unit):
            yield row.key, total.key


def _question(one: Sum, name: str) -> str:
    total, parts = _number(one.total, name), [_number(line, name) for line in one.parts]
    told = [part for part in parts if part is not None]
    if total is None or not told or (one.is_whole and len(told) < len(parts)):
        return ""
    together = sum(told, Decimal(0))
    if together == total or (together < total and not one.is_whole):
        return ""
    words = _("Các phần cộng lại là %(sum)s %(unit)s, tổng ghi %(total)s %(unit)s: chênh %(by)s.")
    return words % {
        "sum": show(together),
        "total": show(total),
        "by": show(abs(total - together)),
        "unit": one.total.row.unit,
    }


def _number(line: Line, name: str) -> Decimal | None:
    """A number of a row; a row with nothing to report adds nothing."""
    return Decimal(0) if line.is_nil else said(_asked(line, name), name)


def _asked(line: Line, name: str) -> Mapping[str, object]:
    return line.values if name == "value" or line.asks_estimate else {}
