"""The form of a report as a workbook: it goes out, is filled in, and comes back as what was typed, cell by cell.

Nothing is written here: what came back is looked at, then saved as the form on the page is saved. Each row carries,
beside its key, how it stood when it went out; so a row that somebody changed in the meantime is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.models import Figure
from luc.figures.numbers import show
from luc.figures.units import must_fit, read
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.text import search_key, written
from luc.kernel.workbooks import Column, Fault, Filled, Row, Sheet
from luc.plans.models import Progress
from luc.reporting.cut import OF_ROWS, Section
from luc.reporting.excel.columns import (
    FIXED,
    NEW_OBSTACLES,
    NUMBERS,
    OPEN,
    SAME,
    SHOWN,
    TITLES,
    WIDTHS,
    YES,
    cells,
    choice,
    mark_of,
    open_column,
    plan_words,
    sources,
    states,
    typed,
)
from luc.reporting.money import NO_MONEY, MoneyLine
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft, Line, Values

LISTED = (Section.MONEY, Section.OBSTACLE)  # sections that hold no rows of a plan
NEW_MONEY = 10


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
            for section in (*OF_ROWS, *LISTED)
            if (draft.asks(section) if section in LISTED else draft.section(section))
        ]
        return workbooks.write(sheets, token(draft.report.pk))


def _columns(draft: Draft, section: Section) -> list[Column]:
    unasked = _unasked(draft, section)
    plans = plan_words(draft.plans)
    shown = [
        Column(name, str(FIXED.get(name) or TITLES[name]), "fixed", WIDTHS.get(name, 18))
        for name in SHOWN[section]
        if name not in unasked
    ]
    return [*shown, *(open_column(name, section, plans) for name in OPEN[section] if name not in unasked)]


def _unasked(draft: Draft, section: Section) -> set[str]:
    """The columns that no row of a report needs: of figures; the plan where there is one only."""
    if section == Section.MONEY and len(draft.plans) < 2:
        return {"plan"}
    if section != Section.FIGURE:
        return set()
    found = list(draft.section(section))
    estimates = any(line.asks_estimate for line in found)
    settles = any(line.earlier for line in found)
    return ({"kind"} if estimates else {"estimate"}) | (set() if settles else {"earlier", "final"})


def _rows(draft: Draft, section: Section) -> Iterator[Row]:
    if section in LISTED:
        yield from _money_rows(draft) if section == Section.MONEY else _obstacle_rows(draft)
        return
    group = None
    for line in draft.section(section):
        if line.row.group and line.row.group != group:
            yield Row("", group=line.row.group)
        group = line.row.group
        shown = {name: _shown(line, name) for name in SHOWN[section]}
        yield Row(_key(line.row.key, line.values), shown | cells(line.values, section, {}))


def _shown(line: Line, name: str) -> str:
    """A locked cell: what the paper says, or what was estimated before."""
    if name == "earlier":
        return f"{line.earlier.value} ({line.earlier.words})" if line.earlier else ""
    return str(getattr(line.row, name))


def _obstacle_rows(draft: Draft) -> Iterator[Row]:
    none = {"nil": "1" if draft.no_obstacles else ""}
    words = _("Không có vướng mắc, kiến nghị: ghi x ở cột bên")
    yield Row(_key(NO_OBSTACLES, none), {"text": words} | cells(none, Section.OBSTACLE, {}))
    there = {int(values["order"]): values for values in draft.obstacles}
    free = [order for order in range(1, 99) if order not in there][:NEW_OBSTACLES]
    for n, order in enumerate([*there, *free], 1):
        values = there.get(order, {})
        yield Row(
            _key(f"obstacle-{order}", values),
            {"text": _("Vướng mắc, kiến nghị %(n)d") % {"n": n}} | cells(values, Section.OBSTACLE, {}),
        )


def _money_rows(draft: Draft) -> Iterator[Row]:
    """What was written, or is carried forward from the last period and not kept yet; then rows to write into."""
    none = {"nil": "1" if draft.no_money else ""}
    words = _("Không có kinh phí trong kỳ: ghi x ở cột bên")
    yield Row(_key(NO_MONEY, none), {"text": words} | cells(none, Section.MONEY, {}))
    there = {int(line.values["order"]): line for line in draft.money}
    plans = plan_words(draft.plans)
    free = [order for order in range(1, 99) if order not in there][:NEW_MONEY]
    for n, order in enumerate([*there, *free], 1):
        line = there.get(order) or MoneyLine({"order": order})
        kept = {} if line.is_carried else dict(line.values)
        shown = cells(dict(line.values), Section.MONEY, plans)
        yield Row(_key(f"money-{order}", kept), {"text": _("Dòng kinh phí %(n)d") % {"n": n}} | shown)


def _key(key: str, values: Values) -> str:
    return f"{key}~{mark_of(values)}"


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
        elif key in lines or _is_listed(draft, key):
            _take(brought, row, key, mark, _Now.of(draft, lines.get(key), key))
        elif row.key or any(row.text(name) for name in SAME):
            words = _("Dòng này không có trong biểu: hãy ghi vào dòng có sẵn.")
            brought.faults.append(Fault(row.sheet, f"A{row.number}", words))
        seen.add(key or f"#{row.number}")
    return brought


def _is_listed(draft: Draft, key: str) -> bool:
    """Whether a row is an obstacle, or money where that is asked."""
    section, _dash, order = key.partition("-")
    asked = section == "obstacle" or (section == "money" and draft.asks(Section.MONEY))
    return asked and order.isdecimal() and 0 < int(order) < 100


@dataclass(frozen=True, slots=True)
class _Now:
    """How a row of the draft stands now."""

    section: Section
    values: Values
    title: str
    unit: str = ""
    plans: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(draft: Draft, line: Line | None, key: str) -> _Now:
        if line is not None:
            return _Now(Section(line.row.asked_in), line.values, line.row.text, line.row.unit)
        if key.startswith("money-"):
            return _of_money(draft, key)
        if key == NO_OBSTACLES:
            return _Now(
                Section.OBSTACLE, {"nil": "1" if draft.no_obstacles else ""}, _("Vướng mắc, kiến nghị chung")
            )
        there = {f"obstacle-{values['order']}": values for values in draft.obstacles}
        return _Now(Section.OBSTACLE, there.get(key, {}), _("Vướng mắc, kiến nghị chung"))


def _of_money(draft: Draft, key: str) -> _Now:
    title, unit, plans = _("Kinh phí theo nguồn"), draft.money_unit, plan_words(draft.plans)
    if key == NO_MONEY:
        return _Now(Section.MONEY, {"nil": "1" if draft.no_money else ""}, title, plans=plans)
    line = next((line for line in draft.money if line.key == key and not line.is_carried), None)
    return _Now(Section.MONEY, dict(line.values) if line else {}, line.title if line else title, unit, plans)


def _take(brought: Brought, row: Filled, key: str, mark: str, now: _Now) -> None:
    """What one row brings: only cells that say otherwise than the draft, and only if the row was touched."""
    said, faults = _said(row, now)
    brought.faults.extend(faults)
    kept = _as_said(now)
    changed = {name: value for name, value in said.items() if value != kept.get(name, "")}
    if not changed.get("kind"):
        changed.pop("kind", None)  # a kind is never nothing
    if not changed or (mark and mark == mark_of(_untouched(said, now)) and mark != mark_of(now.values)):
        return  # as it went out: what others wrote since then stays
    if mark and mark != mark_of(now.values):
        brought.conflicts[key] = now.title
    brought.rows[key] = typed(changed, now.section, now.plans)
    brought.changes.extend(
        Change(key, now.title, _label(name, now.section), kept.get(name, ""), value)
        for name, value in changed.items()
    )


def _untouched(said: Mapping[str, str], now: _Now) -> Values:
    """The values of a row as a draft would hold them, if it were saved as the workbook has it."""
    values = dict(typed(said, now.section, now.plans))
    if now.section == Section.COORDINATE:
        values["state"] = Progress.State.TOOK_PART.value if said.get("took") else ""
    return values


def _as_said(now: _Now) -> dict[str, str]:
    """The draft's values as the cells of the workbook say them."""
    return {
        name: workbooks.as_text(value) if not isinstance(value, Decimal) else show(value)
        for name, value in cells(now.values, now.section, now.plans).items()
    }


def _said(row: Filled, now: _Now) -> tuple[dict[str, str], list[Fault]]:
    said: dict[str, str] = {}
    faults: list[Fault] = []
    for name in OPEN[now.section]:
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
        return choice(words, states())
    if name == "kind":
        return choice(words, {str(label): value for value, label in Figure.Kind.choices})
    if name == "source":
        return choice(words, sources())
    if name == "plan":
        return choice(words, now.plans)
    if name in NUMBERS and value is not None:
        return show(must_fit(value, now.unit) if isinstance(value, Decimal) else read(words, now.unit))
    return words.replace("\r\n", "\n").replace("_x000D_", "")


def _label(name: str, section: Section) -> str:
    return open_column(name, section, {}).title
