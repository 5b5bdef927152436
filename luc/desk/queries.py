"""What I owe, what waits for me, how the cycles stand: what the rooms below say, put side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from luc.desk.steps import presented
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Plan
from luc.reporting.models import Report
from luc.reporting.queries.plans import SOURCE, plans_of
from luc.requests.models import Reply, Request
from luc.requests.queries.replies import replies
from luc.requests.queries.requests import sent
from luc.rounds import queries as rounds
from luc.rounds.correcting import Correction, corrections
from luc.rounds.models import Cycle, Obligation, Presentation, Submission
from luc.rounds.queries import Completeness
from luc.rounds.words import Standing, standing

NEAR = timedelta(days=7)
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that the own agency owes, what was said when it came back, and for whom it stands in."""

    obligation: Obligation
    report: Report
    returned: Correction | None
    succeeds: tuple[str, ...] = ()
    plans: tuple[Plan, ...] = ()
    presented: Presentation | None = None

    @property
    def standing(self) -> Standing:
        return standing(self.obligation)

    @property
    def is_presented(self) -> bool:
        """Whether it waits for the approver: nothing more is to be written."""
        return self.presented is not None and not hasattr(self.presented, "decision")

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was written yet: then one touch says that there is nothing to report."""
        return self.report.saved_at is None and self.returned is None

    @property
    def is_near(self) -> bool:
        """Whether it is due soon."""
        return now() < self.obligation.due_at <= now() + NEAR


@dataclass(frozen=True, slots=True)
class Requested:
    """One ad-hoc request that the own agency has to answer, and what was said when its answer came back."""

    reply: Reply
    returned: Correction | None
    presented: Presentation | None = None

    @property
    def obligation(self) -> Obligation:
        return self.reply.obligation

    @property
    def standing(self) -> Standing:
        return standing(self.obligation)

    @property
    def is_near(self) -> bool:
        """Whether it is due soon."""
        return now() < self.obligation.due_at <= now() + NEAR


def owed(viewer: Viewer) -> list[Owed]:
    """What the viewer's agencies still have to hand in, the most urgent first."""
    rows = list(rounds.owed_now(viewer).order_by("due_at", "pk")[:_SHOWN])
    ids = [row.pk for row in rows]
    drafts = {
        row.obligation_id: row
        for row in Report.objects.filter(obligation__in=ids).select_related("plan").defer("plan__document")
    }
    returned = corrections(rows)
    succeeds, shown = rounds.succeeded(ids), presented(ids)
    plans = plans_of([row.cycle for row in rows])
    return [
        Owed(
            row,
            drafts[row.pk],
            returned.get(row.pk),
            succeeds.get(row.pk, ()),
            tuple(plans.get(row.cycle_id, ())),
            _since(shown.get(row.pk), returned.get(row.pk)),
        )
        for row in rows
        if row.pk in drafts
    ]


def _since(shown: Presentation | None, returned: Correction | None) -> Presentation | None:
    """What was presented, unless a version was handed in and came back after it."""
    return None if shown and returned and shown.at < returned.at else shown


def requested(viewer: Viewer) -> list[Requested]:
    """The ad-hoc requests that the viewer's agencies still have to answer, the most urgent first."""
    open_states = [Obligation.State.OPEN, Obligation.State.RETURNED]
    rows = replies(viewer).filter(
        obligation__state__in=open_states, obligation__in=rounds.owed_now(viewer).order_by().values("pk")
    )
    found = list(rows.order_by("obligation__due_at", "pk")[:_SHOWN])
    shown = presented([row.obligation_id for row in found])
    returned = corrections([row.obligation for row in found])
    return [
        Requested(row, back, _since(shown.get(row.obligation_id), back))
        for row in found
        for back in [returned.get(row.obligation_id)]
    ]


def handed_in(viewer: Viewer) -> list[Submission]:
    """What the viewer's agencies handed in last, reports and answers to requests, newest first."""
    own = rounds.own_obligations(viewer).order_by().values("pk")
    answered = [Obligation.State.SUBMITTED, Obligation.State.ACCEPTED]
    rows = rounds.last_submissions(viewer).filter(obligation__in=own, obligation__state__in=answered)
    return list(rows.defer("content").order_by("-at")[:10])


def to_read(viewer: Viewer) -> list[Submission]:
    """Reports that wait for the viewer's verdict, the oldest first; answers to a request wait together in `asked`."""
    rows = rounds.last_submissions(viewer).filter(
        obligation__state=Obligation.State.SUBMITTED,
        obligation__cycle__source_kind=SOURCE,
        obligation__cycle__collector__in=viewer.parties_for("reporting.judge"),
    )
    return list(rows.defer("content").order_by("at")[:_SHOWN])


def running(viewer: Viewer) -> list[tuple[Cycle, Completeness, list[Plan]]]:
    """The open cycles of plans that a viewer collects or follows, each with its counts and its plans."""
    rows = list(rounds.cycles(viewer).filter(closed_at=None, source_kind=SOURCE)[:20])
    counts = rounds.completeness(viewer, [row.pk for row in rows])
    of = plans_of(rows)
    return [(row, counts[row.pk], of.get(row.pk, [])) for row in rows]


def asked(viewer: Viewer) -> list[tuple[Request, Completeness]]:
    """The open ad-hoc requests a viewer collects or follows, each with its counts."""
    rows = list(sent(viewer).filter(cycle__closed_at=None).order_by("cycle__due_at", "pk")[:20])
    counts = rounds.completeness(viewer, [row.cycle_id for row in rows if row.cycle_id])
    return [(row, counts[row.cycle_id]) for row in rows if row.cycle_id]
