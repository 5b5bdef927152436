"""Versions of a draft: kept, read, compared, made into a Word file; whether one may be issued."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.issuing import actions, queries, showing
from luc.issuing.models import Draft, Version, WrittenFile
from luc.issuing.queries.comparing import changes
from luc.issuing.ready import ready_to_issue
from luc.kernel.pages import Request, page
from luc.papers.queries import opened


@page("issuing.view")
def versions(request: Request, paper: int) -> HttpResponse:
    """The versions of a draft with their files; keep a new one."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    if request.method == "POST":
        made = actions.keep(request.viewer, row.pk, note=request.POST.get("note", ""))
        messages.success(request, _("Đã giữ phiên bản %(n)d.") % {"n": made.number})
        return redirect("issuing:version", made.pk)
    rows = queries.versions(request.viewer).filter(draft=row).defer("content", "cells")
    context = {
        "draft": row,
        "versions": list(rows.prefetch_related("files__file")),
        "may_write": _may_write(request, row),
    }
    return render(request, "issuing/versions.html", context)


def _may_write(request: Request, row: Draft) -> bool:
    is_open = row.state == Draft.State.DRAFTING
    return is_open and request.viewer.may("issuing.draft", tenant=row.tenant_id, party=row.party_id)


@page("issuing.view")
def version(request: Request, version: int) -> HttpResponse:
    """One version as it is for ever: what keeps it from being issued, what changed since another."""
    row = get_object_or_404(queries.versions(request.viewer), pk=version)
    others = list(row.draft.versions.exclude(pk=row.pk).order_by("-number").values_list("number", flat=True))
    given = request.GET.get("so-voi", "")
    other = _other(row, int(given)) if given.isdecimal() and len(given) < 9 else None
    files = list(row.files.select_related("file").order_by("format"))
    made = {file.format for file in files}
    context = {
        "frozen": row,
        "draft": row.draft,
        "blocks": showing.frozen(row.content["blocks"], whole=request.GET.get("bang") == "het"),
        "reasons": ready_to_issue(row),
        "others": others,
        "other": other,
        "changes": changes(*sorted([other, row], key=lambda one: one.number)) if other else [],
        "files": files,
        "missing": [choice for choice in WrittenFile.Format.choices if choice[0] not in made],
        "may_write": _may_write(request, row.draft),
    }
    return render(request, "issuing/version.html", context)


def _other(row: Version, number: int) -> Version:
    try:
        return row.draft.versions.get(number=number)
    except Version.DoesNotExist as missing:
        raise Http404 from missing


@page("issuing.draft")
@require_POST
def make_file(request: Request, version: int) -> HttpResponse:
    """Make a file of a version, in a job: Word, PDF, or its annexes as Excel."""
    row = get_object_or_404(queries.versions(request.viewer), pk=version)
    wanted = request.POST.get("tep") or WrittenFile.Format.DOCX.value
    return redirect("kernel:job", actions.start_file(request.viewer, row.pk, format=wanted).pk)


@page("issuing.view")
def file(request: Request, written: int) -> FileResponse:
    """A file of a version."""
    row = get_object_or_404(queries.files(request.viewer), pk=written)
    return FileResponse(
        opened(row.file), as_attachment=True, filename=row.file.name, content_type=row.file.media_type
    )
