"""Consolidation of a cycle."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.plans.models import Plan
from luc.reporting.forms import number
from luc.reporting.queries import scoped
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.telling import coverage_words


@page("reporting.board")
def consolidation(request: Request, cycle: int) -> HttpResponse:
    """What the reports of a cycle say together; every number and sentence leads to its report."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    in_full = scoped.told_in_full(request.viewer).filter(pk=row.pk).exists()
    accepted_only = request.GET.get("nguon") == "chap-nhan" or not in_full
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
    }
    return render(request, "reporting/consolidation.html", context)
