"""Known then, known now: what a paper said, what was known of it on a day, what is known now, and why they differ.

Every number of a paper is added up again from what was known on the day: sums, shares and counts of the whole round as
well as what one agency said. Nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from luc.issuing.cells import Cell, cells, in_order
from luc.issuing.issued.models import Issued
from luc.issuing.lineage.moving import Known, Moves, Round
from luc.issuing.standing import cells_at, fingerprint
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import end_of, now
from luc.reporting.queries.consolidation import consolidate
from luc.rounds.models import Cycle

Plain = Mapping[str, Mapping[str, Any]]  # cells as a version keeps them: words, title, rows


def known_now(row: Issued) -> Plain | None:
    """The cells of a paper as they are now; None where nothing of its round moved since it was issued."""
    draft = row.version.draft
    if row.cells_of and row.cells_of == fingerprint(draft):
        return None
    return _plain(row, None)


def known_at(row: Issued, moment: datetime) -> Plain:
    """The cells of a paper as they were known at a moment, added up again."""
    return _plain(row, moment)


def _plain(row: Issued, at: datetime | None) -> Plain:
    return {
        key: cell.as_plain() for key, cell in cells_at(row.version.draft, at, row.version.made_at).items()
    }


@dataclass(frozen=True, slots=True)
class Then:
    """A number as it was known at the end of a day and as it is now ("": nothing is known of it), with why it moved."""

    cell: str
    title: str
    on: Known
    latest: Known
    moved: Moves

    @property
    def then(self) -> str:
        return self.on.words

    @property
    def now(self) -> str:
        return self.latest.words

    @property
    def difference(self) -> str:
        """By how much it is more now."""
        return self.latest.less(self.on)


@dataclass(frozen=True, slots=True)
class Said:
    """A number as a paper said it, as it was known at the end of a day, and as it is now ("": nothing is known of it).

    moved_then: what moved between the paper and the day; moved_since: between the paper and now.
    """

    issued: Issued
    cell: str
    bookmark: str
    title: str
    told: Known
    on: Known
    latest: Known
    moved_then: Moves
    moved_since: Moves

    @property
    def said(self) -> str:
        return self.told.words

    @property
    def then(self) -> str:
        return self.on.words

    @property
    def now(self) -> str:
        return self.latest.words

    @property
    def held_then(self) -> bool:
        """Whether it was known on that day as the paper said it."""
        return self.then == self.said

    @property
    def holds_now(self) -> bool:
        """Whether it is the same now."""
        return self.now == self.said

    @property
    def difference_then(self) -> str:
        """By how much it was more on that day than the paper says."""
        return self.on.less(self.told)

    @property
    def difference_now(self) -> str:
        """By how much it is more now than the paper says."""
        return self.latest.less(self.told)


Restated = Said  # a number of an issued paper that is another now


def restated(viewer: Viewer, rows: Iterable[Issued]) -> list[Restated]:
    """The numbers of issued papers that are others now, with why; what makes the list of restatements by itself."""
    return [one for row in rows for one in _restated(viewer, row)]


def _restated(viewer: Viewer, row: Issued) -> list[Restated]:
    known = known_now(row)
    if known is None:
        return []
    return [one for one in _told(viewer, row, numbers(row), now(), known, known) if not one.holds_now]


def numbers(row: Issued) -> list[str]:
    """The cells of a paper in the order in which it shows them, then those it does not show."""
    shown = dict.fromkeys(one["cell"] for one in row.signed.written.sources if one.get("cell"))
    return [key for key in (*shown, *in_order(row.cells.keys() - shown)) if key in row.cells]


def said_on(viewer: Viewer, row: Issued, day: date, only: Collection[str] | None = None) -> list[Said]:
    """The numbers of a paper: said, known at the end of a day, known now."""
    cells = [key for key in numbers(row) if only is None or key in only]
    moment, at_last = min(end_of(day), now()), known_now(row)
    if moment >= now():
        then = at_last
    elif at_last is None and moment >= row.at:
        then = None  # nothing moved since it was issued
    else:
        then = known_at(row, moment)
    return _told(viewer, row, cells, moment, then, at_last)


def _told(
    viewer: Viewer,
    row: Issued,
    cells: Collection[str],
    moment: datetime,
    then: Plain | None,
    at_last: Plain | None,
) -> list[Said]:
    """Each number beside what was and is known of it; None: all of it is as the paper said."""
    first: dict[str, str] = {}
    for one in row.signed.written.sources:
        if one.get("cell"):
            first.setdefault(one["cell"], one["bookmark"])
    of = Round(viewer, row.cycle_id, accepted_only=row.version.draft.accepted_only)
    last, out = now(), []
    for key in cells:
        cell = row.cells[key]
        told = Known.of(cell, row.version.made_at)
        on = Known.of((row.cells if then is None else then).get(key), moment)
        latest = Known.of((row.cells if at_last is None else at_last).get(key), last)
        moves = of.moved(told, on), of.moved(told, latest)
        out.append(Said(row, key, first.get(key, ""), str(cell.get("title", "")), told, on, latest, *moves))
    return out


def round_on(
    viewer: Viewer, cycle: Cycle, day: date, *, accepted_only: bool, plan: int | None = None
) -> list[Then]:
    """Every number of a round's consolidation on a plan (its first) as known at the end of a day, and now.

    The round was found through the viewer. Raises Plan.DoesNotExist as `consolidate`.
    """
    moment, last = min(end_of(day), now()), now()
    with written():
        then, latest = (
            cells(consolidate(viewer, cycle, accepted_only=accepted_only, plan=plan, at=at))
            for at in (moment, None)
        )
    if moment < cycle.opened_at:
        then = {}
    of = Round(viewer, cycle.pk, accepted_only=accepted_only)
    out = []
    for key in dict.fromkeys([*latest, *then]):
        one = latest.get(key) or then[key]
        was, became = _known(then.get(key), moment), _known(latest.get(key), last)
        out.append(Then(key, one.title, was, became, of.moved(was, became)))
    return out


def _known(cell: Cell | None, at: datetime) -> Known:
    return Known.of(cell.as_plain() if cell else None, at)
