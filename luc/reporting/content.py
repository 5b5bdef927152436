"""The content of a report as it is frozen: plain values that can be shown for ever, whatever becomes of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.figures.models import Figure
from luc.figures.numbers import parse
from luc.plans.models import Part, Plan, Progress
from luc.reporting import cut, money
from luc.reporting.asked import as_plain
from luc.reporting.models import Answer
from luc.reporting.queries.drafts import Draft, Line

Content = dict[str, Any]
MONEY_CELLS = ("title", "source", *money.AMOUNTS, "result")
# number of this form of content; a new form gets a new number, old ones stay readable: form 1 has one plan and no
# `plans`, `sections`, `plan` and `also` of rows; form 2 no `estimate`, `final` and
# `earlier` of figures; form 3 no `money`
FORM = 4


def compose(draft: Draft, asked_back: Mapping[str, tuple[str, str]] | None = None) -> Content:
    """The content of a draft; in a report that is nil as a whole every row is nil.

    `asked_back`: by row what was asked about it before it was handed in, and the explanation that was given.
    """
    report, cycle, party = draft.report, draft.obligation.cycle, draft.obligation.party
    return {
        "form": FORM,
        "plan": _plan(report.plan),
        "plans": [_plan(plan) for plan in draft.plans],
        "sections": report.sections,
        "cycle": {"id": cycle.pk, "title": cycle.title, "cutoff": cycle.cutoff.isoformat()},
        "party": {"id": party.pk, "name": party.name},
        "is_nil": report.is_nil,
        "rows": [
            _row(line, report.is_nil) | _explained((asked_back or {}).get(line.row.key))
            for line in draft.lines
        ],
        "explained": _of_sections(asked_back or {}),
        "money": [] if report.is_nil else _money(draft, asked_back or {}),
        "money_unit": draft.money_unit,
        "obstacles": [] if report.is_nil else [_obstacle(values) for values in draft.obstacles],
        "evidence": [
            {"id": e.pk, "file": e.file_id, "name": e.file.name, "size": e.file.size, "sha256": e.file.sha256}
            | ({"row": e.row} if e.row else {})
            for e in draft.evidence
        ],
    }


def _plan(plan: Plan) -> Content:
    return {"id": plan.pk, "number": plan.number, "title": plan.title}


def _row(line: Line, all_nil: bool) -> Content:
    values, section = line.values, line.row.section
    nil = all_nil or bool(values.get("nil"))
    if nil:
        said: Content = {}
    elif section == Answer.Section.FIGURE:
        said = _figure(line)
    elif section == Answer.Section.PART:
        said = {name: values.get(name) for name in ("state", "result", "obstacle", "proposal")}
    else:
        said = {"result": values.get("result")}
    return as_plain(line.row) | {"nil": nil} | {name: value for name, value in said.items() if value}


def _figure(line: Line) -> Content:
    """A figure: what was done by the cut-off is actual where the whole year is estimated beside it."""
    values = line.values
    said = {name: values.get(name) for name in ("value", "kind", "result")}
    if line.asks_estimate:
        said |= {"kind": Figure.Kind.ACTUAL.value, "estimate": values.get("estimate")}
    if line.earlier:
        said |= {"final": values.get("final"), "earlier": line.earlier.as_plain()}
    return said


def _explained(said: tuple[str, str] | None) -> Content:
    return {} if said is None else {"question": said[0], "explanation": said[1]}


def _money(draft: Draft, asked_back: Mapping[str, tuple[str, str]]) -> list[Content]:
    """The money of a report: each row with the plan that it is counted in, and its task where it is one's words."""
    led = draft.led
    return [
        {"key": line.key, "plan": int(line.values.get("plan") or draft.report.plan_id)}
        | ({"plan": row.plan, "task": row.task} if (row := led.get(money.item(line.values)[0])) else {})
        | {name: line.values[name] for name in MONEY_CELLS if line.values.get(name)}
        | _explained(asked_back.get(line.key))
        for line in draft.money
        if not line.is_carried
    ]


def all_rows(content: Mapping[str, Any]) -> list[Content]:
    """Every row of a frozen report that can be remarked upon: of the plan, of money, obstacles."""
    return [*content["rows"], *content.get("money", ()), *content["obstacles"]]


def _of_sections(asked_back: Mapping[str, tuple[str, str]]) -> list[Content]:
    """What was asked about whole sections, with the explanations."""
    return [
        {"key": key, "text": str(cut.Section(key).label)} | _explained(said)
        for key, said in asked_back.items()
        if key in cut.Section.values
    ]


def explained_sections(content: Mapping[str, Any]) -> list[Content]:
    """What was explained of whole sections of a frozen report."""
    return list(content.get("explained", ()))


