"""What has to be corrected before an answer is handed in again: said on the whole, and by row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from luc.kernel.prepared import Prepared
from luc.rounds.models import CorrectionRequest, Obligation, Remark, Submission, Verdict


@dataclass(frozen=True, slots=True)
class Correction:
    """What the collecting agency said of the version that came back; `rows` by key of the frozen content."""

    submission: int
    version: int
    remarks: str
    rows: dict[str, str]
    was_accepted: bool
    by_name: str
    at: datetime


def to_correct(obligation: Obligation) -> Correction | None:
    """What has to be corrected in one answer; None when it did not come back."""
    return corrections([obligation]).get(obligation.pk)


def corrections(obligations: Collection[Obligation]) -> dict[int, Correction]:
    """The same for several at once, by obligation; in two statements."""
    back = [row.pk for row in obligations if row.state == Obligation.State.RETURNED]
    if not back:
        return {}
    rows = Submission.objects.filter(obligation__in=back).exclude(verdict__kind=Verdict.Kind.TAKEN_BACK)
    found = rows.defer("content").select_related("verdict", "reopening").order_by("version")
    last = {row.obligation_id: row for row in found if hasattr(row, "verdict")}
    remarks = remarks_of([row.pk for row in last.values()])
    return {pk: _correction(row, remarks.get(row.pk, {})) for pk, row in last.items()}


def _correction(row: Submission, rows: dict[str, str]) -> Correction:
    reopening = getattr(row, "reopening", None)
    said = (reopening.reason, reopening) if reopening else (row.verdict.remarks, row.verdict)
    words, who = said
    return Correction(row.pk, row.version, words, rows, reopening is not None, who.by_name, who.at)


_read_asked = Prepared(
    lambda submission: CorrectionRequest.objects.filter(submission=submission).order_by("-at", "-pk")[:1]
)
_read_remarks = Prepared(
    lambda submissions: (
        Remark.objects.filter(verdict__submission__in=submissions)
        .order_by("pk")
        .values_list("verdict__submission", "key", "text")
    )
)


def correction_asked(row: Submission) -> CorrectionRequest | None:
    """The last request to correct an answer at hand, answered or not."""
    return _read_asked.first(submission=row.pk)


def remarks_of(submissions: Collection[int]) -> dict[int, dict[str, str]]:
    """What verdicts said of single rows, by submission and key of the row."""
    found: dict[int, dict[str, str]] = {}
    for pk, key, text in _read_remarks(submissions=submissions):
        found.setdefault(pk, {})[key] = text
    return found
