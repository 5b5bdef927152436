"""The papers being written: the list, a new one, its head and foot, putting one aside."""

from __future__ import annotations

from typing import Any, TypedDict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing import actions, queries
from luc.issuing.forms import HeadForm
from luc.issuing.models import Draft
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.plans.models import Plan
from luc.reporting.queries.plans import plans_of
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle


class Taken(TypedDict):
    """What a report is made of."""

    accepted_only: bool
    plan: int | None


_LISTS = ("addressees", "recipients")
_SHOWN = 100


@page("issuing.view")
def drafts(request: Request) -> HttpResponse:
    """The papers being written, and the rounds of which a report can be drafted."""
    rows = list(queries.drafts(request.viewer)[:_SHOWN])
    cycles = list(queries.to_draft(request.viewer)[:20])
    context = {
        "drafts": [row for row in rows if row.state == Draft.State.DRAFTING],
        "done": [row for row in rows if row.state != Draft.State.DRAFTING],
        "cycles": cycles,
        "regimes": list(queries.regimes(request.viewer)[:50]) if cycles else [],
    }
    return render(request, "issuing/list.html", context)


@page("issuing.draft")
def new(request: Request, cycle: int) -> HttpResponse:
    """Draft the report of a cycle: of which plan, from which reports."""
    row = get_object_or_404(queries.to_draft(request.viewer), pk=cycle)
    if request.method == "POST":
        try:
            made = actions.start(request.viewer, row.pk, **taken_from(request))
        except Plan.DoesNotExist as missing:
            raise Http404 from missing
        messages.success(request, _("Đã soạn dự thảo từ số liệu tổng hợp."))
        return redirect("issuing:draft", made.pk)
    context = choice_of(request, row) | {
        "others": list(queries.drafts(request.viewer).filter(cycle=row, state=Draft.State.DRAFTING)[:10]),
    }
    return render(request, "issuing/new.html", context)


def taken_from(request: Request) -> Taken:
    """Of which plan and which reports, as the form says."""
    given = request.POST.get("ke-hoach", "")
    plan = int(given) if given.isdecimal() and len(given) < 12 else None
    return {"accepted_only": request.POST.get("nguon") == "chap-nhan", "plan": plan}


def choice_of(request: Request, row: Cycle) -> dict[str, Any]:
    """What the form shows: the round, its plans, how many reports there are."""
    return {
        "cycle": row,
        "plans": plans_of([row]).get(row.pk, []),
        "counts": rounds.completeness(request.viewer, [row.pk])[row.pk],
    }


@page("issuing.draft")
def head(request: Request, paper: int) -> HttpResponse:
    """What the paper is called, whom it goes to, who signs."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    lines = {name: "\n".join(row.head.get(name, ())) for name in _LISTS}
    form = HeadForm(request.POST or None, initial=row.head | lines | {"title": row.title})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        lists = {name: given[name].splitlines() for name in _LISTS}
        try:
            actions.save_head(request.viewer, row.pk, title=given["title"], texts=given, lists=lists)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Đã lưu thể thức."))
            return redirect("issuing:draft", row.pk)
    return render(
        request, "issuing/head.html", {"draft": row, "form": form}, status=422 if form.errors else 200
    )


@page("issuing.draft")
def drop(request: Request, paper: int) -> HttpResponse:
    """Put a draft aside, after asking."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    if request.method == "POST":
        actions.drop(request.viewer, row.pk)
        messages.success(request, _("Đã bỏ dự thảo; vẫn giữ để tra cứu."))
        return redirect("issuing:list")
    context = {
        "title": _("Bỏ dự thảo này?"),
        "text": [row.title],
        "consequences": [
            _("Không sửa, không ban hành được nữa."),
            _("Các phiên bản và tệp đã lập vẫn được giữ."),
        ],
        "action": _("Bỏ dự thảo"),
        "kind": "danger",
        "back": reverse("issuing:draft", args=[row.pk]),
    }
    return render(request, "issuing/confirm.html", context)
