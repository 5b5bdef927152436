"""What is said of a plan in public, as plain values: built from its rows when an officer publishes, frozen then.

This is the one list of what may be public: what is not named here is not published. No names of people, no words of
drafts; figures and progress only as accepted.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django_scopes import scope

from luc.agencies.models import Membership, Party
from luc.issuing.issued.queries import issued
from luc.issuing.models import Draft
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import VIETNAM, today, valid_on
from luc.plans.models import Part, Plan, Progress, Task
from luc.plans.queries.paths import Path, paths
from luc.plans.queries.states import State, TaskRow, task_rows, worst
from luc.portal.privacy import kept_back, names_of
from luc.reporting.queries.plans import plans_of
from luc.reporting.upwards.models import Pairing
from luc.territory.models import Unit
from vanban.timeframes import days_of

Values = dict[str, Any]
DONE = {State.DONE, State.NIL}


@dataclass(frozen=True, slots=True)
class Built:
    """The content of an edition to be; `left_out`: words that name a person: of what, what was found."""

    content: Values
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        plain = json.dumps(self.content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def build(viewer: Viewer, plan: Plan, *, with_words: bool) -> Built:
    """All that may be public of a plan as it stands now; `with_words`: also what was accepted as result of tasks."""
    with written():
        rows = task_rows(viewer, plan)
        words, left_out = _words(plan) if with_words else ({}, [])
        content = {
            "plan": _head(plan),
            "until": _until(plan),
            "groups": _groups(rows),
            "tasks": [_task(row, words.get(row.task.pk, [])) for row in rows],
            "targets": [_target(path) for path in paths(viewer, [plan]).get(plan.pk, [])],
            "units": _units(plan),
            "reports": _reports(viewer, plan),
            "answered_by": _answered_by(plan),
        }
    return Built(content, left_out)


def summary_of(content: Mapping[str, Any]) -> Values:
    """Head and counts of a content."""
    states = Counter(task["state"] for task in content["tasks"])
    return {
        "plan": content["plan"],
        "until": content["until"],
        "tasks": len(content["tasks"]),
        "states": dict(states),
        "done": sum(states[state] for state in DONE),
        "overdue": sum(task["overdue"] for task in content["tasks"]),
        "targets": dict(Counter(target["state"] for target in content["targets"])),
    }


def _head(plan: Plan) -> Values:
    programme, unit = plan.programme, plan.territory
    return {
        "id": plan.pk,
        "number": plan.number,
        "date": plan.date.isoformat() if plan.date else "",
        "title": plan.title,
        "issuer": plan.issuer,
        "kind": plan.kind,
        "start": plan.period_start,
        "end": plan.period_end,
        "vision": plan.vision,
        "programme": {"code": programme.code, "name": programme.name, "decision": programme.decision}
        if programme
        else None,
        "place": {
            "id": unit.pk,
            "code": unit.code,
            "level": unit.level,
            "name": unit.full_name,
            "name_en": unit.name_en,
        },
        "focal": plan.focal.name,
    }


def _until(plan: Plan) -> str:
    """The last day of which progress was accepted; "" before the first. Of a period under way, that of accepting."""
    rows = Progress.objects.filter(part__task__plan=plan, withdrawal=None).values("period_until")
    last = rows.annotate(accepted=Max("at")).order_by("-period_until").first()
    if last is None:
        return ""
    until: date = min(last["period_until"] - timedelta(days=1), last["accepted"].astimezone(VIETNAM).date())
    return until.isoformat()


def _groups(rows: Iterable[TaskRow]) -> list[Values]:
    titles = {row.task.group_id: row.group for row in rows}
    return [{"id": pk, "title": title} for pk, title in titles.items()]


def _task(row: TaskRow, words: list[Values]) -> Values:
    task = row.task
    return {
        "id": task.pk,
        "group": task.group_id,
        "number": task.number,
        "text": task.text,
        "timeframe": task.timeframe_text,
        "starts": _first_day(task.start),
        "ends": _last_day(task.end),
        "output": task.output,
        "leads": [part.name for part in row.leads],
        "coordinating": [part.name for part in row.coordinating],
        "state": str(row.state),
        "overdue": row.is_overdue,
        "results": words,
    }


def _first_day(partial: str) -> str:
    days = days_of(partial)
    return days[0].isoformat() if days else ""


def _last_day(partial: str) -> str:
    days = days_of(partial)
    return (days[1] - timedelta(days=1)).isoformat() if days else ""


def _words(plan: Plan) -> tuple[dict[int, list[Values]], list[tuple[str, str]]]:
    """The last accepted words of each who leads, by task; those in which a person is named are left out."""
    holds = valid_on(today(), "part__") & valid_on(today(), "part__task__")
    rows = Progress.objects.filter(
        holds, part__task__plan=plan, part__role=Part.Role.LEAD, withdrawal=None
    ).select_related("party", "part__task")
    last = {(row.part_id, row.party_id): row for row in rows.order_by("at", "pk")}
    people = Membership.objects.filter(tenant=plan.tenant_id).values_list("user__full_name", flat=True)
    names = names_of(set(people))
    found: dict[int, list[Values]] = {}
    left_out: list[tuple[str, str]] = []
    for row in last.values():
        if what := kept_back(row.result, names):
            left_out.append((_called(row.part.task), what))
        elif row.result.strip():
            said = {"by": row.party.name, "until": _before(row.period_until), "text": row.result.strip()}
            found.setdefault(row.part.task_id, []).append(said)
    return found, left_out


def _called(task: Task) -> str:
    return f"{task.number} {task.text}".strip()[:120]


def _before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()


def _target(path: Path) -> Values:
    row, target = path.row, path.row.target
    figure = row.figure
    days = {point.figure: min(point.day, point.reported).isoformat() for point in path.points}
    return {
        "id": target.pk,
        "text": target.text,
        "unit": target.unit,
        "year": target.year,
        "comparator": target.comparator,
        "low": _number(path.low),
        "high": _number(path.high),
        "answering": target.answering.name,
        "state": row.state,
        "value": _number(row.value),
        "figure": figure.pk if figure else None,
        "day": days.get(figure.pk, "") if figure else "",
        "estimate": figure is not None and figure.kind == figure.Kind.ESTIMATE,
        "first": path.first,
        "last": path.last,
        "points": [
            {
                "figure": point.figure,
                "day": days[point.figure],
                "value": _number(point.value),
                "estimate": point.is_estimate,
            }
            for point in path.points
        ],
    }


def _number(value: Any) -> str | None:
    """A decimal as text without zeros at its end, exactly."""
    return None if value is None else f"{value.normalize():f}"


def _units(plan: Plan) -> list[Values]:
    """How far the communes of a province are, or the provinces of the country: by unit the last accepted states."""
    is_country = plan.territory.level == Unit.Level.COUNTRY
    kind = Party.Kind.PROVINCE if is_country else Party.Kind.COMMUNE
    parties = Party.objects.filter(
        valid_on(today()), tenant=plan.tenant_id, kind=kind, unit__valid_to=None
    ).exclude(unit=None)
    said = Progress.objects.filter(part__task__plan=plan, withdrawal=None, party__in=parties.values("pk"))
    states: dict[int, dict[int, str]] = {}
    for party, part, state in said.order_by("at", "pk").values_list("party", "part", "state"):
        states.setdefault(party, {})[part] = state
    rows = parties.order_by("sort_key", "pk").values_list(
        "pk", "name", "unit", "unit__full_name", "unit__code"
    )
    return [
        {
            "unit": unit,
            "code": code,
            "name": name,
            "by": by,
            "state": worst(states.get(pk, {}).values()),
            "states": dict(Counter(states.get(pk, {}).values())),
        }
        for pk, by, unit, name, code in rows
    ]


def _reports(viewer: Viewer, plan: Plan) -> list[Values]:
    """The reports on the plan that were issued, newest first; the paper itself names its signer and stays inside."""
    rows = issued(viewer).filter(tenant=plan.tenant_id, version__draft__kind=Draft.Kind.REPORT)
    listed = list(rows)
    plans = plans_of([row.cycle for row in listed if row.cycle])
    return [
        {
            "id": row.pk,
            "number": row.number,
            "date": row.date.isoformat(),
            "title": row.title,
            "issuer": row.party.name,
            "sha256": row.sha256,
            "corrected": hasattr(row, "corrected_by"),
        }
        for row in listed
        if row.plan_id == plan.pk or any(one.pk == plan.pk for one in plans.get(row.cycle_id or 0, ()))
    ]


def _answered_by(plan: Plan) -> dict[str, list[str]]:
    """Which items of plans below answer an item of this one, as people confirmed: "task-7": ["task-12"]."""
    with scope(tenant=[plan.tenant_id]):
        rows = Pairing.objects.filter(tenant=plan.tenant_id, ended_at=None).order_by("pk")
        found: dict[str, list[str]] = {}
        for kind, item, own_kind, own in rows.values_list("kind", "item", "own_kind", "own_item"):
            found.setdefault(f"{kind}-{item}", []).append(f"{own_kind}-{own}")
    own_items = {f"task-{pk}" for pk in plan.tasks.values_list("pk", flat=True)}
    own_items |= {f"figure-{pk}" for pk in plan.targets.values_list("pk", flat=True)}
    return {key: sorted(set(items)) for key, items in found.items() if key in own_items}
