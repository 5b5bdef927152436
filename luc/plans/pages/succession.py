"""The next period out of a plan: what goes along is chosen, the rest is done in the review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.plans import actions, queries
from luc.plans.fields import BY_NAME
from luc.plans.models import Plan
from luc.plans.pages.plan import tabs_of
from luc.plans.standing import Standing, standing
from luc.plans.succeeding import all_keys

_SECTIONS = ("targets", "tasks", "duties", "regimes")


@page("plans.succeed")
def succeed(request: Request, plan: int) -> HttpResponse:
    """Choose period and items of the next plan; its draft then waits to be looked through."""
    rows = queries.plans(request.viewer).filter(tenant__in=request.viewer.tenants_for("plans.succeed"))
    found = get_object_or_404(rows, pk=plan)
    refusal = None
    if request.method == "POST":
        try:
            return _made(request, found)
        except Refused as refused:
            refusal = refused
    old = standing(found, today())
    start, end = _period(request, found)
    ticked = set(request.POST.getlist("muc")) if request.method == "POST" else set(all_keys(old))
    context = {
        "plan": found,
        "tabs": tabs_of(found, ""),
        "sections": _sections(old, ticked),
        "start": start,
        "end": end,
        "refusal": refusal,
        "count": len(ticked),
    }
    return render(request, "plans/succeed.html", context, status=422 if refusal else 200)


def _made(request: Request, plan: Plan) -> HttpResponse:
    start, end = _period(request, plan)
    reading = actions.succeed(
        request.viewer,
        plan.pk,
        start=start or 0,
        end=end,
        keys=request.POST.getlist("muc"),
        coordinated=request.POST.getlist("phoi-hop"),
    )
    messages.success(request, _("Đã chép thành dự thảo kế hoạch mới. Hãy rà soát, sửa rồi thông qua."))
    return redirect("plans:review", reading.pk)


def _period(request: Request, plan: Plan) -> tuple[int | None, int | None]:
    """The years as sent, else the period of the same length behind that of the plan."""
    if request.method == "POST":
        return _year(request.POST.get("tu-nam", "")), _year(request.POST.get("den-nam", ""))
    ends = plan.period_end or plan.period_start or today().year
    begins = plan.period_start or ends
    return ends + 1, ends + 1 + (ends - begins)


def _year(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 5 else None


def _sections(old: Standing, ticked: set[str]) -> list[tuple[str, list[tuple[str, str, list[str], bool]]]]:
    """The items of each section: key, words, who works along, whether it is ticked."""
    return [
        (
            str(BY_NAME[name].title),
            [
                (
                    item["key"],
                    str(item.get("text") or item.get("quote") or item.get("reporter") or ""),
                    list(item.get("coordinate") or []),
                    item["key"] in ticked,
                )
                for item in old.content[name]
            ],
        )
        for name in _SECTIONS
        if old.content[name]
    ]
