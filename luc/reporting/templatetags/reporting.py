"""Words and marks of the pages about reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import badge
from luc.kernel.time import VIETNAM, today
from luc.plans.queries.states import TONES
from luc.reporting import content as contents
from luc.reporting.queries.boards import standing as standing_of
from luc.reporting.queries.reports import Line
from luc.rounds.models import Cycle, Obligation

register = template.Library()
register.filter("section", contents.section)
register.filter("role_words", contents.role_words)


@register.filter
def due_words(row: Cycle | Obligation) -> str:
    """The due moment as an office says it, with the last day on which one is in time."""
    at = row.due_at.astimezone(VIETNAM)
    if at.time() != time.min:
        return _("trước %(time)s ngày %(day)s") % {"time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}
    last = at - timedelta(days=1)
    return _("trước ngày %(day)s (hết ngày %(last)s)") % {"day": f"{at:%d/%m/%Y}", "last": f"{last:%d/%m}"}


@register.filter
def clock(at: datetime) -> str:
    """A moment of today as "14:05", an earlier one with its day."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M}" if local.date() == today() else f"{local:%H:%M %d/%m/%Y}"


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
def standing(row: Obligation) -> SafeString:
    """How an obligation stands, as a badge."""
    found = standing_of(row)
    return badge(found.tone, found.words)


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
