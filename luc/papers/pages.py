"""Stored files, always as downloads, and the register of legal papers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render

from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.papers import queries


@page("papers.view")
def file(request: Request, file: int) -> FileResponse:
    """A stored file as a download: never shown as a page of ours, whatever it holds."""
    row = get_object_or_404(queries.files(request.viewer), pk=file)
    answer = FileResponse(
        queries.opened(row), as_attachment=True, filename=row.name, content_type=row.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@page("papers.legal")
def legal(request: Request) -> HttpResponse:
    """The register of legal papers, narrowed by words and by whether they hold today."""
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows = queries.legal_papers(words=words, state=state, on=today())
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "papers/legal.html",
        {"page": shown, "words": words, "state": state, "states": queries.LegalState, "today": today()},
    )
