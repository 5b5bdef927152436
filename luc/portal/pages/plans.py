"""The plans that are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from luc.kernel.pages import Request
from luc.portal import queries
from luc.portal.models import Edition
from luc.portal.reading import as_day
from luc.portal.showing import address, fresh, public, whole_address
from luc.portal.tables import as_json


def mark_of(found: Iterable[Edition]) -> str:
    """Another one whenever another edition of some plans stands, or less of it (what was withdrawn)."""
    return "/".join(f"{row.pk}:{sorted(row.summary['states'].items())}" for row in found)


@public("portal.read")
def plans(request: Request) -> HttpResponseBase:
    """Every published plan: what, whose, how far."""
    found = queries.listed()

    def make() -> HttpResponse:
        codes = Counter(
            row.summary["plan"]["programme"]["code"] for row in found if row.summary["plan"]["programme"]
        )
        context = {
            "rows": [(row, row.summary, as_day(row.summary["until"])) for row in found],
            "compared": any(count > 1 for count in codes.values()),
            "twin": address(request, "plans_json"),
        }
        return render(request, "portal/plans.html", context)

    return fresh(request, mark_of(found), None, make)


@public("portal.read")
def plans_json(request: Request) -> HttpResponseBase:
    """The same as JSON."""
    found = queries.listed()

    def make() -> HttpResponse:
        values: list[dict[str, Any]] = [
            {
                **row.summary,
                "edition": row.number,
                "published": row.at.isoformat(),
                "address": whole_address(request, "plan", row.plan_id),
                "data": whole_address(request, "plan_json", row.plan_id),
            }
            for row in found
        ]
        return HttpResponse(as_json({"plans": values}), content_type="application/json; charset=utf-8")

    return fresh(request, mark_of(found), None, make)
