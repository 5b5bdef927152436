"""What the grid of a cycle shows, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from luc.agencies.models import Party
from luc.kernel.rights import Viewer
from luc.plans.models import Plan
from luc.reporting import years
from luc.reporting.asked import Row
from luc.reporting.cut import Section
from luc.reporting.grid import money
from luc.reporting.grid.cells import Grid, GridCell, GridColumn, GridLine
from luc.reporting.models import Answer
from luc.reporting.money import MoneyLine
from luc.reporting.queries.asking import Reporter, reporters
from luc.reporting.queries.earlier import last_reports_of, said_by_row, said_of
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import asks_estimate, shown
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Submission
from luc.rounds.words import standing

NUMBERS = ("value", "estimate", "final")


@dataclass(frozen=True, slots=True)
class _Told:
    """What one report is asked: its figures by key, and the estimates of which it gives the final figure; its money."""

    figures: Mapping[str, Row]
    estimates: bool
    settles: Mapping[str, years.Earlier]
    money: Sequence[MoneyLine] | None

    @property
    def asks_anything(self) -> bool:
        return bool(self.figures) or self.money is not None

    def asks(self, key: str, number: str) -> bool:
        """Whether it is asked this number of a figure."""
        wanted = {"value": True, "estimate": self.estimates, "final": key in self.settles}
        return key in self.figures and wanted[number]


def grid(viewer: Viewer, cycle: Cycle) -> Grid:
    """The grid of a cycle that a viewer collects. Raises Cycle.DoesNotExist for any other."""
    row = rounds.cycles(viewer).get(pk=cycle.pk, collector__in=viewer.parties_for("reporting.enter"))
    plans = plans_of([row]).get(row.pk, [])
    found = reporters(row, plans)
    told = _told(row, plans, found)
    reports = [one.report for one in found if told[one.report.pk].asks_anything]
    columns = [*_columns(list(told.values())), *money.columns(row, reports)]
    overseen = {
        one.pk: one
        for one in rounds.overseen_obligations(viewer).filter(cycle=row).select_related("party__unit")
    }
    values = _values([report.pk for report in reports])
    lines = []
    for report in reports:
        obligation = overseen.get(report.obligation_id)
        if obligation is not None:
            cells = [_cell(report.pk, column, told[report.pk], values) for column in columns]
            state = standing(obligation)
            lines.append(GridLine(report, obligation.party, state, obligation.is_writable, cells))
    order = list(Party.Kind.values)
    lines.sort(key=lambda line: (order.index(line.party.kind), line.party.sort_key))
    return Grid(row, columns, lines)


def _told(cycle: Cycle, plans: Collection[Plan], found: Collection[Reporter]) -> dict[int, _Told]:
    earlier = last_reports_of({one.obligation.party_id for one in found}, cycle, plans)
    spent = money.spending([one.report for one in found], cycle, earlier)
    told = {}
    for one in found:
        figures = _figures(one.asked())
        settles = dict(_settles(figures, earlier.get(one.obligation.party_id, ()), cycle))
        told[one.report.pk] = _Told(
            figures, asks_estimate(one.report, cycle), settles, spent.get(one.report.pk)
        )
    return told


def _figures(rows: Sequence[Row]) -> dict[str, Row]:
    """The figures of a report, one for each slot of the ledger; those of the same slot go with it (`also`)."""
    slots: dict[object, list[Row]] = {}
    for row in rows:
        if row.asked_in == Section.FIGURE:
            slots.setdefault(row.slot or row.key, []).append(row)
    return {first.key: replace(first, also=tuple(rest)) if rest else first for first, *rest in slots.values()}


def _settles(
    figures: Mapping[str, Row], earlier: Collection[Submission], cycle: Cycle
) -> Iterator[tuple[str, years.Earlier]]:
    said = said_by_row(earlier)
    for key, row in figures.items():
        before = said_of(said, row)
        one = years.to_settle(before.row, before.cycle, cycle) if before else None
        if one is not None:
            yield key, one


def _columns(told: Sequence[_Told]) -> list[GridColumn]:
    """Every figure that somebody is asked, each with its estimate and its final figure where somebody gives one."""
    rows = {key: row for one in told for key, row in one.figures.items()}
    return [
        GridColumn(number, row)
        for key, row in rows.items()
        for number in NUMBERS
        if any(one.asks(key, number) for one in told)
    ]


_Numbers = Mapping[tuple[int, int], Mapping[str, str]]


def _values(reports: list[int]) -> _Numbers:
    rows = Answer.objects.filter(report__in=reports, section=Answer.Section.FIGURE)
    return {
        (report, target): dict(zip(NUMBERS, map(shown, numbers), strict=True))
        for report, target, *numbers in rows.values_list("report", "target", *NUMBERS)
        if target
    }


def _cell(report: int, column: GridColumn, told: _Told, values: _Numbers) -> GridCell:
    if column.row is None:
        return money.cell(report, column, told.money)
    key, number = column.row.key, column.number
    if not told.asks(key, number):
        return GridCell(column)
    target = column.row.id
    name = f"{report}-{target}" + ("" if number == "value" else f"-{number}")
    value = values.get((report, target), {}).get(number, "")
    before = told.settles[key] if number == "final" else None
    return GridCell(column, name, value, before.said if before else "")
