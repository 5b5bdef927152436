"""Words and marks of the pages about reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.kernel.templatetags.luc import badge
from luc.plans.queries.states import TONES
from luc.reporting import content as contents
from luc.reporting import money
from luc.reporting.cut import Section
from luc.reporting.money import MoneyLine
from luc.reporting.pages.sections import ANCHORS
from luc.reporting.queries.drafts import Line
from luc.reporting.years import Earlier
from luc.rounds.templatetags.rounds import standing
from luc.rounds.words import clock, due_words

register = template.Library()
register.filter("due_words", due_words)
register.filter("clock", clock)
register.simple_tag(standing)
register.filter("section", contents.section)
register.filter("role_words", contents.role_words)


register.filter("asks", contents.asks)
register.filter("proves", contents.proves)
register.filter("source_words", money.source_words)
register.filter("told_parts", contents.told_parts)
register.filter("nil_parts", contents.nil_parts)


@register.filter
def plan_words(content: Mapping[str, Any], plan: int) -> str:
    """Number, or title, of one of the plans that a frozen report answers."""
    found = next((one for one in contents.plans_of(content) if one["id"] == plan), None)
    return str(found["number"] or found["title"]) if found else ""


@register.simple_tag(takes_context=True)
def row_notes(context: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Beside a frozen row: what else it counts for, why it is asked, where it was taken from; mostly nothing."""
    why = format_html('<span class="cell-note">{}</span>', row["why"]) if row.get("why") else ""
    if not row.get("also") and not row.get("from"):
        return why  # a template for each row costs as much as the rest of the page
    given = {"row": row, "why": why, "content": context["content"], "below": context.get("below")}
    return render_to_string("reporting/row_notes.html", given)


@register.simple_tag
def area(key: str, name: str, values: Mapping[str, Any], label: str, rows: int = 2) -> SafeString:
    """The field of a row for words; a form has a hundred of them, so one act makes each."""
    return format_html(
        '<div class="field"><label for="{0}-{1}">{2}</label>'
        '<textarea id="{0}-{1}" name="{0}-{1}" rows="{3}">{4}</textarea></div>',
        key,
        name,
        label,
        rows,
        values.get(name) or "",
    )


@register.filter
def answered(lines: Iterable[Line]) -> int:
    """How many rows are answered."""
    return sum(line.is_answered for line in lines)


@register.filter
def state_words(value: str) -> str:
    """The state of a part in words."""
    return contents.printed("state", value)


@register.filter
def kind_words(value: str) -> str:
    """Actual or estimate, in words."""
    return contents.printed("kind", value)


@register.simple_tag
def row_state(row: Mapping[str, Any]) -> SafeString:
    """The state of a frozen part, as a badge."""
    state = "nil" if row.get("nil") else str(row.get("state", ""))
    return badge(TONES.get(state, "none"), contents.printed("state", state) or _("chưa trả lời"))


@register.simple_tag
def figure_link(row: Mapping[str, Any], figures: Mapping[int, int] | str) -> SafeString | str:
    """A frozen value; where it stands in the ledger it leads to its history."""
    pk = figures.get(row.get("indicator", 0)) if isinstance(figures, Mapping) else None
    if pk is None:
        return str(row.get("value", ""))
    return format_html('<a href="{}">{}</a>', reverse("figures:figure", args=[pk]), row.get("value", ""))


@register.inclusion_tag("reporting/number_cell.html")
def number_cell(line: Line, name: str, label: str, note: str = "") -> dict[str, Any]:
    """Where one number of a figure is typed, with what is wrong with it."""
    return {
        "id": f"{line.row.key}-{name}",
        "label": label,
        "note": note,
        "value": line.values.get(name, ""),
        "error": line.errors.get(name, ""),
        "unit": line.row.unit,
    }


@register.inclusion_tag("reporting/number_cell.html")
def money_cell(line: MoneyLine, name: str, label: str) -> dict[str, Any]:
    """Where one amount of a row of money is typed."""
    return {
        "id": f"{line.key}-{name}",
        "label": label,
        "value": line.values.get(name, ""),
        "error": line.errors.get(name, ""),
    }


@register.simple_tag
def money_share(row: Mapping[str, Any]) -> str:
    """How much of what was planned is disbursed, in a frozen row of money."""
    found = money.share(money.amount(row, "cumulative"), money.amount(row, "planned"))
    return f"{show(found)}%" if found is not None else ""


@register.filter
def anchor(key: str) -> str:
    """Where a row, or a whole section, stands on the page of the form."""
    return ANCHORS[Section(key)] if key in Section.values else key


@register.filter
def period_words(kept: Mapping[str, str]) -> str:
    """The period of an earlier estimate that a frozen figure settles."""
    return Earlier.of(kept).words
