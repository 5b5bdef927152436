"""Which token of one paper stands where in the other: the longest order they share, then what only moved.

Long papers are first held together by runs of words that stand once in each (patience difference), so that the work
grows with the length and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from vanban.signed.tokens import is_number

_RUNS = (6, 3, 1)
_WHOLE = 3_000_000  # so many pairs are compared at once
_MOVED = 4  # so many words together are known again elsewhere
_LEAST_WORDS = 2  # of them no numbers


def aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[int | None]:
    """For each of our tokens the place of the equal one in theirs; None where none stands for it."""
    found: list[int | None] = [None] * len(ours)
    _align(ours, theirs, 0, len(ours), 0, len(theirs), found)
    _moved(ours, theirs, found)
    return found


def _align(
    a: Sequence[str], b: Sequence[str], i: int, ii: int, j: int, jj: int, found: list[int | None]
) -> None:
    while i < ii and j < jj and a[i] == b[j]:
        found[i] = j
        i, j = i + 1, j + 1
    while i < ii and j < jj and a[ii - 1] == b[jj - 1]:
        ii, jj = ii - 1, jj - 1
        found[ii] = jj
    if i == ii or j == jj:
        return
    if (ii - i) * (jj - j) > _WHOLE and (anchors := _anchors(a, b, i, ii, j, jj)):
        for x, y in [*anchors, (ii, jj)]:
            _align(a, b, i, x, j, y, found)
            if x < ii:
                found[x] = y
            i, j = x + 1, y + 1
        return
    for op in LCSseq.opcodes(a[i:ii], b[j:jj]):
        if op.tag == "equal":
            for n in range(op.src_end - op.src_start):
                found[i + op.src_start + n] = j + op.dest_start + n


def _anchors(a: Sequence[str], b: Sequence[str], i: int, ii: int, j: int, jj: int) -> list[tuple[int, int]]:
    """Pairs of places where runs begin that stand once in each, in rising order on both sides."""
    for length in _RUNS:
        left, right = _once(a, i, ii, length), _once(b, j, jj, length)
        pairs = [(place, right[run]) for run, place in left.items() if run in right]
        if rising := _rising(pairs):
            return rising
    return []


def _once(tokens: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(tokens[n : n + length]) for n in range(start, end - length + 1)]
    counts = Counter(runs)
    return {run: start + n for n, run in enumerate(runs) if counts[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, y) in enumerate(pairs):
        at = bisect_left(tails, y)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [y], [n]
    out, n = [], ends[-1] if ends else -1
    while n >= 0:
        out.append(pairs[n])
        n = before[n]
    return out[::-1]


def _moved(ours: Sequence[str], theirs: Sequence[str], found: list[int | None]) -> None:
    """Runs that stand elsewhere word for word: head and closing of a paper are two columns, read in either order."""
    taken = {place for place in found if place is not None}
    starts: dict[tuple[str, ...], list[int]] = {}
    for n in range(len(theirs) - _MOVED + 1):
        if taken.isdisjoint(range(n, n + _MOVED)):
            starts.setdefault(tuple(theirs[n : n + _MOVED]), []).append(n)
    i = 0
    while starts and i <= len(ours) - _MOVED:
        length, at = 0, 0
        if found[i] is None:
            places = starts.get(tuple(ours[i : i + _MOVED]), ())
            runs = [(_length(ours, theirs, i, place, taken, found), -place) for place in places]
            length, at = max(runs, default=(0, 0))
        if length < _MOVED or sum(1 for key in ours[i : i + length] if not is_number(key)) < _LEAST_WORDS:
            i += 1
            continue
        for n in range(length):
            found[i + n] = n - at
            taken.add(n - at)
        i += length


def _length(
    ours: Sequence[str],
    theirs: Sequence[str],
    i: int,
    place: int,
    taken: set[int],
    found: Sequence[int | None],
) -> int:
    """How many tokens from i on, that nothing stands for yet, stand free at a place."""
    n = 0
    while (
        i + n < len(ours)
        and place + n < len(theirs)
        and found[i + n] is None
        and place + n not in taken
        and ours[i + n] == theirs[place + n]
    ):
        n += 1
    return n
