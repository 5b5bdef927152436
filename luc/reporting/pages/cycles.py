"""Cycles: which there are, the board of one, closing it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luc.agencies.models import Party
from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.reporting import actions
from luc.reporting.forms import numbers
from luc.reporting.queries import boards, plans, scoped
from luc.rounds import queries as rounds


@page("reporting.board")
def cycles(request: Request) -> HttpResponse:
    """The cycles a viewer collects or follows, with how complete each is; the regimes that can be opened."""
    rows = list(scoped.cycles(request.viewer)[:200])
    counts = rounds.completeness(request.viewer, [row.pk for row in rows])
    of = plans.plans_of(rows)
    context = {
        "cycles": [(row, counts[row.pk], of.get(row.pk, [])) for row in rows],
        "several": len(request.viewer.tenants_for("reporting.board")) > 1,
        "regimes": list(plans.regimes(request.viewer)) if request.viewer.may("reporting.open") else [],
    }
    return render(request, "reporting/cycles.html", context)


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
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    kind, state = request.GET.get("loai", ""), request.GET.get("trang_thai", "")
    cells = boards.cells(request.viewer, row, kind=kind, state=state)
    context = {
        "cycle": row,
        "counts": rounds.completeness(request.viewer, [row.pk])[row.pk],
        "cells": cells,
        "of_provinces": any(cell.obligation.party.kind == Party.Kind.PROVINCE for cell in cells),
        "kinds": Party.Kind.choices,
        "states": Shown.choices,
        "kind": kind,
        "state": state,
        "may_judge": request.viewer.may("reporting.judge", tenant=row.tenant_id, party=row.collector_id),
        "offers": registry.offered(request.viewer, "reporting.cycle", row.pk),
    }
    return render(request, "reporting/board.html", context)


@page("reporting.judge")
@require_POST
def accept(request: Request, cycle: int) -> HttpResponse:
    """Accept the reports that are ticked on the board."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    accepted = actions.accept(request.viewer, numbers(request.POST.getlist("chon")))
    messages.success(request, _("Đã chấp nhận %(count)d báo cáo.") % {"count": len(accepted)})
    return redirect("reporting:board", row.pk)


@page("reporting.judge")
def close(request: Request, cycle: int) -> HttpResponse:
    """Ask, then close a cycle."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
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
