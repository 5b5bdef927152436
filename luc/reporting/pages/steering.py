"""A cycle is steered: many reports accepted at once, opened again, opened for one party, another answers for one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.agencies.queries import party_choices
from luc.kernel.pages import Request, page
from luc.kernel.time import end_of, today
from luc.reporting import actions
from luc.reporting.forms import StandInForm, numbers
from luc.reporting.queries import scoped
from luc.reporting.queries.clearing import waiting
from luc.rounds import queries as rounds
from luc.rounds.confirming import confirm_step
from luc.rounds.forms import ReasonForm, UntilForm
from luc.rounds.models import Cycle, Obligation


def _collected(request: Request, cycle: int) -> Cycle:
    own = request.viewer.parties_for("reporting.judge")
    return get_object_or_404(scoped.cycles(request.viewer).filter(collector__in=own), pk=cycle)


@page("reporting.judge")
def accept_clear(request: Request, cycle: int) -> HttpResponse:
    """Every report that waits and raises nothing, accepted in one act; the others are listed apart, and why."""
    row = _collected(request, cycle)
    if request.method == "POST":
        accepted = actions.accept(request.viewer, numbers(request.POST.getlist("chon")))
        messages.success(request, _("Đã chấp nhận %(count)d báo cáo.") % {"count": len(accepted)})
        return redirect(
            "reporting:accept_clear" if waiting(request.viewer, row).apart else "reporting:board", row.pk
        )
    return render(request, "reporting/clearing.html", {"cycle": row, "waiting": waiting(request.viewer, row)})


@page("reporting.judge")
def reopen_cycle(request: Request, cycle: int) -> HttpResponse:
    """Ask for the reason, then open a closed cycle again."""
    row = _collected(request, cycle)
    form = ReasonForm(request.POST or None, label=_("Lý do mở lại kỳ"))
    if form.done(lambda said: actions.reopen_cycle(request.viewer, row.pk, **said)):
        messages.success(request, _("Đã mở lại kỳ báo cáo."))
        return redirect("reporting:board", row.pk)
    lines = [
        _("Mọi đơn vị chưa gửi lại gửi được báo cáo, ghi là gửi sau hạn."),
        _("Chỉ mở cho một đơn vị: vào trang của đơn vị đó trong bảng theo dõi."),
    ]
    back = reverse("reporting:board", args=[row.pk])
    return confirm_step(request, row.title, _("Mở lại kỳ báo cáo"), lines, back=back, form=form)


def _owed(request: Request, obligation: int) -> Obligation:
    own = request.viewer.parties_for("reporting.judge")
    rows = rounds.overseen_obligations(request.viewer).filter(cycle__collector__in=own)
    return get_object_or_404(rows, pk=obligation)


@page("reporting.judge")
def obligation(request: Request, obligation: int) -> HttpResponse:
    """One party in a cycle: how it stands and why it is bound; open it once more, let another answer for it."""
    row = _owed(request, obligation)
    return _show(request, row, _until_form(), _stand_in_form(request, row))


def _until_form(given: Any = None) -> UntilForm:
    form = UntilForm(given, label=_("Lý do"), prefix="mo")
    day = form.fields["last_day"]
    day.required, day.error_messages["required"] = True, _("Hãy ghi ngày.")
    return form


def _stand_in_form(request: Request, row: Obligation, given: Any = None) -> StandInForm:
    choices = [
        (kind, [(pk, name) for pk, name in rows if pk != row.party_id])
        for kind, rows in party_choices(request.viewer, today())
        if kind != Party.Kind.GROUP.label.capitalize()
    ]
    return StandInForm(choices, given, prefix="thay", initial={"party": row.stand_in_id})


def _show(request: Request, row: Obligation, until: UntilForm, stand_in: StandInForm) -> HttpResponse:
    versions = scoped.submissions(request.viewer).filter(obligation=row).defer("content")
    context = {
        "obligation": row,
        "cycle": row.cycle,
        "reasons": rounds.stands_of(row),
        "versions": list(versions.order_by("-version")),
        "until_form": until,
        "stand_in_form": stand_in,
    }
    status = 422 if until.errors or stand_in.errors else 200
    return render(request, "reporting/obligation.html", context, status=status)


@page("reporting.judge")
def open_once_more(request: Request, obligation: int) -> HttpResponse:
    """In a closed cycle let one party hand in to the end of a day."""
    row = _owed(request, obligation)
    form = _until_form(request.POST or None)
    if not form.done(
        lambda said: actions.open_once_more(
            request.viewer, row.pk, until=end_of(said["last_day"]), reason=said["reason"]
        )
    ):
        return _show(request, row, form, _stand_in_form(request, row))
    messages.success(request, _("Đã cho %(party)s gửi sau khi khép kỳ.") % {"party": row.party})
    return redirect("reporting:obligation", row.pk)


@page("reporting.judge")
def stand_in(request: Request, obligation: int) -> HttpResponse:
    """Let another party answer in the place of this one, or give it back."""
    row = _owed(request, obligation)
    form = _stand_in_form(request, row, request.POST or None)
    if not form.done(lambda said: actions.stand_in(request.viewer, row.pk, **said)):
        return _show(request, row, _until_form(), form)
    messages.success(request, _("Đã lưu đơn vị báo cáo thay."))
    return redirect("reporting:obligation", row.pk)
