"""Consolidation: what the reports of a cycle say now, by task, by target, by obstacle; nothing is stored.

Every number and every sentence keeps the submission it comes from and its row in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.plans.models import Part, Plan, Progress, Regime, Target, Task
from luc.plans.queries.levels import is_reached
from luc.plans.queries.states import ORDER, TONES, worst
from luc.reporting.asked import aim
from luc.reporting.content import printed, role_words, value_of
from luc.reporting.queries.plans import SOURCE
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Obligation, Submission
from luc.rounds.queries import Completeness


@dataclass(frozen=True, slots=True)
class Voice:
    """What one party said in one row of its report."""

    party: Party
    submission: int
    row: Mapping[str, Any]

    @property
    def state(self) -> str:
        """The state of a part; nil is one."""
        return "nil" if self.row.get("nil") else str(self.row.get("state", ""))

    @property
    def state_words(self) -> str:
        return printed("state", self.state)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "none")

    @property
    def result(self) -> str:
        return str(self.row.get("result", ""))

    @property
    def role(self) -> str:
        return role_words(str(self.row.get("role", "")))

    @property
    def leads(self) -> bool:
        return self.row.get("role") == Part.Role.LEAD

    @property
    def value(self) -> Decimal | None:
        return value_of(self.row)

    @property
    def kind_words(self) -> str:
        return printed("kind", self.row.get("kind"))

    @property
    def address(self) -> str:
        """The row of the frozen report that says it."""
        return f"{reverse('reporting:submission', args=[self.submission])}#{self.row['key']}"


def _counted(states: Iterable[str]) -> list[tuple[str, int, str]]:
    counted = Counter(states)
    known = [state for state in ORDER if state and counted[state]]
    rows = [(printed("state", state), counted[state], TONES[state]) for state in known]
    return rows + ([(_("chưa có báo cáo"), counted[""], "none")] if counted[""] else [])


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with what its leading and coordinating parties said."""

    task: Task
    voices: list[Voice]
    silent: list[str] = field(default_factory=list)

    @property
    def leads(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.leads]

    @property
    def coordinating(self) -> list[Voice]:
        return [voice for voice in self.voices if not voice.leads]

    @property
    def telling(self) -> list[Voice]:
        """Of the coordinating parties those that had something to tell."""
        return [voice for voice in self.coordinating if voice.state != "nil"]

    @property
    def nil_count(self) -> int:
        return len(self.coordinating) - len(self.telling)

    @property
    def state(self) -> str:
        """The state that counts among those of the leading parties; "" while none of them reported."""
        return worst(voice.state for voice in self.leads)

    @property
    def lead_states(self) -> list[tuple[str, int, str]]:
        """How many of the leading parties are in each state: words, count, tone."""
        return _counted(voice.state for voice in self.leads)

    @property
    def state_words(self) -> str:
        return printed("state", self.state) or _("chưa có báo cáo của cơ quan chủ trì")

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "none")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of tasks."""

    title: str
    tasks: list[TaskLine]

    @property
    def states(self) -> list[tuple[str, int, str]]:
        """How many tasks are in each state: words, count, tone."""
        return _counted(line.state for line in self.tasks)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with the values that were reported for it."""

    target: Target
    voices: list[Voice]

    @property
    def aim(self) -> str:
        return aim(self.target)

    @property
    def valued(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.value is not None]

    @property
    def is_reached(self) -> bool | None:
        """Whether the one reported value fulfils the target; None for none, or for several."""
        values = [voice.value for voice in self.valued]
        return is_reached(self.target, values[0]) if len(values) == 1 and values[0] is not None else None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle or a proposal, where it was said, and to whom it goes."""

    voice: Voice
    about: str

    @property
    def addressee(self) -> str:
        return str(self.voice.row.get("addressee") or _("Cơ quan đầu mối"))


@dataclass(frozen=True, slots=True)
class Consolidation:
    """All that the reports of a cycle say."""

    cycle: Cycle
    plan: Plan
    counts: Completeness
    heard: int
    accepted_only: bool
    groups: list[GroupLine]
    targets: list[TargetLine]
    duties: list[Voice]
    obstacles: dict[str, list[Obstacle]]
    missing: list[Obligation]

    @property
    def coverage(self) -> str:
        """ "92/103"."""
        return f"{self.heard}/{self.counts.bound}"

    @property
    def raised(self) -> dict[str, list[list[Obstacle]]]:
        """Obstacles and proposals by whom they are for; what several said in the same words is together."""
        return {who: alike(rows, "obstacle", "proposal") for who, rows in self.obstacles.items()}

    @property
    def figures_on(self) -> date:
        """Up to which day the figures can be: today while the cut-off is still to come."""
        return min(today(), self.cycle.cutoff)

    @property
    def tasks(self) -> list[TaskLine]:
        return [line for group in self.groups for line in group.tasks]

    @property
    def states(self) -> list[tuple[str, int, str]]:
        """How many tasks of the whole plan are in each state."""
        return GroupLine("", self.tasks).states


def alike(rows: Iterable[Obstacle], *names: str) -> list[list[Obstacle]]:
    """Obstacles with the same words under the names ("obstacle", "proposal") together, most said first."""
    together: dict[tuple[str, ...], list[Obstacle]] = {}
    for row in rows:
        words = tuple(plain_words(row.voice.row.get(name)).casefold() for name in names)
        if any(words):
            together.setdefault(words, []).append(row)
    return sorted(together.values(), key=lambda said: -len({row.voice.party.pk for row in said}))


def plain_words(said: object) -> str:
    """Words in one line, without what ends them."""
    return " ".join(str(said or "").split()).rstrip(" .;:,")


def plan_of(cycle: Cycle) -> Plan:
    """The plan whose regime a cycle is a round of. Raises Regime.DoesNotExist for a round of something else."""
    if cycle.source_kind != SOURCE:
        raise Regime.DoesNotExist
    return (
        Regime.objects.select_related("plan__territory", "plan__focal")
        .defer("plan__document")
        .get(pk=cycle.source_id)
        .plan
    )


def consolidate(viewer: Viewer, cycle: Cycle, *, accepted_only: bool) -> Consolidation:
    """What is there now of a cycle, in a fixed number of statements."""
    plan = plan_of(cycle)
    rows = rounds.last_submissions(viewer).filter(obligation__cycle=cycle)
    states = (
        [Obligation.State.ACCEPTED]
        if accepted_only
        else [Obligation.State.SUBMITTED, Obligation.State.ACCEPTED]
    )
    heard = list(rows.filter(obligation__state__in=states).order_by(*by_kind("obligation__party__")))
    voices = _voices(heard)
    missing = rounds.overseen_obligations(viewer).filter(cycle=cycle).exclude(state__in=states)
    return Consolidation(
        cycle=cycle,
        plan=plan,
        counts=rounds.completeness(viewer, [cycle.pk])[cycle.pk],
        heard=len(heard),
        accepted_only=accepted_only,
        groups=_groups(plan, voices),
        targets=_targets(plan, voices),
        duties=[voice for voice in voices if voice.row["section"] == "duty" and not voice.row["nil"]],
        obstacles=by_addressee(heard),
        missing=list(missing.order_by(*by_kind("party__"))),
    )


def _voices(heard: Iterable[Submission]) -> list[Voice]:
    return [Voice(one.obligation.party, one.pk, row) for one in heard for row in one.content["rows"]]


def _groups(plan: Plan, voices: Iterable[Voice]) -> list[GroupLine]:
    by_task: dict[int, list[Voice]] = {}
    for voice in voices:
        if voice.row["section"] == "part":
            by_task.setdefault(voice.row["task"], []).append(voice)
    leading: dict[int, list[str]] = {}
    for part in (
        Part.objects.filter(task__plan=plan, role=Part.Role.LEAD).select_related("party").order_by("order")
    ):
        leading.setdefault(part.task_id, []).append(part.printed or part.party.name)
    groups: dict[str, list[TaskLine]] = {}
    for task in Task.objects.filter(plan=plan).select_related("group").order_by("order", "pk"):
        line = TaskLine(task, by_task.get(task.pk, []), leading.get(task.pk, []))
        groups.setdefault(task.group.title if task.group else "", []).append(line)
    return [GroupLine(title, lines) for title, lines in groups.items()]


def _targets(plan: Plan, voices: Iterable[Voice]) -> list[TargetLine]:
    by_target: dict[int, list[Voice]] = {}
    for voice in voices:
        if voice.row["section"] == "figure":
            by_target.setdefault(voice.row["id"], []).append(voice)
    rows = Target.objects.filter(plan=plan).select_related("answering").order_by("order", "pk")
    return [TargetLine(target, by_target.get(target.pk, [])) for target in rows]


def by_addressee(heard: Collection[Submission]) -> dict[str, list[Obstacle]]:
    """What reports say of obstacles and proposals, in general and with a task, by whom it is for."""
    voices = _voices(heard)
    general = [
        Obstacle(Voice(one.obligation.party, one.pk, row), _("Kế hoạch nói chung"))
        for one in heard
        for row in one.content["obstacles"]
    ]
    of_rows = [
        Obstacle(voice, str(voice.row["text"]))
        for voice in voices
        if voice.row.get("obstacle") or voice.row.get("proposal")
    ]
    out: dict[str, list[Obstacle]] = {}
    for obstacle in sorted(general + of_rows, key=lambda one: one.addressee):
        out.setdefault(obstacle.addressee, []).append(obstacle)
    return out


def progress_choices() -> list[tuple[str, str]]:
    """The states that a party chooses from; nil is a box of its own."""
    return [
        (str(value), str(label)) for value, label in Progress.State.choices if value != Progress.State.NIL
    ]
