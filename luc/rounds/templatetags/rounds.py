"""Words and marks of the pages about rounds."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from luc.kernel.templatetags.luc import badge
from luc.rounds import words
from luc.rounds.models import Obligation

register = template.Library()
register.filter("due_words", words.due_words)
register.filter("clock", words.clock)


@register.simple_tag
def standing(row: Obligation) -> SafeString:
    """How an obligation stands, as a badge."""
    found = words.standing(row)
    return badge(found.tone, found.words)
