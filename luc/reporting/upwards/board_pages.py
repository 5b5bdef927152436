"""Pages for a ministry: its round province by province, and the provinces' own rounds side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.pages import Request, page
from luc.reporting.forms import number
from luc.reporting.queries import scoped
from luc.reporting.queries.plans import plans_of
from luc.reporting.upwards import country, provinces
from luc.rounds import queries as rounds
from luc.rounds.boards.queries import on_map


@page("reporting.board")
def board(request: Request, cycle: int) -> HttpResponse:
    """The provinces of a round: state, coverage below, tasks, values, and what these come to."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    plans = plans_of([row]).get(row.pk, [])
    asked = number(request.GET.get("ke-hoach"), 0)
    plan = next((plan for plan in plans if asked in (0, plan.pk)), None)
    if plan is None:
        raise Http404
    in_full = scoped.told_in_full(request.viewer).filter(pk=row.pk).exists()
    accepted_only = request.GET.get("nguon") == "chap-nhan" or not in_full
    found = provinces.provinces(request.viewer, row, plan, accepted_only=accepted_only)
    heard, bound = found.below
    context = {
        "cycle": row,
        "plans": plans,
        "found": found,
        "heard_below": heard,
        "bound_below": bound,
        "totals": [
            (provinces.total_words(one, target.unit), one)
            for one, target in zip(found.totals, found.targets, strict=True)
        ],
        "counts": rounds.completeness(request.viewer, [row.pk])[row.pk],
        "map": on_map(request.viewer, row),
        "accepted_only": accepted_only,
        "in_full": in_full,
    }
    return render(request, "reporting/upwards/provinces.html", context)


@page("reporting.board")
def country_table(request: Request) -> HttpResponse:
    """The newest round of every province that the viewer follows, on one programme or on any plan."""
    offered = country.programmes(request.viewer)
    asked = number(request.GET.get("chuong-trinh"), 0)
    programme = next((one for one in offered if one.pk == asked), None)
    found = country.table(request.viewer, programme.pk if programme else None)
    words = {
        line.tenant: (
            _("%(accepted)d/%(bound)d đã chấp nhận") % vars_of(line)
            if line.cycle
            else _("chưa có kỳ báo cáo"),
            reverse("reporting:board", args=[line.cycle.pk]) if line.cycle else "",
        )
        for line in found.lines
    }
    context = {
        "table": found,
        "programmes": offered,
        "programme": programme,
        "map": country.drawn(found, words),
    }
    return render(request, "reporting/upwards/country.html", context)


def vars_of(line: country.Line) -> dict[str, int]:
    """The numbers of a line, for a sentence."""
    return {"accepted": line.counts.accepted, "bound": line.counts.bound}
