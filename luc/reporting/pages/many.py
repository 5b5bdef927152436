"""The forms of all agencies of a cycle: given out as one .zip, taken back in one act, with what became of each file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
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
    context = {"cycle": row, "form": form}
    return render(request, "reporting/many.html", context, status=422 if form.errors else 200)


@page("reporting.enter")
def forms(request: Request, cycle: int) -> HttpResponse:
    """The forms of all who still write, as .zip."""
    row = _cycle(request, cycle)
    name = f"bieu-ky-{row.pk}.zip"
    heads = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(actions.forms(request.viewer, row.pk), content_type="application/zip", headers=heads)


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
