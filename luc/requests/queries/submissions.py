"""Answers as they were handed in."""

from __future__ import annotations

from django.db.models import QuerySet

from luc.kernel.rights import Viewer
from luc.requests.models import Reply
from luc.requests.queries.replies import replies
from luc.requests.queries.sources import REQUEST
from luc.rounds import queries as rounds
from luc.rounds.models import CorrectionRequest, Obligation, Submission


def submissions(viewer: Viewer) -> QuerySet[Submission]:
    """The frozen answers to requests that a viewer may see, every version."""
    return rounds.submissions(viewer).filter(obligation__cycle__source_kind=REQUEST)


def correction_requests(viewer: Viewer) -> QuerySet[CorrectionRequest]:
    """What was asked to be opened again, of these answers."""
    rows = rounds.correction_requests(viewer)
    return rows.filter(submission__obligation__cycle__source_kind=REQUEST)


def waiting(viewer: Viewer, cycle: int) -> QuerySet[Submission]:
    """The answers of a request that wait for the viewer's verdict, the longest first."""
    rows = rounds.last_submissions(viewer).filter(
        obligation__cycle=cycle,
        obligation__state=Obligation.State.SUBMITTED,
        obligation__cycle__collector__in=viewer.parties_for("requests.judge"),
    )
    return rows.order_by("at", "pk")


def draft_of(viewer: Viewer, obligation: int) -> Reply | None:
    """The draft behind an obligation, for those who write it."""
    return replies(viewer).filter(obligation=obligation).first()
