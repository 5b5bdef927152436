"""Filters of the ground's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from luc.kernel.rights import known_acts, role_title

register = template.Library()
register.filter("role", role_title)


@register.filter
def act_title(name: str) -> str:
    """What an act is called on pages; its name when no room knows it any more."""
    act = known_acts().get(name)
    return str(act.title) if act else name


@register.filter
def values(changed: Mapping[str, Any] | None) -> str:
    """Changed values as "name: value; ...", long ones cut; "" for none."""
    if not changed:
        return ""
    shown = "; ".join(
        f"{name}: {value}" for name, value in changed.items() if value not in (None, "", [], {})
    )
    return shown if len(shown) <= 400 else shown[:400] + " …"
