"""What the grid of a cycle shows, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.agencies.issuing import short_name
from luc.agencies.models import Party
from luc.figures.numbers import show
from luc.kernel.rights import Viewer
from luc.reporting.asked import Row
from luc.reporting.cut import Section
from luc.reporting.models import Answer, Report
from luc.reporting.queries.asking import reporters
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import asks_estimate
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle
from luc.rounds.words import Standing, standing


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A figure, and which number of it: done by the cut-off ("value"), or estimated for the whole year."""

    row: Row
    number: str = "value"

    @property
    def key(self) -> str:
        return self.row.key if self.number == "value" else f"{self.row.key}-{self.number}"

    @property
    def text(self) -> str:
        return _named(self.row, self.number)

    @property
    def unit(self) -> str:
        return self.row.unit


@dataclass(frozen=True, slots=True)
class GridCell:
    """One number of one party: its name in a form, and what stands in it; "" name where the party is not asked."""

    name: str = ""
    value: str = ""
    row: Row | None = None
    number: str = "value"

    @property
    def text(self) -> str:
        return _named(self.row, self.number) if self.row else ""


def _named(row: Row, number: str) -> str:
    return row.text if number == "value" else f"{_('Ước cả năm')}: {row.text}"


@dataclass(frozen=True, slots=True)
class GridLine:
    """One party with its figures in the order of the columns."""

    report: Report
    party: Party
    standing: Standing
    is_writable: bool
    cells: list[GridCell]

    @property
    def title(self) -> str:
        return short_name(self.party)


@dataclass(frozen=True, slots=True)
class Grid:
    """All parties of a cycle that are asked figures, by these figures."""

    cycle: Cycle
    columns: list[GridColumn]
    lines: list[GridLine]

    def find(self) -> dict[str, tuple[GridLine, GridCell]]:
        """Every cell that is asked, by its name."""
        return {cell.name: (line, cell) for line in self.lines for cell in line.cells if cell.name}


def grid(viewer: Viewer, cycle: Cycle) -> Grid:
    """The grid of a cycle that a viewer collects. Raises Cycle.DoesNotExist for any other."""
    row = rounds.cycles(viewer).get(pk=cycle.pk, collector__in=viewer.parties_for("reporting.enter"))
    found = reporters(row, plans_of([row]).get(row.pk, []))
    asked = {one.report.pk: _figures(one.asked()) for one in found}
    estimating = {one.report.pk for one in found if asks_estimate(one.report, row)}
    columns = _columns(asked, estimating)
    reports = {one.report.pk: one.report for one in found if asked[one.report.pk]}
    overseen = {
        one.pk: one
        for one in rounds.overseen_obligations(viewer).filter(cycle=row).select_related("party__unit")
    }
    values = _values(list(reports))
    lines = []
    for pk, report in reports.items():
        obligation = overseen.get(report.obligation_id)
        if obligation is not None:
            cells = [_cell(pk, column, asked[pk], values, pk in estimating) for column in columns]
            lines.append(
                GridLine(report, obligation.party, standing(obligation), obligation.is_writable, cells)
            )
    order = list(Party.Kind.values)
    lines.sort(key=lambda line: (order.index(line.party.kind), line.party.sort_key))
    return Grid(row, columns, lines)


def _figures(rows: list[Row]) -> dict[str, Row]:
    """The figures of a report, one for each slot of the ledger."""
    figures = [row for row in rows if row.asked_in == Section.FIGURE]
    slots: dict[object, Row] = {}
    for row in figures:
        slots.setdefault(row.slot or row.key, row)
    return {row.key: row for row in slots.values()}


def _columns(asked: Mapping[int, Mapping[str, Row]], estimating: Collection[int]) -> list[GridColumn]:
    """Every figure that somebody is asked, each with its estimate behind it where somebody gives one."""
    rows = {key: row for figures in asked.values() for key, row in figures.items()}
    estimated = {key for pk in estimating for key in asked[pk]}
    return [
        GridColumn(row, number)
        for key, row in rows.items()
        for number in (("value", "estimate") if key in estimated else ("value",))
    ]


_Numbers = Mapping[tuple[int, int], Mapping[str, str]]


def _values(reports: list[int]) -> _Numbers:
    rows = Answer.objects.filter(report__in=reports, section=Answer.Section.FIGURE)
    told = rows.values_list("report", "target", "value", "estimate")
    return {
        (report, target): {"value": _shown(value), "estimate": _shown(estimate)}
        for report, target, value, estimate in told
        if target
    }


def _shown(value: Decimal | None) -> str:
    return "" if value is None else show(value)


def _cell(
    report: int, column: GridColumn, asked: Mapping[str, Row], values: _Numbers, estimates: bool
) -> GridCell:
    row = asked.get(column.row.key)
    if row is None or (column.number == "estimate" and not estimates):
        return GridCell()
    name = f"{report}-{row.id}" + ("" if column.number == "value" else f"-{column.number}")
    return GridCell(name, values.get((report, row.id), {}).get(column.number, ""), row, column.number)
