"""A cycle is steered beside its reports: opened again, for one party, another answers for one; a report taken back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from django.db.models import F

from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.reporting.actions.handing import withdraw
from luc.reporting.models import Report
from luc.rounds import actions as steps
from luc.rounds import queries, reopening, succession
from luc.rounds.models import CorrectionRequest, Cycle, Obligation, Verdict


def reopen_cycle(viewer: Viewer, cycle: int, *, reason: str) -> Cycle:
    """Open a closed cycle again. Raises NotAllowed, Refused without a reason, Conflict when it is open."""
    row = queries.cycles(viewer).get(pk=cycle)
    with action(
        viewer, "reporting.judge", tenant=row.tenant_id, party=row.collector_id, reason=reason.strip()
    ) as acting:
        return reopening.reopen_cycle(acting, row.pk)


def _steering(viewer: Viewer, row: Obligation, reason: str) -> AbstractContextManager[Acting]:
    collector = row.cycle.collector_id
    return action(viewer, "reporting.judge", tenant=row.tenant_id, party=collector, reason=reason.strip())


def open_once_more(viewer: Viewer, obligation: int, *, until: datetime, reason: str) -> Obligation:
    """In a closed cycle let one party hand in until a moment. Raises NotAllowed, Refused."""
    row = queries.overseen_obligations(viewer).get(pk=obligation)
    with _steering(viewer, row, reason) as acting:
        return reopening.open_once_more(acting, steps.locked(row.pk), until, reason)


def stand_in(viewer: Viewer, obligation: int, *, party: int | None, reason: str) -> Obligation:
    """Let another party answer in the place of the one that owes, in this cycle; None gives it back.

    The draft goes along as it is; a page that was open before cannot be saved over it. Raises NotAllowed, Refused.
    """
    row = queries.overseen_obligations(viewer).get(pk=obligation)
    words = reopening.must_say(reason)
    with _steering(viewer, row, words) as acting:
        changed = succession.stand_in(acting, row.pk, party, why=words)
        Report.objects.filter(obligation=row).update(version=F("version") + 1)
    return changed


def take_back(viewer: Viewer, submission: int) -> Verdict:
    """Take back a report that nobody has looked at yet; its figures count no more.

    Raises NotAllowed, Refused, Conflict.
    """
    row = queries.submissions(viewer).get(pk=submission)
    with _answering(viewer, row.obligation) as acting:
        verdict = reopening.take_back(acting, row.pk)
        withdraw(acting, row.pk, "đơn vị rút lại báo cáo")
    return verdict


def ask_to_correct(viewer: Viewer, submission: int, *, reason: str) -> CorrectionRequest:
    """Ask the collecting agency to open a report again. Raises NotAllowed, Refused, Conflict."""
    row = queries.submissions(viewer).get(pk=submission)
    with _answering(viewer, row.obligation) as acting:
        return reopening.ask_to_correct(acting, row.pk, reason=reason)


def _answering(viewer: Viewer, row: Obligation) -> AbstractContextManager[Acting]:
    return action(viewer, "reporting.submit", tenant=row.tenant_id, party=row.answerer_id)
