"""The leader's one page: what waits for a decision, who is late, how far the targets are. A fixed cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from luc.agencies.issuing import short_name
from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.agencies.queries import match
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today
from luc.plans.drawing import Drawing, draw
from luc.plans.models import Plan
from luc.plans.queries.paths import Path, paths
from luc.plans.queries.plans import plans
from luc.reporting.queries.consolidation import by_addressee
from luc.reporting.queries.plans import SOURCE, plans_of
from luc.reporting.voices import Obstacle, alike
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import Completeness
from luc.rounds.reminders.schedule import days_from
from luc.threads.models import Post, Thread
from luc.threads.queries import threads

SHOWN = 20  # of each list; the rest is a number with a link
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Passed:
    """A thread that was passed up, with what the focal agency said when it did."""

    thread: Thread
    opinion: Post | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What accepted reports ask of the leaders in the same words: the parties, and the round."""

    obstacle: str
    proposal: str
    parties: list[str]
    cycle: int


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who is late with one round."""

    party: str
    cycle: Cycle
    days: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A target with the drawing of its path."""

    path: Path
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class Brief:
    """The page. Lists are whole; the page shows the first of each."""

    passed: list[Passed]
    proposed: list[Proposed]
    late: list[Late]
    rounds: list[tuple[Cycle, Completeness, list[Plan]]]
    targets: list[tuple[Plan, list[Drawn]]]

    @property
    def waiting(self) -> int:
        """How many things wait for the leaders."""
        return len(self.passed) + len(self.proposed)

    @property
    def late_parties(self) -> int:
        """How many bodies are late with anything."""
        return len({one.party for one in self.late})

    @property
    def reached(self) -> int:
        return sum(one.path.row.state == "reached" for _plan, rows in self.targets for one in rows)

    @property
    def wanted(self) -> int:
        return sum(len(rows) for _plan, rows in self.targets)


def brief(viewer: Viewer) -> Brief:
    """The page of a viewer who collects or follows, as of now."""
    running = list(rounds.cycles(viewer).filter(closed_at=None, source_kind=SOURCE)[:_ROUNDS])
    counts = rounds.completeness(viewer, [cycle.pk for cycle in running])
    of = plans_of(running)
    return Brief(
        passed=_passed(viewer),
        proposed=_proposed(viewer, running),
        late=_late(viewer, running),
        rounds=[(cycle, counts[cycle.pk], of.get(cycle.pk, [])) for cycle in running],
        targets=_targets(viewer),
    )


def _passed(viewer: Viewer) -> list[Passed]:
    """What was passed up and not answered yet, the longest waiting first."""
    rows = list(threads(viewer).filter(state=Thread.State.PASSED_UP).order_by("moved_at", "pk"))
    said = Post.objects.filter(thread__in=rows, moved_to=Thread.State.PASSED_UP, party__isnull=False)
    by_focal = {
        post.thread_id: post
        for post in said.select_related("thread", "party").order_by("pk")
        if post.party_id != post.thread.party_id
    }
    return [Passed(row, by_focal.get(row.pk)) for row in rows]


def _proposed(viewer: Viewer, running: Collection[Cycle]) -> list[Proposed]:
    """What accepted reports of the open rounds ask of the People's Committee, most said first."""
    rows = rounds.last_submissions(viewer).filter(
        obligation__cycle__in=running, obligation__state=Obligation.State.ACCEPTED
    )
    heard = list(rows.select_related("obligation__party__unit"))
    cycle_of = {row.pk: row.obligation.cycle_id for row in heard}
    said = by_addressee(heard)
    theirs = _committee(viewer, said)
    groups = alike([one for name in theirs for one in said[name]], "obstacle", "proposal")
    return [_together(group, cycle_of) for group in groups]


def _committee(viewer: Viewer, names: Collection[str]) -> list[str]:
    """Of names to which proposals go, those that mean the province's People's Committee or who heads it."""
    if not names:
        return []
    own = set(
        Party.objects.filter(tenant__in=viewer.tenants, kind=Party.Kind.PROVINCE).values_list("pk", flat=True)
    )
    found: dict[str, None] = {}
    for tenant in sorted(viewer.tenants):
        for name, likely in match(tenant, names, today()).items():
            if likely and likely[0].sure and likely[0].party in own:
                found[name] = None
    return list(found)


def _together(group: list[Obstacle], cycle_of: dict[int, int]) -> Proposed:
    first = group[0].voice
    names = list(dict.fromkeys(short_name(one.voice.party) for one in group))
    words = [str(first.row.get(name) or "") for name in ("obstacle", "proposal")]
    return Proposed(words[0], words[1], names, cycle_of[first.submission])


def _late(viewer: Viewer, running: Collection[Cycle]) -> list[Late]:
    """Who should have handed in by now, the latest first, departments before communes."""
    states = [Obligation.State.OPEN, Obligation.State.RETURNED]
    rows = rounds.overseen_obligations(viewer).filter(cycle__in=running, state__in=states, due_at__lte=now())
    day = today()
    return [
        Late(short_name(row.party), row.cycle, max(1, days_from(row.due_at, day)))
        for row in rows.select_related("party__unit").order_by("due_at", *by_kind("party__"))
    ]


def _targets(viewer: Viewer) -> list[tuple[Plan, list[Drawn]]]:
    """The targets of the plans in force, newest first."""
    year = today().year
    listed = [row for row in plans(viewer)[:SHOWN] if (row.period_end or year) >= year]
    found = paths(viewer, listed)
    return [
        (plan, [Drawn(path, draw(path)) for path in found[plan.pk]]) for plan in listed if plan.pk in found
    ]
