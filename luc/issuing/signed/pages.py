"""A signed paper: brought back, looked through, issued."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing import queries as drafts
from luc.issuing.issued.actions import issue
from luc.issuing.ready import ready_to_issue
from luc.issuing.signed import actions, queries
from luc.issuing.signed.forms import IssueForm, SignedForm
from luc.issuing.signed.models import SignedFile
from luc.issuing.signed.words import signature_words
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page


@page("issuing.issue")
def upload(request: Request, version: int) -> HttpResponse:
    """Bring the signed paper of a version; the job that compares it has its own page, which goes on to the result."""
    rows = drafts.versions(request.viewer).filter(
        draft__party__in=request.viewer.parties_for("issuing.issue")
    )
    row = get_object_or_404(rows, pk=version)
    form = SignedForm(request.POST, request.FILES) if request.method == "POST" else SignedForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            signed = actions.upload(request.viewer, row.pk, name=file.name, data=file.read())
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("kernel:job", signed.job_id)
    context = {
        "frozen": row,
        "draft": row.draft,
        "form": form,
        "reasons": ready_to_issue(row),
        "earlier": queries.signed_files(request.viewer)
        .filter(version__draft=row.draft_id)
        .exclude(state=SignedFile.State.DROPPED)[:20],
    }
    return render(request, "issuing/signed/upload.html", context, status=422 if form.errors else 200)


@page("issuing.issue")
def signed(request: Request, signed: int) -> HttpResponse:
    """The signed paper beside what was found in it; from here it is issued."""
    rows = queries.signed_files(request.viewer).exclude(state=SignedFile.State.WAITING)
    rows = rows.filter(version__draft__party__in=request.viewer.parties_for("issuing.issue"))
    row = get_object_or_404(rows, pk=signed)
    found = queries.checked(row)
    words = found.signature_to_confirm
    if request.method != "POST":
        return _show(request, row, found, IssueForm(request.viewer, row, words, initial=_head(row)))
    form = IssueForm(request.viewer, row, words, request.POST)
    if not form.is_valid():
        return _show(request, row, found, form)
    typed = form.cleaned_data
    try:
        issued = issue(
            request.viewer,
            row.pk,
            number=typed["number"],
            date=typed["date"],
            confirmed=request.POST.getlist("confirmed"),
            vouched=bool(typed.get("vouched")),
            unseen=typed["unseen"],
            corrects=typed["corrects"].pk if typed["corrects"] else None,
            reason=typed["reason"],
        )
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, row, found, form)
    messages.success(request, _("Đã ban hành văn bản số %(number)s.") % {"number": issued.number})
    return redirect("issued:issued", issued.pk)


def _head(row: SignedFile) -> dict[str, Any]:
    day = str(row.head.get("date", ""))
    return {
        "number": row.head.get("number", ""),
        "date": datetime.date.fromisoformat(day) if day else None,
    }


def _show(request: Request, row: SignedFile, found: queries.Checked, form: IssueForm) -> HttpResponse:
    is_open = row.state == SignedFile.State.CHECKED
    reasons = ready_to_issue(row.version) if is_open else []
    context = {
        "signed": row,
        "draft": row.version.draft,
        "found": found,
        "head": row.head,
        "signatures": [(one, signature_words(one)) for one in row.signatures],
        "marks": queries.marks(found.differences),
        "listed": found.to_confirm if found.is_scan else found.differences,
        "confirmed": set(request.POST.getlist("confirmed")),
        "to_confirm": {one.no for one in found.to_confirm},
        "said_on": _head(row)["date"],
        "reasons": reasons,
        "signature_faults": found.signature_faults if is_open else [],
        "is_open": is_open,
        "layout": row.comparison.get("layout"),
        "can_issue": is_open and not reasons and not found.blocking,
        "form": form,
    }
    return render(request, "issuing/signed/signed.html", context, status=422 if form.errors else 200)


@page("issuing.issue")
def drop(request: Request, signed: int) -> HttpResponse:
    """Put a signed paper away that will not be issued, after asking."""
    row = get_object_or_404(queries.signed_files(request.viewer), pk=signed)
    if request.method == "POST":
        actions.drop(request.viewer, row.pk)
        messages.success(request, _("Đã bỏ bản này; có thể tải bản khác."))
        return redirect("signed:upload", row.version_id)
    context = {
        "title": _("Bỏ bản đã ký này?"),
        "text": [row.file.name],
        "consequences": [
            _("Không ban hành được bản này nữa; tệp vẫn được giữ để tra cứu."),
            _("Có thể tải bản đã ký khác của phiên bản này lên."),
        ],
        "action": _("Bỏ bản này"),
        "kind": "danger",
        "back": reverse("signed:signed", args=[row.pk]),
    }
    return render(request, "issuing/confirm.html", context)
