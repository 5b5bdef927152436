"""The money of a draft: what was written, or what is carried forward from the last period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from luc.reporting.models import Answer
from luc.reporting.money import MoneyLine, Values, item, says
from luc.reporting.queries.earlier import money_before
from luc.rounds.models import Cycle, Submission


def money_of(
    written: Collection[tuple[Answer, Values]], earlier: Collection[Submission], cycle: Cycle
) -> tuple[list[MoneyLine], bool]:
    """The rows of money of a draft, and whether it says that there is none.

    While nothing was written the items of the last period stand there, to be looked at and saved: with what was
    approved, and what was planned and disbursed when it was the same year.
    """
    before = {item(row): (row, of) for row, of in money_before(earlier)}
    rows = [values for answer, values in written if not answer.is_nil]
    lines = [
        MoneyLine(values, before.get(item(values), ({}, None))[0] or None) for values in rows if says(values)
    ]
    is_none = any(answer.is_nil for answer, _values in written)
    if lines or written:
        return lines, is_none
    return [_carried(order, row, of, cycle) for order, (row, of) in enumerate(before.values(), 1)], False


def _carried(order: int, row: Values, of: Cycle, cycle: Cycle) -> MoneyLine:
    names = ["title", "source", "approved", *(["planned"] if _year(of) == _year(cycle) else [])]
    kept = {name: row[name] for name in names if row.get(name)}
    if "task" not in row and row.get("plan"):
        kept["plan"] = str(row["plan"])
    return MoneyLine({"order": order} | kept, row, is_carried=True)


def _year(cycle: Cycle) -> int:
    return (cycle.period_until - timedelta(days=1)).year
