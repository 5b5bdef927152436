"""How far tasks are: the state of a task is that of its lead parts, as last accepted from each who reports on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today
from luc.plans.models import Part, Plan, Progress, Task
from luc.plans.queries.plans import PlanId, plans, tasks

State = Progress.State
# what weighs most when several report on one task: somebody behind makes it late, all must be done
_WEIGHT = [State.BEHIND, "", State.NOT_STARTED, State.ON_TIME, State.AHEAD, State.NIL, State.DONE]
TONES: Mapping[str, str] = {
    State.BEHIND: "bad",
    State.NOT_STARTED: "idle",
    State.ON_TIME: "wait",
    State.AHEAD: "wait",
    State.NIL: "none",
    State.DONE: "good",
    "": "none",
}


@dataclass(slots=True)
class TaskRow:
    """A task as tables show it: its parts by role, its state, whether its time is over."""

    task: Task
    leads: list[Part]
    coordinating: list[Part]
    state: str
    is_overdue: bool

    @property
    def parts(self) -> list[Part]:
        return [*self.leads, *self.coordinating]

    @property
    def tone(self) -> str:
        return "bad" if self.is_overdue else TONES[self.state]

    @property
    def state_label(self) -> str:
        """The state in words; a task whose time is over says so."""
        words = label(self.state)
        return _("quá hạn, %(state)s") % {"state": words} if self.is_overdue else words


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list of tasks; empty means all."""

    group: int | None = None
    party: int | None = None
    role: str = ""
    state: str = ""
    time: str = ""
    words: str = ""


@dataclass(slots=True)
class Share:
    """Some tasks by state."""

    title: str
    group: int | None
    states: Counter[str] = field(default_factory=Counter)
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.states.total()

    @property
    def done(self) -> int:
        return self.states[State.DONE] + self.states[State.NIL]

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """For the bar: tone, words, count; the order of the states."""
        order = ["done", "nil", "ahead", "on_time", "not_started", "behind", ""]
        return [(TONES[state], label(state), self.states[state]) for state in order if self.states[state]]


def label(state: str) -> str:
    """A state in words; "" is a task on which nobody has reported."""
    return str(State(state).label) if state else _("chưa có báo cáo")


def latest(parts: QuerySet[Part]) -> QuerySet[Progress]:
    """The last progress of each part from each who reports on it."""
    newest = Window(
        RowNumber(), partition_by=[F("part"), F("party")], order_by=[F("at").desc(), F("pk").desc()]
    )
    return Progress.objects.filter(part__in=parts.values("pk")).annotate(place=newest).filter(place=1)


def worst(states: Iterable[str]) -> str:
    """The state that counts when several report; "" when nobody has."""
    return min(states, key=_WEIGHT.index, default="")


def task_rows(viewer: Viewer, plan: PlanId) -> list[TaskRow]:
    """The tasks of a plan in the order of the paper, with their states; three statements whatever their number."""
    return _with_states(tasks(viewer, plan), _lead_states(viewer, plan))


def narrowed(rows: Iterable[TaskRow], filters: Filters) -> list[TaskRow]:
    """The rows that fit."""
    return [row for row in rows if _fits(row, filters)]


def _lead_states(viewer: Viewer, plan: PlanId) -> dict[int, list[str]]:
    """The last states by part, of all parts in the lead."""
    pk = plan if isinstance(plan, int) else plan.pk
    leads = Part.objects.filter(role=Part.Role.LEAD, task__plan__in=plans(viewer).filter(pk=pk).values("pk"))
    found: dict[int, list[str]] = {}
    for part, state in latest(leads).values_list("part", "state"):
        found.setdefault(part, []).append(state)
    return found


def _with_states(rows: Iterable[Task], states: Mapping[int, Sequence[str]]) -> list[TaskRow]:
    on = today()
    found = []
    for task in rows:
        parts = list(task.parts.all())
        leads = [part for part in parts if part.role == Part.Role.LEAD]
        state = worst(one for part in leads for one in states.get(part.pk, [""]))
        over = end_of(task.end)
        is_overdue = over is not None and over <= on and state not in {State.DONE, State.NIL}
        found.append(TaskRow(task, leads, [p for p in parts if p not in leads], state, is_overdue))
    return found


def _fits(row: TaskRow, filters: Filters) -> bool:
    if filters.group is not None and row.task.group_id != filters.group:
        return False
    if (filters.party or filters.role) and not any(_is_part(part, filters) for part in row.parts):
        return False
    if filters.state and row.state != ("" if filters.state == "none" else filters.state):
        return False
    if filters.time == "overdue" and not row.is_overdue:
        return False
    if filters.time.isdecimal() and not _runs_in(row.task, int(filters.time)):
        return False
    words = search_key(filters.words).split()
    return not words or all(word in search_key(f"{row.task.number} {row.task.text}") for word in words)


def _is_part(part: Part, filters: Filters) -> bool:
    return filters.party in {None, part.party_id} and filters.role in {"", part.role}


def _runs_in(task: Task, year: int) -> bool:
    """Whether a task is to be worked on in a year; one without a time of its own always is."""
    begins = int(task.start[:4]) if task.start else year
    ends = int(task.end[:4]) if task.end else year
    return begins <= year <= ends


def end_of(partial: str) -> date | None:
    """The first day after a partial date: "2026", "2026-05", "2026-05-10", "2026-Q2"."""
    if not partial:
        return None
    year, rest = int(partial[:4]), partial[5:]
    if not rest:
        return date(year + 1, 1, 1)
    if len(rest) == 5:
        return date.fromisoformat(partial) + timedelta(days=1)
    month = int(rest[1]) * 3 if rest.startswith("Q") else int(rest)
    return date(year + month // 12, month % 12 + 1, 1)


def shares(rows: Iterable[TaskRow]) -> list[Share]:
    """The tasks by group and state, groups in the order of the paper."""
    found: dict[int | None, Share] = {}
    for row in rows:
        group = row.task.group
        key = group.pk if group else None
        share = found.setdefault(key, Share(group.title if group else _("Không thuộc nhóm nào"), key))
        share.states[row.state] += 1
        share.overdue += row.is_overdue
    return list(found.values())


def progress_of(viewer: Viewer, task: Task) -> QuerySet[Progress]:
    """All progress on the parts of a task, newest first."""
    rows = Progress.objects.filter(part__task=task, tenant__in=viewer.tenants)
    return rows.select_related("party", "part__party", "by").order_by("-at", "-pk")


def states_of(parts: Collection[Part]) -> dict[int, str]:
    """The state of each part: the weightiest of the last ones from each who reports on it."""
    found: dict[int, list[str]] = {}
    chosen = Part.objects.filter(pk__in=[part.pk for part in parts])
    for part, state in latest(chosen).values_list("part", "state"):
        found.setdefault(part, []).append(state)
    return {part.pk: worst(found.get(part.pk, [""])) for part in parts}


def totals(rows: Iterable[Plan]) -> dict[int, dict[str, Any]]:
    """How many tasks, targets and regimes each of several plans has."""
    ids = [plan.pk for plan in rows]
    counted = Plan.objects.filter(pk__in=ids).annotate(
        task_count=Count("tasks", distinct=True),
        target_count=Count("targets", distinct=True),
        regime_count=Count("regimes", distinct=True),
    )
    columns = ("task_count", "target_count", "regime_count")
    return {row["pk"]: row for row in counted.values("pk", *columns)}
