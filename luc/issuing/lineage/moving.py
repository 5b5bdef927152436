"""Why a number differs between two moments: which reports behind it counted at the one and not at the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.kernel.errors import Refused
from luc.kernel.rights import Viewer
from luc.reporting.queries import scoped
from luc.rounds.models import Obligation, Submission
from luc.rounds.past import Counted, counted_of, handed_in

NAMED = 3  # reports told beside a number
Taken = Mapping[int, int]  # by obligation the version of its report that was taken


@dataclass(frozen=True, slots=True)
class Moved:
    """A report behind a number counts otherwise than it did: whose, what happened, when, in which words."""

    party: str
    words: str
    at: datetime
    why: str = ""
    submission: int = 0


@dataclass(frozen=True, slots=True)
class Moves:
    """The reports that a viewer may see; `hidden`: how many beside them."""

    seen: tuple[Moved, ...] = ()
    hidden: int = 0

    @property
    def more(self) -> int:
        """How many beside those that are named."""
        return max(0, len(self.seen) - NAMED)

    def __bool__(self) -> bool:
        return bool(self.seen or self.hidden)


@dataclass(frozen=True, slots=True)
class Known:
    """A number as it was known at a moment, and the versions of reports behind it."""

    words: str
    at: datetime
    submissions: frozenset[int] = frozenset()

    @classmethod
    def of(cls, cell: Mapping[str, Any] | None, at: datetime) -> Known:
        """A cell as a version keeps it; None: nothing was known of it."""
        if cell is None:
            return cls("", at)
        return cls(str(cell["words"]), at, frozenset(int(pk) for pk, _key in cell["rows"]))

    def less(self, other: Known) -> str:
        """By how much it is more than another, as "+2,5"; "" where one of them is no single number."""
        try:
            value = parse(self.words) - parse(other.words)
        except Refused:
            return ""
        return f"{'+' if value > 0 else ''}{show(value)}" if value else ""


class Round:
    """The reports of a round, read once: two statements, whatever is asked of it. None: a paper of no round."""

    def __init__(self, viewer: Viewer, cycle: int | None, *, accepted_only: bool) -> None:
        self._viewer, self._cycle, self._accepted_only = viewer, cycle, accepted_only

    @cached_property
    def _versions(self) -> list[Submission]:
        obligations = (
            Obligation.objects.filter(cycle=self._cycle) if self._cycle else Obligation.objects.none()
        )
        return handed_in(obligations.values("pk"))

    @cached_property
    def _by_id(self) -> dict[int, Submission]:
        return {one.pk: one for one in self._versions}

    @cached_property
    def _seen(self) -> dict[int, str]:
        """By obligation the party of what the viewer may see."""
        rows = scoped.submissions(self._viewer).filter(obligation__cycle=self._cycle).order_by()
        return dict(rows.values_list("obligation", "obligation__party__name"))

    def taken(self, moment: datetime) -> Taken:
        """What a consolidation took at a moment."""
        found = counted_of(self._versions, moment)
        only = self._accepted_only
        return {
            pk: one.submission
            for pk, one in found.items()
            if one.submission and one.counts(accepted_only=only)
        }

    def moved(self, before: Known, after: Known) -> Moves:
        """What moved of the reports that a number rests on, where it is known otherwise at one moment than another."""
        if before.words == after.words:
            return Moves()
        first, last = sorted((before, after), key=lambda one: one.at)
        whole = not first.submissions and not last.submissions  # it counts the whole round
        was = self.taken(first.at) if whole else self._of(first.submissions)
        became = self.taken(last.at) if whole else self._of(last.submissions)
        stood = counted_of(self._versions, last.at)
        differ = [pk for pk in sorted({*was, *became}) if was.get(pk) != became.get(pk)]
        if whole:  # who came or went makes a count differ; only where nobody did, another version may
            differ = [pk for pk in differ if pk not in was or pk not in became] or differ
        told = [self._told(pk, was.get(pk), became.get(pk), stood[pk]) for pk in differ if pk in self._seen]
        return Moves(tuple(sorted(told, key=lambda one: one.at)), len(differ) - len(told))

    def _of(self, submissions: Collection[int]) -> dict[int, int]:
        rows = (self._by_id[pk] for pk in submissions if pk in self._by_id)
        return {one.obligation_id: one.pk for one in rows}

    def _told(self, obligation: int, was: int | None, became: int | None, stood: Counted) -> Moved:
        party, why = self._seen[obligation], stood.why
        if became is None:
            return Moved(party, stood.words, stood.at, why, was or 0)
        new = self._by_id[became]
        if was is None:
            words = _("mới có báo cáo (lần %(n)d), %(state)s")
        else:
            words, why = _("đã gửi bản khác (lần %(n)d), %(state)s"), _why(self._by_id[was], stood)
        return Moved(party, words % {"n": new.version, "state": stood.words}, stood.at, why, was or became)


def _why(used: Submission, at: Counted) -> str:
    """Why another version took the place of the one that was used: as it was opened again, or returned."""
    reopening, verdict = getattr(used, "reopening", None), getattr(used, "verdict", None)
    if reopening is not None and reopening.at <= at.at:
        return str(reopening.reason)
    return str(verdict.remarks) if verdict is not None and verdict.at <= at.at else ""
