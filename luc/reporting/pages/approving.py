"""What is put before the approver of the own agency: read, confirmed and sent, passed back, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.pages import Request, page
from luc.reporting import actions
from luc.reporting.content import compose, differences
from luc.reporting.models import Report
from luc.reporting.queries.plans import SOURCE
from luc.reporting.queries.reports import draft, reports
from luc.rounds import queries as rounds
from luc.rounds.forms import VerdictForm
from luc.rounds.models import Presentation


@page("reporting.write")
def presentation(request: Request, presentation: int) -> HttpResponse:
    """What was presented, frozen, and what was written since; the approver confirms or passes it back."""
    row = get_object_or_404(rounds.presentations(request.viewer, SOURCE), pk=presentation)
    return _show(request, row, VerdictForm())


def _show(request: Request, row: Presentation, form: VerdictForm, status: int = 200) -> HttpResponse:
    viewer, obligation = request.viewer, row.obligation
    report = reports(viewer).filter(obligation=obligation).first()
    waits = not hasattr(row, "decision") and obligation.is_writable
    may_approve = viewer.may("reporting.approve", tenant=row.tenant_id, party=obligation.answerer_id)
    newer = rounds.presentations(viewer, SOURCE).filter(obligation=obligation, number__gt=row.number).first()
    context = {
        "presentation": row,
        "obligation": obligation,
        "cycle": obligation.cycle,
        "content": row.content,
        "report": report,
        "waits": waits,
        "may_approve": may_approve and waits,
        "may_withdraw": waits and (not may_approve or row.by_id == viewer.user),
        "since": _since(row, report) if waits and report else [],
        "was_edited": report is not None and report.version != row.draft_version,
        "newer": newer,
        "form": form,
    }
    return render(request, "reporting/presentation.html", context, status=status)


def _since(row: Presentation, report: Report) -> list[object]:
    """What the draft says otherwise by now."""
    if report.version == row.draft_version:
        return []
    return list(differences(_plain(row), compose(draft(report))))


def _plain(row: Presentation) -> dict[str, object]:
    """The content without what is only settled at the last look."""
    rows = [{k: v for k, v in said.items() if k != "explanation"} for said in row.content["rows"]]
    return {**row.content, "rows": rows}


@page("reporting.approve")
@require_POST
def confirm(request: Request, presentation: int) -> HttpResponse:
    """Hand in what was presented."""
    row = get_object_or_404(rounds.presentations(request.viewer, SOURCE), pk=presentation)
    submission = actions.confirm(request.viewer, row.pk)
    messages.success(request, _("Đã xác nhận và gửi đúng bản được trình."))
    return redirect("reporting:submission", submission.pk)


@page("reporting.approve")
@require_POST
def pass_back(request: Request, presentation: int) -> HttpResponse:
    """Give it back to who writes, with words."""
    row = get_object_or_404(rounds.presentations(request.viewer, SOURCE), pk=presentation)
    form = VerdictForm(request.POST)
    if not form.done(lambda said: actions.pass_back(request.viewer, row.pk, **said)):
        return _show(request, row, form, 422)
    messages.success(request, _("Đã chuyển lại cho người soạn."))
    return redirect("reporting:presentation", row.pk)


@page("reporting.submit")
@require_POST
def withdraw(request: Request, presentation: int) -> HttpResponse:
    """Who presented takes it back."""
    row = get_object_or_404(rounds.presentations(request.viewer, SOURCE), pk=presentation)
    actions.withdraw(request.viewer, row.pk)
    messages.success(request, _("Đã rút bản trình; báo cáo sửa và trình lại được."))
    report = reports(request.viewer).filter(obligation=row.obligation).values_list("pk", flat=True).first()
    return redirect("reporting:form", report) if report else redirect("reporting:own")
