"""Which hit comes first: the same arithmetic over the words of the documents, whatever database found them.

What counts, in this order: how much of the question stands in the title, whether it stands there side by side, whether
marks are as typed, how much of the title it is; names that were not typed cost a little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from luc.kernel.search.models import Document
from luc.kernel.search.understanding import Slot, Understood, Way

_TITLE, _MORE, _BESIDE, _BESIDE_ELSEWHERE, _EXACT, _WHOLE, _FIRST = 4.0, 1.5, 3.0, 1.0, 2.0, 2.0, 0.5
_SLIP = 0.75  # of a question as typed; a mended one comes after it


def ranked(asked: Understood, rows: Iterable[Document]) -> list[Document]:
    """The documents with their text, best first; equals in Vietnamese order."""
    return sorted(rows, key=lambda row: (-score(asked, row), row.sort_key, row.pk))


def score(asked: Understood, row: Document) -> float:
    """How well a document answers, comparable within one question."""
    columns = [f" {row.text.title} ", f" {row.text.more} ", f" {row.text.body} "]
    placed = [_placed(slot, columns) for slot in asked.slots]
    if not placed:
        return 0.0
    parts = [words for way, _where in placed for words in _held(way, columns)]
    pairs = list(pairwise(parts))
    in_title = sum(where == 0 for _way, where in placed) / len(placed)
    near = sum(where == 1 for _way, where in placed) / len(placed)
    total = _TITLE * in_title + _MORE * near - sum(way.cost for way, _where in placed)
    if pairs:
        total += _BESIDE * sum(f" {a} {b} " in columns[0] for a, b in pairs) / len(pairs)
        total += (
            _BESIDE_ELSEWHERE
            * sum(any(f" {a} {b} " in column for column in columns[1:]) for a, b in pairs)
            / len(pairs)
        )
    else:
        total += _BESIDE * in_title
    if asked.exact:
        exact = f" {row.text.exact} "
        total += _EXACT * sum(f" {word} " in exact for word in asked.exact) / len(asked.exact)
    held = sum(len(words.split()) for words in parts if f" {words} " in columns[0])
    total += _WHOLE * min(1.0, held / max(1, len(columns[0].split())))
    if parts and columns[0].startswith(f" {parts[0]} "):
        total += _FIRST
    return round(total * (_SLIP if asked.instead else 1.0), 6)


def _placed(slot: Slot, columns: Sequence[str]) -> tuple[Way, int]:
    """The way of a slot that stands nearest to the title, and in how far a column."""
    best = (len(columns), 0.0, slot.ways[0])
    for way in slot.ways:
        level = max(_level(part, columns) for part in way.parts)
        if (level, way.cost) < best[:2]:
            best = (level, way.cost, way)
    return best[2], best[0]


def _level(part: Sequence[tuple[str, ...]], columns: Sequence[str]) -> int:
    for level, column in enumerate(columns):
        if any(f" {' '.join(words)} " in column for words in part):
            return level
    return len(columns)


def _held(way: Way, columns: Sequence[str]) -> list[str]:
    """The parts of a way, each in the spelling that the document has."""
    out = []
    for part in way.parts:
        said = [" ".join(words) for words in part]
        out.append(next((one for one in said if any(f" {one} " in column for column in columns)), said[0]))
    return out
