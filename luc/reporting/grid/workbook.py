"""The grid as one workbook for all parties: goes out, is filled in, comes back cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.text import written
from luc.kernel.workbooks import Column, Fault, Row, Sheet
from luc.reporting.grid.cells import Grid, GridCell, GridColumn


def _token(grid: Grid) -> str:
    return f"grid:{grid.cycle.pk}"


def sheet(grid: Grid) -> bytes:
    """All parties by all figures as .xlsx; what is not asked of a party is crossed out by a dash."""
    with written():
        columns = [
            Column("party", _("Đơn vị"), "fixed", 34),
            Column("standing", _("Tình trạng"), "fixed", 20),
            *(column for one in grid.columns for column in _columns(one)),
        ]
        rows = []
        for line in grid.lines:
            values: dict[str, workbooks.Value] = {"party": line.title, "standing": line.standing.words}
            for column, cell in zip(grid.columns, line.cells, strict=True):
                values[column.key] = _printed(cell)
                values[f"{column.key}-before"] = cell.note
            rows.append(Row(f"{line.report.pk}~{line.report.version}", values))
        lines = [grid.cycle.title, _("Mỗi đơn vị một dòng. Ghi số; ô có dấu – là không phải ghi.")]
        return workbooks.write([Sheet(_("Số liệu"), columns, rows, lines)], _token(grid))


def _columns(column: GridColumn) -> list[Column]:
    """The column of a number; before that of a final figure what was estimated."""
    title = f"{column.text} ({column.unit})" if column.unit else column.text
    before = [Column(f"{column.key}-before", _("Kỳ trước đã ước"), "fixed", 26)]
    return [*(before if column.number == "final" else []), Column(column.key, title, "number", 22)]


def _printed(cell: GridCell) -> workbooks.Value:
    if not cell.name and not cell.is_told:
        return "–"
    return parse(cell.value) if cell.value else None


@dataclass(frozen=True, slots=True)
class GridBrought:
    """What a filled workbook says: by cell what would be typed and the version it was typed on; faults by cell."""

    typed: dict[str, str] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    places: dict[str, Fault] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def bring(grid: Grid, data: bytes) -> GridBrought:
    """What a filled workbook says of a grid. Raises Refused for a file that is not the workbook of this cycle."""
    back = workbooks.read(data)
    if back.token != _token(grid):
        raise Refused(_("Đây là bảng của kỳ khác. Hãy tải bảng của kỳ này rồi điền."))
    brought = GridBrought(faults=list(back.faults))
    cells = {
        (line.report.pk, column.key): cell
        for line in grid.lines
        for column, cell in zip(grid.columns, line.cells, strict=True)
    }
    known = {line.report.pk for line in grid.lines}
    seen: set[int] = set()
    for row in back.rows:
        report, version = _key(row.key)
        if report not in known or report in seen:
            words = (
                _("Dòng bị chép thành hai lần.")
                if report in seen
                else _("Dòng này không có trong bảng của kỳ.")
            )
            brought.faults.append(Fault(row.sheet, f"A{row.number}", words))
            continue
        seen.add(report)
        brought.versions[report] = version
        for column, cell in row.cells.items():
            asked = cells.get((report, column))
            if asked is not None:
                _take(brought, asked, _said(cell.value), Fault(row.sheet, cell.address, ""))
    return brought


def _take(brought: GridBrought, asked: GridCell, said: str, place: Fault) -> None:
    """What one cell of the workbook says, where it may."""
    if asked.name:
        brought.typed[asked.name] = said
        brought.places[asked.name] = place
    elif asked.is_told and said != asked.value:
        words = _("Đơn vị có nhiều dòng kinh phí của nguồn này: sửa trong biểu của đơn vị.")
        brought.faults.append(replace(place, words=words))
    elif not asked.is_told and said not in {"", "–", "-"}:
        brought.faults.append(replace(place, words=_("Đơn vị này không phải ghi chỉ tiêu này.")))


def _key(key: str) -> tuple[int, int]:
    report, _tilde, version = key.partition("~")
    return (int(report), int(version)) if report.isdecimal() and version.isdecimal() else (0, 0)


def _said(value: workbooks.Value) -> str:
    """A cell as a person would type it; numbers of Excel are exact, words are asked about later."""
    return show(value) if isinstance(value, Decimal) else workbooks.as_text(value)


def by_place(brought: GridBrought, problems: Mapping[str, str]) -> list[Fault]:
    """Problems of cells, with their addresses in the workbook."""
    found = [(brought.places.get(name), words) for name, words in problems.items()]
    return [Fault(place.sheet, place.address, words) for place, words in found if place]
