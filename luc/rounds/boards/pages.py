"""Two pages for those who collect or follow: a round on the map, and the last rounds body by body."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from luc.agencies.models import Party
from luc.kernel.pages import Request, page
from luc.rounds import queries
from luc.rounds.boards.queries import on_map, over_time


@page("rounds.board")
def cycle_map(request: Request, cycle: int) -> HttpResponse:
    """How the communes stand in one round, drawn."""
    row = get_object_or_404(queries.cycles(request.viewer), pk=cycle)
    context = {
        "cycle": row,
        "map": on_map(request.viewer, row),
        "counts": queries.completeness(request.viewer, [row.pk])[row.pk],
    }
    return render(request, "rounds/boards/map.html", context)


@page("rounds.board")
def last_rounds(request: Request) -> HttpResponse:
    """Who kept the due moments of the last rounds."""
    kind = request.GET.get("loai", "")
    kind = kind if kind in Party.Kind.values else ""
    context = {"whole": over_time(request.viewer, kind=kind), "kind": kind, "kinds": Party.Kind.choices}
    return render(request, "rounds/boards/over_time.html", context)
