"""The collecting agency answers: returned with remarks, or accepted, one or many at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from luc.figures import actions as ledger
from luc.figures import queries as figures
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Progress
from luc.plans.progress import record_progress
from luc.reporting.actions.handing import SOURCE
from luc.reporting.content import section
from luc.rounds import actions as rounds
from luc.rounds import queries
from luc.rounds.models import Submission, Verdict


def give_back(viewer: Viewer, submission: int, *, remarks: str) -> Verdict:
    """Return a report with remarks; its figures count no more. Raises NotAllowed, Refused, Conflict."""
    row = queries.submissions(viewer).get(pk=submission)
    collector = row.obligation.cycle.collector_id
    with action(viewer, "reporting.judge", tenant=row.tenant_id, party=collector) as acting:
        verdict = rounds.give_back(acting, row.pk, remarks=remarks)
        withdrawn = [figure.pk for figure in figures.of_source(SOURCE, [row.pk])]
        ledger.withdraw(acting, withdrawn, reason="báo cáo được trả lại")
    return verdict


def accept(viewer: Viewer, submissions: Collection[int], *, remarks: str = "") -> list[Submission]:
    """Accept reports of one cycle, all or none: figures count as accepted, progress of the parts is recorded.

    Raises NotAllowed, Refused when nothing is chosen or the reports are of several cycles, Conflict when one of
    them was answered or replaced in the meantime.
    """
    rows = list(queries.submissions(viewer).filter(pk__in=submissions))
    collectors = {row.obligation.cycle.collector_id for row in rows}
    if len({row.obligation.cycle_id for row in rows}) != 1 or len(rows) != len(set(submissions)):
        raise Refused(_("Hãy chọn báo cáo đang chờ xem của một kỳ."))
    # what was handed in never changes: all is prepared before the transaction begins
    told = [figure.pk for figure in figures.of_source(SOURCE, [row.pk for row in rows])]
    progress = _progress(viewer, rows)
    with action(viewer, "reporting.judge", tenant=rows[0].tenant_id, party=collectors.pop()) as acting:
        accepted = rounds.accept(acting, submissions, remarks=remarks)
        ledger.accept(acting, told)
        record_progress(acting, progress)
    return accepted


def _progress(viewer: Viewer, rows: Sequence[Submission]) -> list[Progress]:
    """The progress of the parts that reports tell of."""
    at = now()
    return [
        Progress(
            tenant_id=row.tenant_id,
            part_id=said["id"],
            party_id=row.obligation.party_id,
            period_start=row.obligation.cycle.period_start,
            period_until=row.obligation.cycle.period_until,
            state=Progress.State.NIL if said["nil"] else said["state"],
            result=said.get("result", ""),
            source_kind=SOURCE,
            source_id=row.pk,
            by_id=viewer.user,
            at=at,
        )
        for row in rows
        for said in section(row.content, "part")
    ]
