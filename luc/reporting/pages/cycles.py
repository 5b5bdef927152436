"""Cycles: which there are, opening one, its board, closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luc.agencies.models import Party
from luc.kernel import registry
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.plans.models import Regime
from luc.reporting import actions
from luc.reporting.forms import OpeningForm, number, numbers
from luc.reporting.queries import boards, plans
from luc.rounds import periods
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle


@page("reporting.board")
def cycles(request: Request) -> HttpResponse:
    """The cycles a viewer collects or follows, with how complete each is; the regimes that can be opened."""
    rows = list(rounds.cycles(request.viewer)[:200])
    counts = rounds.completeness(request.viewer, [row.pk for row in rows])
    of = plans.plans_of(rows)
    context = {
        "cycles": [(row, counts[row.pk], of.get(row.pk)) for row in rows],
        "regimes": list(plans.regimes(request.viewer)) if request.viewer.may("reporting.open") else [],
    }
    return render(request, "reporting/cycles.html", context)


@page("reporting.open")
def opening(request: Request, regime: int) -> HttpResponse:
    """What opening a cycle would mean: period, due moment, who is bound and why; then open it."""
    row = get_object_or_404(plans.regimes(request.viewer), pk=regime)
    given = request.POST if request.method == "POST" else request.GET
    extra = _extra(row, given)
    proposal, chosen = _proposal(row, given)
    if request.method == "POST" and "xem" not in given:
        form = OpeningForm(request.POST)
        cycle = _open(request, row, form, extra) if form.is_valid() else None
        if cycle:
            return redirect("reporting:board", cycle.pk)
    else:
        form = OpeningForm(
            initial=_initial(proposal)
            | {name: given[name] for name in OpeningForm.base_fields if name in given}
        )
    bound = plans.binding(row, today(), extra)
    parties = registry.find(
        request.viewer, "agencies.party", bound.orphan_parties.keys() | {b.party_id for b in bound.nobody}
    )
    context = {
        "regime": row,
        "form": form,
        "proposal": proposal,
        "chosen": chosen,
        "binding": bound,
        "orphans": [(orphan, parties.get(orphan.party)) for orphan in bound.orphans],
        "nobody": [(one, parties.get(one.party_id)) for one in bound.nobody],
        "extra": extra,
        "optional": [
            (kind, Party.Kind(kind).label, lines, [line for line in lines if line.party.pk in bound.added])
            for kind, lines in bound.optional
        ],
        "earlier": list(plans.cycles_of(row)[:5]),
    }
    return render(request, "reporting/opening.html", context, status=422 if form.errors else 200)


def _extra(regime: Regime, given: Any) -> list[int]:
    """The parties that are ticked one by one, and all of the kinds that are ticked as a whole."""
    ticked, kinds = numbers(given.getlist("them")), given.getlist("them-loai")
    if not kinds:
        return ticked
    left_out = plans.binding(regime, today()).left_out
    return sorted({*ticked, *(line.party.pk for line in left_out if line.party.kind in kinds)})


def _proposal(regime: Regime, given: Any) -> tuple[periods.Proposal, dict[str, Any]]:
    year, position = _next_open(regime)
    year = min(max(number(given.get("nam"), year), 2000), 2100)
    count = periods.count_in_year(regime.frequency)
    position = min(max(number(given.get("so"), position), 1), max(count, 1))
    deadline = (regime.deadline_day, regime.deadline_month)
    years = (regime.plan.period_start, regime.plan.period_end)
    proposal = periods.propose(regime.frequency, deadline, regime.includes_day, year, position, years)
    return proposal, {
        "year": year,
        "position": position,
        "positions": range(1, count + 1) if count > 1 else [],
    }


def _next_open(regime: Regime) -> tuple[int, int]:
    """Year and number of the period that runs, or of the next one where that was opened already."""
    year, position = periods.current(regime.frequency, today())
    count = max(periods.count_in_year(regime.frequency), 1)
    opened = set(plans.cycles_of(regime).values_list("period_start", flat=True))
    deadline = (regime.deadline_day, regime.deadline_month)
    years = (regime.plan.period_start, regime.plan.period_end)
    for _step in range(len(opened)):
        found = periods.propose(regime.frequency, deadline, regime.includes_day, year, position, years)
        if found.period_start not in opened:
            break
        year, position = (year, position + 1) if position < count else (year + 1, 1)
    return year, position


def _initial(proposal: periods.Proposal) -> dict[str, Any]:
    return {
        "title": proposal.title,
        "period_start": proposal.period_start,
        "last_day": proposal.last_day,
        "cutoff": proposal.cutoff,
        "due_day": proposal.due_day,
        "includes_day": "1" if proposal.includes_day else "0",
    }


def _open(request: Request, regime: Regime, form: OpeningForm, extra: list[int]) -> Cycle | None:
    try:
        cycle = actions.open_cycle(request.viewer, regime.pk, extra=extra, **form.cleaned_data)
    except Refused as refusal:
        form.add_refusal(refusal)
        return None
    messages.success(request, _("Đã mở kỳ báo cáo. Các đơn vị thấy ngay trong trang «Việc của tôi»."))
    return cycle


class Shown(TextChoices):
    """The states that a board is narrowed by."""

    MISSING = "missing", gettext_lazy("chưa gửi hoặc phải sửa")
    WAITING = "waiting", gettext_lazy("chờ xem")
    ACCEPTED = "accepted", gettext_lazy("đã chấp nhận")
    RETURNED = "returned", gettext_lazy("trả lại")
    OPEN = "open", gettext_lazy("chưa gửi")
    NIL = "nil", gettext_lazy("không phát sinh")


@page("reporting.board")
def board(request: Request, cycle: int) -> HttpResponse:
    """Who has handed in, who has not."""
    row = get_object_or_404(rounds.cycles(request.viewer), pk=cycle)
    kind, state = request.GET.get("loai", ""), request.GET.get("trang_thai", "")
    context = {
        "cycle": row,
        "counts": rounds.completeness(request.viewer, [row.pk])[row.pk],
        "cells": boards.cells(request.viewer, row, kind=kind, state=state),
        "kinds": Party.Kind.choices,
        "states": Shown.choices,
        "kind": kind,
        "state": state,
        "may_judge": request.viewer.may("reporting.judge", tenant=row.tenant_id, party=row.collector_id),
        "in_full": rounds.told_in_full(request.viewer).filter(pk=row.pk).exists(),
    }
    return render(request, "reporting/board.html", context)


@page("reporting.judge")
@require_POST
def accept(request: Request, cycle: int) -> HttpResponse:
    """Accept the reports that are ticked on the board."""
    row = get_object_or_404(rounds.cycles(request.viewer), pk=cycle)
    accepted = actions.accept(request.viewer, numbers(request.POST.getlist("chon")))
    messages.success(request, _("Đã chấp nhận %(count)d báo cáo.") % {"count": len(accepted)})
    return redirect("reporting:board", row.pk)


@page("reporting.judge")
def close(request: Request, cycle: int) -> HttpResponse:
    """Ask, then close a cycle."""
    row = get_object_or_404(rounds.cycles(request.viewer), pk=cycle)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        actions.close_cycle(request.viewer, row.pk)
        messages.success(request, _("Đã khép kỳ báo cáo."))
        return redirect("reporting:board", row.pk)
    missing = rounds.completeness(request.viewer, [row.pk])[row.pk].missing
    context = {
        "title": _("Khép kỳ báo cáo"),
        "text": [row.title],
        "consequences": [
            _("Không đơn vị nào gửi hoặc sửa báo cáo của kỳ này được nữa."),
            _("%(count)d đơn vị chưa gửi sẽ được ghi là chưa báo cáo.") % {"count": missing},
        ],
        "action": _("Khép kỳ báo cáo"),
        "kind": "danger",
        "back": f"/ky-bao-cao/{row.pk}/",
    }
    return render(request, "components/confirm.html", context)
