"""One number, asked: who reported it, when, out of what, what it was before, what it counts as."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date

from luc.figures import queries
from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.kernel.time import end_of, now, today


@page("figures.view")
def figure(request: Request, figure: int) -> HttpResponse:
    """All that was said in the slot of a figure, newest first; what counted at the end of a day (?ngay=) and now."""
    row = get_object_or_404(queries.figures(request.viewer), pk=figure)
    said = queries.chain(request.viewer, row)
    sources = queries.sources_of(request.viewer, said)
    wanted = registry.find(request.viewer, "figures.indicator", [row.indicator_id])
    day = _day(request)
    then, latest = (queries.counted_then(said, moment) for moment in (min(end_of(day), now()), now()))
    context = {
        "figure": row,
        "day": day,
        "then": then,
        "then_value": queries.value_of(then) if then else None,
        "latest": latest,
        "latest_value": queries.value_of(latest) if latest else None,
        "wanted": wanted.get(row.indicator_id),
        "said": [(one, queries.value_of(one), sources.get(one.pk)) for one in said],
    }
    return render(request, "figures/figure.html", context)


def _day(request: Request) -> date:
    """The day of the address; today where it names none that is over."""
    try:
        found = parse_date(request.GET.get("ngay", ""))
    except ValueError:
        found = None
    return min(found or today(), today())
