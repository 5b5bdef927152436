"""The report of a round written out at once: the files that were made, a new one."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luc.issuing import actions, queries
from luc.issuing.pages.drafts import choice_of, taken_from
from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.papers.queries import opened
from luc.plans.models import Plan


@page("reporting.board")
def papers(request: Request, cycle: int) -> HttpResponse:
    """The Word files of a round's report; who drafts it makes a new one."""
    row = get_object_or_404(queries.told_in_full(request.viewer), pk=cycle)
    if request.method == "POST":
        try:
            job = actions.start_paper(request.viewer, row.pk, **taken_from(request))
        except Plan.DoesNotExist as missing:
            raise Http404 from missing
        return redirect("kernel:job", job.pk)
    offers = registry.offered(request.viewer, "reporting.cycle", row.pk)
    context = choice_of(request, row) | {
        "drafts": list(queries.written_at_once(request.viewer).filter(cycle=row)),
        "offers": [offer for offer in offers if offer.address != request.path],
        "may_write": request.viewer.may("issuing.draft", tenant=row.tenant_id, party=row.collector_id),
    }
    return render(request, "issuing/papers.html", context)


@page("reporting.board")
def paper_file(request: Request, draft: int) -> FileResponse:
    """One of these files."""
    row = get_object_or_404(queries.written_at_once(request.viewer), pk=draft)
    return FileResponse(
        opened(row.file), as_attachment=True, filename=row.file.name, content_type=row.file.media_type
    )
