"""Figures typed into the drafts of many parties at once: what is right is kept, the rest is named cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.models import Figure
from luc.figures.numbers import parse, show
from luc.figures.units import read
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.reporting.grid import money
from luc.reporting.grid.cells import Grid, GridCell, GridLine
from luc.reporting.grid.queries import grid
from luc.reporting.models import Answer, Report
from luc.rounds.models import Cycle, Obligation

PORTION = 40  # reports of one transaction


@dataclass(slots=True)
class Entered:
    """What came of it: how many figures were kept, and by cell what could not be."""

    kept: int = 0
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _New:
    cell: GridCell
    value: Decimal | None

    @property
    def number(self) -> str:
        return self.cell.column.number

    @property
    def target(self) -> int:
        """The target whose figure it is; 0 for money."""
        row = self.cell.column.row
        return row.id if row else 0

    @property
    def key(self) -> str:
        """As history names it."""
        if not self.target:
            return self.cell.column.key
        return f"{self.target}" if self.number == "value" else f"{self.target}-{self.number}"


def enter_figures(
    viewer: Viewer,
    cycle: Cycle,
    *,
    typed: Mapping[str, str],
    versions: Mapping[int, int],
    kind: str = Figure.Kind.ACTUAL,
) -> Entered:
    """Keep numbers typed into cells of the grid, by the cell's name.

    An empty one clears its cell. `versions`: of each report, as it was shown. A report that somebody saved since, or
    that was handed in, is left as it is and its cells are named. In portions of reports, each whole. Raises NotAllowed.
    """
    viewer.require("reporting.enter", tenant=cycle.tenant_id, party=cycle.collector_id)
    whole = grid(viewer, cycle)
    done = Entered()
    new = _read(whole, typed, done)
    reports = list(new)
    for start in range(0, len(reports), PORTION):
        _portion(
            viewer, cycle, {pk: new[pk] for pk in reports[start : start + PORTION]}, versions, kind, done
        )
    return done


def check_figures(whole: Grid, *, typed: Mapping[str, str], versions: Mapping[int, int]) -> dict[str, str]:
    """What could not be kept of figures that were typed into a grid, by cell; nothing is written."""
    done = Entered()
    new = _read(whole, typed, done)
    stale = {line.report.pk for line in whole.lines if versions.get(line.report.pk) != line.report.version}
    words = _("Báo cáo này vừa được sửa trên hệ thống; hãy tải lại bảng.")
    return done.problems | {one.cell.name: words for pk in new if pk in stale for one in new[pk]}


def _read(whole: Grid, typed: Mapping[str, str], done: Entered) -> dict[int, list[_New]]:
    """The cells that change, by report."""
    known = whole.find()
    new: dict[int, list[_New]] = {}
    for name, words in typed.items():
        if name not in known:
            done.problems[name] = _("Ô này không có trong bảng.")
            continue
        line, cell = known[name]
        try:
            value = _number(line, cell, words)
        except Refused as refused:
            done.problems[name] = refused.message
            continue
        if (show(value) if value is not None else "") != cell.value:
            new.setdefault(line.report.pk, []).append(_New(cell, value))
    return new


def _number(line: GridLine, cell: GridCell, words: str) -> Decimal | None:
    value = read(words, cell.column.unit) if words.strip() else None
    if not line.is_writable and (show(value) if value is not None else "") != cell.value:
        raise Refused(_("Đơn vị đã gửi báo cáo; muốn sửa thì trả lại trước."))
    return value


def _portion(
    viewer: Viewer,
    cycle: Cycle,
    new: Mapping[int, Sequence[_New]],
    versions: Mapping[int, int],
    kind: str,
    done: Entered,
) -> None:
    with action(viewer, "reporting.enter", tenant=cycle.tenant_id, party=cycle.collector_id) as acting:
        reports = _locked(cycle, new)
        kept = {pk: row for pk, row in reports.items() if versions.get(pk) == row.version}
        for pk in new:
            if pk not in kept:
                words = _("Báo cáo này vừa được người khác sửa hoặc gửi; hãy tải lại trang.")
                done.problems |= {one.cell.name: words for one in new[pk]}
        if kept:
            done.kept += _write(acting, kept, new, kind)
        else:
            acting.log(cycle, None, {"entered": 0})


def _locked(cycle: Cycle, new: Mapping[int, Sequence[_New]]) -> dict[int, Report]:
    """The drafts that can be written, locked after their cycle and obligations, in the order of their keys."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    rows = Obligation.objects.select_for_update().filter(report__in=list(new)).order_by("pk")
    open_ones = [row.pk for row in rows.select_related(None) if row.is_writable]
    reports = Report.objects.select_for_update().filter(pk__in=list(new), obligation__in=open_ones)
    return {row.pk: row for row in reports.order_by("pk")}


