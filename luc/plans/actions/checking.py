"""Somebody has looked at what was read from a picture."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.plans import scans
from luc.plans.actions.reviewing import keep, reviewing
from luc.plans.fields import Section
from luc.plans.intake import items
from luc.plans.queries.readings import review_of


def check(viewer: Viewer, reading: int, *, key: str = "", section: Section | None = None) -> int:
    """Say that an item, or all items of a section, are as the picture has them; returns how many.

    Raises Refused when nothing there waits to be looked at.
    """
    with reviewing(viewer, reading) as (acting, row):
        review = review_of(row)
        waiting = scans.unchecked(review)
        keys = [
            i["key"]
            for s, i in items(review.content)
            if i["key"] in waiting and (i["key"] == key or s is section)
        ]
        if not keys:
            raise Refused(_("Không còn mục nào ở đây chờ kiểm tra."))
        row.choices = {**row.choices, "checked": [*row.choices.get("checked", ()), *keys]}
        keep(acting, row, {}, {"checked": keys}, "choices")
    return len(keys)
