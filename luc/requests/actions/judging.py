"""The asking agency answers: returned with remarks, accepted, one or all at once; or opened again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from django.utils.translation import gettext as _

from luc.agencies.actions.ending import hand_on_now
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.requests.queries import requests as queries
from luc.requests.queries.submissions import correction_requests, submissions, waiting
from luc.rounds import actions as rounds
from luc.rounds import reopening
from luc.rounds.models import CorrectionRequest, Obligation, Reopening, Submission, Verdict


def give_back(
    viewer: Viewer, submission: int, *, remarks: str, rows: Mapping[str, str] | None = None
) -> Verdict:
    """Return an answer with remarks, also by question. Raises NotAllowed, Refused without remarks, Conflict.

    What an agency that has ended would have to correct goes to its successors at once.
    """
    row = submissions(viewer).get(pk=submission)
    keys = {one["key"] for one in row.content["rows"]}
    said = {key: words for key, words in (rows or {}).items() if key in keys}
    with _judging(viewer, row) as acting:
        verdict = rounds.give_back(acting, row.pk, remarks=remarks, rows=said)
        hand_on_now(acting, row.obligation.party)
    return verdict


def _judging(viewer: Viewer, row: Submission, reason: str = "") -> AbstractContextManager[Acting]:
    collector = row.obligation.cycle.collector_id
    return action(viewer, "requests.judge", tenant=row.tenant_id, party=collector, reason=reason)


def look(viewer: Viewer, submission: int) -> None:
    """Note that the asking agency reads an answer that waits: from then on it is not taken back."""
    row = submissions(viewer).get(pk=submission)
    waits = row.obligation.state == Obligation.State.SUBMITTED and row.obligation.version == row.version
    if hasattr(row, "look") or not waits:
        return
    with _judging(viewer, row) as acting:
        if reopening.look(acting, row.pk) is None:
            raise Conflict(_("Câu trả lời vừa được rút lại hoặc đã được xử lý; hãy tải lại trang."))


def take_back(viewer: Viewer, submission: int) -> Verdict:
    """The answering agency takes back what nobody has looked at. Raises NotAllowed, Refused, Conflict."""
    row = submissions(viewer).get(pk=submission)
    party = row.obligation.answerer_id
    with action(viewer, "requests.answer", tenant=row.tenant_id, party=party) as acting:
        return reopening.take_back(acting, row.pk)


def reopen(viewer: Viewer, submission: int, *, reason: str, until: datetime | None = None) -> Reopening:
    """An accepted answer is to be corrected: it counts no more. To a closed request `until` opens it so long.

    Raises NotAllowed, Refused, Conflict.
    """
    row = submissions(viewer).get(pk=submission)
    with _judging(viewer, row, reason.strip()) as acting:
        return _reopen(acting, row, reason, until)


def _reopen(acting: Acting, row: Submission, reason: str, until: datetime | None) -> Reopening:
    made = reopening.reopen(acting, row.pk, reason=reason, until=until)
    reopening.answer_open_requests(acting, row.pk, "đã mở lại")
    hand_on_now(acting, row.obligation.party)
    return made


def ask_to_correct(viewer: Viewer, submission: int, *, reason: str) -> CorrectionRequest:
    """The answering agency asks for what was looked at or accepted to be opened again.

    Raises NotAllowed, Refused, Conflict.
    """
    row = submissions(viewer).get(pk=submission)
    party = row.obligation.answerer_id
    with action(viewer, "requests.answer", tenant=row.tenant_id, party=party) as acting:
        return reopening.ask_to_correct(acting, row.pk, reason=reason)


def answer_request(
    viewer: Viewer, request: int, *, granted: bool, answer: str = "", until: datetime | None = None
) -> None:
    """Grant or decline what an agency asked: granted, its answer can be written again. Raises as `reopen`."""
    asked = correction_requests(viewer).get(pk=request)
    row = asked.submission
    with _judging(viewer, row, asked.reason if granted else "") as acting:
        reopening.answer_request(acting, asked.pk, granted=granted, answer=answer)
        if not granted:
            return
        if row.obligation.state == Obligation.State.ACCEPTED:
            _reopen(acting, row, asked.reason, until)
        else:
            rounds.give_back(acting, row.pk, remarks=f"Cho sửa theo đề nghị của đơn vị: {asked.reason}")
            hand_on_now(acting, row.obligation.party)


def accept(viewer: Viewer, chosen: Collection[int], *, remarks: str = "") -> list[Submission]:
    """Accept answers to one request, all or none. Raises NotAllowed, Refused when nothing is chosen, Conflict."""
    rows = list(submissions(viewer).filter(pk__in=chosen).defer("content"))
    if len({row.obligation.cycle_id for row in rows}) != 1 or len(rows) != len(set(chosen)):
        raise Refused(_("Hãy chọn câu trả lời đang chờ xem."))
    collector = rows[0].obligation.cycle.collector_id
    with action(viewer, "requests.judge", tenant=rows[0].tenant_id, party=collector) as acting:
        return rounds.accept(acting, chosen, remarks=remarks)


def accept_all(viewer: Viewer, request: int) -> list[Submission]:
    """Accept every answer to a request that waits now. Raises NotAllowed, Refused when none waits, Conflict."""
    row = queries.collected(viewer).get(pk=request)
    assert row.cycle_id is not None  # `collected` gives sent ones only
    return accept(viewer, list(waiting(viewer, row.cycle_id).values_list("pk", flat=True)))
