"""Known then, known now: what a paper said, what was known of it on a day, what is known now, and why it differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from luc.issuing.cells import Kept, kept
from luc.issuing.issued.models import Issued, Use
from luc.issuing.lineage.standing import Counted, counted_on
from luc.issuing.standing import cells_now, fingerprint
from luc.kernel.rights import Viewer
from luc.kernel.time import end_of, now
from luc.reporting.queries import scoped
from luc.rounds.models import Submission

MANY = 3  # reasons told beside a number


@dataclass(frozen=True, slots=True)
class Moved:
    """A report behind a number counts no more as it did: whose, what happened, by whom, when, in which words."""

    party: str
    words: str
    at: datetime
    why: str = ""
    submission: int = 0


@dataclass(frozen=True, slots=True)
class Restated:
    """A number of an issued paper that is another now. on: reports behind it that had moved on the day asked for."""

    issued: Issued
    bookmark: str
    cell: str
    title: str
    said: str
    now: str
    reasons: list[Moved] = field(default_factory=list)

    @property
    def is_gone(self) -> bool:
        """Whether nothing is known of it now."""
        return not self.now


def known_now(row: Issued) -> Kept | None:
    """The cells of a paper as they are now; None where nothing of its round moved since it was issued."""
    draft = row.version.draft
    if row.cells_of and row.cells_of == fingerprint(draft):
        return None
    return kept(cells_now(draft))


def restated(viewer: Viewer, rows: Iterable[Issued]) -> list[Restated]:
    """The numbers of issued papers that are others now, with why; what makes the list of restatements by itself."""
    return [one for row in rows for one in _restated(viewer, row)]


def _restated(viewer: Viewer, row: Issued) -> list[Restated]:
    known = known_now(row)
    if known is None:
        return []
    first: dict[str, str] = {}
    for one in row.signed.written.sources:
        if one.get("cell"):
            first.setdefault(one["cell"], one["bookmark"])
    differ = {
        key: (cell, known.get(key, ["", ""])[0])
        for key, cell in row.cells.items()
        if known.get(key, ["", ""])[0] != cell["words"]
    }
    moved = moves(viewer, row, list(differ), now())
    return [
        Restated(
            row,
            first.get(key, ""),
            key,
            str(cell.get("title", "")),
            str(cell["words"]),
            value,
            moved.get(key, []),
        )
        for key, (cell, value) in differ.items()
    ]


def moves(viewer: Viewer, row: Issued, cells: Collection[str], moment: datetime) -> dict[str, list[Moved]]:
    """By cell the reports behind it that at a moment counted no more as when the paper was made; three statements."""
    uses = Use.objects.filter(issued=row, cell__in=cells).values_list("cell", "submission").distinct()
    by_cell: dict[str, list[int]] = {}
    for cell, submission in uses:
        by_cell.setdefault(cell, []).append(submission)
    ids = {pk for found in by_cell.values() for pk in found}
    seen = {one.pk: one for one in scoped.submissions(viewer).filter(pk__in=ids).defer("content")}
    standing = counted_on({one.obligation_id for one in seen.values()}, moment)
    out: dict[str, list[Moved]] = {}
    for cell, found in by_cell.items():
        told = [_moved(seen[pk], standing.get(seen[pk].obligation_id)) for pk in sorted(found) if pk in seen]
        out[cell] = [one for one in told if one]
    return out


def _moved(used: Submission, at: Counted | None) -> Moved | None:
    if at is None or at.submission == used.pk:
        return None
    party = str(used.obligation.party)
    why = at.why
    if at.submission is not None:
        why = _why(used, at)
        words = _("đã gửi bản khác (lần %(n)d), %(state)s") % {"n": at.version, "state": at.words}
    else:
        words = at.words
    return Moved(party, words, at.at, why, used.pk)


def _why(used: Submission, at: Counted) -> str:
    """Why another version took the place of the one that was used: as it was opened again, or returned."""
    reopening, verdict = getattr(used, "reopening", None), getattr(used, "verdict", None)
    if reopening is not None and reopening.at <= at.at:
        return str(reopening.reason)
    return str(verdict.remarks) if verdict is not None and verdict.at <= at.at else ""


@dataclass(frozen=True, slots=True)
class Said:
    """A number as a paper said it, with what had moved behind it by a day and what is known now ("": nothing)."""

    cell: str
    bookmark: str
    title: str
    said: str
    moved_by_then: list[Moved]
    now: str
    moved_since: list[Moved]

    @property
    def held_then(self) -> bool:
        """Whether on that day every report behind it still counted as when the paper was made."""
        return not self.moved_by_then

    @property
    def holds_now(self) -> bool:
        """Whether it is the same now."""
        return self.now == self.said


def said_on(viewer: Viewer, row: Issued, day: date, only: Collection[str] | None = None) -> list[Said]:
    """The numbers of a paper: said, whether it held at the end of a day, and what is known now."""
    known = known_now(row)
    cells = [key for key in row.cells if only is None or key in only]
    then, since = moves(viewer, row, cells, min(end_of(day), now())), moves(viewer, row, cells, now())
    first: dict[str, str] = {}
    for one in row.signed.written.sources:
        if one.get("cell"):
            first.setdefault(one["cell"], one["bookmark"])
    out = []
    for key in cells:
        cell = row.cells[key]
        words = str(cell["words"])
        value = words if known is None else known.get(key, ["", ""])[0]
        told = Said(
            key,
            first.get(key, ""),
            str(cell.get("title", "")),
            words,
            then.get(key, [])[:MANY],
            value,
            since.get(key, [])[:MANY],
        )
        out.append(told)
    return out
