"""A plan is received: who has it and whom to call, the own acknowledgement, the own plan for a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.plans import actions, queries
from luc.plans.forms import ContactForm
from luc.plans.models import Plan
from luc.plans.pages.plan import tabs_of
from luc.plans.queries import receiving


def _own(request: Request, plan: int, party: int) -> tuple[Plan, Party]:
    """The plan and the own party that it binds; anything else is not there."""
    row = get_object_or_404(queries.plans(request.viewer), pk=plan)
    if party not in request.viewer.parties_for("plans.receive"):
        raise Http404
    if not receiving.printed_for(request.viewer, row, party):
        raise Http404
    return row, Party.objects.get(pk=party)


@page("plans.receipts")
def receipts(request: Request, plan: int) -> HttpResponse:
    """Which bodies have acknowledged, whom to call, and who has not."""
    own = request.viewer.tenants_for("plans.receipts")
    row = get_object_or_404(queries.plans(request.viewer).filter(tenant__in=own), pk=plan)
    rows = receiving.bound(request.viewer, row)
    told = sum(one.receipt is not None for one in rows)
    context = {"plan": row, "tabs": tabs_of(row, "receipts"), "rows": rows, "told": told}
    return render(request, "plans/receipts.html", context)


@page("plans.receive")
def acknowledge(request: Request, plan: int, party: int) -> HttpResponse:
    """Say that the own body has the plan, and name whom to call."""
    row, mine = _own(request, plan, party)
    there = receiving.receipt_of(row, party)
    initial = {
        "contact": there.contact if there else request.viewer.name,
        "phone": there.phone if there else "",
        "user": there.user_id if there else request.viewer.user,
    }
    form = ContactForm(receiving.people_of(party), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.acknowledge(request.viewer, row.pk, party=party, **form.cleaned_data)
        messages.success(request, _("Đã xác nhận; cơ quan đầu mối biết liên hệ với ai."))
        return redirect("plans:yearly", row.pk, party, today().year)
    context = {
        "plan": row,
        "tabs": tabs_of(row, ""),
        "party": mine,
        "form": form,
        "receipt": there,
        "parts": list(receiving.own_parts(request.viewer, row, party)[:200]),
    }
    return render(request, "plans/acknowledge.html", context, status=422 if form.errors else 200)


@page("plans.receive")
def yearly(request: Request, plan: int, party: int, year: int) -> HttpResponse:
    """The own plan for a year: for each led task what is to be reached, by which milestone, in which month."""
    row, mine = _own(request, plan, party)
    problems: dict[str, str] = {}
    typed = _typed(request) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            count = actions.expect(request.viewer, row.pk, party=party, year=year, rows=typed)
        except Refused as refused:
            problems = refused.fields or {"": refused.message}
        else:
            messages.success(
                request, _("Đã lưu kế hoạch năm (%(count)d nhiệm vụ thay đổi).") % {"count": count}
            )
            return redirect("plans:yearly", row.pk, party, year)
    parts = list(receiving.own_parts(request.viewer, row, party))
    kept = receiving.expectations([part.pk for part in parts], party, year)
    context = {
        "plan": row,
        "tabs": tabs_of(row, ""),
        "party": mine,
        "year": year,
        "years": _years(row),
        "rows": [
            (part, _shown(kept.get(part.pk), typed.get(part.pk)), problems.get(f"month-{part.pk}"))
            for part in parts
        ],
        "problems": problems,
    }
    return render(request, "plans/yearly.html", context, status=422 if problems else 200)


def _years(plan: Plan) -> list[int]:
    first, last = plan.period_start or today().year, plan.period_end or today().year
    return list(range(first, min(last, first + 30) + 1))


def _typed(request: Request) -> dict[int, dict[str, str]]:
    typed: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        field, _dash, part = name.partition("-")
        if field in {"result", "milestone", "month"} and part.isdecimal() and len(part) < 12:
            typed.setdefault(int(part), {})[field] = str(value)
    return typed


def _shown(kept: Any, typed: dict[str, str] | None) -> dict[str, Any]:
    names = ("result", "milestone", "month")
    return typed if typed is not None else {name: getattr(kept, name) if kept else "" for name in names}
