"""A frozen report: read by its agency and by those who collect or follow; judged by the collecting agency."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.errors import Conflict, Refused
from luc.kernel.pages import Request, page
from luc.papers.models import StoredFile
from luc.papers.queries import content as bytes_of
from luc.reporting import actions
from luc.reporting.content import differences
from luc.reporting.forms import VerdictForm
from luc.reporting.pages.sending import attachment
from luc.reporting.queries import submissions as queries
from luc.rounds import queries as rounds
from luc.rounds.models import Obligation, Submission


@page("reporting.view")
def submission(request: Request, submission: int) -> HttpResponse:
    """One version as it was handed in, what changed since the one before, and what was answered."""
    row = get_object_or_404(rounds.submissions(request.viewer), pk=submission)
    return _show(request, row, VerdictForm())


def _show(request: Request, row: Submission, form: VerdictForm, status: int = 200) -> HttpResponse:
    obligation = row.obligation
    versions = list(rounds.submissions(request.viewer).filter(obligation=obligation).order_by("-version"))
    before = next((one for one in versions if one.version == row.version - 1), None)
    cycle = obligation.cycle
    is_waiting = obligation.state == Obligation.State.SUBMITTED and obligation.version == row.version
    may_judge = request.viewer.may("reporting.judge", tenant=row.tenant_id, party=cycle.collector_id)
    context: dict[str, Any] = {
        "submission": row,
        "obligation": obligation,
        "cycle": cycle,
        "content": row.content,
        "versions": versions,
        "before": before,
        "differences": differences(before.content, row.content) if before else [],
        "may_judge": may_judge and is_waiting,
        "sees_board": rounds.cycles(request.viewer).filter(pk=cycle.pk).exists(),
        "may_correct": _may_correct(request, row),
        "figures": queries.figures_of(request.viewer, row.pk),
        "form": form,
        "next": queries.next_waiting(request.viewer, cycle.pk) if may_judge and not is_waiting else None,
    }
    return render(request, "reporting/submission.html", context, status=status)


def _may_correct(request: Request, row: Submission) -> int | None:
    """The draft of a returned report, for those who may correct it."""
    obligation = row.obligation
    if obligation.state != Obligation.State.RETURNED or obligation.cycle.closed_at:
        return None
    return queries.draft_of(request.viewer, obligation.pk)


@page("reporting.judge")
@require_POST
def give_back(request: Request, submission: int) -> HttpResponse:
    """Return a report with remarks."""
    row = get_object_or_404(rounds.submissions(request.viewer), pk=submission)
    form = VerdictForm(request.POST)
    remarks = form.cleaned_data["remarks"] if form.is_valid() else ""
    try:
        actions.give_back(request.viewer, row.pk, remarks=remarks)
    except Conflict:
        raise
    except Refused as refusal:
        form.add_error("remarks", refusal.fields.get("remarks", refusal.message))
        return _show(request, row, form, 422)
    messages.success(request, _("Đã trả lại báo cáo kèm nội dung cần sửa."))
    return redirect("reporting:submission", row.pk)


@page("reporting.judge")
@require_POST
def accept(request: Request, submission: int) -> HttpResponse:
    """Accept one report."""
    row = get_object_or_404(rounds.submissions(request.viewer), pk=submission)
    actions.accept(request.viewer, [row.pk])
    messages.success(request, _("Đã chấp nhận báo cáo của %(party)s.") % {"party": row.obligation.party})
    return redirect("reporting:submission", row.pk)


@page("reporting.view")
def file(request: Request, submission: int, file: int) -> HttpResponse:
    """A file that was handed in with a report."""
    row = get_object_or_404(rounds.submissions(request.viewer), pk=submission)
    if file not in {one["file"] for one in row.content["evidence"]}:
        raise Http404
    stored = get_object_or_404(StoredFile.objects.all(), pk=file)
    return attachment(bytes_of(stored), stored.name)
