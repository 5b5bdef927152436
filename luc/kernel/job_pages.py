"""The page of a job: how far it is, stop it, start it again; it goes on to the result when the work is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel import jobs
from luc.kernel.models import Job
from luc.kernel.pages import Request, page


@page("jobs.steer")
def job(request: Request, job: int) -> HttpResponse:
    """How far the work is. A job whose result has an "address" leads there when it is done."""
    row: Job = get_object_or_404(jobs.visible(request.viewer), pk=job)
    address = (row.result or {}).get("address", "")
    if row.state == Job.State.DONE and address:
        return _onwards(request, address)
    return render(request, "kernel/job.html", {"job": row, "address": address})


def _onwards(request: Request, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


@page("jobs.steer")
@require_POST
def cancel(request: Request, job: int) -> HttpResponse:
    get_object_or_404(jobs.visible(request.viewer), pk=job)
    jobs.cancel(request.viewer, job)
    messages.info(request, _("Đã yêu cầu dừng việc này."))
    return redirect("kernel:job", job)


@page("jobs.steer")
@require_POST
def retry(request: Request, job: int) -> HttpResponse:
    get_object_or_404(jobs.visible(request.viewer), pk=job)
    jobs.retry(request.viewer, job)
    return redirect("kernel:job", job)
