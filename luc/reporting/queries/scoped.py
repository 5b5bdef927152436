"""Rounds of plans alone: other rooms have rounds of their own, which do not exist on the pages of this one."""

from __future__ import annotations

from django.db.models import QuerySet

from luc.kernel.rights import Viewer
from luc.reporting.queries.plans import SOURCE
from luc.rounds import queries as rounds
from luc.rounds.models import CorrectionRequest, Cycle, Submission


def cycles(viewer: Viewer) -> QuerySet[Cycle]:
    """The cycles of plans that a viewer collects or follows."""
    return rounds.cycles(viewer).filter(source_kind=SOURCE)


def told_in_full(viewer: Viewer) -> QuerySet[Cycle]:
    """Of these, the cycles whose reports a viewer reads before they are accepted."""
    return rounds.told_in_full(viewer).filter(source_kind=SOURCE)


def submissions(viewer: Viewer) -> QuerySet[Submission]:
    """The frozen reports on plans that a viewer may see, every version."""
    return rounds.submissions(viewer).filter(obligation__cycle__source_kind=SOURCE)


def last_submissions(viewer: Viewer) -> QuerySet[Submission]:
    """The last version of each of them."""
    return rounds.last_submissions(viewer).filter(obligation__cycle__source_kind=SOURCE)


def correction_requests(viewer: Viewer) -> QuerySet[CorrectionRequest]:
    """What was asked to be opened again, of these submissions."""
    rows = rounds.correction_requests(viewer)
    return rows.filter(submission__obligation__cycle__source_kind=SOURCE)
