"""The collecting agency answers: returned with remarks, accepted, one or many at once; or opened again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from django.utils.translation import gettext as _

from luc.agencies.actions.ending import hand_on_now
from luc.figures import actions as ledger
from luc.figures import queries as figures
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Progress
from luc.plans.progress import record_progress, withdraw_progress
from luc.reporting.actions.handing import SOURCE, withdraw
from luc.reporting.content import all_rows
from luc.reporting.content import told as told_in
from luc.reporting.queries import scoped
from luc.rounds import actions as rounds
from luc.rounds import queries, reopening
from luc.rounds.models import Obligation, Reopening, Submission, Verdict


def give_back(
    viewer: Viewer, submission: int, *, remarks: str, rows: Mapping[str, str] | None = None
) -> Verdict:
    """Return a report with remarks, also by row; its figures count no more. Raises NotAllowed, Refused, Conflict.

    What an agency that has ended would have to correct goes to its successors at once.
    """
    row = queries.submissions(viewer).get(pk=submission)
    obligation = row.obligation
    with _judging(viewer, row) as acting:
        verdict = rounds.give_back(acting, row.pk, remarks=remarks, rows=known(row, rows))
        withdraw(acting, row.pk, "báo cáo được trả lại")
        reopening.answer_open_requests(acting, row.pk, remarks.strip() or "đã trả lại để sửa")
        hand_on_now(acting, obligation.party)
    return verdict


def known(row: Submission, rows: Mapping[str, str] | None) -> dict[str, str]:
    """The remarks on rows that a frozen report has."""
    keys = {one["key"] for one in all_rows(row.content)}
    return {key: words for key, words in (rows or {}).items() if key in keys}


def _judging(viewer: Viewer, row: Submission, reason: str = "") -> AbstractContextManager[Acting]:
    collector = row.obligation.cycle.collector_id
    return action(viewer, "reporting.judge", tenant=row.tenant_id, party=collector, reason=reason)


def look(viewer: Viewer, submission: int) -> None:
    """Note that the collecting agency reads a report that waits; once it is noted nothing is written."""
    row = queries.submissions(viewer).get(pk=submission)
    waits = row.obligation.state == Obligation.State.SUBMITTED and row.obligation.version == row.version
    if hasattr(row, "look") or not waits:
        return
    with _judging(viewer, row) as acting:
        if reopening.look(acting, row.pk) is None:
            raise Conflict(_("Báo cáo vừa được rút lại hoặc đã được xử lý; hãy tải lại trang."))


def reopen(viewer: Viewer, submission: int, *, reason: str, until: datetime | None = None) -> Reopening:
    """An accepted report is to be corrected: its figures and progress count no more, who sent it can write again.

    In a closed cycle `until` says how long. Raises NotAllowed, Refused, Conflict.
    """
    row = queries.submissions(viewer).get(pk=submission)
    with _judging(viewer, row, reason.strip()) as acting:
        return _reopen(acting, row, reason, until)


def _reopen(acting: Acting, row: Submission, reason: str, until: datetime | None) -> Reopening:
    made = reopening.reopen(acting, row.pk, reason=reason, until=until)
    withdraw(acting, row.pk, "báo cáo được mở lại để sửa")
    withdraw_progress(acting, SOURCE, row.pk, reason="báo cáo được mở lại để sửa")
    reopening.answer_open_requests(acting, row.pk, "đã mở lại")
    hand_on_now(acting, row.obligation.party)
    return made


def answer_request(
    viewer: Viewer, request: int, *, granted: bool, answer: str = "", until: datetime | None = None
) -> None:
    """Grant or decline what an agency asked: granted, its report can be written again. Raises as `reopen`."""
    asked = scoped.correction_requests(viewer).get(pk=request)
    row = asked.submission
    with _judging(viewer, row, asked.reason if granted else "") as acting:
        reopening.answer_request(acting, asked.pk, granted=granted, answer=answer)
        if not granted:
            return
        if row.obligation.state == Obligation.State.ACCEPTED:
            _reopen(acting, row, asked.reason, until)
        else:
            rounds.give_back(acting, row.pk, remarks=f"Cho sửa theo đề nghị của đơn vị: {asked.reason}")
            withdraw(acting, row.pk, "báo cáo được trả lại")
            hand_on_now(acting, row.obligation.party)


def accept(
    viewer: Viewer,
    submissions: Collection[int],
    *,
    remarks: str = "",
    rows: Mapping[str, str] | None = None,
) -> list[Submission]:
    """Accept reports of one cycle, all or none: figures count as accepted, progress of the parts is recorded.

    `remarks`, and `rows` by row for a single report, are noted with the acceptance.

    Raises NotAllowed, Refused when nothing is chosen or the reports are of several cycles, Conflict when one of
    them was answered or replaced in the meantime.
    """
    found = list(queries.submissions(viewer).filter(pk__in=submissions))
    if len({row.obligation.cycle_id for row in found}) != 1 or len(found) != len(set(submissions)):
        raise Refused(_("Hãy chọn báo cáo đang chờ xem của một kỳ."))
    # what was handed in never changes: all is prepared before the transaction begins
    told = [figure.pk for figure in figures.of_source(SOURCE, [row.pk for row in found])]
    progress = _progress(viewer, found)
    said = known(found[0], rows) if len(found) == 1 else {}
    with _judging(viewer, found[0]) as acting:
        accepted = rounds.accept(acting, submissions, remarks=remarks, rows=said)
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
        for said in told_in(row.content, "part")
    ]
