"""What the grid of a cycle shows, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luc.agencies.issuing import short_name
from luc.agencies.models import Party
from luc.figures.numbers import show
from luc.kernel.rights import Viewer
from luc.reporting.asked import Row
from luc.reporting.cut import Section
from luc.reporting.models import Answer, Report
from luc.reporting.queries.asking import reporters
from luc.reporting.queries.plans import plans_of
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle
from luc.rounds.words import Standing, standing


@dataclass(frozen=True, slots=True)
class GridCell:
    """One figure of one party: its name in a form, and what stands in it; "" name where the party is not asked."""

    name: str = ""
    value: str = ""
    row: Row | None = None


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
    columns: list[Row]
    lines: list[GridLine]

    def find(self) -> dict[str, tuple[GridLine, GridCell]]:
        """Every cell that is asked, by its name."""
        return {cell.name: (line, cell) for line in self.lines for cell in line.cells if cell.name}


def grid(viewer: Viewer, cycle: Cycle) -> Grid:
    """The grid of a cycle that a viewer collects. Raises Cycle.DoesNotExist for any other."""
    row = rounds.cycles(viewer).get(pk=cycle.pk, collector__in=viewer.parties_for("reporting.enter"))
    found = reporters(row, plans_of([row]).get(row.pk, []))
    asked = {one.report.pk: _figures(one.asked()) for one in found}
    columns = list({key: figure for rows in asked.values() for key, figure in rows.items()}.values())
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
            cells = [_cell(pk, asked[pk].get(column.key), values) for column in columns]
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


def _values(reports: list[int]) -> Mapping[tuple[int, int], str]:
    rows = Answer.objects.filter(report__in=reports, section=Answer.Section.FIGURE, value__isnull=False)
    told = rows.values_list("report", "target", "value")
    return {(report, target): show(value) for report, target, value in told if target and value is not None}


def _cell(report: int, row: Row | None, values: Mapping[tuple[int, int], str]) -> GridCell:
    if row is None:
        return GridCell()
    return GridCell(f"{report}-{row.id}", values.get((report, row.id), ""), row)
