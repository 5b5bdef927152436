"""Words of the pages about reminders, and what of them stands on other rooms' pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luc.kernel.rights import Viewer
from luc.kernel.templatetags.luc import moment
from luc.kernel.time import now
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders import queries
from luc.rounds.reminders.bounces import bounced
from luc.rounds.reminders.wording import left_words, planned_words

register = template.Library()
SHOWN = 12


@register.filter
def step_words(offset: int, row: Cycle | Obligation) -> str:
    """A step of a round in words: "trước hạn 3 ngày"."""
    return planned_words(row.due_at, offset)


@register.inclusion_tag("rounds/reminders/on_desk.html")
def reminders_on_desk(viewer: Viewer) -> dict[str, Any]:
    """The lines about what the viewer's agencies still owe and were reminded of, the most urgent first."""
    found, at = queries.on_desk(viewer), now()
    lines = [
        {
            "row": row,
            "left": left_words(row.obligation.due_at, at),
            "is_late": at >= row.obligation.due_at,
        }
        for row in found[:SHOWN]
    ]
    return {"lines": lines, "more": max(0, len(found) - SHOWN)}


@register.simple_tag
def letters_failed(viewer: Viewer) -> int:
    """How many people do not get their letters, for who may see that; nobody else is asked about."""
    return len(bounced(viewer)) if viewer.may("rounds.bounces") else 0


@register.simple_tag
def often_reminded(viewer: Viewer, rows: Iterable[tuple[Any, ...]]) -> dict[int, queries.Often]:
    """How often the rounds at the head of rows were reminded of, in one statement; for `reminded_words`."""
    return queries.often(viewer, [row[0].pk for row in rows])


@register.filter
def reminded_words(often: Mapping[int, queries.Often], cycle: int) -> str:
    """ "đã nhắc 3 lần, lần cuối 08:00 09/12/2026", "" where nobody was reminded yet."""
    found = often.get(cycle)
    if found is None:
        return ""
    times = ngettext("đã nhắc %(n)d lần", "đã nhắc %(n)d lần", found.times) % {"n": found.times}
    return _("%(times)s, lần cuối %(at)s") % {"times": times, "at": moment(found.last)}