def _write(
    acting: Acting, reports: Mapping[int, Report], new: Mapping[int, Sequence[_New]], kind: str
) -> int:
    at = now()
    for pk, report in reports.items():
        before = {one.key: parse(one.cell.value) if one.cell.value else None for one in new[pk]}
        acting.log(report, {"value": before}, {"value": {one.key: one.value for one in new[pk]}})
        report.version, report.saved_at, report.saved_by_id = report.version + 1, at, acting.viewer.user
    figures = {pk: [one for one in new[pk] if one.target] for pk in reports}
    _write_figures(reports, figures, kind)
    _write_money(reports, {pk: [one for one in new[pk] if not one.target] for pk in reports})
    Report.objects.bulk_update(list(reports.values()), ["version", "saved_at", "saved_by"], batch_size=200)
    return sum(len(new[pk]) for pk in reports)


def _write_figures(reports: Mapping[int, Report], new: Mapping[int, Sequence[_New]], kind: str) -> None:
    there = {
        (row.report_id, row.target_id): row
        for row in Answer.objects.filter(report__in=list(reports), section=Answer.Section.FIGURE)
    }
    touched: dict[tuple[int, int], Answer] = {}
    for pk, report in reports.items():
        for one in new[pk]:
            answer = there.get((pk, one.target)) or _first(report, one.target, kind)
            there[pk, one.target] = touched[pk, one.target] = answer
            setattr(answer, one.number, one.value)
            answer.is_nil = False
            if one.number == "value" and one.value is not None:
                answer.kind = kind
    numbers = {one.number for cells in new.values() for one in cells}
    _keep(touched.values(), [*sorted(numbers), "is_nil", "kind"])


def _write_money(reports: Mapping[int, Report], new: Mapping[int, Sequence[_New]]) -> None:
    typed = {pk: _by_source(cells) for pk, cells in new.items() if cells}
    there: dict[int, dict[int, Answer]] = {pk: {} for pk in typed}
    for answer in money.money_answers(list(typed)):
        there[answer.report_id][answer.order] = answer
    touched: list[Answer] = []
    for pk, amounts in typed.items():
        touched += money.changed(reports[pk], there[pk], new[pk][0].cell.lines, amounts)
    _keep(touched, money.WRITTEN)


def _by_source(cells: Sequence[_New]) -> dict[str, dict[str, Decimal | None]]:
    """The amounts that were typed, by source."""
    found: dict[str, dict[str, Decimal | None]] = {}
    for one in cells:
        found.setdefault(one.cell.column.source, {})[one.number] = one.value
    return found


def _keep(answers: Iterable[Answer], fields: Sequence[str]) -> None:
    rows = list(answers)
    changed = [row for row in rows if row.pk is not None]
    Answer.objects.bulk_create(row for row in rows if row.pk is None)
    if changed:
        Answer.objects.bulk_update(changed, fields, batch_size=200)


def _first(report: Report, target: int, kind: str) -> Answer:
    return Answer(
        tenant_id=report.tenant_id, report=report, section=Answer.Section.FIGURE, target_id=target, kind=kind
    )
