"""The pages of an adopted plan: what it is, how far it is, who has what part in it, where its words stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luc.agencies import queries as agencies
from luc.agencies.models import Party
from luc.figures.queries import sources_of
from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.kernel.text import sort_key
from luc.kernel.time import today
from luc.plans import due, queries
from luc.plans.comparing import lines_of
from luc.plans.fields import RECURRENCES
from luc.plans.models import Part, Plan, Progress, Task
from luc.plans.queries.receiving import own_parties
from luc.plans.queries.states import label
from luc.plans.queries.succession import beside


@page("plans.view")
def plans(request: Request) -> HttpResponse:
    """The plans of the viewer's tenants, and what is being looked through."""
    found = list(queries.plans(request.viewer))
    totals = queries.totals(found)
    waiting = queries.readings(request.viewer).filter(state__in=["waiting", "review"])
    rows = [{"plan": plan, **totals[plan.pk]} for plan in found]
    shown = {
        "rows": rows,
        "readings": list(waiting[:50]),
        "may_upload": request.viewer.may("plans.upload"),
    }
    return render(request, "plans/list.html", shown)


def _plan(request: Request, plan: int) -> Plan:
    try:
        return queries.plan_of(request.viewer, plan)
    except Plan.DoesNotExist as error:
        raise Http404 from error


def tabs_of(plan: Plan, here: str) -> list[tuple[str, str, bool]]:
    """The parts of a plan: title, address, whether it is this one."""
    listed = [
        ("plan", _("Tổng quan")),
        ("targets", _("Chỉ tiêu")),
        ("tasks", _("Nhiệm vụ")),
        ("parties", pgettext("list", "Đơn vị")),
        ("paper", _("Văn bản")),
        ("amendments", _("Sửa đổi")),
    ]
    return [(title, reverse(f"plans:{name}", args=[plan.pk]), name == here) for name, title in listed]


@page("plans.view")
def overview(request: Request, plan: int) -> HttpResponse:
    """What the plan is and how far it is, at a glance."""
    viewer = request.viewer
    found = get_object_or_404(queries.plans(viewer).defer(None).defer("document"), pk=plan)
    rows = queries.task_rows(viewer, found)
    states = Counter(row.state for row in rows)
    regimes = [
        (regime, due.next_day(regime, today()), due.remark(regime))
        for regime in queries.regimes(viewer, found)
    ]
    levels = queries.target_rows(viewer, found)
    before, after = beside(viewer, found)
    shown: dict[str, Any] = {
        "plan": found,
        "tabs": tabs_of(found, "plan"),
        "header": found.header,
        "shares": queries.shares(rows),
        "total": len(rows),
        "done": states[Progress.State.DONE] + states[Progress.State.NIL],
        "behind": states[Progress.State.BEHIND],
        "overdue": sum(row.is_overdue for row in rows),
        "silent": states[""],
        "regimes": regimes,
        "targets": levels,
        "target_parts": queries.target_parts(levels),
        "reached": sum(row.state == "reached" for row in levels),
        "amended": list(queries.amendments(viewer, found)[:10]),
        "may_amend": viewer.may("plans.amend", tenant=found.tenant_id),
        "may_succeed": viewer.may("plans.succeed", tenant=found.tenant_id),
        "preceded": before,
        "succeeded": after,
        "may_see_receipts": viewer.may("plans.receipts", tenant=found.tenant_id),
        "mine": own_parties(viewer, found),
        "year": today().year,
    }
    return render(request, "plans/overview.html", shown)


@page("plans.view")
def targets(request: Request, plan: int) -> HttpResponse:
    """The targets with their figures, years and who answers."""
    found = _plan(request, plan)
    rows = queries.told_rows(request.viewer, found)
    sources = sources_of(request.viewer, [row.figure for row in rows if row.figure])
    shown = {
        "plan": found,
        "tabs": tabs_of(found, "targets"),
        "rows": [(row, sources.get(row.figure.pk) if row.figure else None) for row in rows],
        "may_amend": request.viewer.may("plans.amend", tenant=found.tenant_id),
    }
    return render(request, "plans/targets.html", shown)


