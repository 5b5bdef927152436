"""A report in the agency's own Word: uploaded, read, and taken over passage by passage beside its source."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.plans import scans
from luc.reporting.forms import number
from luc.reporting.models import Report
from luc.reporting.pages.sending import unwritable
from luc.reporting.queries.consolidation import progress_choices
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.reports import draft, reports
from luc.reporting.word import actions, queries
from luc.reporting.word.forms import OwnPaperForm
from luc.reporting.word.models import OwnPaper
from vanban.reported import GENERAL

_REVIEW = OwnPaper.State.REVIEW


def _report(request: Request, report: int) -> Report:
    return get_object_or_404(reports(request.viewer), pk=report)


@page("reporting.write")
def upload(request: Request, report: int) -> HttpResponse:
    """Choose a file; the job that reads it has its own page, which goes on to the passages."""
    row = _report(request, report)
    whole = draft(row)
    if not whole.is_writable:
        return unwritable(request, whole)
    form = OwnPaperForm(request.POST, request.FILES) if request.method == "POST" else OwnPaperForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            own = actions.upload(request.viewer, row.pk, name=file.name, data=file.read())
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("kernel:job", own.job_id)
    context: dict[str, Any] = {
        "draft": whole,
        "report": row,
        "form": form,
        "papers": queries.own_papers(request.viewer, row).exclude(state=OwnPaper.State.DROPPED)[:20],
        "reads_scans": scans.can_be_read(),
    }
    return render(request, "reporting/word.html", context, status=422 if form.errors else 200)


@page("reporting.write")
def review(request: Request, report: int, own: int) -> HttpResponse:
    """The paper beside what was found in it; one passage, or all that are sure, go into the draft."""
    row = _report(request, report)
    paper = get_object_or_404(queries.own_papers(request.viewer, row), pk=own, state=_REVIEW)
    whole = draft(row)
    if not whole.is_writable:
        return unwritable(request, whole)
    if request.method != "POST":
        return _show(request, whole, paper)
    try:
        taken = _take(request, paper)
    except Refused as refused:
        return _show(request, draft(_report(request, report)), paper, refused)
    if taken.count:
        messages.success(request, _("Đã ghi %(count)d mục vào báo cáo.") % {"count": taken.count})
    for problem in taken.problems:
        messages.error(request, problem)
    address = reverse("reporting:word_review", args=[row.pk, paper.pk])
    after = _next(request, row, paper)
    return redirect(f"{address}#muc-{after}" if after is not None else address)


def _take(request: Request, paper: OwnPaper) -> actions.Taken:
    version = number(request.POST.get("version"), -1)
    only = request.POST.get("only", "")
    if not only:
        return actions.take_sure(request.viewer, paper.pk, version=version)
    n = number(only, -1)
    values = {name: request.POST.get(f"muc-{n}-{name}", "") for name in (*queries.ALL, "nil")}
    settled = request.POST.get(f"muc-{n}-settled") == "1"
    chosen = actions.Chosen(request.POST.get(f"muc-{n}-item", ""), values, was_shown=settled)
    return actions.take(request.viewer, paper.pk, version=version, chosen={n: chosen})


def _next(request: Request, row: Report, paper: OwnPaper) -> int | None:
    """The first passage that is still to be looked at."""
    fresh = queries.own_papers(request.viewer, row).get(pk=paper.pk)
    left = [n for n in range(len(fresh.passages)) if n not in fresh.taken]
    behind = [n for n in left if n > number(request.POST.get("only"), -1)]
    return next(iter(behind or left), None)


def _show(request: Request, whole: Draft, paper: OwnPaper, refusal: Refused | None = None) -> HttpResponse:
    found = queries.cards(paper, whole)
    only = number(request.POST.get("only"), -1)
    context: dict[str, Any] = {
        "draft": whole,
        "report": whole.report,
        "own": paper,
        "cards": found,
        "left": [card for card in found if not card.is_done],
        "sure": actions.sure(found),
        "marks": queries.marks(found),
        "remarks": scans.remarks(paper.document),
        "choices": queries.choices(whole),
        "general": GENERAL,
        "states": progress_choices(),
        "refusal": refusal,
        "refused": only,
        "typed": _typed(request, only) if refusal else {},
    }
    return render(request, "reporting/word_review.html", context, status=422 if refusal else 200)


def _typed(request: Request, n: int) -> dict[str, str]:
    """What a person typed into a passage that could not be kept."""
    return {name: str(request.POST.get(f"muc-{n}-{name}", "")) for name in ("item", *queries.ALL)}


@page("reporting.write")
@require_POST
def aside(request: Request, report: int, own: int) -> HttpResponse:
    """One passage needs nothing."""
    paper = get_object_or_404(queries.own_papers(request.viewer, _report(request, report)), pk=own)
    actions.put_aside(request.viewer, paper.pk, number=number(request.POST.get("only"), -1))
    return redirect("reporting:word_review", report, own)


@page("reporting.write")
@require_POST
def drop(request: Request, report: int, own: int) -> HttpResponse:
    """Put the whole paper away."""
    paper = get_object_or_404(queries.own_papers(request.viewer, _report(request, report)), pk=own)
    actions.drop(request.viewer, paper.pk)
    messages.success(request, _("Đã bỏ bản đọc này. Những gì đã ghi vào báo cáo vẫn giữ nguyên."))
    return redirect("reporting:word", report)
