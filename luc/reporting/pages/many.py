"""The forms of all agencies of a cycle: given out as one .zip, taken back in one act, with what became of each file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.papers.models import StoredFile
from luc.papers.queries import opened
from luc.reporting.many import actions
from luc.reporting.many.forms import ManyForm
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle


def _cycle(request: Request, cycle: int) -> Cycle:
    own = request.viewer.parties_for("reporting.enter")
    return get_object_or_404(rounds.cycles(request.viewer), pk=cycle, collector__in=own)


@page("reporting.enter")
def many(request: Request, cycle: int) -> HttpResponse:
    """Choose the filled forms; the job that takes them in goes on to what became of each."""
    row = _cycle(request, cycle)
    form = ManyForm(request.POST, request.FILES) if request.method == "POST" else ManyForm()
    if request.method == "POST" and form.is_valid():
        files = [(file.name, file.read()) for file in form.cleaned_data["filled"]]
        try:
            job = actions.bring(request.viewer, row.pk, files=files)
        except Refused as refused:
            form.add_error("filled", refused.message)
        else:
            return redirect("kernel:job", job.pk)
    context = {"cycle": row, "form": form, "made": actions.made_forms(request.viewer, row)}
    return render(request, "reporting/many.html", context, status=422 if form.errors else 200)


@page("reporting.enter")
@require_POST
def forms(request: Request, cycle: int) -> HttpResponse:
    """Ask for the forms of all who still write; the job that makes them comes back to where they are taken."""
    return redirect("kernel:job", actions.prepare_forms(request.viewer, _cycle(request, cycle).pk).pk)


@page("reporting.enter")
def archive(request: Request, cycle: int, job: int) -> HttpResponseBase:
    """The forms as .zip, as the job made them."""
    row = _cycle(request, cycle)
    done = get_object_or_404(jobs.visible(request.viewer), pk=job, kind=actions.FORMS)
    if done.arguments.get("cycle") != row.pk or not done.result:
        raise Http404
    file = get_object_or_404(StoredFile.objects.filter(tenant=row.tenant_id), pk=done.result["file"])
    heads = {"Cache-Control": "no-store"}
    return FileResponse(opened(file), as_attachment=True, filename=file.name, headers=heads)


@page("reporting.enter")
def result(request: Request, cycle: int, job: int) -> HttpResponse:
    """What became of each file: taken, or what has to be corrected, by cell."""
    row = _cycle(request, cycle)
    done = get_object_or_404(jobs.visible(request.viewer), pk=job, kind=actions.KIND)
    if done.arguments.get("cycle") != row.pk or not done.result:
        raise Http404
    files = done.result["files"]
    wrong = [one for one in files if one["refused"] or one["faults"]]
    context = {
        "cycle": row,
        "wrong": wrong,
        "right": [one for one in files if one not in wrong],
        "files": files,
        "form": ManyForm(),
    }
    return render(request, "reporting/many_result.html", context)
