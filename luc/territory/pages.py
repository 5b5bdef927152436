"""Units: the provinces of today, a search through all, and one unit with what it came from and became."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.territory import maps, queries
from luc.territory.models import Unit


@page("territory.view")
def units(request: Request) -> HttpResponse:
    """The provinces of today, or what a search finds."""
    words, ended = request.GET.get("q", "").strip(), bool(request.GET.get("ended"))
    shown = {"words": words, "ended": ended, "with_communes": queries.knows_communes()}
    if not words:
        provinces = list(queries.provinces(today()))
        return render(
            request, "territory/units.html", shown | {"provinces": provinces, "map": _country(provinces)}
        )
    found = queries.search(words, on=None if ended else today())
    return render(
        request,
        "territory/units.html",
        shown | {"page": Paginator(found, 50).get_page(request.GET.get("page"))},
    )


@page("territory.view")
def unit(request: Request, unit: int) -> HttpResponse:
    """One unit: when it held, what lies in it, what it was made from and what became of it."""
    row = get_object_or_404(Unit.objects.select_related("parent__parent"), pk=unit)
    children = list(queries.children(row, today()))
    shown = {
        "unit": row,
        "children": children,
        "map": _province(row, children),
        "before": queries.predecessors([row.pk]).get(row.pk, []),
        "after": queries.became_of(row),
        "with_communes": queries.knows_communes(),
    }
    return render(request, "territory/unit.html", shown)


def _country(provinces: Iterable[Unit]) -> maps.Map | None:
    return maps.of_country({one.pk: _leads_to(one) for one in provinces})


def _province(row: Unit, communes: Iterable[Unit]) -> maps.Map | None:
    """The map of a province of today; of nothing else is there one."""
    if row.level != Unit.Level.PROVINCE or row.valid_to is not None:
        return None
    return maps.of_province(row.pk, {one.pk: _leads_to(one) for one in communes})


def _leads_to(unit: Unit) -> maps.Said:
    return maps.Said("none", "", reverse("territory:unit", args=[unit.pk]))
