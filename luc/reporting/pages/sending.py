"""The last look at a report, then it is handed in or put before the approver."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.reporting import actions
from luc.reporting.actions.handing import sends_straight
from luc.reporting.content import compose
from luc.reporting.doubts import proofs, questions
from luc.reporting.forms import explained, number
from luc.reporting.models import Report
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.history import history
from luc.reporting.queries.reports import draft, report_of, reports
from luc.rounds import queries as rounds
from luc.rounds.presenting import waits_of


def unwritable(request: Request, whole: Draft) -> HttpResponse:
    """Where a report is read that cannot be written now."""
    last = rounds.last_submissions(request.viewer).filter(obligation=whole.obligation).first()
    if last:
        return redirect("reporting:submission", last.pk)
    messages.info(request, _("Kỳ báo cáo này đã khép lại."))
    return redirect("reporting:own")


def whole_draft(request: Request, report: int) -> Draft:
    """A draft of the viewer's, whole. Raises Http404."""
    try:
        return draft(report_of(request.viewer, report))
    except Report.DoesNotExist as missing:
        raise Http404 from missing


@page("reporting.write")
def review(request: Request, report: int) -> HttpResponse:
    """The report as it will be kept; then hand it in."""
    if request.method == "POST":
        return _submit(request, report)
    whole = whole_draft(request, report)
    if not whole.is_writable:
        return unwritable(request, whole)
    return _review(request, whole)


def _submit(request: Request, report: int) -> HttpResponse:
    version, said = number(request.POST.get("version"), -1), explained(request.POST)
    try:
        if request.POST.get("do") == "present":
            presented = actions.present(request.viewer, report, version=version, explanations=said)
            messages.success(request, _("Đã trình. Người duyệt thấy ngay trong trang «Việc của tôi»."))
            return redirect("reporting:presentation", presented.pk)
        submission = actions.submit(request.viewer, report, version=version, explanations=said)
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        whole = whole_draft(request, report)
        if not whole.is_writable:
            raise
        return _review(request, whole, refusal)
    messages.success(request, _("Đã gửi báo cáo. Bản này được giữ nguyên; bạn xem lại được bất cứ lúc nào."))
    return redirect("reporting:submission", submission.pk)


def _review(request: Request, whole: Draft, refusal: Refused | None = None) -> HttpResponse:
    ready = not whole.open_count and not (whole.report.is_nil and whole.has_words)
    unproved = dict(proofs.lacking(whole))
    given, wrong = explained(request.POST), refusal.fields if refusal else {}
    context = {
        "asked_back": [
            (key, whole.title_of(key), words, given.get(key, ""), f"explain-{key}" in wrong, key in unproved)
            for key, words in questions(whole).items()
        ],
        "unproved": [(key, whole.title_of(key)) for key in proofs.missing(whole)],
        "draft": whole,
        "report": whole.report,
        "cycle": whole.obligation.cycle,
        "obligation": whole.obligation,
        "content": compose(whole),
        "is_ready": ready,
        "refusal": refusal,
        "sends": sends_straight(request.viewer, whole.obligation),
        "waits": waits_of(whole.obligation),
    }
    return render(request, "reporting/review.html", context, status=409 if refusal else 200)


@page("reporting.write")
def history_of(request: Request, report: int) -> HttpResponse:
    """Who wrote what, and every step of a report."""
    row = get_object_or_404(reports(request.viewer), pk=report)
    context = {"report": row, "cycle": row.obligation.cycle, "entries": history(row)}
    return render(request, "reporting/history.html", context)
