"""Data and pictures of a published plan: tables as files, JSON twins, pictures for other sites, feeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from luc.kernel.pages import Request
from luc.kernel.workbooks import MEDIA_TYPE
from luc.portal import feeds, queries, rows, tables
from luc.portal.pages.plan import frame, map_of, mark_with
from luc.portal.queries import Shown
from luc.portal.showing import fresh, public, whole_address
from luc.portal.tables import Table

JSON = "application/json; charset=utf-8"


def sent(found: Sequence[Table], form: str, name: str, lines: Sequence[str]) -> HttpResponse:
    """Tables as a file of a form (the first one as CSV, all as XLSX)."""
    data = tables.as_csv(found[0]) if form == "csv" else tables.as_xlsx(found, lines)
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8" if form == "csv" else MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _source(request: Request, shown: Shown) -> list[str]:
    """The lines above every table: of what it is, of when, from where."""
    head = shown.head
    return [
        f"{head['number']} {head['title']}",
        _("%(issuer)s, công bố lần %(number)s ngày %(day)s")
        % {"issuer": head["issuer"], "number": shown.number, "day": shown.at.strftime("%d/%m/%Y")},
        whole_address(request, "plan", shown.plan),
    ]


def _about(request: Request, shown: Shown) -> dict[str, Any]:
    return {
        "plan": shown.head,
        "edition": shown.number,
        "published": shown.at.isoformat(),
        "note": shown.note,
        "until": shown.content["until"],
        "address": whole_address(request, "plan", shown.plan),
    }


@public("portal.read")
def plan_json(request: Request, plan: int) -> HttpResponseBase:
    """Everything that the pages of a plan show, as JSON."""
    shown, asked = queries.shown(plan), queries.questions(plan)

    def make() -> HttpResponse:
        found = [make_table(shown) for make_table in tables.TABLES.values()] + [tables.questions(asked)]
        values = {**_about(request, shown), "changes": shown.changes}
        values |= {table.name: table.as_dicts() for table in found}
        return HttpResponse(tables.as_json(values), content_type=JSON)

    return fresh(request, mark_with(shown, asked), None, make)


@public("portal.read")
def task_json(request: Request, plan: int, task: int) -> HttpResponseBase:
    """One task as JSON."""
    shown, asked = queries.shown(plan), queries.questions(plan, task)
    row = next((one for one in shown.content["tasks"] if one["id"] == task), None)
    if row is None:
        raise Http404
    values = {**_about(request, shown), "task": row, "questions": tables.questions(asked).as_dicts()}
    return fresh(
        request,
        mark_with(shown, asked),
        None,
        lambda: HttpResponse(tables.as_json(values), content_type=JSON),
    )


@public("portal.read")
def data(request: Request, plan: int) -> HttpResponseBase:
    """Every table and picture with its addresses."""
    shown = queries.shown(plan)

    def make() -> HttpResponse:
        found = [(name, make_table(shown)) for name, make_table in tables.TABLES.items()]
        pictures = [
            (name, title, whole_address(request, "picture", plan, name)) for name, title in titles().items()
        ]
        more = {
            "tables": [(name, table.title, len(table.rows)) for name, table in found],
            "pictures": pictures,
            "feed_address": whole_address(request, "feed", plan),
            "calendar_address": whole_address(request, "calendar", plan),
        }
        return render(request, "portal/data.html", frame(request, shown, "data", **more))

    return fresh(request, shown.mark, shown.changed_at, make)


@public("portal.read")
def table(request: Request, plan: int, table: str, form: str) -> HttpResponseBase:
    """One table as CSV, XLSX or JSON; "tat-ca" is all of them in one workbook."""
    shown = queries.shown(plan)
    every = table == "tat-ca" and form == "xlsx"
    if not every and (table not in tables.TABLES or form not in {"csv", "xlsx", "json"}):
        raise Http404

    def make() -> HttpResponse:
        found = [make(shown) for name, make in tables.TABLES.items() if every or name == table]
        if form == "json":
            values = {**_about(request, shown), table: found[0].as_dicts()}
            return HttpResponse(tables.as_json(values), content_type=JSON)
        return sent(found, form, f"ke-hoach-{plan}-{table}", _source(request, shown))

    return fresh(request, shown.mark, shown.changed_at, make)


def titles() -> dict[str, str]:
    """The pictures of a plan."""
    return {
        "tien-do": _("Tiến độ theo nhóm"),
        "chi-tieu": _("Đường đi của các chỉ tiêu"),
        "dia-ban": _("Bản đồ các xã, phường"),
        "thoi-han": _("Các thời hạn"),
    }


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public("portal.read")
def picture(request: Request, plan: int, picture: str) -> HttpResponseBase:
    """One picture alone, for a frame on another site: the only pages that may be framed."""
    shown = queries.shown(plan)
    if picture not in titles():
        raise Http404

    def make() -> HttpResponse:
        tasks, targets = rows.tasks(shown.content), rows.targets(shown.content)
        context = {
            "shown": shown,
            "head": shown.head,
            "picture": picture,
            "picture_title": titles()[picture],
            "shares": rows.shares(shown.content, tasks),
            "whole": rows.whole(tasks),
            "targets": targets,
            "deadlines": [one for one in rows.deadlines(tasks, targets) if one.day],
            "map": map_of(shown) if picture == "dia-ban" else None,
            "address": whole_address(request, "plan", plan),
        }
        return render(request, "portal/picture.html", context)

    return fresh(request, shown.mark, shown.changed_at, make)


@public("portal.read")
def feed(request: Request, plan: int) -> HttpResponseBase:
    """What is new, as Atom."""
    shown, asked = queries.shown(plan), queries.questions(plan)

    def make() -> HttpResponse:
        text = feeds.atom(request, shown, queries.editions(plan), asked)
        return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")

    return fresh(request, mark_with(shown, asked), None, make)


@public("portal.read")
def calendar(request: Request, plan: int) -> HttpResponseBase:
    """The deadlines, as iCalendar."""
    shown = queries.shown(plan)

    def make() -> HttpResponse:
        return HttpResponse(feeds.calendar(request, shown), content_type="text/calendar; charset=utf-8")

    return fresh(request, shown.mark, shown.changed_at, make)
