"""When one works, and when to remind where a round says nothing else: pages of a whole tenant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.pages import Request, page
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.rounds.reminders import actions, queries
from luc.rounds.reminders.bounces import bounced
from luc.rounds.reminders.calendar import calendar_of, known_until
from luc.rounds.reminders.forms import DayForm, HoursForm, PolicyForm
from luc.rounds.reminders.models import Policy
from luc.rounds.reminders.planning import policies


def _tenant(viewer: Viewer, act: str) -> int:
    """The tenant whose settings a viewer opens: the one where the right is held, the first of several."""
    found = sorted(viewer.tenants_for(act))
    if not found:
        raise Http404
    return found[0]


@page("rounds.see_calendar")
def calendar(request: Request) -> HttpResponse:
    """The days off and worked of the months ahead, and the hours of mails; an administrator changes them here."""
    viewer, given = request.viewer, request.POST
    may = viewer.may("rounds.calendar")
    tenant = _tenant(viewer, "rounds.calendar" if may else "rounds.see_calendar")
    working = calendar_of(tenant)
    hours = HoursForm(initial={"opens": working.opens, "closes": working.closes})
    day = DayForm()
    if request.method == "POST":
        viewer.require("rounds.calendar")
        if "opens" in given:
            hours = HoursForm(given)
            done = hours.done(lambda values: actions.set_hours(viewer, tenant=tenant, **values))
        else:
            day = DayForm(given)
            done = day.done(lambda values: actions.say_day(viewer, tenant=tenant, **values))
        if done:
            messages.success(request, _("Đã lưu."))
            return redirect("rounds:calendar")
    context = _shown(tenant) | {"working": working, "hours": hours, "day": day, "may": may}
    return render(
        request, "rounds/reminders/calendar.html", context, status=422 if hours.errors or day.errors else 200
    )


def _shown(tenant: int) -> dict[str, Any]:
    said, sure = queries.days_ahead(tenant, today())
    return {
        "said": said,
        "sure": sure,
        "to_confirm": list(queries.to_confirm(tenant, today()).values()),
        "known_until": known_until(),
        "today": today(),
    }


@page("rounds.calendar")
@require_POST
def confirm_day(request: Request) -> HttpResponse:
    """Take a national day that waits for its announcement as off."""
    tenant = _tenant(request.viewer, "rounds.calendar")
    wanted = request.POST.get("day", "")
    found = {f"{day:%Y-%m-%d}": day for day in queries.to_confirm(tenant, today())}
    if wanted in found:
        actions.confirm_day(request.viewer, tenant=tenant, day=found[wanted])
        messages.success(request, _("Đã ghi là ngày nghỉ."))
    return redirect("rounds:calendar")


@page("rounds.calendar")
@require_POST
def unsay_day(request: Request, day: int) -> HttpResponse:
    """Take back what was said of a day."""
    get_object_or_404(queries.said_days(request.viewer), pk=day)
    actions.unsay_day(request.viewer, day)
    messages.success(request, _("Đã bỏ ngày này khỏi lịch."))
    return redirect("rounds:calendar")


@page("rounds.reminder_policy")
def usual_policy(request: Request) -> HttpResponse:
    """When to remind in every round that says nothing else."""
    tenant = _tenant(request.viewer, "rounds.reminder_policy")
    form = PolicyForm(request.POST or None, initial=PolicyForm.initial_of(policies(tenant)[None]))

    def act(given: dict[str, Any]) -> Policy:
        return actions.set_policy(request.viewer, None, tenant=tenant, **PolicyForm.values_of(given))

    if request.method == "POST" and form.done(act):
        messages.success(request, _("Đã lưu lịch nhắc chung."))
        return redirect("rounds:usual_policy")
    return render(
        request, "rounds/reminders/usual_policy.html", {"form": form}, status=422 if form.errors else 200
    )


@page("rounds.bounces")
def bounces(request: Request) -> HttpResponse:
    """Who does not get their letters, and the way out: another address, or the telephone."""
    context = {
        "rows": bounced(request.viewer),
        "may_change": request.viewer.may("agencies.accounts"),
    }
    return render(request, "rounds/reminders/bounces.html", context)
