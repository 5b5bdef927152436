"""The results of a request at any moment: by question, as a table, a workbook, a paper; accepting many at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.kernel.text import written
from luc.requests import actions, models
from luc.requests import paper as papers
from luc.requests import workbook as workbooks
from luc.requests.queries import requests
from luc.requests.queries.results import Results, results
from luc.requests.values import numbers
from luc.requests.wording import coverage
from vanban.writing import write_docx


def _row(request: Request, asked: int) -> models.Request:
    return get_object_or_404(requests.sent(request.viewer), pk=asked)


def _results(request: Request, row: models.Request) -> Results:
    return results(request.viewer, row, accepted_only=request.GET.get("nguon") == "chap-nhan")


def _context(request: Request, row: models.Request, tab: str) -> dict[str, Any]:
    found = _results(request, row)
    party = found.cycle.collector_id
    return {
        "tab": tab,
        "asked": row,
        "cycle": found.cycle,
        "results": found,
        "counts": found.counts,
        "coverage": coverage(found),
        "query": "?nguon=chap-nhan" if found.accepted_only else "",
        "may_judge": request.viewer.may("requests.judge", tenant=row.tenant_id, party=party),
        "may_ask": request.viewer.may("requests.ask", tenant=row.tenant_id, party=party),
    }


@page("requests.results")
def summary(request: Request, asked: int) -> HttpResponse:
    """What was answered so far, question by question, and who is missing."""
    row = _row(request, asked)
    return render(request, "requests/results.html", _context(request, row, "results"))


@page("requests.results")
def table(request: Request, asked: int) -> HttpResponse:
    """Addressees by questions; answers are ticked and accepted here."""
    row = _row(request, asked)
    context = _context(request, row, "table")
    found: Results = context["results"]
    kinds = [(one.question, one.sum) for one in found.summaries]
    lines = [
        (line, [(question, line.rows.get(question.pk)) for question, _sum in kinds]) for line in found.lines
    ]
    return render(request, "requests/table.html", context | {"heads": kinds, "lines": lines})


@page("requests.results")
def workbook(request: Request, asked: int) -> HttpResponse:
    """The results as an Excel workbook."""
    row = _row(request, asked)
    with written():
        found = _results(request, row)
        data = workbooks.write(found)
    return attachment(data, file_name(row, found, "xlsx"))


@page("requests.results")
def paper(request: Request, asked: int) -> HttpResponse:
    """The results as a report in the layout of NĐ 30/2020."""
    row = _row(request, asked)
    with written():
        found = _results(request, row)
        data = write_docx(papers.official(found))
    return attachment(data, file_name(row, found, "docx"))


def file_name(row: models.Request, found: Results, ending: str) -> str:
    """The name says what it is and as of when."""
    title = "".join(" " if letter in '/\\:*?"<>|' else letter for letter in row.title)[:80].strip()
    return f"{title} {found.at:%Y-%m-%d %Hh%M}.{ending}"


@page("requests.judge")
@require_POST
def accept(request: Request, asked: int) -> HttpResponse:
    """Accept the answers that are ticked, or all that wait."""
    row = _row(request, asked)
    if request.POST.get("tat-ca"):
        accepted = actions.accept_all(request.viewer, row.pk)
    else:
        accepted = actions.accept(request.viewer, numbers(request.POST.getlist("chon")))
    messages.success(request, _("Đã chấp nhận %(count)d câu trả lời.") % {"count": len(accepted)})
    return redirect("requests:table", row.pk)
