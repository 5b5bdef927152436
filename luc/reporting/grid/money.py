"""Money in the grid: for each source one cell an amount.

A party whose form has several items of one source tells it there: the grid shows their sum. Where it has none yet, what
is typed becomes one item for all of it; items carried forward from the last period are kept with what is typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.reporting import cut
from luc.reporting.grid.cells import GridCell, GridColumn
from luc.reporting.models import Answer, Report
from luc.reporting.money import AMOUNTS, NO_MONEY, MoneyLine, Source, amount
from luc.reporting.queries.money import money_of
from luc.reporting.queries.reports import form_values, money_unit
from luc.rounds.models import Cycle, Submission

ALL = "Kinh phí thực hiện kế hoạch"  # the item, where a party told only how much
WRITTEN = ("title", "source", "is_nil", *AMOUNTS)
_NONE = int(NO_MONEY.partition("-")[2])
Typed = Mapping[str, Mapping[str, Decimal | None]]


def columns(cycle: Cycle, reports: Collection[Report]) -> list[GridColumn]:
    """The amounts by source, where somebody is asked about money."""
    if not any(cut.asks(report.sections, cut.Section.MONEY) for report in reports):
        return []
    unit = money_unit(cycle)
    return [
        GridColumn(number, source=source, money_unit=unit) for source in Source.values for number in AMOUNTS
    ]


def spending(
    reports: Collection[Report], cycle: Cycle, earlier: Mapping[int, Collection[Submission]]
) -> dict[int, list[MoneyLine]]:
    """The rows of money of each report that is asked them, as its form shows them. One statement."""
    asked = [report for report in reports if cut.asks(report.sections, cut.Section.MONEY)]
    written: dict[int, list[Answer]] = {}
    for answer in money_answers([report.pk for report in asked]):
        written.setdefault(answer.report_id, []).append(answer)
    found = {}
    for report in asked:
        rows = [(answer, form_values(answer)) for answer in written.get(report.pk, ())]
        before = earlier.get(report.obligation.party_id, ())
        found[report.pk] = money_of(rows, before, cycle)[0]
    return found


def money_answers(reports: Collection[int]) -> list[Answer]:
    """What some drafts keep of money; asks nothing where there are none."""
    if not reports:
        return []
    rows = Answer.objects.filter(report__in=list(reports), section=Answer.Section.MONEY)
    return list(rows.order_by("order", "pk"))


def cell(report: int, column: GridColumn, lines: Sequence[MoneyLine] | None) -> GridCell:
    """An amount of one source: to be typed, or the sum of several items."""
    if lines is None:
        return GridCell(column)
    mine = [line for line in lines if line.values.get("source") == column.source]
    if len(mine) > 1:
        amounts = [amount(line.values, column.number) for line in mine]
        known = [one for one in amounts if one is not None]
        words = _("%(n)d dòng trong biểu") % {"n": len(mine)}
        return GridCell(column, value=show(sum(known, Decimal())) if known else "", note=words, is_told=True)
    value = str(mine[0].values.get(column.number, "")) if mine else ""
    return GridCell(column, f"{report}-{column.key}", value, lines=lines)


def changed(
    report: Report, there: Mapping[int, Answer], lines: Sequence[MoneyLine], typed: Typed
) -> Iterator[Answer]:
    """The rows of money of a draft that change with what was typed ({"central": {"disbursed": 5}}), new ones too.

    there: what it keeps, by order. lines: as its form shows them, of each source that was typed one at most.
    """
    rows = dict(there)
    for line in (line for line in lines if line.is_carried):
        order = int(line.values["order"])
        rows[order] = _carried(report, order, line)
        if line.values.get("source") not in typed:
            yield rows[order]
    orders = {str(line.values.get("source")): int(line.values["order"]) for line in lines}
    for source, amounts in typed.items():
        order = orders.get(source) or next(n for n in range(1, _NONE) if n not in rows)
        answer = rows.setdefault(order, _row(report, order, ALL, source))
        for name, value in amounts.items():
            setattr(answer, name, value)
        if answer.title == ALL and not any(getattr(answer, name) is not None for name in AMOUNTS):
            answer.title, answer.source = "", ""  # it says nothing any more
        yield answer
    if _NONE in there and there[_NONE].is_nil:
        there[_NONE].is_nil = False
        yield there[_NONE]


def _carried(report: Report, order: int, line: MoneyLine) -> Answer:
    row = _row(report, order, line.title, str(line.values.get("source", "")))
    for name in AMOUNTS:
        kept = line.values.get(name)
        setattr(row, name, parse(str(kept)) if kept else None)
    return row


def _row(report: Report, order: int, title: str, source: str) -> Answer:
    return Answer(
        tenant_id=report.tenant_id,
        report=report,
        section=Answer.Section.MONEY,
        order=order,
        title=title,
        source=source,
    )
