"""One number, asked: who reported it, when, out of what, what it was before, what it counts as."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from luc.figures import queries
from luc.figures.models import Figure
from luc.kernel import registry
from luc.kernel.pages import Request, page


@page("figures.view")
def figure(request: Request, figure: int) -> HttpResponse:
    """All that was said in the slot of a figure, newest first."""
    row = get_object_or_404(queries.figures(request.viewer), pk=figure)
    said = queries.chain(request.viewer, row)
    sources = _sources(request, said)
    wanted = registry.find(request.viewer, "figures.indicator", [row.indicator_id])
    context = {
        "figure": row,
        "wanted": wanted.get(row.indicator_id),
        "said": [(one, queries.value_of(one), sources.get((one.source_kind, one.source_id))) for one in said],
    }
    return render(request, "figures/figure.html", context)


def _sources(request: Request, said: list[Figure]) -> dict[tuple[str, int | None], registry.Source]:
    kinds = {one.source_kind for one in said}
    found: dict[tuple[str, int | None], registry.Source] = {}
    for kind in kinds:
        ids = [one.source_id for one in said if one.source_kind == kind and one.source_id is not None]
        found |= {(kind, pk): source for pk, source in registry.find(request.viewer, kind, ids).items()}
    return found
