"""What waits for somebody beside the reports: to approve, to answer, to decide, to acknowledge, to read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from luc.agencies.models import Party
from luc.issuing.models import Opinion
from luc.issuing.queries import asked_of
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Plan
from luc.plans.queries.receiving import to_acknowledge
from luc.rounds import queries as rounds
from luc.rounds.models import CorrectionRequest, Decision, Obligation, Presentation
from luc.rounds.presenting import waiting
from luc.threads.models import Thread
from luc.threads.queries import decided, waiting_for

SHOWN_FOR = timedelta(days=14)
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Steps:
    """Lines of the desk; each leads to where it is settled."""

    to_approve: list[Presentation]
    asking: list[CorrectionRequest]
    declined: list[CorrectionRequest]
    threads: list[Thread]
    decided: list[Thread]
    to_receive: list[tuple[Plan, Party]]
    opinions: list[Opinion]


def steps(viewer: Viewer) -> Steps:
    """What waits for this viewer: presentations to confirm, requests and threads to answer, plans to acknowledge."""
    return Steps(
        _to_approve(viewer),
        _asking(viewer),
        _declined(viewer),
        _threads(viewer),
        _decided(viewer),
        to_acknowledge(viewer),
        _opinions(viewer),
    )


def _threads(viewer: Viewer) -> list[Thread]:
    """Obstacles and questions in which the next word is the viewer's; an answer to read is one of them."""
    return list(waiting_for(viewer)[:_SHOWN]) if viewer.may("threads.view") else []


def _opinions(viewer: Viewer) -> list[Opinion]:
    """The drafts on which the viewer's own agencies are asked for their opinion and have not given it."""
    if not viewer.may("issuing.give"):
        return []
    return list(asked_of(viewer).filter(state=Opinion.State.ASKED)[:_SHOWN])


def _decided(viewer: Viewer) -> list[Thread]:
    """What the leaders answered in the last days, for who passed it up."""
    if not viewer.may("threads.answer"):
        return []
    return list(decided(viewer, now() - SHOWN_FOR)[:_SHOWN])


def _to_approve(viewer: Viewer) -> list[Presentation]:
    if not viewer.may("reporting.approve"):
        return []
    own = Obligation.objects.filter(rounds.answered_by(viewer, "reporting.approve"))
    rows = waiting(own).select_related("obligation__party", "obligation__cycle").defer("content")
    return list(rows.order_by("obligation__due_at", "pk")[:_SHOWN])


def _asking(viewer: Viewer) -> list[CorrectionRequest]:
    if not viewer.may("reporting.judge"):
        return []
    own = viewer.parties_for("reporting.judge")
    rows = rounds.correction_requests(viewer).filter(answered_at=None)
    return list(rows.filter(submission__obligation__cycle__collector__in=own).order_by("at", "pk")[:_SHOWN])


def _declined(viewer: Viewer) -> list[CorrectionRequest]:
    """Refusals of the last days to the viewer's own agencies."""
    if not viewer.may("reporting.submit"):
        return []
    rows = rounds.correction_requests(viewer).filter(granted=False, answered_at__gte=now() - SHOWN_FOR)
    return list(rows.filter(rounds.own(viewer, prefix="submission__obligation__"))[:_SHOWN])


def presented(obligations: Collection[int]) -> dict[int, Presentation]:
    """What was presented last of answers at hand and waits, or was passed back, by obligation."""
    rows = Presentation.objects.filter(obligation__in=obligations).select_related("decision").defer("content")
    last = {row.obligation_id: row for row in rows.order_by("number")}
    return {pk: row for pk, row in last.items() if _is_open(row)}


def _is_open(row: Presentation) -> bool:
    ended = getattr(row, "decision", None)
    return ended is None or ended.kind == Decision.Kind.SENT_BACK
