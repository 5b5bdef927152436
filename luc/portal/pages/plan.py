"""The public pages of one plan: overview, targets, tasks, each task, the map of its communes, what changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luc.kernel.pages import Request
from luc.plans.queries.states import label
from luc.portal import queries, rows
from luc.portal.changes import sentence
from luc.portal.models import Question
from luc.portal.overview import overview
from luc.portal.queries import Shown
from luc.portal.showing import address, fresh, public, whole_address
from luc.territory.maps import Map, Said, of_country, of_province


def frame(request: Request, shown: Shown, here: str, **more: Any) -> dict[str, Any]:
    """What every page of a plan needs: its head, its parts, its addresses elsewhere."""
    parts = [
        ("plan", _("Tổng quan")),
        ("targets", _("Chỉ tiêu")),
        ("tasks", _("Nhiệm vụ")),
        ("units", _("Địa bàn")),
        ("changes", _("Thay đổi")),
        ("questions", _("Hỏi đáp")),
        ("data", _("Dữ liệu")),
    ]
    return {
        "shown": shown,
        "head": shown.head,
        "tabs": [(title, address(request, name, shown.plan), name == here) for name, title in parts],
        "twin": address(request, "plan_json", shown.plan),
        "feed": address(request, "feed", shown.plan),
        **more,
    }


def mark_with(shown: Shown, asked: list[Question]) -> str:
    """The mark of a page that shows answered questions too."""
    answers = [(row.pk, row.answered_at.isoformat() if row.answered_at else "") for row in asked]
    return f"{shown.mark}/{answers}"


@public("portal.read")
def plan(request: Request, plan: int) -> HttpResponseBase:
    """What was promised, by whom, by when, how far it is: at a glance."""
    shown, asked = queries.shown(plan), queries.questions(plan)

    def make() -> HttpResponse:
        context = frame(request, shown, "plan", **overview(shown.content, shown.changes), asked=asked[:3])
        return render(request, "portal/plan.html", context)

    return fresh(request, mark_with(shown, asked), None if asked else shown.changed_at, make)


def _page(request: Request, shown: Shown, here: str, **more: Any) -> HttpResponseBase:
    def make() -> HttpResponse:
        return render(request, f"portal/{here}.html", frame(request, shown, here, **more))

    return fresh(request, shown.mark, shown.changed_at, make)


@public("portal.read")
def targets(request: Request, plan: int) -> HttpResponseBase:
    """Every target with its path, its range and who answers for it."""
    shown = queries.shown(plan)
    found = rows.targets(shown.content)
    return _page(request, shown, "targets", rows=found, parts=rows.target_shares(found))


@public("portal.read")
def tasks(request: Request, plan: int) -> HttpResponseBase:
    """The tasks in one table as the paper has them, narrowed by group, state, day and words."""
    shown, given = queries.shown(plan), request.GET
    every = rows.tasks(shown.content)
    filters = {name: given.get(field, "") for field, name in _FILTERS.items()}
    found = rows.narrowed(every, **filters)
    states = list(dict.fromkeys(row.state for row in every))
    choices = {
        "groups": [(str(group["id"]), group["title"]) for group in shown.content["groups"] if group["id"]],
        "states": [
            ("overdue", _("quá hạn")),
            *((state or rows.NOBODY, label(state)) for state in states),
        ],
    }
    shown_rows = rows.grouped(shown.content, found)
    return _page(
        request,
        shown,
        "tasks",
        rows=shown_rows,
        count=len(found),
        chosen=filters,
        narrowed=any(filters.values()),
        **choices,
    )


_FILTERS = {"nhom": "group", "trang-thai": "state", "han": "ends", "tu": "words"}


@public("portal.read")
def task(request: Request, plan: int, task: int) -> HttpResponseBase:
    """One task: its words, who does it, by when, how far it is, what was asked about it."""
    shown, asked = queries.shown(plan), queries.questions(plan, task)
    row = next((one for one in rows.tasks(shown.content) if one.id == task), None)
    if row is None:
        raise Http404

    def make() -> HttpResponse:
        groups = {group["id"]: group["title"] for group in shown.content["groups"]}
        told = [sentence(one) for one in shown.changes if (one["thing"], one["id"]) == ("task", task)]
        more = {
            "task": row,
            "group": groups.get(row.group, ""),
            "told": told,
            "asked": asked,
            "twin": address(request, "task_json", plan, task),
        }
        return render(request, "portal/task.html", frame(request, shown, "tasks") | more)

    return fresh(request, mark_with(shown, asked), None if asked else shown.changed_at, make)


def map_of(shown: Shown) -> Map | None:
    """The map of the units of an edition; None without boundaries."""
    place = shown.head["place"]
    said = {row.unit: Said(row.tone, row.label) for row in rows.units(shown.content)}
    return of_country(said) if place["level"] == "country" else of_province(place["id"], said)


@public("portal.read")
def units(request: Request, plan: int) -> HttpResponseBase:
    """How far the work of each commune is, on the map and in a table."""
    shown = queries.shown(plan)

    def make() -> HttpResponse:
        found = rows.units(shown.content)
        title = pgettext("territory", "Đơn vị hành chính")
        more = {"rows": found, "map": map_of(shown), "parts": rows.unit_shares(found), "unit_title": title}
        return render(request, "portal/units.html", frame(request, shown, "units", **more))

    return fresh(request, shown.mark, shown.changed_at, make)


@public("portal.read")
def changes(request: Request, plan: int) -> HttpResponseBase:
    """What changed with each publication, one sentence each."""
    shown, editions = queries.shown(plan), queries.editions(plan)
    told = [(row, [(one, sentence(one)) for one in shown.still(row.changes)]) for row in editions]
    return _page(request, shown, "changes", editions=told, twin_of_page=whole_address(request, "feed", plan))
