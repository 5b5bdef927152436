"""What the portal brings to the API: how much the registry holds, the plans that were published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext_noop as _
from ninja import Field, Router, Schema

from luc.exchange.schemas import Problem
from luc.industry import queries as industry
from luc.industry.models import Field as Axis
from luc.industry.models import Kind
from luc.portal import queries
from luc.portal.content import summary_of
from luc.portal.models import Edition
from luc.portal.registry import queries as registry

Values = Mapping[str, Any]
router = Router(tags=[_("Kế hoạch, thống kê")])


class Counted(Schema):
    """How much stands at a code."""

    code: str
    name: str
    offers: int
    enterprises: int


class Statistics(Schema):
    """How much the registry holds: what was verified alone."""

    enterprises: int
    offers: int
    fields: list[Counted]
    kinds: list[Counted]
    provinces: list[Counted] = Field(description=_("Không gồm doanh nghiệp chưa rõ tỉnh"))


class PlanListed(Schema):
    """A published plan by its head and counts."""

    id: int
    number: str
    title: str
    issuer: str
    date: str
    start: int | None
    end: int | None
    edition: int = Field(description=_("Công bố lần thứ mấy"))
    published: str
    until: str = Field(description=_("Tiến độ đã nhận đến ngày; trống khi chưa có"))
    tasks: int
    states: dict[str, int] = Field(description=_("Số nhiệm vụ theo mã tình trạng"))
    done: int
    overdue: int
    page: str = Field(description=_("Trang cho người đọc"))


class Point(Schema):
    """What was reached by a day."""

    day: str
    value: str | None = Field(description=_("Số thập phân viết bằng chữ, đúng như đã nhận"))
    estimate: bool


class Target(Schema):
    """A target, what is wanted of it and what was reached."""

    id: int
    text: str
    unit: str
    year: int | None
    comparator: str
    low: str | None
    high: str | None
    answering: str
    state: str
    value: str | None
    day: str
    estimate: bool
    is_withdrawn: bool = Field(False, description=_("Số đã công bố nay bị rút lại"))
    points: list[Point]


class Task(Schema):
    """A task, who has it, by when, how far it is."""

    id: int
    number: str
    text: str
    timeframe: str
    starts: str
    ends: str
    output: str
    leads: list[str]
    coordinating: list[str]
    state: str
    overdue: bool
    is_withdrawn: bool = Field(False, description=_("Tiến độ đã công bố nay bị rút lại"))


class PlanTold(PlanListed):
    """A published plan with its targets and tasks."""

    targets: list[Target]
    task_list: list[Task]


@router.get("/statistics", response={200: Statistics, 429: Problem}, summary=_("Số liệu chung của danh bạ"))
def statistics(request: HttpRequest) -> Values:  # noqa: ARG001
    """How many enterprises and offers there are, by field, kind and province."""
    fields = registry.by_axis(Axis)
    return {
        "enterprises": industry.public_enterprises().count(),
        "offers": sum(one.offers for one in fields),
        "fields": fields,
        "kinds": registry.by_axis(Kind),
        "provinces": registry.by_province()[0],
    }


@router.get("/plans", response={200: list[PlanListed], 429: Problem}, summary=_("Các kế hoạch đã công bố"))
def plans(request: HttpRequest) -> list[Values]:  # noqa: ARG001
    """Every published plan, the last published first; there are no more than agencies publish by hand."""
    return [_listed(row.plan_id, row.number, row.at.isoformat(), row.summary) for row in queries.listed()]


@router.get(
    "/plans/{int:plan}",
    response={200: PlanTold, 404: Problem, 429: Problem},
    summary=_("Một kế hoạch: chỉ tiêu, nhiệm vụ, tiến độ"),
)
def plan(request: HttpRequest, plan: int, response: HttpResponse) -> Values:  # noqa: ARG001
    """A published plan as its pages show it today: without what was withdrawn since."""
    try:
        shown = queries.shown(plan)
    except Edition.DoesNotExist as error:
        raise Http404 from error
    if shown.changed_at:
        response.headers["Last-Modified"] = http_date(shown.changed_at.timestamp())
    head = _listed(shown.plan, shown.number, shown.at.isoformat(), summary_of(shown.content))
    return {**head, "targets": shown.content["targets"], "task_list": shown.content["tasks"]}


def _listed(plan: int, edition: int, published: str, summary: Values) -> dict[str, Any]:
    head, counts = summary["plan"], ("until", "tasks", "states", "done", "overdue")
    return {
        **{name: head[name] for name in ("id", "number", "title", "issuer", "date", "start", "end")},
        **{name: summary[name] for name in counts},
        "edition": edition,
        "published": published,
        "page": settings.ADDRESS + reverse("portal:plan", args=[plan]),
    }
