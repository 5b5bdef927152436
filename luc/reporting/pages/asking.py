"""What a running cycle asks of each kind of party; changed for those who have not begun."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.reporting import actions, cut
from luc.reporting.cut import Audience, Section
from luc.reporting.forms import number, sections
from luc.reporting.models import CycleForm
from luc.reporting.pages.opening import preview
from luc.reporting.queries import scoped
from luc.reporting.queries.asking import Reporter, reporters
from luc.reporting.queries.drafts import Draft, Line
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import asks_estimate, rows_of


@page("reporting.open")
def asking(request: Request, cycle: int) -> HttpResponse:
    """The sections by kind of party, the form of one party as it is asked, and the change of both."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    form = CycleForm.objects.filter(cycle=row).first()
    request.viewer.require("reporting.open", tenant=row.tenant_id, party=row.collector_id)
    plans = plans_of([row]).get(row.pk, [])
    found = reporters(row, plans)
    if "bieu" in request.GET:
        return _preview(request, found, number(request.GET["bieu"], 0))
    refusal = None
    chosen = sections(request.POST) if request.method == "POST" else None
    if chosen is not None:
        try:
            changed, begun = actions.ask_otherwise(
                request.viewer, row.pk, sections=chosen, without="de-lai" in request.POST
            )
        except Refused as refused:
            refusal = refused
        else:
            words = _("Đã đổi biểu của %(changed)d đơn vị; %(begun)d đơn vị đã bắt đầu giữ biểu cũ.")
            messages.success(request, words % {"changed": changed, "begun": begun})
            return redirect("reporting:asking", row.pk)
    kept = (form.sections if form else {}) | (chosen or {})
    context = {
        "cycle": row,
        "plans": plans,
        "has_form": form is not None,
        "audiences": _audiences(found, kept),
        "refusal": refusal,
        "may_leave": refusal is not None and "de-lai" in refusal.fields,
    }
    return render(request, "reporting/asking.html", context, status=409 if refusal else 200)


def _audiences(
    found: Sequence[Reporter], kept: cut.Sections
) -> list[tuple[str, str, int, list[tuple[str, str, bool]], Reporter]]:
    """As on the page of opening: each kind of party, what it could be asked and is, one of them as example."""
    rows = []
    for kind in Audience:
        mine = [one for one in found if one.audience == kind]
        if mine and kind in kept:
            offered = cut.offered({row.asked_in for one in mine for row in one.rows})
            boxes = [(name, str(Section(name).label), name in kept[kind]) for name in offered]
            example = max(mine, key=lambda one: len(one.rows))
            rows.append((kind.value, str(kind.label), len(mine), boxes, example))
    return rows


def _preview(request: Request, found: Sequence[Reporter], report: int) -> HttpResponse:
    """The form of one party without what it has written: a draft is nobody else's."""
    one = next((one for one in found if one.report.pk == report), None)
    if one is None:
        raise Http404
    full = one.report
    estimates = asks_estimate(full)
    rows = [Line(row, {}, None, asks_estimate=estimates) for row in rows_of(full)]
    plans = plans_of([full.obligation.cycle]).get(full.obligation.cycle_id, [])
    return preview(request, Draft(full, rows, [], False, [], None, plans))
