"""Steps that take back what was done: a submission by its own agency, an acceptance or a closing by the collector."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting
from luc.kernel.time import now
from luc.rounds.actions import end_waiting, locked, must_take_answers, waiting
from luc.rounds.models import (
    CorrectionRequest,
    Cycle,
    Look,
    Obligation,
    Reopening,
    Submission,
    Verdict,
)

State = Obligation.State


def look(acting: Acting, submission: int) -> Look | None:
    """Note that the collecting agency has opened a submission that waits; None when that is known or it does not."""
    row = Submission.objects.get(pk=submission)
    obligation = locked(row.obligation_id)
    waits = obligation.state == State.SUBMITTED and obligation.version == row.version
    if not waits or Look.objects.filter(submission=row).exists():
        return None
    values = {"at": now(), "by_id": acting.viewer.user, "by_name": acting.viewer.name[:120]}
    return acting.create(Look(tenant_id=row.tenant_id, submission=row, **values))


def take_back(acting: Acting, submission: int) -> Verdict:
    """Its own agency takes back what nobody has looked at yet; the answer can be written again.

    Raises Refused when it was looked at or the round is closed, Conflict when it does not wait any more.
    """
    locked(Submission.objects.get(pk=submission).obligation_id)
    (row,) = waiting([submission])
    obligation = row.obligation
    must_take_answers(obligation, obligation.cycle)
    if Look.objects.filter(submission=row).exists():
        raise Refused(
            _("%(collector)s đã mở xem báo cáo này; hãy đề nghị cho sửa, ghi rõ lý do.")
            % {"collector": obligation.cycle.collector}
        )
    verdict = acting.create(end_waiting(acting, row, Verdict.Kind.TAKEN_BACK, ""))
    if _was_returned(row):
        acting.change(obligation, state=State.RETURNED)
    else:
        acting.change(obligation, state=State.OPEN, submitted_at=None)
    return verdict


def _was_returned(row: Submission) -> bool:
    """Whether an earlier version is still to be corrected."""
    earlier = Submission.objects.filter(obligation=row.obligation_id, version__lt=row.version)
    return earlier.exclude(verdict__kind=Verdict.Kind.TAKEN_BACK).exists()


def reopen(acting: Acting, submission: int, *, reason: str, until: datetime | None = None) -> Reopening:
    """An accepted submission is to be corrected: it counts no more. In a closed round `until` opens it again so long.

    Raises Refused without a reason, or in a closed round without a moment to come; Conflict when it is not accepted.
    """
    words = must_say(reason)
    row = Submission.objects.select_related("obligation__party").get(pk=submission)
    obligation = locked(row.obligation_id)
    if obligation.state != State.ACCEPTED or obligation.version != row.version:
        raise Conflict(_("Báo cáo này không còn ở trạng thái đã chấp nhận; hãy tải lại trang."))
    if until is not None:
        open_once_more(acting, obligation, until, words)
    must_take_answers(obligation, obligation.cycle)
    values = {"at": now(), "by_id": acting.viewer.user, "by_name": acting.viewer.name[:120]}
    reopening = acting.create(Reopening(tenant_id=row.tenant_id, submission=row, reason=words, **values))
    acting.change(obligation, state=State.RETURNED)
    return reopening


def must_say(reason: str) -> str:
    """The reason without blanks. Raises Refused when there is none."""
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do."), {"reason": _("Chưa ghi lý do.")})
    return reason.strip()


def ask_to_correct(acting: Acting, submission: int, *, reason: str) -> CorrectionRequest:
    """Ask for a submission that was looked at or accepted to be opened again.

    Raises Refused without a reason or when it was asked already, Conflict when it is not the last one handed in.
    """
    words = must_say(reason)
    row = Submission.objects.get(pk=submission)
    obligation = locked(row.obligation_id)
    if obligation.version != row.version or obligation.state not in {State.SUBMITTED, State.ACCEPTED}:
        raise Conflict(_("Báo cáo này đã có bản mới hoặc đang được sửa; hãy tải lại trang."))
    if CorrectionRequest.objects.filter(submission=row, answered_at=None).exists():
        raise Refused(_("Đơn vị đã đề nghị sửa, đang chờ trả lời."))
    values = {"at": now(), "by_id": acting.viewer.user, "by_name": acting.viewer.name[:120]}
    return acting.create(CorrectionRequest(tenant_id=row.tenant_id, submission=row, reason=words, **values))


def answer_request(acting: Acting, request: int, *, granted: bool, answer: str = "") -> CorrectionRequest:
    """Write down what was answered. Raises Refused for a refusal without words, Conflict when it was answered."""
    if not granted and not answer.strip():
        raise Refused(_("Hãy ghi vì sao không đồng ý."), {"reason": _("Chưa ghi lý do.")})
    row = CorrectionRequest.objects.select_for_update().get(pk=request)
    if row.answered_at is not None:
        raise Conflict(_("Đề nghị này đã được trả lời; hãy tải lại trang."))
    values = {"answered_at": now(), "answered_by_name": acting.viewer.name[:120]}
    return acting.change(row, granted=granted, answer=answer.strip(), **values)


def answer_open_requests(acting: Acting, submission: int, answer: str) -> None:
    """What was asked about a submission is granted, when it is opened again without being asked."""
    for row in CorrectionRequest.objects.filter(submission=submission, answered_at=None):
        answer_request(acting, row.pk, granted=True, answer=answer)


def open_once_more(acting: Acting, obligation: Obligation, until: datetime, reason: str) -> Obligation:
    """In a closed round let one party answer until a moment. Raises Refused in an open round or for a past moment."""
    if obligation.cycle.closed_at is None:
        raise Refused(_("Kỳ báo cáo đang mở: đơn vị vẫn gửi được."))
    if until <= now():
        raise Refused(_("Thời điểm phải ở sau bây giờ."), {"until": _("Thời điểm phải ở sau bây giờ.")})
    if until == obligation.open_until:
        raise Refused(_("Chưa có gì thay đổi."))
    return acting.change(obligation, open_until=until, open_why=must_say(reason)[:300])


def reopen_cycle(acting: Acting, cycle: int) -> Cycle:
    """Open a closed round again; the reason is that of the action. Raises Conflict when it is open."""
    must_say(acting.reason)
    row = Cycle.objects.select_for_update().get(pk=cycle)
    if row.closed_at is None:
        raise Conflict(_("Kỳ báo cáo này đang mở."))
    return acting.change(row, closed_at=None)
