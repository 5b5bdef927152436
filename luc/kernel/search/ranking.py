"""Which hit comes first: the same arithmetic over the words of the documents, whatever database found them.

What counts, in this order: how much of the question stands in the title, whether it stands there side by side, whether
marks are as typed, how much of the title it is; names that were not typed cost a little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from luc.kernel.search.understanding import Understood

_TITLE, _MORE, _BESIDE, _BESIDE_ELSEWHERE, _EXACT, _WHOLE, _FIRST = 4.0, 1.5, 3.0, 1.0, 2.0, 2.0, 0.5
Candidate = tuple[int, str, str, str, str, str]  # key, sort key, title, more, body, exact
Parts = tuple[tuple[str, ...], ...]  # each in its spellings, between spaces
Slots = list[list[tuple[float, Parts]]]


def ranked(asked: Understood, rows: Iterable[Candidate]) -> list[int]:
    """The keys of the documents, best first; equals in Vietnamese order."""
    slots = _spaced(asked)
    exact = [f" {word} " for word in asked.exact]
    scored = [(-_score(slots, exact, row), row[1], row[0]) for row in rows]
    return [key for _score_, _sort_key, key in sorted(scored)]


def _spaced(asked: Understood) -> Slots:
    """The ways of each slot, cheapest first, their words between spaces as they are looked for."""
    return [
        sorted(
            (way.cost, tuple(tuple(f" {' '.join(words)} " for words in part) for part in way.parts))
            for way in slot.ways
        )
        for slot in asked.slots
    ]


def _score(slots: Slots, exact: Sequence[str], row: Candidate) -> float:
    """How well a document answers, comparable within one question."""
    title, more, body = columns = f" {row[2]} ", f" {row[3]} ", f" {row[4]} "
    total, parts = 0.0, []
    for ways in slots:
        level, cost, held = _placed(ways, columns)
        parts.extend(held)
        total += (_TITLE if level == 0 else _MORE if level == 1 else 0.0) - cost
    total /= max(1, len(slots))
    if len(parts) > 1:
        beside = elsewhere = 0
        for a, b in pairwise(parts):
            pair = a + b[1:]
            beside += pair in title
            elsewhere += pair in more or pair in body
        total += (_BESIDE * beside + _BESIDE_ELSEWHERE * elsewhere) / (len(parts) - 1)
    elif parts and parts[0] in title:
        total += _BESIDE
    if exact:
        marked = f" {row[5]} "
        total += _EXACT * sum([word in marked for word in exact]) / len(exact)
    held_words = sum([part.count(" ") - 1 for part in parts if part in title])
    total += _WHOLE * min(1.0, held_words / max(1, title.count(" ") - 1))
    if parts and title.startswith(parts[0]):
        total += _FIRST
    return round(total, 6)


def _placed(ways: list[tuple[float, Parts]], columns: Sequence[str]) -> tuple[int, float, list[str]]:
    """The way of a slot that stands nearest to the title: in how far a column, its cost, its words as they stand."""
    best: tuple[int, float, list[str]] = (len(columns) + 1, 0.0, [])
    for cost, parts in ways:
        level, held = 0, []
        for part in parts:
            at, words = _first(part, columns)
            if at > level:
                level = at
            held.append(words)
        if level < best[0]:
            best = (level, cost, held)
        if level == 0:
            break
    return best


def _first(part: Sequence[str], columns: Sequence[str]) -> tuple[int, str]:
    for level, column in enumerate(columns):
        for words in part:
            if words in column:
                return level, words
    return len(columns), part[0]
