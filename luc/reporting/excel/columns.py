"""The columns of the form as a workbook: what is shown, what is filled in, how a value stands in its cell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.figures.models import Figure
from luc.figures.numbers import parse
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.text import search_key
from luc.kernel.workbooks import Column
from luc.plans.models import Plan, Progress
from luc.reporting import money
from luc.reporting.cut import Section
from luc.reporting.queries.drafts import Values

YES = "x"
NEW_OBSTACLES = 5
FIXED = {"number": gettext_lazy("STT"), "text": gettext_lazy("Nội dung")}
TITLES = {
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
    "title": gettext_lazy("Nội dung, dự án"),
    "source": gettext_lazy("Nguồn vốn"),
    "plan": gettext_lazy("Tính vào kế hoạch"),
    **money.TITLES,
    "obstacle": gettext_lazy("Vướng mắc và nguyên nhân"),
    "proposal": gettext_lazy("Kiến nghị"),
    "addressee": gettext_lazy("Kiến nghị với ai"),
}
OPEN = {
    Section.LEAD: ("nil", "state", "result", "obstacle", "proposal"),
    Section.COORDINATE: ("nil", "took", "result", "obstacle", "proposal"),
    Section.DUTY: ("nil", "result"),
    Section.FIGURE: ("nil", "value", "kind", "estimate", "final", "result"),
    Section.MONEY: ("nil", "title", "source", "plan", *money.AMOUNTS, "result"),
    Section.OBSTACLE: ("nil", "obstacle", "proposal", "addressee"),
}
SHOWN = {
    Section.LEAD: ("number", "text", "timeframe", "output"),
    Section.COORDINATE: ("number", "text", "timeframe"),
    Section.DUTY: ("text",),
    Section.FIGURE: ("text", "aim", "unit", "earlier"),
    Section.MONEY: ("text",),
    Section.OBSTACLE: ("text",),
}
WIDTHS = {
    "number": 6,
    "text": 52,
    "output": 30,
    "result": 48,
    "obstacle": 36,
    "proposal": 36,
    "nil": 13,
    "took": 12,
}
NUMBERS = ("value", "estimate", "final", *money.AMOUNTS)
SAME = {
    "nil",
    "took",
    "state",
    "result",
    "title",
    "source",
    "plan",
    *NUMBERS,
    "kind",
    "obstacle",
    "proposal",
    "addressee",
}


def plan_words(plans: Iterable[Plan]) -> dict[str, str]:
    """The plans of a form by words that tell them apart: the number, and where that is not enough the title."""
    found = list(plans)
    numbers = {plan.number for plan in found if plan.number}
    short = len(numbers) == len(found)
    return {plan.number if short else f"{plan.number} {plan.title}".strip(): str(plan.pk) for plan in found}


def open_column(name: str, section: Section, plans: Mapping[str, str]) -> Column:
    """A column that is filled in. `plans`: those that money is counted in, by their words."""
    title, width = str(TITLES[name]), WIDTHS.get(name, 18)
    if name == "result" and section == Section.FIGURE:
        title = _("Ghi chú, cách tính")
    if name == "result" and section == Section.MONEY:
        title = _("Ghi chú")
    if name in {"nil", "took"}:
        return Column(name, title, "choice", width, choices=(YES,))
    if name == "state":
        return Column(name, title, "choice", width, choices=tuple(states()))
    if name == "source":
        return Column(name, title, "choice", 26, choices=tuple(sources()))
    if name == "plan":
        return Column(name, title, "choice", 26, choices=tuple(plans))
    if name == "kind":
        return Column(name, title, "choice", width, choices=tuple(str(label) for label in Figure.Kind.labels))
    return Column(name, title, "number" if name in NUMBERS else "text", width)


def sources() -> dict[str, str]:
    """Where money comes from, by its words."""
    return {str(source.label): source.value for source in money.Source}


def states() -> dict[str, str]:
    """The states that a lead chooses from, by their words."""
    left_out = {Progress.State.NIL, Progress.State.TOOK_PART}
    return {str(state.label): state.value for state in Progress.State if state not in left_out}


def mark_of(values: Values) -> str:
    """How an answer stands, in eight letters."""
    kept = {name: str(values[name]) for name in sorted(SAME - {"took"}) if values.get(name)}
    kept.pop("kind" if not values.get("value") else "", None)
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:8]


def cells(values: Values, section: Section, plans: Mapping[str, str]) -> dict[str, workbooks.Value]:
    """An answer as the cells of its row. `plans`: those that money is counted in, by their words."""
    words_of = {value: words for words, value in states().items()}
    kinds = {value: str(label) for value, label in Figure.Kind.choices}
    found: dict[str, workbooks.Value] = {}
    for name in OPEN[section]:
        value = str(values.get(name) or "")
        if name == "nil":
            found[name] = YES if value else ""
        elif name == "took":
            found[name] = YES if values.get("state") else ""
        elif name == "state":
            found[name] = words_of.get(value, "")
        elif name == "source":
            found[name] = money.source_words(value)
        elif name == "plan":
            found[name] = next((words for words, plan in plans.items() if plan == value), "")
        elif name == "kind":
            found[name] = kinds.get(value, "") if values.get("value") else ""
        elif name in NUMBERS:
            found[name] = parse(value) if value else None
        else:
            found[name] = value
    return found


def choice(words: str, known: Iterable[str]) -> str:
    """One of the known words, found with or without marks. Raises Refused."""
    found = {search_key(one): one for one in known}.get(search_key(words), "")
    if words and not found:
        raise Refused(
            _("«%(words)s» không có trong danh sách: %(known)s.")
            % {"words": words, "known": ", ".join(known)}
        )
    return found


def typed(said: Mapping[str, str], section: Section, plans: Mapping[str, str]) -> dict[str, str]:
    """Cells as the form on the page would send them. `plans`: those that money is counted in, by their words."""
    kinds = {str(label): value for value, label in Figure.Kind.choices}
    out = {
        name: value
        for name, value in said.items()
        if name in {"result", "title", *NUMBERS, "obstacle", "proposal", "addressee"}
    }
    if "nil" in said:
        out["nil"] = "1" if said["nil"] else ""
    if section == Section.COORDINATE and "took" in said:
        out["state"] = Progress.State.TOOK_PART.value if said["took"] else ""
    if "state" in said:
        out["state"] = states().get(said["state"], "")
    if "source" in said:
        out["source"] = sources().get(said["source"], "")
    if "plan" in said:
        out["plan"] = plans.get(said["plan"], "")
    if said.get("kind"):
        out["kind"] = kinds[said["kind"]]
    return out
