"""Our paper beside the one that came back: every bound number same, different or not found; other words that changed.

A number is the same only where the very digits stand in its own place among its neighbours; what cannot be placed is
"missing" and never taken for the same. Numbers and words that stand only in the paper that came back are told too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from vanban.document import Document, Place
from vanban.signed.aligning import aligned
from vanban.signed.bookmarks import Line
from vanban.signed.filled import has_blank, is_blank
from vanban.signed.scans import place_cells
from vanban.signed.tokens import Spot, Token, spots, tokens

_AROUND = 60  # so many characters beside a change are shown with it
_ROOM = 4  # so many words may be filled into the blanks of a line
_HEAD_ROWS = 3  # so many rows at the top of a table may be its head


class State(StrEnum):
    """What became of a number."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Number:
    """A bound number: its words as issued, the line they stood in, and what stands there now ("" where missing).

    place: where it stands in the paper that came back.
    """

    key: str
    words: str
    line: str
    state: State
    stands: str = ""
    place: Place | None = None

    @property
    def is_figure(self) -> bool:
        """Whether digits are in what was issued or in what stands there; else they are words that a report said."""
        return any(char.isdigit() for char in self.words + self.stands)


@dataclass(frozen=True, slots=True)
class Changed:
    """Words that differ outside of bound numbers; `around` is where. `filled`: a blank of the draft was filled in."""

    before: str
    after: str
    around: str
    filled: bool = False
    place: Place | None = None

    @property
    def has_number(self) -> bool:
        """Whether a number is among the words."""
        return any(char.isdigit() for char in self.before + self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All numbers in order, and all other changes."""

    numbers: tuple[Number, ...]
    changes: tuple[Changed, ...]

    @property
    def drifted(self) -> tuple[Number, ...]:
        """The numbers that do not stand as they were issued."""
        return tuple(one for one in self.numbers if one.state != State.SAME and one.is_figure)

    @property
    def retold(self) -> tuple[Number, ...]:
        """Bound words without a number that do not stand as they were issued."""
        return tuple(one for one in self.numbers if one.state != State.SAME and not one.is_figure)

    @property
    def reworded(self) -> tuple[Changed, ...]:
        """The changes that are not blanks filled in."""
        return tuple(change for change in self.changes if not change.filled)

    @property
    def is_same(self) -> bool:
        """Whether nothing but blanks differs."""
        return not self.drifted and not self.retold and not self.reworded


def compare(ours: Sequence[Line], signed: Document, *, scanned: bool = False) -> Comparison:
    """Hold the paper that came back beside ours. `scanned`: marks over letters, which a scan loses, do not count."""
    return _Pages(ours, spots(signed), scanned).comparison()


class _Pages:
    """The two papers while they are compared."""

    def __init__(self, ours: Sequence[Line], theirs: Sequence[Spot], scanned: bool) -> None:
        self.lines, self.spots = ours, theirs
        self.a = tokens((line.text for line in ours), marks=not scanned)
        self.b = tokens((spot.text for spot in theirs), marks=not scanned)
        self.found = aligned([token.key for token in self.a], [token.key for token in self.b])
        self.taken = {place for place in self.found if place is not None}
        self.by_line: dict[int, list[int]] = {}
        for n, token in enumerate(self.a):
            self.by_line.setdefault(token.line, []).append(n)
        self.pieces: set[int] = set()  # of numbers that a narrow column broke
        self._find_moved_lines()
        self._join_broken()
        if scanned:
            place_cells(self.lines, self.a, self.b, self.found, self.taken)
        self._drop_repeated_heads()

    def comparison(self) -> Comparison:
        told: set[int] = set()
        numbers = []
        for y, line in enumerate(self.lines):
            for mark in line.marks:
                inside = [
                    n
                    for n in self.by_line.get(y, ())
                    if self.a[n].start < mark.end and mark.start < self.a[n].end
                ]
                if inside:
                    numbers.append(self._number(line, mark.key, inside, told))
        return Comparison(tuple(numbers), tuple(self._changes(told)))

    def _number(self, line: Line, key: str, inside: Sequence[int], told: set[int]) -> Number:
        words = line.text[self.a[inside[0]].start : self.a[inside[-1]].end]
        places = [place for n in inside if (place := self.found[n]) is not None]
        if len(places) == len(inside) and self._together(places):
            return Number(key, words, line.text, State.SAME, place=self._place(places[0], places[-1]))
        stands = self._standing(inside)
        told.update(stands)
        if not stands:
            return Number(key, words, line.text, State.MISSING)
        where = self._place(stands[0], stands[-1])
        return Number(key, words, line.text, State.DIFFERENT, self._said(stands), where)

    def _place(self, first: int, last: int) -> Place:
        """Where tokens of the other paper stand, from one to another of the same line."""
        start, end = self.b[first], self.b[last]
        spot = self.spots[start.line]
        until = end.end if end.line == start.line else len(spot.text)
        at, to = max(0, spot.offset + start.start), max(0, spot.offset + until)
        return Place(spot.block, at, to, spot.row, spot.cell, spot.page)

    def _together(self, places: Sequence[int]) -> bool:
        """Whether tokens of one number stand in order with no other number among them."""
        if any(after <= before for before, after in pairwise(places)):
            return False
        between = set(range(places[0], places[-1] + 1)) - set(places) - self.pieces
        return not any(self.b[n].is_number for n in between)

    def _standing(self, inside: Sequence[int]) -> list[int]:
        """What stands in the other paper between the neighbours of some tokens, those that nothing else stands for."""
        before = next((self.found[n] for n in range(inside[0] - 1, -1, -1) if self.found[n] is not None), -1)
        after = next(
            (self.found[n] for n in range(inside[-1] + 1, len(self.a)) if self.found[n] is not None),
            len(self.b),
        )
        assert before is not None
        assert after is not None
        own = {place for n in inside if (place := self.found[n]) is not None}
        free = [n for n in range(before + 1, after) if n not in self.taken or n in own]
        return self._share(inside, free)

    def _share(self, inside: Sequence[int], free: Sequence[int]) -> list[int]:
        """Of several numbers that changed side by side each takes its own, where as many stand there."""
        first, last = inside[0], inside[-1]
        while first and self.found[first - 1] is None:
            first -= 1
        while last + 1 < len(self.a) and self.found[last + 1] is None:
            last += 1
        lost = [n for n in range(first, last + 1) if self.a[n].is_number and self.found[n] is None]
        there = [n for n in free if self.b[n].is_number and n not in self.taken]
        if len(lost) == len(there) and any(n in lost for n in inside):
            mine = {there[lost.index(n)] for n in inside if n in lost}
            own = {place for n in inside if (place := self.found[n]) is not None}
            return sorted(mine | own)
        return [n for n in free if n not in self.taken or self.b[n].is_number]

    def _said(self, places: Sequence[int]) -> str:
        """The words at places, as they are printed."""
        by_line: dict[int, list[Token]] = {}
        for n in places:
            by_line.setdefault(self.b[n].line, []).append(self.b[n])
        return " … ".join(
            self.spots[line].text[found[0].start : found[-1].end] for line, found in by_line.items()
        )

    def _find_moved_lines(self) -> None:
        """Whole lines of words that stand elsewhere: the two columns of a head are read in either order."""
        starts: dict[str, list[int]] = {}
        for m, token in enumerate(self.b):
            if m not in self.taken:
                starts.setdefault(token.key, []).append(m)
        for y, mine in self.by_line.items():
            if any(self.found[n] is not None or self.a[n].is_number for n in mine):
                continue
            room = _ROOM if has_blank(self.lines[y].text) else 0
            for start in starts.get(self.a[mine[0]].key, ()):
                if places := self._run([self.a[n].key for n in mine], start, room):
                    self.taken.update(places)
                    for n, place in zip(mine, places, strict=True):
                        self.found[n] = place
                    break

    def _run(self, keys: Sequence[str], start: int, room: int) -> list[int]:
        """The free places from start on where the keys stand one behind the other, with room between for a blank."""
        places: list[int] = []
        for m in range(start, min(start + len(keys) + room, len(self.b))):
            if m not in self.taken and self.b[m].key == keys[len(places)]:
                places.append(m)
                if len(places) == len(keys):
                    return places
        return []

    def _drop_repeated_heads(self) -> None:
        """The head of a table that is printed again on each of its pages is no change."""
        heads: dict[tuple[int, int], list[str]] = {}
        for n, token in enumerate(self.a):
            line = self.lines[token.line]
            if line.table is not None and line.row is not None and line.row < _HEAD_ROWS:
                heads.setdefault((line.table, line.row), []).append(self.a[n].key)
        known = {tuple(keys) for keys in heads.values()}
        rows: dict[tuple[int, int], list[int]] = {}
        for m, token in enumerate(self.b):
            spot = self.spots[token.line]
            if spot.row is not None and spot.row < _HEAD_ROWS:
                rows.setdefault((spot.block, spot.row), []).append(m)
        for places in rows.values():
            if self.taken.isdisjoint(places) and tuple(self.b[m].key for m in places) in known:
                self.taken.update(places)

    def _join_broken(self) -> None:
        """A long number that a narrow column broke into two lines is the same number."""
        for n, token in enumerate(self.a):
            if self.found[n] is not None or not token.is_number:
                continue
            before = self.found[n - 1] if n else -1
            after = self.found[n + 1] if n + 1 < len(self.a) else len(self.b)
            if before is None or after is None:
                continue
            gap = range(before + 1, after)
            if len(gap) > 1 and self._in_one_cell(gap) and self._printed(gap) == token.key:
                self.found[n] = gap[0]
                self.taken.update(gap)
                self.pieces.update(gap)

    def _in_one_cell(self, places: Sequence[int]) -> bool:
        found = {(spot.block, spot.row, spot.cell) for spot in (self.spots[self.b[n].line] for n in places)}
        return len(found) == 1

    def _printed(self, places: Sequence[int]) -> str:
        """What stands at places without the spaces and line ends in it."""
        parts: dict[int, list[Token]] = {}
        for n in places:
            parts.setdefault(self.b[n].line, []).append(self.b[n])
        printed = (
            self.spots[line].text[0 if k else found[0].start : None if k + 1 < len(parts) else found[-1].end]
            for k, (line, found) in enumerate(parts.items())
        )
        return "".join("".join(printed).split())

    def _changes(self, told: Collection[int]) -> list[Changed]:
        """Runs of words that only one paper has, outside of what was told with the numbers."""
        bound = {
            n
            for n, token in enumerate(self.a)
            for mark in self.lines[token.line].marks
            if token.start < mark.end and mark.start < token.end
        }
        out = []
        at = 0
        used: set[int] = set(told)
        n = 0
        while n < len(self.a):
            if self.found[n] is not None:
                out += self._added(at, self.found[n] or 0, used, n)
                at = max(at, (self.found[n] or 0) + 1)
                n += 1
                continue
            end = n
            while end < len(self.a) and self.found[end] is None and self.a[end].line == self.a[n].line:
                end += 1
            out += self._dropped(n, end, at, used, bound)
            n = end
        return out + self._added(at, len(self.b), used, len(self.a))

    def _dropped(self, n: int, end: int, at: int, used: set[int], bound: Collection[int]) -> list[Changed]:
        mine = [m for m in range(n, end) if m not in bound]
        following = next(
            (self.found[m] for m in range(end, len(self.a)) if self.found[m] is not None), len(self.b)
        )
        stands = [m for m in range(at, following or 0) if m not in self.taken and m not in used]
        if not mine:
            return []
        used.update(stands)
        line = self.lines[self.a[n].line]
        before = line.text[self.a[mine[0]].start : self.a[mine[-1]].end]
        return [self._change(before, stands, self.a[n].line, self.a[n].start)]

    def _added(self, start: int, end: int, used: set[int], n: int) -> list[Changed]:
        """Words of the other paper between two places that stand for nothing of ours."""
        free = [m for m in range(start, end) if m not in self.taken and m not in used]
        used.update(free)
        runs: list[list[int]] = []
        for m in free:
            if runs and runs[-1][-1] == m - 1 and self.b[m].line == self.b[m - 1].line:
                runs[-1].append(m)
            else:
                runs.append([m])
        near = self.a[min(n, len(self.a) - 1)] if self.a else None
        return [self._change("", run, near.line if near else 0, near.start if near else 0) for run in runs]

    def _change(self, before: str, stands: Sequence[int], line: int, start: int) -> Changed:
        text = self.lines[line].text if self.lines else ""
        spot = self.spots[self.b[stands[0]].line] if stands else None
        around = text[max(0, start - _AROUND) : start + _AROUND].strip()
        if not before and spot:
            first = self.b[stands[0]].start
            around = spot.text[max(0, first - _AROUND) : first + _AROUND].strip()
        filled = bool(not before and spot and is_blank(self._nearby(line), spot.text, self._said(stands)))
        where = self._place(stands[0], stands[-1]) if stands else None
        return Changed(before, self._said(stands), around, filled, where)

    def _nearby(self, line: int) -> list[str]:
        return [one.text for one in self.lines[max(0, line - 1) : line + 2]]
