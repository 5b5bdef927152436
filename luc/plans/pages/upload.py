"""A paper comes in, and what became of those that came in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.plans import actions, queries, scans
from luc.plans.forms import UploadForm
from luc.plans.models import Reading


@page("plans.upload")
def upload(request: Request) -> HttpResponse:
    """Choose a file; the job that reads it has its own page, which goes on to the review."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        tenant = min(request.viewer.tenants_for("plans.upload"))
        try:
            reading = actions.upload(request.viewer, tenant=tenant, name=file.name, data=file.read())
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("kernel:job", reading.job_id)
    return render(request, "plans/upload.html", {"form": form, "reads_scans": scans.can_be_read()})


@page("plans.review")
def readings(request: Request) -> HttpResponse:
    """The papers that are being read or looked through, and those put away."""
    rows = list(queries.readings(request.viewer).exclude(state=Reading.State.ADOPTED)[:200])
    return render(request, "plans/readings.html", {"readings": rows})
