"""The form of a report as a workbook: it goes out, is filled in, and comes back as what was typed, cell by cell.

Nothing is written here: what came back is looked at, then saved as the form on the page is saved. Each row carries,
beside its key, how it stood when it went out; so a row that somebody changed in the meantime is asked about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.figures.models import Figure
from luc.figures.numbers import parse, show
from luc.figures.units import must_fit
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.text import search_key, written
from luc.kernel.workbooks import Column, Fault, Filled, Row, Sheet
from luc.plans.models import Progress
from luc.reporting.cut import OF_ROWS, Section
from luc.reporting.queries.reports import NO_OBSTACLES, Draft, Line, Values

YES = "x"
NEW_OBSTACLES = 5
_FIXED = {"number": gettext_lazy("STT"), "text": gettext_lazy("Nội dung")}
_TITLES = {
    "timeframe": gettext_lazy("Thời gian"),
    "output": gettext_lazy("Kết quả phải có"),
    "aim": gettext_lazy("Mục tiêu"),
    "unit": gettext_lazy("Đơn vị tính"),
    "nil": gettext_lazy("Không phát sinh (ghi x)"),
    "took": gettext_lazy("Có tham gia (ghi x)"),
    "state": gettext_lazy("Tình trạng"),
    "value": gettext_lazy("Giá trị"),
    "kind": gettext_lazy("Loại số liệu"),
    "estimate": gettext_lazy("Ước cả năm"),
    "earlier": gettext_lazy("Kỳ trước đã ước"),
    "final": gettext_lazy("Số chính thức kỳ trước"),
    "result": gettext_lazy("Kết quả trong kỳ"),
    "obstacle": gettext_lazy("Vướng mắc và nguyên nhân"),
    "proposal": gettext_lazy("Kiến nghị"),
    "addressee": gettext_lazy("Kiến nghị với ai"),
}
_OPEN = {
    Section.LEAD: ("nil", "state", "result", "obstacle", "proposal"),
    Section.COORDINATE: ("nil", "took", "result", "obstacle", "proposal"),
    Section.DUTY: ("nil", "result"),
    Section.FIGURE: ("nil", "value", "kind", "estimate", "final", "result"),
    Section.OBSTACLE: ("nil", "obstacle", "proposal", "addressee"),
}
_SHOWN = {
    Section.LEAD: ("number", "text", "timeframe", "output"),
    Section.COORDINATE: ("number", "text", "timeframe"),
    Section.DUTY: ("text",),
    Section.FIGURE: ("text", "aim", "unit", "earlier"),
    Section.OBSTACLE: ("text",),
}
_WIDTHS = {
    "number": 6,
    "text": 52,
    "output": 30,
    "result": 48,
    "obstacle": 36,
    "proposal": 36,
    "nil": 13,
    "took": 12,
}
_NUMBERS = ("value", "estimate", "final")
_SAME = {"nil", "took", "state", "result", *_NUMBERS, "kind", "obstacle", "proposal", "addressee"}


def token(report: int) -> str:
    """What a workbook of a report says it is of."""
    return f"report:{report}"


def form(draft: Draft) -> bytes:
    """The form of a draft as .xlsx: one sheet a section, what is answered filled in, the paper's words locked."""
    with written():
        cycle, party = draft.obligation.cycle, draft.obligation.party
        lines = [
            f"{party.name} - {cycle.title}",
            _("Số liệu chốt đến %(day)s. Chỉ điền các ô trắng; không cần sửa gì khác.")
            % {"day": f"{cycle.cutoff:%d/%m/%Y}"},
        ]
        sheets = [
            Sheet(str(section.label), _columns(draft, section), list(_rows(draft, section)), lines)
            for section in (*OF_ROWS, Section.OBSTACLE)
            if (draft.asks(section) if section == Section.OBSTACLE else draft.section(section))
        ]
        return workbooks.write(sheets, token(draft.report.pk))


def _columns(draft: Draft, section: Section) -> list[Column]:
    unasked = _unasked(draft.section(section)) if section == Section.FIGURE else set()
    shown = [
        Column(name, str(_FIXED.get(name) or _TITLES[name]), "fixed", _WIDTHS.get(name, 18))
        for name in _SHOWN[section]
        if name not in unasked
    ]
    return [*shown, *(_open_column(name, section) for name in _OPEN[section] if name not in unasked)]


def _unasked(lines: Iterable[Line]) -> set[str]:
    """The columns of figures that no row of a report needs."""
    found = list(lines)
    estimates = any(line.asks_estimate for line in found)
    settles = any(line.earlier for line in found)
    return ({"kind"} if estimates else {"estimate"}) | (set() if settles else {"earlier", "final"})


