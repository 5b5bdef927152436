"""The approver's step inside an agency: a clerk presents, an approver confirms and sends, or passes it back.

Steps, as in `actions`. What is presented is frozen; what is sent is exactly what was presented.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, plain
from luc.kernel.prepared import Prepared
from luc.kernel.time import now
from luc.rounds.actions import fingerprint, freeze, joined, locked, must_be_writable
from luc.rounds.models import Decision, Obligation, Presentation, Submission


def waiting(obligations: QuerySet[Obligation]) -> QuerySet[Presentation]:
    """The presentations that wait for the approver of these obligations."""
    return Presentation.objects.filter(decision=None, obligation__in=obligations.order_by().values("pk"))


_read_waiting = Prepared(
    lambda obligation: Presentation.objects.filter(obligation=obligation, decision=None).defer("content")
)
_read_last = Prepared(
    lambda obligation: (
        Presentation.objects.filter(obligation=obligation)
        .defer("content")
        .select_related("decision")
        .order_by("-number")[:1]
    )
)
_read_confirmed = Prepared(
    lambda submission: (
        Decision.objects.filter(submission=submission)
        .select_related("presentation")
        .defer("presentation__content")
    )
)


def waits_of(obligation: Obligation) -> Presentation | None:
    """What waits for the approver of an answer at hand, without its content; None when nothing does."""
    return _read_waiting.first(obligation=obligation.pk)


def presented(obligation: Obligation) -> Presentation | None:
    """What was put before the approver last and waits, or was passed back; None when it was sent or withdrawn."""
    row = _read_last.first(obligation=obligation.pk)
    ended = getattr(row, "decision", None)
    if ended is None:
        return row
    later = Submission.objects.filter(obligation=obligation, at__gt=ended.at)
    return row if ended.kind == Decision.Kind.SENT_BACK and not later.exists() else None


def confirmed(row: Submission) -> Decision | None:
    """The approver's confirmation that an answer was sent with; None when it was sent straight."""
    return _read_confirmed.first(submission=row.pk)


def present(
    acting: Acting, obligation: int, *, content: Mapping[str, Any], is_nil: bool, draft_version: int
) -> Presentation:
    """Put a content before the approver; it takes the place of one that waits.

    Raises Refused when the same content waits already or the round is closed, Conflict when it was handed in.
    """
    row = joined(obligation)
    must_be_writable(row, row.cycle)
    digest = fingerprint(content)
    before = Presentation.objects.filter(obligation=row).order_by("-number").first()
    if before is not None and not hasattr(before, "decision"):
        if before.sha256 == digest:
            raise Refused(_("Nội dung này đã được trình, đang chờ duyệt."))
        decide(acting, before, Decision.Kind.WITHDRAWN, "đã trình bản mới")
    presentation = Presentation.objects.create(
        tenant_id=row.tenant_id,
        obligation=row,
        number=before.number + 1 if before else 1,
        content=plain(content),
        sha256=digest,
        is_nil=is_nil,
        draft_version=draft_version,
        at=now(),
        by_id=acting.viewer.user,
        by_name=acting.viewer.name[:120],
    )
    acting.log(presentation, None, {"number": presentation.number, "sha256": digest})
    return presentation


def confirm(acting: Acting, presentation: int) -> Submission:
    """Hand in exactly what was presented. Raises Conflict when it does not wait any more, and as `freeze`."""
    row = _locked_waiting(presentation)
    submission = freeze(acting, row.obligation_id, content=row.content, is_nil=row.is_nil)
    decide(acting, row, Decision.Kind.SENT, "", submission)
    return submission


def pass_back(acting: Acting, presentation: int, *, remarks: str) -> Decision:
    """Give a presentation back to who writes, with words. Raises Refused without words, Conflict as `confirm`."""
    if not remarks.strip():
        raise Refused(_("Hãy ghi rõ cần sửa gì."), {"remarks": _("Chưa ghi nội dung cần sửa.")})
    return decide(acting, _locked_waiting(presentation), Decision.Kind.SENT_BACK, remarks.strip())


def withdraw(acting: Acting, presentation: int) -> Decision:
    """Who presented takes it back. Raises Conflict as `confirm`."""
    return decide(acting, _locked_waiting(presentation), Decision.Kind.WITHDRAWN, "")


def void(acting: Acting, obligation: Obligation, why: str) -> None:
    """Nothing waits for an approver any more, because somebody else answers or it was handed in without."""
    for row in _read_waiting(obligation=obligation.pk):
        decide(acting, row, Decision.Kind.WITHDRAWN, why)


def _locked_waiting(presentation: int) -> Presentation:
    """A presentation that waits, its obligation locked."""
    row = Presentation.objects.get(pk=presentation)
    row.obligation = locked(row.obligation_id)
    if Decision.objects.filter(presentation=row).exists():
        raise Conflict(_("Bản trình này đã được xử lý; hãy tải lại trang."))
    return row


def decide(
    acting: Acting, row: Presentation, kind: str, remarks: str, submission: Submission | None = None
) -> Decision:
    """Write down what became of a presentation that waits."""
    return acting.create(
        Decision(
            tenant_id=row.tenant_id,
            presentation=row,
            kind=kind,
            remarks=remarks,
            submission=submission,
            at=now(),
            by_id=acting.viewer.user,
            by_name=acting.viewer.name[:120],
        )
    )
