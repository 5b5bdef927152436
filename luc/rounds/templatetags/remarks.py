"""Remarks at single rows: on a frozen answer, and on the draft that has to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(takes_context=True)
def remark_on(context: Mapping[str, Any], key: str) -> str:
    """What was said about a row of a frozen answer; for who judges it also where to say something."""
    typed, may_judge = _of(context, "typed", key), bool(context.get("may_judge"))
    return _shown(key, _of(context, "remarks", key), typed=typed, may_judge=may_judge)


@register.simple_tag(takes_context=True)
def remark_to_answer(context: Mapping[str, Any], key: str) -> str:
    """What has to be corrected in a row of a draft; nothing on a page without a draft."""
    back = getattr(context.get("draft"), "returned", None)
    return _shown(key, back.rows.get(key, "") if back else "")


def _shown(key: str, remark: str, *, typed: str = "", may_judge: bool = False) -> str:
    """Most rows of most pages have nothing to show: no template is opened for them."""
    if not remark and not may_judge:
        return ""
    told = {"key": key, "remark": remark, "typed": typed, "may_judge": may_judge}
    return render_to_string("rounds/remark.html", told)


def _of(context: Mapping[str, Any], name: str, key: str) -> str:
    """The words about a row among those that a page gives."""
    given = context.get(name)
    return str(given.get(key, "")) if isinstance(given, Mapping) else ""
