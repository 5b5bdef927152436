"""A round as it stood at a moment: who was bound, which version of each answer counted, how complete it was.

Nothing is stored of it. Who was bound is as it is now, with everything that history says of later undone: meanwhile
agencies merged, others answer, were asked too, the due moment moved. What counted is read off rows that are only added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.kernel.models import Change
from luc.rounds.models import Cycle, Obligation, Submission, Verdict
from luc.rounds.queries import Completeness

State = Obligation.State
_TOLD = ("party_id", "due_at", "state")


def bound_at(cycle: Cycle, moment: datetime) -> list[Obligation]:
    """The obligations of a round as they stood at a moment, unsaved, in the order of lists; three statements."""
    rows = {row.pk: row for row in Obligation.objects.filter(cycle=cycle)}
    for line in _later(cycle, rows, moment):
        if line.kind == Cycle._meta.label_lower:
            _undo_round(rows, line.before or {}, line.after or {})
        elif line.before is None:
            rows.pop(int(line.object_id), None)
        elif row := rows.get(int(line.object_id)):
            for name in _TOLD:
                if name in line.before:
                    setattr(row, name, _value(name, line.before[name]))
    there = [row for row in rows.values() if row.state != State.HANDED_ON]
    parties = Party.objects.filter(pk__in={row.party_id for row in there}).select_related("unit")
    ordered = list(parties.order_by(*by_kind("")))
    place = {party.pk: n for n, party in enumerate(ordered)}
    for row in there:
        row.party = ordered[place[row.party_id]]
    return sorted(there, key=lambda row: (place[row.party_id], row.pk))


def _later(cycle: Cycle, rows: Mapping[int, Obligation], moment: datetime) -> list[Change]:
    """What history says of the round and its obligations since a moment, the newest first."""
    of_rows = Q(kind=Obligation._meta.label_lower, object_id__in=[str(pk) for pk in rows])
    of_round = Q(kind=Cycle._meta.label_lower, object_id=str(cycle.pk))
    found = Change.objects.filter(of_rows | of_round, tenant=cycle.tenant_id, at__gt=moment)
    return list(found.order_by("-sequence"))


def _undo_round(rows: dict[int, Obligation], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """A due moment that moved for all, parties that were bound later."""
    if "due_at" in before:
        moved, back = _value("due_at", after["due_at"]), _value("due_at", before["due_at"])
        for row in rows.values():
            if row.due_at == moved:
                row.due_at = back
    added = set(after.get("obligations", ()))
    for pk in [pk for pk, row in rows.items() if row.party_id in added]:
        del rows[pk]


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name == "due_at" else value


@dataclass(frozen=True, slots=True)
class Counted:
    """What an obligation's answer stood at at a moment. submission: the version that counted; None where none did.

    state: accepted, waiting, returned, taken_back, reopened; `why` is what was said with it, by whom, when.
    """

    submission: int | None
    version: int
    state: str
    words: str
    at: datetime
    why: str = ""
    by: str = ""

    def counts(self, *, accepted_only: bool) -> bool:
        """Whether a consolidation took it."""
        return self.state == "accepted" or (self.state == "waiting" and not accepted_only)


def handed_in(obligations: Collection[int] | QuerySet[Obligation, Any]) -> list[Submission]:
    """Every version of some obligations in their order, with what became of it, without what it says; one statement."""
    rows = Submission.objects.filter(obligation__in=obligations).select_related("verdict", "reopening")
    return list(rows.defer("content").order_by("obligation", "version"))


def counted_on(obligations: Collection[int], moment: datetime) -> dict[int, Counted]:
    """By obligation what counted at a moment; one that had handed in nothing is left out. One statement."""
    return counted_of(handed_in(obligations), moment)


def counted_of(rows: Iterable[Submission], moment: datetime) -> dict[int, Counted]:
    """The same out of versions that are at hand, so that several moments cost no more than one."""
    last = {row.obligation_id: row for row in rows if row.at <= moment}
    return {pk: _counted(row, moment) for pk, row in last.items()}


def _counted(row: Submission, moment: datetime) -> Counted:
    reopening, verdict = getattr(row, "reopening", None), _verdict_at(row, moment)
    if reopening is not None and reopening.at <= moment:
        words = _("đã mở lại để sửa")
        return Counted(
            None, row.version, "reopened", words, reopening.at, reopening.reason, reopening.by_name
        )
    if verdict is None:
        return Counted(row.pk, row.version, "waiting", _("đã gửi, chờ xem"), row.at, by=row.by_name)
    kept = verdict.at, verdict.remarks, verdict.by_name
    if verdict.kind == Verdict.Kind.ACCEPTED:
        return Counted(row.pk, row.version, "accepted", _("đã chấp nhận"), *kept)
    state = str(verdict.kind)
    return Counted(None, row.version, state, str(verdict.get_kind_display()), *kept)


def _verdict_at(row: Submission, moment: datetime) -> Verdict | None:
    verdict: Verdict | None = getattr(row, "verdict", None)
    return verdict if verdict is not None and verdict.at <= moment else None


@dataclass(frozen=True, slots=True)
class RoundThen:
    """A round at a moment: its obligations, unsaved, each with its state of then, and what counted of each."""

    moment: datetime
    obligations: list[Obligation]
    counted: Mapping[int, Counted]

    def counting(self, *, accepted_only: bool) -> dict[int, int]:
        """By obligation the version that a consolidation took."""
        found = {row.pk: self.counted.get(row.pk) for row in self.obligations}
        return {
            pk: one.submission
            for pk, one in found.items()
            if one and one.submission and one.counts(accepted_only=accepted_only)
        }

    @property
    def completeness(self) -> Completeness:
        """How complete it was, as `rounds.queries.completeness` says it of now."""
        states = Counter(row.state for row in self.obligations)
        answered = [row for row in self.obligations if row.state in {State.SUBMITTED, State.ACCEPTED}]
        missing = [row for row in self.obligations if row.state not in {State.SUBMITTED, State.ACCEPTED}]
        return Completeness(
            bound=len(self.obligations),
            waiting=states[State.SUBMITTED],
            accepted=states[State.ACCEPTED],
            returned=states[State.RETURNED],
            untouched=states[State.OPEN],
            nil=sum(row.is_nil for row in answered),
            late=sum(row.submitted_at is not None and row.submitted_at >= row.due_at for row in answered),
            overdue=sum(row.due_at <= self.moment for row in missing),
        )


def round_at(cycle: Cycle, moment: datetime) -> RoundThen:
    """The round as it stood at a moment, whoever asks: it was found through the viewer. Four statements."""
    bound = bound_at(cycle, moment)
    versions = [row for row in handed_in([row.pk for row in bound]) if row.at <= moment]
    counted = counted_of(versions, moment)
    by: dict[int, list[Submission]] = {}
    for one in versions:
        by.setdefault(one.obligation_id, []).append(one)
    for row in bound:
        if row.pk in by:
            _set_back(row, by[row.pk], counted[row.pk], moment)
        else:
            row.version, row.submitted_at, row.is_nil = 0, None, False
    return RoundThen(moment, bound, counted)


def _set_back(row: Obligation, versions: list[Submission], last: Counted, moment: datetime) -> None:
    """What an obligation was out of its versions until a moment; a version that was taken back is as if never sent."""
    stood = [one for one in versions if not _was_taken_back(one, moment)]
    row.version = versions[-1].version
    row.is_nil = versions[-1].is_nil
    row.submitted_at = stood[0].at if stood else None
    if last.submission is not None:
        row.state = State.ACCEPTED if last.state == "accepted" else State.SUBMITTED
    else:
        row.state = State.RETURNED if stood else State.OPEN


def _was_taken_back(row: Submission, moment: datetime) -> bool:
    verdict = _verdict_at(row, moment)
    return verdict is not None and verdict.kind == Verdict.Kind.TAKEN_BACK