def _open_column(name: str, section: Section) -> Column:
    title, width = str(_TITLES[name]), _WIDTHS.get(name, 18)
    if name == "result" and section == Section.FIGURE:
        title = _("Ghi chú, cách tính")
    if name in {"nil", "took"}:
        return Column(name, title, "choice", width, choices=(YES,))
    if name == "state":
        return Column(name, title, "choice", width, choices=tuple(_states()))
    if name == "kind":
        return Column(name, title, "choice", width, choices=tuple(str(label) for label in Figure.Kind.labels))
    return Column(name, title, "number" if name in _NUMBERS else "text", width)


def _states() -> dict[str, str]:
    """The states that a lead chooses from, by their words."""
    left_out = {Progress.State.NIL, Progress.State.TOOK_PART}
    return {str(state.label): state.value for state in Progress.State if state not in left_out}


def _rows(draft: Draft, section: Section) -> Iterator[Row]:
    if section == Section.OBSTACLE:
        yield from _obstacle_rows(draft)
        return
    group = None
    for line in draft.section(section):
        if line.row.group and line.row.group != group:
            yield Row("", group=line.row.group)
        group = line.row.group
        shown = {name: _shown(line, name) for name in _SHOWN[section]}
        yield Row(_key(line.row.key, line.values), shown | _cells(line.values, section))


def _shown(line: Line, name: str) -> str:
    """A locked cell: what the paper says, or what was estimated before."""
    if name == "earlier":
        return f"{line.earlier.value} ({line.earlier.words})" if line.earlier else ""
    return str(getattr(line.row, name))


def _obstacle_rows(draft: Draft) -> Iterator[Row]:
    none = {"nil": "1" if draft.no_obstacles else ""}
    words = _("Không có vướng mắc, kiến nghị: ghi x ở cột bên")
    yield Row(_key(NO_OBSTACLES, none), {"text": words} | _cells(none, Section.OBSTACLE))
    there = {int(values["order"]): values for values in draft.obstacles}
    free = [order for order in range(1, 99) if order not in there][:NEW_OBSTACLES]
    for n, order in enumerate([*there, *free], 1):
        values = there.get(order, {})
        yield Row(
            _key(f"obstacle-{order}", values),
            {"text": _("Vướng mắc, kiến nghị %(n)d") % {"n": n}} | _cells(values, Section.OBSTACLE),
        )


def _key(key: str, values: Values) -> str:
    return f"{key}~{_mark(values)}"


def _mark(values: Values) -> str:
    """How an answer stands, in eight letters."""
    kept = {name: str(values[name]) for name in sorted(_SAME - {"took"}) if values.get(name)}
    kept.pop("kind" if not values.get("value") else "", None)
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:8]


