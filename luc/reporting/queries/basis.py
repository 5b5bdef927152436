"""Of which reports a consolidation is made: of those that count now, or of those that counted at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from luc.agencies.order import by_kind
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, today
from luc.plans.models import Plan
from luc.reporting.queries.asking import Reporter, reporters
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Obligation, Submission
from luc.rounds.past import round_at
from luc.rounds.queries import Completeness


@dataclass(frozen=True, slots=True)
class Basis:
    """The reports that count, who is missing, how complete the round is, what each report is asked; on which day."""

    heard: list[Submission]
    missing: list[Obligation]
    counts: Completeness
    asked: list[Reporter]
    on: date


def states_heard(*, accepted_only: bool) -> list[Obligation.State]:
    """The states of obligations whose reports are taken."""
    return [Obligation.State.ACCEPTED, *([] if accepted_only else [Obligation.State.SUBMITTED])]


def basis_now(viewer: Viewer, cycle: Cycle, of: Plan, *, accepted_only: bool) -> Basis:
    """What counts now, of what a viewer may see."""
    states = states_heard(accepted_only=accepted_only)
    rows = rounds.last_submissions(viewer).filter(obligation__cycle=cycle)
    missing = rounds.overseen_obligations(viewer).filter(cycle=cycle).exclude(state__in=states)
    return Basis(
        heard=list(rows.filter(obligation__state__in=states).order_by(*by_kind("obligation__party__"))),
        missing=list(missing.order_by(*by_kind("party__"))),
        counts=rounds.completeness(viewer, [cycle.pk])[cycle.pk],
        asked=reporters(cycle, [of]),
        on=today(),
    )


def basis_at(cycle: Cycle, of: Plan, moment: datetime, *, accepted_only: bool) -> Basis:
    """What counted at a moment, whoever asks: the round was found through the viewer.

    Who was bound, what was handed in, returned, accepted, opened again is as it was then. What the plan says and what
    each report was asked is as the round knows it now: a plan's rows are those of the day on which the round opened.
    """
    then = round_at(cycle, moment)
    counting = then.counting(accepted_only=accepted_only)
    read = Submission.objects.in_bulk(counting.values())
    heard, missing = [], []
    for row in then.obligations:
        if row.pk in counting:
            found = read[counting[row.pk]]
            found.obligation = row
            heard.append(found)
        else:
            missing.append(row)
    bound = {row.pk for row in then.obligations}
    return Basis(
        heard=heard,
        missing=missing,
        counts=then.completeness,
        asked=reporters(cycle, [of], among=bound),
        on=moment.astimezone(VIETNAM).date(),
    )
