"""Consolidation of a cycle, and the paper made of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.papers.queries import content as bytes_of
from luc.plans.models import Plan
from luc.reporting.actions import papers
from luc.reporting.forms import number
from luc.reporting.pages.sending import attachment
from luc.reporting.paper import coverage_words
from luc.reporting.queries import scoped
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.queries.papers import drafts
from luc.reporting.queries.plans import plans_of
from luc.rounds import queries as rounds


def _accepted_only(request: Request) -> bool:
    given = request.POST if request.method == "POST" else request.GET
    return given.get("nguon") == "chap-nhan"


@page("reporting.board")
def consolidation(request: Request, cycle: int) -> HttpResponse:
    """What the reports of a cycle say together; every number and sentence leads to its report."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    in_full = scoped.told_in_full(request.viewer).filter(pk=row.pk).exists()
    accepted_only = _accepted_only(request) or not in_full
    try:
        plan = number(request.GET.get("ke-hoach"), 0) or None
        told = consolidate(request.viewer, row, accepted_only=accepted_only, plan=plan)
    except Plan.DoesNotExist as missing:
        raise Http404 from missing
    context = {
        "cycle": row,
        "told": told,
        "coverage": coverage_words(told, _("danh sách ở cuối trang")),
        "accepted_only": accepted_only,
        "in_full": in_full,
        "states": [(tone, words, count) for words, count, tone in told.states],
        "offers": registry.offered(request.viewer, "reporting.cycle", row.pk),
        "may_write": request.viewer.may("reporting.paper", tenant=row.tenant_id, party=row.collector_id),
    }
    return render(request, "reporting/consolidation.html", context)


@page("reporting.board")
def official_drafts(request: Request, cycle: int) -> HttpResponse:
    """The drafts of the official report of a cycle; the focal agency makes a new one."""
    row = get_object_or_404(scoped.told_in_full(request.viewer), pk=cycle)
    if request.method == "POST":
        job = papers.start_paper(
            request.viewer,
            row.pk,
            accepted_only=_accepted_only(request),
            plan=number(request.POST.get("ke-hoach"), 0) or None,
        )
        return redirect("kernel:job", job.pk)
    context = {
        "cycle": row,
        "drafts": list(drafts(request.viewer).filter(cycle=row)),
        "plans": plans_of([row]).get(row.pk, []),
        "counts": rounds.completeness(request.viewer, [row.pk])[row.pk],
        "offers": registry.offered(request.viewer, "reporting.cycle", row.pk),
        "may_write": request.viewer.may("reporting.paper", tenant=row.tenant_id, party=row.collector_id),
    }
    return render(request, "reporting/papers.html", context)


@page("reporting.board")
def draft_file(request: Request, draft: int) -> HttpResponse:
    """The Word file of a draft."""
    row = get_object_or_404(drafts(request.viewer), pk=draft)
    return attachment(bytes_of(row.file), row.file.name)