def proves(content: Mapping[str, Any], key: str) -> str:
    """The words of what a file proves; "" for the report as a whole."""
    if key in cut.Section.values:
        return str(cut.Section(key).label)
    return next((str(row["text"]) for row in content["rows"] if row["key"] == key), "")


def _obstacle(values: Mapping[str, Any]) -> Content:
    kept = {name: values[name] for name in ("obstacle", "proposal", "addressee") if values.get(name)}
    return {"key": f"obstacle-{values['order']}"} | kept


def section(content: Mapping[str, Any], name: str) -> list[Content]:
    """The rows of one section of a frozen report."""
    return [row for row in content["rows"] if row["section"] == name]


def nil_parts(content: Mapping[str, Any]) -> list[Content]:
    """The tasks of which a coordinating party says that there is nothing to report: read as one line."""
    return [row for row in section(content, "part") if row["nil"] and row.get("role") == Part.Role.COORDINATE]


def told_parts(content: Mapping[str, Any]) -> list[Content]:
    """The other tasks."""
    nil = {row["key"] for row in nil_parts(content)}
    return [row for row in section(content, "part") if row["key"] not in nil]


def plans_of(content: Mapping[str, Any]) -> list[Content]:
    """The plans that a frozen report answers: id, number, title."""
    return content.get("plans") or [content["plan"]]


def asks(content: Mapping[str, Any], name: str) -> bool:
    """Whether a frozen report was asked a section of the form (cut.Section)."""
    return cut.asks(content.get("sections"), name)


def told(content: Mapping[str, Any], name: str) -> Iterator[Content]:
    """The rows of a section, those that two plans share once for each of them: with its id, task and words."""
    for row in section(content, name):
        yield row
        for other in row.get("also", ()):
            yield row | other


def of_plan(content: Mapping[str, Any], plan: int) -> Iterator[Content]:
    """The rows of a frozen report that answer one plan, as that plan has them; the key stays that of the report."""
    for row in content["rows"]:
        if row.get("plan", content["plan"]["id"]) == plan:
            yield row
        for other in row.get("also", ()):
            if other["plan"] == plan:
                yield row | other | {"key": row["key"]}


_LABELS = {
    "nil": gettext_lazy("Không phát sinh"),
    "state": gettext_lazy("Tình trạng"),
    "result": gettext_lazy("Kết quả"),
    "value": gettext_lazy("Giá trị"),
    "kind": gettext_lazy("Loại số liệu"),
    "estimate": gettext_lazy("Ước cả năm"),
    "final": gettext_lazy("Số chính thức kỳ trước"),
    "title": gettext_lazy("Nội dung, dự án"),
    "source": gettext_lazy("Nguồn vốn"),
    **money.TITLES,
    "explanation": gettext_lazy("Giải trình"),
    "obstacle": gettext_lazy("Vướng mắc"),
    "proposal": gettext_lazy("Kiến nghị"),
    "addressee": gettext_lazy("Nơi nhận kiến nghị"),
}


def label_of(name: str) -> str:
    """What a cell is called."""
    return str(_LABELS.get("nil" if name == "is_nil" else name, name))


def printed(name: str, value: Any) -> str:
    """A kept value in words."""
    if name == "nil":
        return _("Không phát sinh") if value else ""
    if name == "state" and value:
        return str(Progress.State(value).label)
    if name == "source":
        return money.source_words(str(value or ""))
    if name == "kind" and value:
        return str(Figure.Kind(value).label)
    return str(value or "")


def role_words(role: str) -> str:
    """A role of a part in words."""
    return str(Part.Role(role).label) if role else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that two versions say differently."""

    key: str
    title: str
    label: str
    before: str
    after: str


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What changed from one version to the next, cell by cell, in the order of the newer one."""
    before, after = _cells(old), _cells(new)
    keys = list(dict.fromkeys([*after, *before]))
    return [
        Difference(key, title, str(_LABELS[name]), printed(name, was), printed(name, now))
        for key in keys
        for title, was_cells, now_cells in [_both(before.get(key), after.get(key))]
        for name in _LABELS
        if (was := was_cells.get(name) or "") != (now := now_cells.get(name) or "")
    ] + _files(old, new)


def _cells(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    rows = (*all_rows(content), *content.get("explained", ()))
    return {row["key"]: row for row in rows}


def _both(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    row = after or before or {}
    title = str(row.get("text") or row.get("title") or "") or _("Vướng mắc, kiến nghị chung")
    return title, before or {}, after or {}


def _files(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    was, now = _names(old["evidence"]), _names(new["evidence"])
    return [] if was == now else [Difference("minh-chung", _("Minh chứng"), _("Tệp"), was, now)]


def _names(files: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(sorted(file["name"] for file in files))


def value_of(row: Mapping[str, Any], name: str = "value") -> Decimal | None:
    """The exact value of a frozen row of a target, or another of its numbers; None when it has none."""
    return parse(row[name]) if row.get(name) else None
