"""The form of a report as a workbook: taken away, brought back, looked at, then saved as the page itself saves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.kernel.sealed import seal, unseal
from luc.reporting import actions, excel
from luc.reporting.forms import WorkbookForm
from luc.reporting.models import Report
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.reports import draft, reports

_PURPOSE = "reporting.excel"


def _writable(request: Request, report: int) -> Draft:
    whole = draft(get_object_or_404(reports(request.viewer), pk=report))
    if not whole.is_writable:
        raise Refused(_("Báo cáo này không còn mở để sửa."))
    return whole


@page("reporting.write")
def form(request: Request, report: int) -> HttpResponse:
    """The form as .xlsx, with what is answered so far."""
    whole = _writable(request, report)
    name = f"bao-cao-{whole.report.pk}.xlsx"
    return HttpResponse(
        excel.form(whole),
        content_type=workbooks.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@page("reporting.write")
def bring(request: Request, report: int) -> HttpResponse:
    """Take a filled form, and show what it would change before anything is kept."""
    whole = _writable(request, report)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    brought = None
    if request.method == "POST" and form.is_valid():
        try:
            brought = excel.bring(whole, form.cleaned_data["file"].read())
        except Refused as refused:
            form.add_error("file", refused.message)
    values: dict[str, Any] = {"draft": whole, "report": whole.report, "form": form, "brought": brought}
    if brought and brought.rows and not brought.faults:
        values["kept"] = _sign(request, whole.report, brought)
    wrong = bool(form.errors or (brought and brought.faults))
    return render(request, "reporting/excel.html", values, status=422 if wrong else 200)


def _sign(request: Request, report: Report, brought: excel.Brought) -> str:
    kept = {
        "report": report.pk,
        "version": report.version,
        "rows": brought.rows,
        "conflicts": sorted(brought.conflicts),
    }
    return seal(request.viewer, _PURPOSE, **kept)


@page("reporting.write")
@require_POST
def confirm(request: Request, report: int) -> HttpResponse:
    """Keep what was looked at; of rows that others changed only those that the person takes over."""
    row = get_object_or_404(reports(request.viewer), pk=report)
    kept = _kept(request, row)
    mine = set(request.POST.getlist("lay"))
    rows = {key: typed for key, typed in kept["rows"].items() if key not in kept["conflicts"] or key in mine}
    saved = actions.save_draft(request.viewer, row.pk, version=kept["version"], rows=rows)
    messages.success(request, _("Đã đưa %(count)d mục từ tệp Excel vào báo cáo.") % {"count": len(rows)})
    for problem in saved.problems.values():
        messages.error(request, problem)
    return redirect("reporting:form", row.pk)


def _kept(request: Request, row: Report) -> dict[str, Any]:
    kept = unseal(request.viewer, _PURPOSE, request.POST.get("kept", ""))
    if kept["report"] != row.pk:
        raise Refused(_("Bản xem trước này không phải của báo cáo này."))
    return kept
