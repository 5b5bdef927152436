"""How far tasks are: the state of a task is that of its lead parts, as last accepted from each who reports on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.plans.models import Part, Plan, Progress, Target, Task
from luc.plans.queries.plans import PlanId, last_day, parts_on, plans_in
from vanban.timeframes import days_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _State(TypedDict):
        state: str

    PartWithState = WithAnnotations[Part, _State]

State = Progress.State
# what weighs most when several report on one task: somebody behind makes it late, all must be done
ORDER = [
    State.BEHIND,
    "",
    State.NOT_STARTED,
    State.ON_TIME,
    State.AHEAD,
    State.TOOK_PART,
    State.NIL,
    State.DONE,
]
TONES: Mapping[str, str] = {
    State.BEHIND: "bad",
    State.NOT_STARTED: "idle",
    State.ON_TIME: "wait",
    State.AHEAD: "wait",
    State.TOOK_PART: "wait",
    State.NIL: "none",
    State.DONE: "good",
    "": "none",
}


class PartRow(NamedTuple):
    """A part as tables show it, as plain values; "" is a part on which nobody has reported."""

    task: int
    party: int
    name: str
    role: str
    state: str


@dataclass(slots=True)
class TaskRow:
    """A task as tables show it: its parts by role, its state, whether its time is over and it is not done."""

    task: Task
    group: str
    leads: list[PartRow]
    coordinating: list[PartRow]
    state: str
    is_overdue: bool

    @property
    def parts(self) -> list[PartRow]:
        return [*self.leads, *self.coordinating]

    @property
    def lead_names(self) -> str:
        return "; ".join(part.name for part in self.leads)

    @property
    def coordinating_names(self) -> str:
        return "; ".join(part.name for part in self.coordinating)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def state_label(self) -> str:
        return label(self.state)


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
        order = ["done", "nil", "took_part", "ahead", "on_time", "not_started", "behind", ""]
        return [(TONES[state], label(state), self.states[state]) for state in order if self.states[state]]


def label(state: str) -> str:
    """A state in words; "" is a task on which nobody has reported."""
    return str(State(state).label) if state else _("chưa có báo cáo")


def with_states(parts: QuerySet[Part]) -> QuerySet[PartWithState]:
    """Parts, each with its `state`: the weightiest of the last ones from each who reports on it."""
    later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    counting = Progress.objects.filter(withdrawal=None)
    newer = counting.filter(later, part=OuterRef("part"), party=OuterRef("party"))
    weight = Case(*(When(state=state, then=n) for n, state in enumerate(ORDER) if state))
    last = counting.filter(~Exists(newer), part=OuterRef("pk")).order_by(weight)
    return parts.annotate(state=Coalesce(Subquery(last.values("state")[:1]), Value("")))


_read_parts = Prepared(lambda task, on: with_states(parts_on(task, on)))


def parts_with_states(task: Task) -> list[PartWithState]:
    """Who has a part in a task at hand today (of one that ended: had at the end), leads first, each with its state."""
    return _read_parts(task=task.pk, on=last_day(task))


def worst(states: Iterable[str]) -> str:
    """The state that counts when several report; "" when nobody has."""
    return min(states, key=ORDER.index, default="")


def task_rows(viewer: Viewer, plan: PlanId) -> list[TaskRow]:
    """The tasks of a plan in the order of the paper, with their states; two statements whatever their number."""
    pk, on = plan if isinstance(plan, int) else plan.pk, today()
    tenants = viewer.tenants_for("plans.view")
    of: dict[int, list[PartRow]] = {}
    for row in _read_states(tenants=tenants, plan=pk, on=on):
        of.setdefault(row[0], []).append(PartRow._make(row))
    listed = _read_tasks(tenants=tenants, plan=pk, on=on)
    return [_row(task, task.group_title or "", of.get(task.pk, []), on) for task in listed]


_read_tasks: Prepared[Any] = Prepared(
    lambda tenants, plan, on: (
        Task.objects.filter(valid_on(on), plan__in=plans_in(tenants).filter(pk=plan).values("pk"))
        .annotate(group_title=F("group__title"))
        .defer("places", "funding", "note")
        .order_by("order", "pk")
    )
)
_read_states: Prepared[Any] = Prepared(
    lambda tenants, plan, on: (
        with_states(
            Part.objects.filter(valid_on(on), task__plan__in=plans_in(tenants).filter(pk=plan).values("pk"))
        )
        .order_by("-role", "order", "pk")
        .values_list("task", "party", "party__name", "role", "state")
    )
)


def _row(task: Task, group: str, parts: list[PartRow], on: date) -> TaskRow:
    leads = [part for part in parts if part.role == Part.Role.LEAD]
    state = worst(part.state for part in leads)
    time = days_of(task.end)
    is_overdue = time is not None and time[1] <= on and state not in {State.DONE, State.NIL}
    return TaskRow(task, group, leads, parts[len(leads) :], state, is_overdue)


def narrowed(rows: Iterable[TaskRow], filters: Filters) -> list[TaskRow]:
    """The rows that fit."""
    return [row for row in rows if _fits(row, filters)]


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


def _is_part(part: PartRow, filters: Filters) -> bool:
    return filters.party in {None, part.party} and filters.role in {"", part.role}


def _runs_in(task: Task, year: int) -> bool:
    """Whether a task is to be worked on in a year; one without a time of its own always is."""
    begins, ends = days_of(task.start), days_of(task.end)
    return (begins is None or begins[0].year <= year) and (ends is None or ends[0].year >= year)


def shares(rows: Iterable[TaskRow]) -> list[Share]:
    """The tasks by group and state, groups in the order of the paper."""
    found: dict[int | None, Share] = {}
    for row in rows:
        key = row.task.group_id
        share = found.setdefault(key, Share(row.group or _("Không thuộc nhóm nào"), key))
        share.states[row.state] += 1
        share.overdue += row.is_overdue
    return list(found.values())


_read_progress = Prepared(
    lambda task, tenants: (
        Progress.objects.filter(part__task=task, tenant__in=tenants)
        .select_related("party", "part__party", "by", "withdrawal")
        .order_by("-at", "-pk")
    )
)


def progress_of(viewer: Viewer, task: Task) -> list[Progress]:
    """All progress on the parts of a task, newest first."""
    return _read_progress(task=task.pk, tenants=viewer.tenants)


def totals(rows: Iterable[Plan]) -> dict[int, dict[str, Any]]:
    """How many tasks and targets each of several plans has."""
    ids = [plan.pk for plan in rows]
    counts = {"task_count": _count_of(Task), "target_count": _count_of(Target)}
    return {row["pk"]: dict(row) for row in Plan.objects.filter(pk__in=ids).values("pk", **counts)}


def _count_of(model: type[Task] | type[Target]) -> Coalesce:
    rows = model.objects.filter(valid_on(today()), plan=OuterRef("pk")).order_by().values("plan")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
