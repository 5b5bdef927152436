"""Consolidation: what the reports of a cycle say now, by task, by target, by obstacle; nothing is stored.

Every number and every sentence keeps the submission it comes from and its row in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on
from luc.plans.models import Part, Plan, Progress, Target, Task
from luc.reporting import cut
from luc.reporting.asked import Thing
from luc.reporting.content import explained_sections, of_plan
from luc.reporting.queries.asking import Reporter, by_thing, opened_on
from luc.reporting.queries.basis import Basis, basis_at, basis_now
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.spending import Spending, spending
from luc.reporting.voices import GroupLine, Obstacle, TargetLine, TaskLine, Voice, alike
from luc.rounds.models import Cycle, Obligation, Submission
from luc.rounds.queries import Completeness

# the obligations that are asked and not heard, by what about and in which section
Silent = Mapping[tuple[Thing, str], Collection[int]]


@dataclass(frozen=True, slots=True)
class Consolidation:
    """All that the reports of a cycle say of one plan; `plans` are all that share the cycle.

    unasked: by kind of party in words, the sections that it is not asked in this cycle. unproved: whole sections that
    were handed in without a file, with the explanation. on: as of which day it is known.
    """

    cycle: Cycle
    plan: Plan
    plans: list[Plan]
    counts: Completeness
    heard: int
    accepted_only: bool
    groups: list[GroupLine]
    targets: list[TargetLine]
    duties: list[Voice]
    obstacles: dict[str, list[Obstacle]]
    missing: list[Obligation]
    unasked: dict[str, list[str]] = field(default_factory=dict)
    money: Spending | None = None
    unproved: list[Voice] = field(default_factory=list)
    on: date = field(default_factory=today)

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
        """Up to which day the figures can be: the day of asking while the cut-off is still to come."""
        return min(self.on, self.cycle.cutoff)

    @property
    def settled(self) -> list[tuple[TargetLine, Voice]]:
        """Final figures of what was estimated in an earlier period, with the target of each."""
        return [(line, voice) for line in self.targets for voice in line.settled]

    @property
    def has_estimates(self) -> bool:
        """Whether anybody estimated the whole year beside what is done."""
        return any(voice.estimate is not None for line in self.targets for voice in line.voices)

    @property
    def tasks(self) -> list[TaskLine]:
        return [line for group in self.groups for line in group.tasks]

    @property
    def states(self) -> list[tuple[str, int, str]]:
        """How many tasks of the whole plan are in each state."""
        return GroupLine("", self.tasks).states


def consolidate(
    viewer: Viewer, cycle: Cycle, *, accepted_only: bool, plan: int | None = None, at: datetime | None = None
) -> Consolidation:
    """What is there of a cycle on one plan (its first), now or as it was known `at` a moment.

    A fixed number of statements. Raises Plan.DoesNotExist for a round of something else, or a plan that is not of
    this cycle.
    """
    plans = plans_of([cycle]).get(cycle.pk, [])
    of = next((one for one in plans if plan in (None, one.pk)), None)
    if of is None:
        raise Plan.DoesNotExist
    if at is None:
        basis = basis_now(viewer, cycle, of, accepted_only=accepted_only)
    else:
        basis = basis_at(cycle, of, at, accepted_only=accepted_only)
    return _told(cycle, of, plans, basis, accepted_only)


def _told(cycle: Cycle, of: Plan, plans: list[Plan], basis: Basis, accepted_only: bool) -> Consolidation:
    heard, found = basis.heard, basis.asked
    voices = _voices(heard, of.pk)
    told = {one.obligation_id for one in heard}
    silent = by_thing(one for one in found if one.obligation.pk not in told)
    return Consolidation(
        cycle=cycle,
        plan=of,
        plans=plans,
        counts=basis.counts,
        heard=len(heard),
        accepted_only=accepted_only,
        groups=_groups(of, voices, silent, cycle),
        targets=_targets(of, voices, silent, cycle),
        duties=[voice for voice in voices if voice.row["section"] == "duty" and not voice.row["nil"]],
        obstacles=_raised(heard, voices),
        missing=basis.missing,
        unasked=_unasked(found),
        money=spending(heard, found, of.pk, cycle),
        unproved=[
            Voice(one.obligation.party, one.pk, row)
            for one in heard
            for row in explained_sections(one.content)
        ],
        on=basis.on,
    )


def _voices(heard: Iterable[Submission], plan: int | None = None) -> list[Voice]:
    return [
        Voice(one.obligation.party, one.pk, row)
        for one in heard
        for row in (one.content["rows"] if plan is None else of_plan(one.content, plan))
    ]


def _by(voices: Iterable[Voice], section: str, name: str) -> dict[int, list[Voice]]:
    found: dict[int, list[Voice]] = {}
    for voice in voices:
        if voice.row["section"] == section:
            found.setdefault(voice.row[name], []).append(voice)
    return found


def _groups(plan: Plan, voices: Iterable[Voice], silent: Silent, cycle: Cycle) -> list[GroupLine]:
    by_task = _by(voices, "part", "task")
    on = opened_on(cycle)
    parts = Part.objects.filter(valid_on(on), task__plan=plan, role=Part.Role.LEAD).select_related("party")
    leading: dict[int, list[str]] = {}
    for part in parts.order_by("order"):
        leading.setdefault(part.task_id, []).append(part.printed or part.party.name)
    tasks = Task.objects.filter(valid_on(on), plan=plan).select_related("group").defer("places")
    groups: dict[str, list[TaskLine]] = {}
    for place, task in enumerate(tasks.order_by("order", "pk"), 1):
        waiting = [
            len(silent.get((("task", task.pk), section), ()))
            for section in (cut.Section.LEAD, cut.Section.COORDINATE)
        ]
        line = TaskLine(task, by_task.get(task.pk, []), leading.get(task.pk, []), place, *waiting)
        groups.setdefault(task.group.title if task.group else "", []).append(line)
    return [GroupLine(title, lines) for title, lines in groups.items()]


def _targets(plan: Plan, voices: Iterable[Voice], silent: Silent, cycle: Cycle) -> list[TargetLine]:
    by_target = _by(voices, "figure", "id")
    rows = Target.objects.filter(valid_on(opened_on(cycle)), plan=plan).select_related("answering")
    return [
        TargetLine(
            target,
            by_target.get(target.pk, []),
            len(silent.get((("figure", target.pk), cut.Section.FIGURE), ())),
        )
        for target in rows.order_by("order", "pk")
    ]


def _unasked(found: Iterable[Reporter]) -> dict[str, list[str]]:
    """What the plan asks of kinds of parties and this cycle does not, in words."""
    left: dict[str, set[str]] = {}
    for one in found:
        asked = {row.asked_in for row in one.asked()}
        missing = {row.asked_in for row in one.rows} - asked
        if missing:
            left.setdefault(str(one.audience.label), set()).update(missing)
    return {
        kind: [str(cut.Section(value).label) for value in cut.ordered(sections)]
        for kind, sections in left.items()
    }


def raising(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Only those in which an obstacle or a proposal is written: most have none and need not be read."""
    # a frozen report names what was written only; a quotation mark that somebody typed is escaped in it
    said = Q(content_text__contains='"obstacle":') | Q(content_text__contains='"proposal":')
    return rows.alias(content_text=Cast("content", TextField())).filter(said)


def by_addressee(heard: Collection[Submission]) -> dict[str, list[Obstacle]]:
    """What reports say of obstacles and proposals, in general and with a task, by whom it is for."""
    return _raised(heard, _voices(heard))


def _raised(heard: Iterable[Submission], voices: Iterable[Voice]) -> dict[str, list[Obstacle]]:
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
    """The states that a leading party chooses from; nil is a box of its own."""
    return [
        (str(state.value), str(state.label))
        for state in Progress.State
        if state not in {Progress.State.NIL, Progress.State.TOOK_PART}
    ]
