"""Who had not reported at a moment, out of what was handed in, returned, taken back and opened again until then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from luc.agencies.models import Party
from luc.kernel.time import VIETNAM
from luc.rounds.models import Cycle, Submission, Verdict
from luc.rounds.past import bound_at


@dataclass(frozen=True, slots=True)
class Owing:
    """A party that owed an answer at a moment; `to_correct`: it had sent one that was returned or opened again."""

    party: Party
    due_at: datetime
    to_correct: bool
    at: datetime

    @property
    def is_overdue(self) -> bool:
        """Whether it was late at that moment."""
        return self.due_at <= self.at

    @property
    def days_late(self) -> int:
        """Days begun since it was due, in Vietnamese days; 0 while there is time."""
        if not self.is_overdue:
            return 0
        return (self.at.astimezone(VIETNAM).date() - self.due_at.astimezone(VIETNAM).date()).days + 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A round at a moment: how many were bound, who still owed."""

    bound: int
    owing: tuple[Owing, ...]

    @property
    def answered(self) -> int:
        return self.bound - len(self.owing)

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.owing)

    @property
    def to_correct(self) -> int:
        return sum(one.to_correct for one in self.owing)


def standing_at(cycle: Cycle, moment: datetime) -> Standing:
    """The round as it stood at a moment: who was bound then, by when, what had been handed in; four statements."""
    bound = bound_at(cycle, moment)
    handed = Submission.objects.filter(obligation__in=[row.pk for row in bound], at__lte=moment)
    last = {row.obligation_id: row for row in _told(handed.order_by("version"))}
    owing = tuple(
        Owing(row.party, row.due_at, _to_correct(last.get(row.pk), moment), moment)
        for row in bound
        if not _answered(last.get(row.pk), moment)
    )
    return Standing(len(bound), owing)


def _told(rows: Iterable[Submission]) -> Iterable[Submission]:
    return rows.select_related("verdict", "reopening").defer("content")  # type: ignore[attr-defined,no-any-return]


def _answered(last: Submission | None, moment: datetime) -> bool:
    return last is not None and _undone(last, moment) is None


def _to_correct(last: Submission | None, moment: datetime) -> bool:
    return last is not None and _undone(last, moment) == "returned"


def _undone(last: Submission, moment: datetime) -> str | None:
    """Why an answer did not count at a moment: "returned" (or opened again), "taken back"; None when it counted."""
    reopening, verdict = getattr(last, "reopening", None), getattr(last, "verdict", None)
    if reopening is not None and reopening.at <= moment:
        return "returned"
    if verdict is None or verdict.at > moment or verdict.kind == Verdict.Kind.ACCEPTED:
        return None
    return "returned" if verdict.kind == Verdict.Kind.RETURNED else "taken back"
