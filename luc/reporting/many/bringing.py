"""One filled form among many: read, held against the draft, kept whole or refused cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.kernel.workbooks import Fault, Filled, Returned
from luc.reporting import excel
from luc.reporting.actions.writing import keep
from luc.reporting.models import Report
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.reports import draft


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: whose it is ("" where that is not known), how many rows went in, or what is wrong."""

    name: str
    party: str = ""
    count: int = 0
    refused: str = ""
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the result of a job."""
        return asdict(self)


def bring_file(
    viewer: Viewer, reports: Mapping[str, Report], taken: set[int], name: str, data: bytes
) -> Outcome:
    """Keep what a filled form says in the draft of its agency, or nothing of it.

    `reports`: the reports of the cycle by what their workbooks say they are of; `taken`: those that an earlier file of
    the same upload answered. A row that was changed here since the form went out is a fault. Every file that can be
    read gives an outcome.
    """
    empty = Outcome(name)
    try:
        back = workbooks.read(data)
        report = reports.get(back.token)
        if report is None:
            raise Refused(_("Đây không phải biểu báo cáo của đơn vị nào trong kỳ này."))
        empty = replace(empty, party=report.obligation.party.name)
        return _bring(viewer, report, taken, empty, (back, data))
    except Refused as refused:
        return replace(empty, refused=refused.message)


def _bring(
    viewer: Viewer, report: Report, taken: set[int], empty: Outcome, file: tuple[Returned, bytes]
) -> Outcome:
    back, data = file
    if report.pk in taken:
        raise Refused(_("Đơn vị này có hai tệp trong lần tải lên; chỉ nhận tệp trước."))
    whole = draft(report)
    if not whole.is_writable:
        raise Refused(_("Đơn vị đã gửi báo cáo; muốn sửa thì trả lại trước."))
    brought = excel.bring(whole, data)
    faults = [*brought.faults, *_overtaken(back, brought.conflicts), *_altered(whole, back)]
    if faults:
        return replace(empty, faults=_once(faults))
    by = ("reporting.enter", report.obligation.cycle.collector_id)
    saved = keep(viewer, report, by, version=report.version, rows=brought.rows, only_whole=True)
    if saved.problems:
        raise Refused(" ".join(saved.problems.values()))
    taken.add(report.pk)
    return replace(empty, count=len(brought.rows))


def _once(faults: list[Fault]) -> list[Fault]:
    """Each cell once, in the order of the workbook's faults."""
    return list({(fault.sheet, fault.address): fault for fault in reversed(faults)}.values())[::-1]


def _overtaken(back: Returned, conflicts: Mapping[str, str]) -> Iterator[Fault]:
    """Rows that somebody changed here after the form went out."""
    words = _("Dòng này đã được sửa trên hệ thống sau khi tải biểu: hãy tải lại biểu của đơn vị.")
    for row in back.rows:
        if _key(row) in conflicts:
            yield Fault(row.sheet, f"A{row.number}", words)


def _altered(whole: Draft, back: Returned) -> Iterator[Fault]:
    """Rows of the form that were taken out, and columns whose hidden head was changed."""
    expected = workbooks.read(excel.form(whole))
    if not back.faults:
        yield from _missing(expected, back, {line.row.key for line in whole.lines})
    names = {_key(row): set(row.cells) for row in expected.rows}
    told: set[tuple[str, str]] = set()
    for one in back.rows:
        for name, cell in one.cells.items():
            unknown = name not in names.get(_key(one), {name}) and cell.value is not None
            if unknown and (one.sheet, name) not in told:
                told.add((one.sheet, name))
                words = _("Dòng mã ẩn phía trên cột này đã bị sửa: hãy tải lại biểu rồi điền.")
                yield Fault(one.sheet, cell.address, words)


def _missing(expected: Returned, back: Returned, asked: Collection[str]) -> Iterator[Fault]:
    """Asked rows that are gone, at the place where they stood: below the row before them, as that stands now."""
    there = {_key(row): row.number for row in back.rows}
    above: dict[str, int] = {}
    for row in expected.rows:
        if _key(row) in there:
            above[row.sheet] = there[_key(row)]
        elif _key(row) in asked:
            at = above.get(row.sheet, row.number - 1) + 1
            yield Fault(row.sheet, f"A{at}", _("Thiếu một dòng của biểu: hãy tải lại biểu."))


def _key(row: Filled) -> str:
    return row.key.partition("~")[0]
