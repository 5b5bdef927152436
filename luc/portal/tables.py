"""The data behind every page and picture: named tables of an edition, as CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luc.plans.queries.states import State, label
from luc.portal import rows
from luc.portal.models import Question
from luc.portal.queries import Shown

Value = str | int | Decimal | date | bool | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Some rows; `columns`: the name for machines, the same in every language, and the title for people."""

    name: str
    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Value]]

    def as_dicts(self) -> list[dict[str, Any]]:
        """The rows as JSON has them: exact numbers as numbers, days as ISO 8601."""
        names = [name for name, _title in self.columns]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in self.rows]


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def tasks(shown: Shown) -> Table:
    """Every task with who has which part, its time and state."""
    titles = {group["id"]: group["title"] for group in shown.content["groups"]}
    columns = [
        ("id", _("Mã")),
        ("number", _("STT")),
        ("group", _("Nhóm nhiệm vụ")),
        ("text", _("Nội dung")),
        ("leads", _("Cơ quan chủ trì")),
        ("coordinating", _("Cơ quan phối hợp")),
        ("timeframe", _("Thời gian")),
        ("starts", _("Bắt đầu")),
        ("ends", _("Kết thúc")),
        ("output", _("Kết quả")),
        ("state", _("Mã tình trạng")),
        ("state_label", _("Tình trạng")),
        ("overdue", _("Quá hạn")),
        ("withdrawn", _("Đã rút lại")),
    ]
    listed = [
        (
            row.id,
            row.number,
            titles.get(row.group, ""),
            row.text,
            "; ".join(row.leads),
            "; ".join(row.coordinating),
            row.timeframe,
            row.starts,
            row.ends,
            row.output,
            row.state,
            row.label,
            row.overdue,
            row.is_withdrawn,
        )
        for row in rows.tasks(shown.content)
    ]
    return Table("nhiem-vu", _("Nhiệm vụ"), columns, listed)


def targets(shown: Shown) -> Table:
    """Every target with what is wanted and the latest published figure."""
    columns = [
        ("id", _("Mã")),
        ("text", _("Chỉ tiêu")),
        ("low", _("Mức thấp nhất")),
        ("high", _("Mức cao nhất")),
        ("unit", _("Đơn vị tính")),
        ("year", _("Năm đích")),
        ("answering", _("Đơn vị trả lời")),
        ("value", _("Số liệu mới nhất")),
        ("until", _("Số liệu đến ngày")),
        ("estimate", _("Ước thực hiện")),
        ("state", _("Mã tình trạng")),
        ("state_label", _("Tình trạng")),
    ]
    listed = [
        (
            row.id,
            row.text,
            row.low,
            row.high,
            row.unit,
            row.year,
            row.answering,
            row.value,
            row.day,
            row.is_estimate,
            row.state,
            row.label,
        )
        for row in rows.targets(shown.content)
    ]
    return Table("chi-tieu", _("Chỉ tiêu"), columns, listed)


def points(shown: Shown) -> Table:
    """Every published figure of the targets, period by period."""
    columns = [
        ("target", _("Mã chỉ tiêu")),
        ("text", _("Chỉ tiêu")),
        ("until", _("Số liệu đến ngày")),
        ("value", _("Giá trị")),
        ("unit", _("Đơn vị tính")),
        ("estimate", _("Ước thực hiện")),
    ]
    listed = [
        (row.id, row.text, point.day, point.value, row.unit, point.is_estimate)
        for row in rows.targets(shown.content)
        for point in row.points
    ]
    return Table("duong-chi-tieu", _("Số liệu chỉ tiêu qua các kỳ"), columns, listed)


_STATES = [State.DONE, State.NIL, State.AHEAD, State.ON_TIME, State.NOT_STARTED, State.BEHIND, ""]


def _state_columns() -> list[tuple[str, str]]:
    return [(str(state) or "unreported", label(str(state))) for state in _STATES]


def progress(shown: Shown) -> Table:
    """How many tasks of each group are how far."""
    columns = [
        ("group", _("Nhóm nhiệm vụ")),
        ("total", _("Số nhiệm vụ")),
        *_state_columns(),
        ("overdue", _("Quá hạn")),
    ]
    listed: list[Sequence[Value]] = [
        (share.title, share.total, *(share.states[str(state)] for state in _STATES), share.overdue)
        for share in rows.shares(shown.content, rows.tasks(shown.content))
    ]
    return Table("tien-do", _("Tiến độ theo nhóm"), columns, listed)


