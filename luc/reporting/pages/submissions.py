"""A frozen report: read by its agency and by those who collect or follow; judged by the collecting agency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel import registry
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.papers.models import StoredFile
from luc.papers.queries import content as bytes_of
from luc.reporting import actions
from luc.reporting.queries import scoped
from luc.reporting.queries import submissions as queries
from luc.reporting.queries import versions as compared
from luc.reporting.upwards.lineage import sources, taken_rows
from luc.rounds.correcting import correction_asked, remarks_of
from luc.rounds.forms import UntilForm, VerdictForm, remarked
from luc.rounds.models import Obligation, Submission
from luc.rounds.presenting import confirmed


@page("reporting.view")
def submission(request: Request, submission: int) -> HttpResponse:
    """One version as it was handed in, what changed since the one before, and what was answered."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    if request.method == "GET" and _may_judge(request, row) and _is_waiting(row):
        actions.look(request.viewer, row.pk)  # from here on its agency does not take it back
    return _show(request, row, VerdictForm())


def _is_waiting(row: Submission) -> bool:
    obligation = row.obligation
    return obligation.state == Obligation.State.SUBMITTED and obligation.version == row.version


def _may_judge(request: Request, row: Submission) -> bool:
    collector = row.obligation.cycle.collector_id
    return request.viewer.may("reporting.judge", tenant=row.tenant_id, party=collector)


def _show(
    request: Request,
    row: Submission,
    form: VerdictForm,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, obligation, cycle = request.viewer, row.obligation, row.obligation.cycle
    versions, before = [row], None
    if obligation.version > 1:
        others = scoped.submissions(viewer).filter(obligation=obligation).defer("content")
        versions, before = list(others.order_by("-version")), compared.before(row)
    is_waiting, may_judge = _is_waiting(row), _may_judge(request, row)
    request_waits = correction_asked(row)
    context: dict[str, Any] = {
        "submission": row,
        "obligation": obligation,
        "cycle": cycle,
        "content": row.content,
        "below": sources(viewer, taken_rows(row.content)),
        "versions": versions,
        "before": before,
        "changes": compared.changed(before, row) if before else [],
        "answered": compared.answered(before, row) if before else [],
        "remarks": remarks_of([row.pk]).get(row.pk, {}),
        "typed": typed or {},
        "may_judge": may_judge and is_waiting,
        "judges": may_judge,
        "asking": request_waits,
        "asking_form": UntilForm(label=_("Trả lời đơn vị")),
        "confirmed": confirmed(row),
        "sees_board": scoped.cycles(viewer).filter(pk=cycle.pk).exists(),
        "figures": queries.figures_of(viewer, row.pk),
        "form": form,
        "offers": registry.offered(viewer, "reporting.submission", row.pk),
        "next": queries.next_waiting(viewer, cycle.pk) if may_judge and not is_waiting else None,
    }
    return render(request, "reporting/submission.html", context | _own(request, row), status=status)


def _own(request: Request, row: Submission) -> dict[str, Any]:
    """What those who sent it can do now: correct, take back, ask to correct."""
    obligation, viewer = row.obligation, request.viewer
    is_last = obligation.version == row.version
    answers = viewer.may("reporting.submit", tenant=row.tenant_id, party=obligation.answerer_id)
    looked, waits = hasattr(row, "look"), obligation.state == Obligation.State.SUBMITTED
    accepted = obligation.state == Obligation.State.ACCEPTED
    return {
        "may_correct": queries.draft_of(viewer, obligation.pk) if obligation.is_writable else None,
        "may_take_back": is_last and answers and waits and not looked and obligation.takes_answers,
        "may_ask": is_last and answers and (accepted or (waits and looked)),
    }


def _judged(request: Request, row: Submission, form: VerdictForm, refusal: Refused) -> HttpResponse:
    form.add_refusal(refusal)
    return _show(request, row, form, remarked(request.POST), 422)


@page("reporting.judge")
@require_POST
def give_back(request: Request, submission: int) -> HttpResponse:
    """Return a report with remarks, on the whole and by row."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    form = VerdictForm(request.POST)
    remarks = form.cleaned_data["remarks"] if form.is_valid() else ""
    try:
        actions.give_back(request.viewer, row.pk, remarks=remarks, rows=remarked(request.POST))
    except Refused as refusal:
        return _judged(request, row, form, refusal)
    messages.success(request, _("Đã trả lại báo cáo kèm nội dung cần sửa."))
    return redirect("reporting:submission", row.pk)


@page("reporting.judge")
@require_POST
def accept(request: Request, submission: int) -> HttpResponse:
    """Accept one report, with remarks where some were written."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    form = VerdictForm(request.POST)
    remarks = form.cleaned_data["remarks"] if form.is_valid() else ""
    said = remarked(request.POST)
    actions.accept(request.viewer, [row.pk], remarks=remarks, rows=said)
    words = (
        _("Đã chấp nhận kèm lưu ý báo cáo của %(party)s.")
        if remarks or said
        else _("Đã chấp nhận báo cáo của %(party)s.")
    )
    messages.success(request, words % {"party": row.obligation.party})
    return redirect("reporting:submission", row.pk)


@page("reporting.view")
def compare(request: Request, submission: int, other: int) -> HttpResponse:
    """What changed from one version of a report to any other, by whom."""
    rows = scoped.submissions(request.viewer)
    one = get_object_or_404(rows, pk=submission)
    two = get_object_or_404(rows.filter(obligation=one.obligation_id), pk=other)
    old, new = sorted((one, two), key=lambda row: row.version)
    context = {
        "old": old,
        "new": new,
        "obligation": new.obligation,
        "cycle": new.obligation.cycle,
        "changes": compared.changed(old, new),
        "versions": rows.filter(obligation=one.obligation_id).defer("content").order_by("version"),
    }
    return render(request, "reporting/compare.html", context)


@page("reporting.view")
def file(request: Request, submission: int, file: int) -> HttpResponse:
    """A file that was handed in with a report."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    if file not in {one["file"] for one in row.content["evidence"]}:
        raise Http404
    stored = get_object_or_404(StoredFile.objects.all(), pk=file)
    return attachment(bytes_of(stored), stored.name)
