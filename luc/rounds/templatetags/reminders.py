"""Words of the pages about reminders."""

from __future__ import annotations

from django import template

from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders.wording import planned_words

register = template.Library()


@register.filter
def step_words(offset: int, row: Cycle | Obligation) -> str:
    """A step of a round in words: "trước hạn 3 ngày"."""
    return planned_words(row.due_at, offset)