def _cells(values: Values, section: Section) -> dict[str, workbooks.Value]:
    states = {value: words for words, value in _states().items()}
    kinds = {value: str(label) for value, label in Figure.Kind.choices}
    cells: dict[str, workbooks.Value] = {}
    for name in _OPEN[section]:
        value = str(values.get(name) or "")
        if name == "nil":
            cells[name] = YES if value else ""
        elif name == "took":
            cells[name] = YES if values.get("state") else ""
        elif name == "state":
            cells[name] = states.get(value, "")
        elif name == "kind":
            cells[name] = kinds.get(value, "") if values.get("value") else ""
        elif name in _NUMBERS:
            cells[name] = parse(value) if value else None
        else:
            cells[name] = value
    return cells


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that the workbook says otherwise than the draft."""

    key: str
    title: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook brings: what would be typed, by row; the cells that change; rows that were changed by others."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    conflicts: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def bring(draft: Draft, data: bytes) -> Brought:
    """What a filled workbook says of a draft. Raises Refused for a file that is not the form of this report."""
    back = workbooks.read(data)
    if back.token != token(draft.report.pk):
        raise Refused(_("Đây là biểu của báo cáo khác. Hãy tải biểu của báo cáo này rồi điền."))
    brought = Brought(faults=list(back.faults))
    lines = {line.row.key: line for line in draft.lines}
    seen: set[str] = set()
    for row in back.rows:
        key, _tilde, mark = row.key.partition("~")
        if key in seen:
            brought.faults.append(Fault(row.sheet, f"A{row.number}", _("Dòng bị chép thành hai lần.")))
        elif key in lines or _is_obstacle(key):
            _take(brought, row, key, mark, _Now.of(draft, lines.get(key), key))
        elif row.key or any(row.text(name) for name in _SAME):
            words = _("Dòng này không có trong biểu: hãy ghi vào dòng có sẵn.")
            brought.faults.append(Fault(row.sheet, f"A{row.number}", words))
        seen.add(key or f"#{row.number}")
    return brought


def _is_obstacle(key: str) -> bool:
    section, _dash, order = key.partition("-")
    return section == "obstacle" and order.isdecimal() and 0 < int(order) < 100


@dataclass(frozen=True, slots=True)
class _Now:
    """How a row of the draft stands now."""

    section: Section
    values: Values
    title: str
    unit: str = ""

    @staticmethod
    def of(draft: Draft, line: Line | None, key: str) -> _Now:
        if line is not None:
            return _Now(Section(line.row.asked_in), line.values, line.row.text, line.row.unit)
        if key == NO_OBSTACLES:
            return _Now(
                Section.OBSTACLE, {"nil": "1" if draft.no_obstacles else ""}, _("Vướng mắc, kiến nghị chung")
            )
        there = {f"obstacle-{values['order']}": values for values in draft.obstacles}
        return _Now(Section.OBSTACLE, there.get(key, {}), _("Vướng mắc, kiến nghị chung"))


def _take(brought: Brought, row: Filled, key: str, mark: str, now: _Now) -> None:
    """What one row brings: only cells that say otherwise than the draft, and only if the row was touched."""
    said, faults = _said(row, now)
    brought.faults.extend(faults)
    kept = _as_said(now)
    changed = {name: value for name, value in said.items() if value != kept.get(name, "")}
    if not changed.get("kind"):
        changed.pop("kind", None)  # a kind is never nothing
    if not changed or (mark and mark == _mark(_untouched(said, now)) and mark != _mark(now.values)):
        return  # as it went out: what others wrote since then stays
    if mark and mark != _mark(now.values):
        brought.conflicts[key] = now.title
    brought.rows[key] = _typed(changed, now.section)
    brought.changes.extend(
        Change(key, now.title, _label(name, now.section), kept.get(name, ""), value)
        for name, value in changed.items()
    )


def _untouched(said: Mapping[str, str], now: _Now) -> Values:
    """The values of a row as a draft would hold them, if it were saved as the workbook has it."""
    values = dict(_typed(said, now.section))
    if now.section == Section.COORDINATE:
        values["state"] = Progress.State.TOOK_PART.value if said.get("took") else ""
    return values


def _as_said(now: _Now) -> dict[str, str]:
    """The draft's values as the cells of the workbook say them."""
    return {
        name: workbooks.as_text(value) if not isinstance(value, Decimal) else show(value)
        for name, value in _cells(now.values, now.section).items()
    }


def _said(row: Filled, now: _Now) -> tuple[dict[str, str], list[Fault]]:
    said: dict[str, str] = {}
    faults: list[Fault] = []
    for name in _OPEN[now.section]:
        if name not in row.cells:
            continue
        try:
            said[name] = _read_cell(row, name, now)
        except Refused as refused:
            faults.append(Fault(row.sheet, row.address(name), refused.message))
    return said, faults


def _read_cell(row: Filled, name: str, now: _Now) -> str:
    """What one cell says; words of a list are found with or without marks. Raises Refused."""
    value, words = row.cells[name].value, row.text(name)
    if name in {"nil", "took"}:
        return YES if words and search_key(words) not in {"khong", "0"} else ""
    if name == "state":
        return _choice(words, _states())
    if name == "kind":
        return _choice(words, {str(label): value for value, label in Figure.Kind.choices})
    if name in _NUMBERS and value is not None:
        number = value if isinstance(value, Decimal) else parse(words, now.unit)
        return show(must_fit(number, now.unit))
    return words.replace("\r\n", "\n").replace("_x000D_", "")


def _choice(words: str, known: Iterable[str]) -> str:
    found = {search_key(one): one for one in known}.get(search_key(words), "")
    if words and not found:
        raise Refused(
            _("«%(words)s» không có trong danh sách: %(known)s.")
            % {"words": words, "known": ", ".join(known)}
        )
    return found


def _typed(said: Mapping[str, str], section: Section) -> dict[str, str]:
    """Cells as the form on the page would send them."""
    kinds = {str(label): value for value, label in Figure.Kind.choices}
    typed = {
        name: value
        for name, value in said.items()
        if name in {"result", *_NUMBERS, "obstacle", "proposal", "addressee"}
    }
    if "nil" in said:
        typed["nil"] = "1" if said["nil"] else ""
    if section == Section.COORDINATE and "took" in said:
        typed["state"] = Progress.State.TOOK_PART.value if said["took"] else ""
    if "state" in said:
        typed["state"] = _states().get(said["state"], "")
    if said.get("kind"):
        typed["kind"] = kinds[said["kind"]]
    return typed


def _label(name: str, section: Section) -> str:
    return _open_column(name, section).title