def units(shown: Shown) -> Table:
    """Every commune (province) with how far the work is that it reported on."""
    columns = [
        ("code", _("Mã đơn vị hành chính")),
        ("name", pgettext("territory", "Đơn vị hành chính")),
        ("told", _("Số việc đã báo cáo")),
        *((str(state), label(str(state))) for state in [*_STATES[:-1], State.TOOK_PART]),
        ("state_label", _("Tình trạng")),
    ]
    kept = [*_STATES[:-1], State.TOOK_PART]
    listed: list[Sequence[Value]] = [
        (row.code, row.name, row.told, *(row.states.get(str(state), 0) for state in kept), row.label)
        for row in rows.units(shown.content)
    ]
    return Table("dia-ban", _("Các xã, phường"), columns, listed)


def deadlines(shown: Shown) -> Table:
    """The days on which something ends."""
    columns = [
        ("day", _("Ngày")),
        ("tasks", _("Số nhiệm vụ đến hạn")),
        ("done", _("Đã xong")),
        ("overdue", _("Quá hạn")),
        ("targets", _("Số chỉ tiêu đến hạn")),
    ]
    found = rows.deadlines(rows.tasks(shown.content), rows.targets(shown.content))
    listed = [(one.day, len(one.tasks), one.done, one.overdue, len(one.targets)) for one in found]
    return Table("thoi-han", _("Thời hạn"), columns, listed)


def reports(shown: Shown) -> Table:
    """The reports that were issued; the hash tells a copy from the paper."""
    columns = [
        ("number", _("Số, ký hiệu")),
        ("date", _("Ngày")),
        ("title", _("Trích yếu")),
        ("issuer", _("Cơ quan ban hành")),
        ("corrected", _("Đã đính chính")),
        ("sha256", "SHA-256"),
    ]
    listed = [
        (row["number"], row["date"], row["title"], row["issuer"], row["corrected"], row["sha256"])
        for row in shown.content["reports"]
    ]
    return Table("bao-cao", _("Báo cáo đã ban hành"), columns, listed)


def questions(found: Iterable[Question]) -> Table:
    """The answered questions; not who asked."""
    columns = [
        ("task", _("Mã nhiệm vụ")),
        ("question", _("Câu hỏi")),
        ("answer", _("Trả lời")),
        ("answered", _("Ngày trả lời")),
    ]
    listed = [
        (row.task_id, row.shown, row.answer, row.answered_at.date() if row.answered_at else None)
        for row in found
    ]
    return Table("hoi-dap", _("Hỏi đáp"), columns, listed)


TABLES: Mapping[str, Callable[[Shown], Table]] = {
    "nhiem-vu": tasks,
    "chi-tieu": targets,
    "duong-chi-tieu": points,
    "tien-do": progress,
    "dia-ban": units,
    "thoi-han": deadlines,
    "bao-cao": reports,
}


def as_csv(table: Table) -> bytes:
    """A table as CSV in UTF-8 with a mark that Excel knows; days ISO 8601, decimals with a point."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _title in table.columns])
    for row in table.rows:
        writer.writerow([_cell(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def _cell(value: Value) -> str | int:
    """A cell; words that a spreadsheet would take for a formula begin with an apostrophe."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    plain = _plain(value)
    return "" if plain is None else plain


def as_xlsx(tables: Sequence[Table], lines: Sequence[str]) -> bytes:
    """Tables as one workbook, a sheet each; `lines` say above each what it is of."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        styles = {
            "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#ECEEE7"}),
            "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1}),
        }
        for table in tables:
            _sheet(book.add_worksheet(table.title[:31]), table, lines, styles)
    return out.getvalue()


def _sheet(page: Any, table: Table, lines: Sequence[str], styles: Mapping[str, Any]) -> None:
    for y, line in enumerate(lines):
        page.write_string(y, 0, line)
    top = len(lines) + 1
    for x, (_name, title) in enumerate(table.columns):
        longest = max((len(str(row[x])) for row in table.rows), default=0)
        page.set_column(x, x, min(60, max(12, longest)))
        page.write_string(top, x, title, styles["head"])
    for y, row in enumerate(table.rows, top + 1):
        for x, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(y, x, value, styles["day"])
            elif isinstance(value, bool):
                page.write_boolean(y, x, value, styles["cell"])
            elif isinstance(value, int | Decimal):
                page.write_number(y, x, value, styles["cell"])
            else:
                page.write_string(y, x, value or "", styles["cell"])
    page.freeze_panes(top + 1, 0)


def as_json(values: Any) -> bytes:
    """Plain values as JSON in UTF-8."""
    return json.dumps(values, ensure_ascii=False, indent=1).encode()
