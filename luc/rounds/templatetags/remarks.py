"""Remarks at single rows: on a frozen answer, and on the draft that has to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("rounds/remark.html", takes_context=True)
def remark_on(context: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What was said about a row of a frozen answer; for who judges it also where to say something."""
    return {
        "key": key,
        "remark": _of(context, "remarks", key),
        "typed": _of(context, "typed", key),
        "may_judge": context.get("may_judge"),
    }


@register.inclusion_tag("rounds/remark.html", takes_context=True)
def remark_to_answer(context: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What has to be corrected in a row of a draft; nothing on a page without a draft."""
    back = getattr(context.get("draft"), "returned", None)
    return {"key": key, "remark": back.rows.get(key, "") if back else "", "may_judge": False}


def _of(context: Mapping[str, Any], name: str, key: str) -> str:
    """The words about a row among those that a page gives."""
    given = context.get(name)
    return str(given.get(key, "")) if isinstance(given, Mapping) else ""
