"""The order in which parties are listed: departments, boards, communes ..., each by name."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When

from luc.agencies.models import Party


def by_kind(prefix: str = "") -> list[Any]:
    """Expressions for `order_by` of rows whose party stands behind a prefix ("party__")."""
    places = [When(**{f"{prefix}kind": kind}, then=Value(n)) for n, kind in enumerate(Party.Kind.values)]
    return [Case(*places, output_field=IntegerField()), f"{prefix}sort_key", "pk"]
