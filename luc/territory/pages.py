"""Units: the provinces of today, a search through all, and one unit with what it came from and became."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.territory import queries
from luc.territory.models import Unit


@page("territory.view")
def units(request: Request) -> HttpResponse:
    """The provinces of today, or what a search finds."""
    words, ended = request.GET.get("q", "").strip(), bool(request.GET.get("ended"))
    shown = {"words": words, "ended": ended, "with_communes": queries.knows_communes()}
    if not words:
        return render(request, "territory/units.html", shown | {"provinces": queries.provinces(today())})
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
    shown = {
        "unit": row,
        "children": queries.children(row, today()),
        "before": queries.predecessors([row.pk]).get(row.pk, []),
        "after": queries.became_of(row),
        "with_communes": queries.knows_communes(),
    }
    return render(request, "territory/unit.html", shown)
