"""Which version of a report counted at a moment, and why an earlier one counts no more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luc.rounds.models import Submission, Verdict


@dataclass(frozen=True, slots=True)
class Counted:
    """What an obligation's report stood at at a moment. submission: the version that counted; None where none did.

    state: accepted, waiting, returned, taken_back, reopened; `why` is what was said with it, by whom, when.
    """

    submission: int | None
    version: int
    state: str
    words: str
    at: datetime
    why: str = ""
    by: str = ""


def counted_on(obligations: Collection[int], moment: datetime) -> dict[int, Counted]:
    """By obligation what counted at a moment; one that had handed in nothing is left out. One statement."""
    rows = (
        Submission.objects.filter(obligation__in=obligations, at__lte=moment)
        .select_related("verdict", "reopening")
        .defer("content")
        .order_by("obligation", "version")
    )
    last = {row.obligation_id: row for row in rows}
    return {pk: _counted(row, moment) for pk, row in last.items()}


def _counted(row: Submission, moment: datetime) -> Counted:
    reopening, verdict = getattr(row, "reopening", None), getattr(row, "verdict", None)
    if reopening is not None and reopening.at <= moment:
        words = _("đã mở lại để sửa")
        return Counted(
            None, row.version, "reopened", words, reopening.at, reopening.reason, reopening.by_name
        )
    if verdict is None or verdict.at > moment:
        return Counted(row.pk, row.version, "waiting", _("đã gửi, chờ xem"), row.at, by=row.by_name)
    kept = verdict.at, verdict.remarks, verdict.by_name
    if verdict.kind == Verdict.Kind.ACCEPTED:
        return Counted(row.pk, row.version, "accepted", _("đã chấp nhận"), *kept)
    state = str(verdict.kind)
    return Counted(None, row.version, state, str(verdict.get_kind_display()), *kept)
