"""Words of the pages about ad-hoc requests."""

from __future__ import annotations

from django import template

from luc.requests import content

register = template.Library()
register.filter("printed", content.printed)
register.filter("grid", content.grid)


@register.filter
def day_words(kept: str) -> str:
    """A kept day as a page writes it."""
    return content.cell_words("date", kept)
