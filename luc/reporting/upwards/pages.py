"""The report to a ministry out of the own consolidation: what answers what, what is taken, what changed since."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.reporting.asked import Thing
from luc.reporting.forms import number
from luc.reporting.models import Report
from luc.reporting.money import TITLES
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import draft, reports
from luc.reporting.upwards import actions, pairing, queries
from luc.reporting.upwards.listed import listed
from luc.reporting.upwards.models import Pairing
from luc.rounds.models import Cycle

_PAIR = re.compile(r"ghep-(?P<kind>task|duty|figure)-(?P<item>\d{1,18})")
_OWN = re.compile(r"(?P<kind>task|duty|figure)-(?P<item>\d{1,18})")


@page("reporting.write")
def upwards(request: Request, report: int) -> HttpResponse:
    """What a round of the province offers for its report to the ministry; what is ticked is taken."""
    row = get_object_or_404(reports(request.viewer), pk=report)
    refusal = None
    if request.method == "POST":
        try:
            return _take(request, row)
        except Refused as refused:
            refusal = refused
    cycles = list(queries.own_cycles(request.viewer, row)[:30])
    chosen = _chosen(cycles, row, request)
    return render(
        request,
        "reporting/upwards/taking.html",
        _offered(request, row, chosen) | {"cycles": cycles, "chosen": chosen, "refusal": refusal},
        status=409 if refusal else 200,
    )


def _take(request: Request, row: Report) -> HttpResponse:
    asked = number(request.POST.get("ky"), 0)
    cycle = get_object_or_404(queries.own_cycles(request.viewer, row), pk=asked)
    saved = actions.take(
        request.viewer,
        row.pk,
        version=number(request.POST.get("version"), -1),
        cycle=cycle.pk,
        keys=request.POST.getlist("muc"),
    )
    count = len(request.POST.getlist("muc"))
    words = ngettext("Đã lấy %(count)d mục vào báo cáo.", "Đã lấy %(count)d mục vào báo cáo.", count)
    messages.success(request, words % {"count": count})
    if saved.problems:
        messages.warning(request, "; ".join(saved.problems.values()))
    return redirect("reporting:form", row.pk)


def _chosen(cycles: Sequence[Cycle], row: Report, request: Request) -> Cycle | None:
    asked = number(request.GET.get("ky") or request.POST.get("ky"), 0)
    named = next((cycle for cycle in cycles if cycle.pk == asked), None)
    return named or queries.likeliest_cycle(cycles, row)


def _offered(request: Request, row: Report, cycle: Cycle | None) -> dict[str, object]:
    whole = draft(row)
    context: dict[str, object] = {
        "report": row,
        "obligation": row.obligation,
        "draft": whole,
        "is_paired": Pairing.objects.filter(party=row.obligation.party_id, ended_at=None).exists(),
    }
    if cycle is None:
        return context
    found = queries.below(request.viewer, cycle)
    offers, more = queries.offers(whole, found), listed(whole, found)
    obstacles = [one for one in more if one.row.section == "obstacle"]
    return context | {
        "found": found,
        "amounts": list(TITLES.items()),
        "offers": offers,
        "money": [one for one in more if one.row.section == "money"],
        "obstacles": [one for one in obstacles if one.is_likely],
        "others": [one for one in obstacles if not one.is_likely],
        "changed": [one for one in (*offers, *more) if one.is_changed],
        "ready": [one for one in (*offers, *more) if one.can_be_taken],
    }


@page("reporting.write")
def pairs(request: Request, report: int) -> HttpResponse:
    """Which items of a plan of the province answer the items of the ministry's; confirmed once, kept."""
    row = get_object_or_404(reports(request.viewer), pk=report)
    offered = list(pairing.own_plans(request.viewer, row))
    asked = number(request.GET.get("ke-hoach") or request.POST.get("ke-hoach"), 0)
    above = plans_of([row.obligation.cycle]).get(row.obligation.cycle_id, [row.plan])
    named = next((plan for plan in offered if plan.pk == asked), None)
    own = named or pairing.likeliest(offered, above)
    refusal = None
    if request.method == "POST" and own is not None:
        try:
            count = actions.pair(request.viewer, row.pk, plan=own.pk, pairs=paired(request.POST))
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Đã giữ %(count)d cặp mục; các kỳ sau dùng lại.") % {"count": count})
            return redirect("reporting:upwards", row.pk)
    context = {
        "report": row,
        "obligation": row.obligation,
        "plans": offered,
        "own": own,
        "above": above,
        "lines": pairing.lines(row, own) if own else [],
        "refusal": refusal,
    }
    return render(request, "reporting/upwards/pairs.html", context, status=409 if refusal else 200)


def paired(post: QueryDict) -> dict[Thing, list[Thing]]:
    """What was ticked or chosen for each item ("ghep-task-7": ["task-12", ...])."""
    found: dict[Thing, list[Thing]] = {}
    for name in post:
        match = _PAIR.fullmatch(name)
        if match:
            own = [_OWN.fullmatch(value) for value in post.getlist(name)]
            things = [(one["kind"], int(one["item"])) for one in own if one]
            found[match["kind"], int(match["item"])] = things
    return found