@page("plans.view")
def tasks(request: Request, plan: int) -> HttpResponse:
    """The tasks in one table like the paper's own appendix, with filters."""
    found = _plan(request, plan)
    given = request.GET
    filters = queries.Filters(
        group=_whole(given.get("nhom")),
        party=_whole(given.get("don-vi")),
        role=given.get("vai-tro", "") if given.get("vai-tro") in Part.Role.values else "",
        state=given.get("trang-thai", ""),
        time=given.get("thoi-gian", ""),
        words=given.get("tu", ""),
    )
    every = queries.task_rows(request.viewer, found)
    rows = queries.narrowed(every, filters)
    shown = {
        "plan": found,
        "tabs": tabs_of(found, "tasks"),
        "rows": _grouped(rows),
        "count": len(rows),
        "words": given.get("tu", ""),
        "narrowed": any(value for name, value in given.items() if name != "tu"),
        "selects": [
            (name, title, choices, given.get(name, "")) for name, title, choices in _selects(found, every)
        ],
    }
    return render(request, "plans/tasks.html", shown)


def _selects(plan: Plan, rows: list[queries.TaskRow]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The fields that narrow the list of tasks: name, title, choices."""
    groups = {row.task.group_id: row.group for row in rows if row.group}
    parties = {part.party: part.name for row in rows for part in row.parts}
    named = sorted(parties.items(), key=lambda party: sort_key(party[1]))
    times = [("overdue", _("đã quá hạn")), *((str(year), str(year)) for year in _years(plan))]
    of_tasks = [state for state in Progress.State if state != Progress.State.TOOK_PART]
    states = [("none", label("")), *((state.value, str(state.label)) for state in of_tasks)]
    return [
        ("nhom", _("Nhóm nhiệm vụ"), [(str(pk), title) for pk, title in groups.items()]),
        ("don-vi", _("Đơn vị"), [(str(pk), name) for pk, name in named]),
        ("vai-tro", _("Vai trò"), [(value, str(words)) for value, words in Part.Role.choices]),
        ("trang-thai", _("Tình trạng"), states),
        ("thoi-gian", _("Thời gian"), times),
    ]


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _years(plan: Plan) -> range:
    if plan.period_end is None:
        return range(0)
    return range(plan.period_start or plan.period_end, plan.period_end + 1)


def _grouped(rows: Iterable[queries.TaskRow]) -> list[tuple[str, list[queries.TaskRow]]]:
    """Rows under the titles of their groups, as the appendix has them."""
    found: list[tuple[str, list[queries.TaskRow]]] = []
    for row in rows:
        if not found or found[-1][0] != row.group:
            found.append((row.group, []))
        found[-1][1].append(row)
    return found


@page("plans.view")
def task(request: Request, plan: int, task: int) -> HttpResponse:
    """One task: its words, its parts each with its state, its progress over time, its place in the paper."""
    found = _plan(request, plan)
    try:
        row = queries.task_of(request.viewer, plan, task)
    except Task.DoesNotExist as error:
        raise Http404 from error
    parts = queries.parts_with_states(row)
    told = queries.told_of(request.viewer, "task", [row.pk]).get(row.pk, [])
    shown = {
        "plan": found,
        "key": f"task-{row.pk}",
        "may_amend": request.viewer.may("plans.amend", tenant=found.tenant_id),
        "told": [(item, lines_of(item)) for item in told],
        "tabs": tabs_of(found, "tasks"),
        "offers": registry.offered(request.viewer, "plans.task", row.pk),
        "task": row,
        "parts": [(part, part.state, label(part.state)) for part in parts],
        "recurrence": dict(RECURRENCES).get(row.recurrence, "") if row.recurrence else "",
        "progress": [
            (one, one.period_until - timedelta(days=1)) for one in queries.progress_of(request.viewer, row)
        ],
    }
    return render(request, "plans/task.html", shown)


@page("plans.view")
def parties(request: Request, plan: int) -> HttpResponse:
    """Everybody the plan names, with how much each has."""
    found = _plan(request, plan)
    parts = Counter[tuple[int, str]]()
    for party, role in Part.objects.filter(task__plan=found).values_list("party", "role"):
        parts[party, role] += 1
    duties = Counter(queries.duties(request.viewer, found).values_list("party", flat=True))
    targets = Counter(queries.targets(request.viewer, found).values_list("answering", flat=True))
    named = queries.all_parties(request.viewer, found)
    rows = [
        {
            "party": party,
            "lead": parts[party.pk, Part.Role.LEAD],
            "coordinate": parts[party.pk, Part.Role.COORDINATE],
            "duties": duties[party.pk],
            "targets": targets[party.pk],
        }
        for party in Party.objects.filter(pk__in=named).order_by("sort_key")
    ]
    shown = {"plan": found, "tabs": tabs_of(found, "parties"), "rows": rows}
    return render(request, "plans/parties.html", shown)


@page("plans.view")
def party(request: Request, plan: int, party: int) -> HttpResponse:
    """All that one party has in the plan: in its own name, as member of a group, as successor."""
    found = _plan(request, plan)
    who: Party = get_object_or_404(agencies.parties(request.viewer), pk=party)
    bound = _bound(request, found, who)
    parts = queries.with_states(queries.parts_of(request.viewer, found, bound))
    shown = {
        "plan": found,
        "tabs": tabs_of(found, "parties"),
        "party": who,
        "notes": [note for note in bound.values() if note],
        "parts": [(part, part.state, label(part.state)) for part in parts],
        "duties": list(queries.duties_of(request.viewer, found, bound)),
        "targets": list(queries.targets_of(request.viewer, found, bound)),
        # links of the plan to which the page adds its agency
        "offers": [
            (offer.title, f"{offer.address}{who.pk}/")
            for offer in registry.offered(request.viewer, "plans.party", found.pk)
        ],
    }
    return render(request, "plans/party.html", shown)


def _bound(request: Request, plan: Plan, party: Party) -> dict[int, str]:
    """The parties of the plan for which a party answers today, each with the reason; itself without one."""
    named = queries.all_parties(request.viewer, plan)
    answered = agencies.resolve(sorted(named), today(), plan.territory_id)
    found = {
        pk: next(answerer.note for answerer in answerers if answerer.party == party.pk)
        for pk, answerers in answered.items()
        if any(answerer.party == party.pk for answerer in answerers)
    }
    return found | ({party.pk: ""} if party.pk in named else {})


@page("plans.view")
def paper(request: Request, plan: int) -> HttpResponse:
    """The paper itself with a mark at everything that became part of the plan."""
    found = get_object_or_404(queries.plans(request.viewer).defer(None).defer("header"), pk=plan)
    shown = {
        "plan": found,
        "tabs": tabs_of(found, "paper"),
        "document": found.document,
        "marks": _marks(request, found),
    }
    return render(request, "plans/paper.html", shown)


def _marks(request: Request, plan: Plan) -> list[dict[str, Any]]:
    viewer = request.viewer
    found: list[tuple[str, Any, str, str]] = []
    for target in queries.targets(viewer, plan):
        href = f"{reverse('plans:targets', args=[plan.pk])}#chi-tieu-{target.pk}"
        found.append((f"noi-chi-tieu-{target.pk}", target.places, href, _("chỉ tiêu")))
    for pk, places in Task.objects.filter(plan=plan).order_by("order").values_list("pk", "places"):
        href = reverse("plans:task", args=[plan.pk, pk])
        found.append((f"noi-nhiem-vu-{pk}", places, href, _("nhiệm vụ")))
    for duty in queries.duties(viewer, plan):
        href = f"{reverse('plans:party', args=[plan.pk, duty.party_id])}#trach-nhiem-{duty.pk}"
        found.append((f"noi-trach-nhiem-{duty.pk}", duty.places, href, _("trách nhiệm")))
    for regime in queries.regimes(viewer, plan):
        href = f"{reverse('plans:plan', args=[plan.pk])}#che-do-{regime.pk}"
        found.append((f"noi-che-do-{regime.pk}", regime.places, href, _("chế độ báo cáo")))
    return [
        {"id": name, "places": places, "href": href, "title": title}
        for name, places, href, title in found
        if places
    ]
