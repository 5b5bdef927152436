"""One page for those who follow: how the open rounds stand, who is late, what was raised, how far targets are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from luc.agencies.issuing import short_name
from luc.agencies.order import by_kind
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Plan
from luc.plans.queries.levels import parts_by_plan
from luc.reporting.queries.consolidation import by_addressee, raising
from luc.reporting.voices import Obstacle, alike
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Obligation

SHOWN_NAMES = 18
SHOWN_RAISED = 4


@dataclass(frozen=True, slots=True)
class Raised:
    """The same words of one or several parties, and in which round."""

    words: str
    parties: list[str]
    cycle: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a leader sees at a glance."""

    late: list[str]
    late_more: int
    missing: list[str]
    missing_more: int
    raised: list[Raised]
    raised_more: int
    targets: list[tuple[Plan, list[tuple[str, str, int]]]]


def overview(viewer: Viewer, running: Collection[tuple[Cycle, list[Plan]]]) -> Overview:
    """Late parties by name, obstacles and proposals of the open rounds, targets by state: a fixed cost."""
    cycles = [cycle.pk for cycle, _plans in running]
    plans = {plan.pk: plan for _cycle, of in running for plan in of}
    late, missing = _missing(viewer, cycles)
    raised = _raised(viewer, cycles)
    parts = parts_by_plan(viewer, list(plans))
    return Overview(
        late=late[:SHOWN_NAMES],
        late_more=max(0, len(late) - SHOWN_NAMES),
        missing=missing[:SHOWN_NAMES],
        missing_more=max(0, len(missing) - SHOWN_NAMES),
        raised=raised[:SHOWN_RAISED],
        raised_more=max(0, len(raised) - SHOWN_RAISED),
        targets=[(plan, parts[pk]) for pk, plan in plans.items() if pk in parts],
    )


def _missing(viewer: Viewer, cycles: Collection[int]) -> tuple[list[str], list[str]]:
    """Who should have handed in, and who still has time; each once, departments first."""
    states = [Obligation.State.OPEN, Obligation.State.RETURNED]
    rows = rounds.overseen_obligations(viewer).filter(cycle__in=cycles, state__in=states)
    late: dict[str, None] = {}
    missing: dict[str, None] = {}
    for row in rows.select_related("party__unit").order_by(*by_kind("party__")):
        (late if row.due_at <= now() else missing)[short_name(row.party)] = None
    return list(late), [name for name in missing if name not in late]


def _raised(viewer: Viewer, cycles: Collection[int]) -> list[Raised]:
    """What the reports of the open rounds raise, most said first."""
    heard = [Obligation.State.SUBMITTED, Obligation.State.ACCEPTED]
    rows = rounds.last_submissions(viewer).filter(obligation__cycle__in=cycles, obligation__state__in=heard)
    found = list(raising(rows))
    cycle_of = {row.pk: row.obligation.cycle_id for row in found}
    said: list[Obstacle] = [one for group in by_addressee(found).values() for one in group]
    return [_together(group, cycle_of) for group in alike(said, "obstacle", "proposal")]


def _together(group: list[Obstacle], cycle_of: dict[int, int]) -> Raised:
    first = group[0].voice
    words = ". ".join(
        str(first.row[name]).rstrip(" .") for name in ("obstacle", "proposal") if first.row.get(name)
    )
    names = list(dict.fromkeys(one.voice.party.name for one in group))
    return Raised(words, names, cycle_of[first.submission])
