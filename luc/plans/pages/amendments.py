"""What became of a plan after its adoption, paper by paper; and the correction of what was misread."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.plans import actions, queries
from luc.plans.actions.rectify import last_amendment
from luc.plans.comparing import lines_of
from luc.plans.forms import ItemForm, ReasonForm
from luc.plans.models import AmendmentItem, Plan, Reading
from luc.plans.pages.plan import tabs_of
from luc.plans.standing import HEADER_KEY, KINDS, standing


def _plan(request: Request, plan: int, act: str = "plans.view") -> Plan:
    tenants = request.viewer.tenants_for(act)
    found: Plan = get_object_or_404(queries.plans(request.viewer).defer(None), pk=plan, tenant__in=tenants)
    return found


@page("plans.view")
def amendments(request: Request, plan: int) -> HttpResponse:
    """The papers and corrections that changed the plan, newest first."""
    found = _plan(request, plan)
    rows = list(queries.amendments(request.viewer, found))
    shown = {"plan": found, "tabs": tabs_of(found, "amendments"), "rows": rows}
    return render(request, "plans/amendments.html", shown)


@page("plans.view")
def amendment(request: Request, plan: int, amendment: int) -> HttpResponse:
    """One amendment: every item with what it said before and after, beside the paper that says so."""
    found = _plan(request, plan)
    row = get_object_or_404(queries.amendments(request.viewer, found), pk=amendment)
    items = list(queries.amendment_items(row))
    document = (
        Reading.objects.values_list("document", flat=True).get(pk=row.reading_id) if row.reading_id else None
    )
    marks = [
        {"id": f"noi-{item.pk}", "places": item.new_places, "href": f"#muc-{item.pk}", "title": item.words}
        for item in items
        if item.new_places and item.item_kind != HEADER_KEY
    ]
    shown = {
        "plan": found,
        "tabs": tabs_of(found, "amendments"),
        "row": row,
        "items": [(item, lines_of(item), _address(found, item)) for item in items],
        "document": document,
        "marks": marks,
    }
    return render(request, "plans/amendment.html", shown)


def _address(plan: Plan, item: AmendmentItem) -> str:
    """Where the item is now."""
    if item.item_kind == "task" and item.item_id:
        return reverse("plans:task", args=[plan.pk, item.item_id])
    if item.item_kind == "target" and item.item_id:
        return f"{reverse('plans:targets', args=[plan.pk])}#chi-tieu-{item.item_id}"
    return reverse("plans:plan", args=[plan.pk]) if item.item_kind in {"regime", HEADER_KEY} else ""


@page("plans.amend")
def rectify(request: Request, plan: int, key: str) -> HttpResponse:
    """Correct what was misread of an item, its source beside it, with the reason."""
    found = _plan(request, plan, "plans.amend")
    as_it_is = standing(found, today())
    item = as_it_is.item(key) if key == HEADER_KEY or key.partition("-")[0] in KINDS else None
    if item is None:
        raise Http404
    groups = list(dict.fromkeys(task["group"] for task in as_it_is.content["tasks"] if task["group"]))
    data = request.POST if request.method == "POST" else None
    form = ItemForm(as_it_is.section(key), {**item, "key": "muc"}, groups, data)
    del form.fields["version"]
    asking = ReasonForm(data, initial={"seen": last_amendment(found, key)})
    if data is not None and form.is_valid() and asking.is_valid():
        try:
            said = asking.cleaned_data
            actions.rectify(
                request.viewer, plan, key=key, values=form.values(), reason=said["reason"], seen=said["seen"]
            )
        except Refused as refused:
            asking.add_error("reason" if "reason" in refused.fields else None, refused.message)
            if isinstance(refused, Conflict):
                asking.data = {**data.dict(), "seen": str(last_amendment(found, key))}
        else:
            messages.success(request, _("Đã đính chính. Nội dung cũ và lý do còn trong lịch sử của mục."))
            return redirect(
                _address(found, AmendmentItem(item_kind=key.partition("-")[0], item_id=_id(key))) or "/"
            )
    shown = {"plan": found, "item": item, "section": as_it_is.section(key), "form": form, "asking": asking}
    places = item["places"] if key != HEADER_KEY else []
    marks = (
        [{"id": "noi-muc", "places": places, "href": "#muc", "title": _("mục đang đính chính")}]
        if places
        else []
    )
    return render(
        request, "plans/rectify.html", {**shown, "document": found.document, "marks": marks, "groups": groups}
    )


def _id(key: str) -> int | None:
    number = key.partition("-")[2]
    return int(number) if number.isdecimal() else None
