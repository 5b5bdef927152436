"""Slips of the typist: what a question may have meant, by the words that documents hold.

A word may be one letter off, hold leftovers of Telex or VNI ("nuowcs", "nu7o7c1"), be two words without a space, or
half of one. Which reading is meant is told by which words stand side by side in titles; the cheapest path through all
readings of all words wins (Viterbi over pairs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from rapidfuzz.distance import OSA

from luc.kernel.search.vocabulary import known, near
from luc.kernel.search.words import as_telex

_SPLITS, _KEPT = 6, 12  # readings of one word as two; readings of one word in all
_UNKNOWN, _TELEX, _JOINED, _PARTED = 6.0, 0.4, 1.0, 1.2
_TYPE = 1.0  # a number, a type ("PM10"), or VNI
_SWAPPED, _LETTER, _SHORT = (
    1.6,
    2.2,
    3.0,
)  # short: of a word of three letters, which lies near too many others
_SURE, _SLACK = (
    1.5,
    1.5,
)  # how much likelier it must be where something is found; how much less where nothing is
_PAIR = 3.0  # what it costs that two words were never seen side by side


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that stand for some typed ones, and how unlikely that is."""

    words: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Mended:
    """A whole question read otherwise, and how it is shown (with marks where they are known)."""

    words: tuple[str, ...]
    shown: str


def mended(typed: Sequence[str], *, sure: bool, best: int = 3) -> list[Mended]:
    """What a question of bare words may have meant, the likeliest first. A few statements.

    sure: only what is far likelier than what was typed, because that finds something.
    """
    words = tuple(typed)
    readings = _readings(words)
    pairs = _pairs(readings)
    itself = sum(readings[i, i + 1][0].cost for i in range(len(words))) + _beside("", words, pairs)
    paths = [
        path
        for path in _paths(words, readings, pairs, best + 1)
        if path.words != words and path.cost < itself + (-_SURE if sure else _SLACK)
    ]
    return [Mended(path.words, _shown(path.words, pairs)) for path in paths[:best]]


def _readings(words: Sequence[str]) -> dict[tuple[int, int], list[Reading]]:
    """By (first, past the last) of the typed words: how they can be read, a single one first as typed."""
    telex = {word: _telex_forms(word) for word in words}
    splits = {word: _splits(word) for word in words}
    joined = {(i, i + 2): words[i] + words[i + 1] for i in range(len(words) - 1)}
    asked = {*words, *joined.values(), *(form for forms in telex.values() for form in forms)}
    asked.update(part for parts in splits.values() for pair in parts for part in pair)
    there = known(asked)
    close = near(word for word in words if _can_be_mended(word))
    out: dict[tuple[int, int], list[Reading]] = {}
    for i, word in enumerate(words):
        out[i, i + 1] = _of_word(word, telex[word], splits[word], there, close.get(word, {}))
    for span, word in joined.items():
        if word in there:
            out[span] = [Reading((word,), _PARTED + _rare(there[word][0]))]
    return out


def _of_word(
    word: str,
    telex: Iterable[str],
    splits: Iterable[tuple[str, str]],
    there: Mapping[str, tuple[int, str]],
    close: Mapping[str, int],
) -> list[Reading]:
    itself = _rare(there[word][0]) if word in there else (_UNKNOWN if word.isalpha() else _TYPE)
    out: dict[tuple[str, ...], float] = {(word,): itself}
    for form in telex:
        if form in there:
            out.setdefault((form,), _TELEX + _rare(there[form][0]))
    for a, b in splits:
        if a in there and b in there and min(len(a), len(b)) > 1:
            out.setdefault((a, b), _JOINED + _rare(there[a][0]) + _rare(there[b][0]))
    for other, count in close.items():
        letters = OSA.distance(word, other)
        if 0 < letters <= (1 if len(word) < 5 else 2):
            out.setdefault((other,), _letters(word, other, letters) + _rare(count))
    typed = out.pop((word,))
    first = sorted(out.items(), key=lambda item: (item[1], item[0]))
    return [Reading((word,), typed), *(Reading(words, cost) for words, cost in first[:_KEPT])]


def _telex_forms(word: str) -> set[str]:
    form = as_telex(word)
    return {form, as_telex(form)} - {word, ""}


def _splits(word: str) -> list[tuple[str, str]]:
    return [(word[:i], word[i:]) for i in range(2, len(word) - 1)] if 4 <= len(word) <= 16 else []


def _can_be_mended(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


def _rare(count: int) -> float:
    """Rare words are less likely meant: 1 document costs about one, thousands nothing."""
    return max(0.0, 1.0 - log(1 + count) / 8)


def _letters(word: str, other: str, letters: int) -> float:
    """What a slip of some letters costs; people swap them easily and seldom get the first one wrong."""
    one = _SWAPPED if sorted(word) == sorted(other) else _SHORT if len(word) < 4 else _LETTER
    return one * letters + (0.0 if word[:1] == other[:1] else 0.6)


def _pairs(readings: Mapping[tuple[int, int], list[Reading]]) -> dict[str, tuple[int, str]]:
    """The pairs that readings can form side by side, and single words, as far as they are known."""
    asked: set[str] = set()
    for (start, end), found in readings.items():
        for reading in found:
            asked.update(reading.words)
            asked.update(f"{a} {b}" for a, b in pairwise(reading.words))
            for (after, _), following in readings.items():
                if after == end and start < end:
                    asked.update(f"{reading.words[-1]} {other.words[0]}" for other in following)
    return known(asked)


def _paths(
    words: Sequence[str],
    readings: Mapping[tuple[int, int], list[Reading]],
    pairs: Mapping[str, tuple[int, str]],
    best: int,
) -> list[Reading]:
    """The cheapest readings of all the words; at each place the best few are kept for each last word."""
    at: list[dict[str, list[Reading]]] = [{} for _ in range(len(words) + 1)]
    at[0] = {"": [Reading((), 0.0)]}
    for start in range(len(words)):
        for end in (start + 1, start + 2):
            for reading in readings.get((start, end), ()):
                for last, paths in at[start].items():
                    step = reading.cost + _beside(last, reading.words, pairs)
                    kept = at[end].setdefault(reading.words[-1], [])
                    kept.extend(Reading(path.words + reading.words, path.cost + step) for path in paths)
                    kept.sort(key=lambda path: (path.cost, path.words))
                    del kept[best:]
    found = {path.words: path for paths in at[-1].values() for path in sorted(paths, key=lambda p: -p.cost)}
    return sorted(found.values(), key=lambda path: (path.cost, path.words))[:best]


def _beside(last: str, words: tuple[str, ...], pairs: Mapping[str, tuple[int, str]]) -> float:
    row = [last, *words] if last else list(words)
    return sum(_pair(f"{a} {b}", pairs) for a, b in pairwise(row))


def _pair(pair: str, pairs: Mapping[str, tuple[int, str]]) -> float:
    return max(0.0, 1.5 - log(1 + pairs[pair][0]) / 5) if pair in pairs else _PAIR


def _shown(words: Sequence[str], pairs: Mapping[str, tuple[int, str]]) -> str:
    """Each word as its pair with the next one was met, else with the one before, else alone."""
    out = []
    for i, word in enumerate(words):
        after = pairs.get(f"{word} {words[i + 1]}") if i + 1 < len(words) else None
        before = pairs.get(f"{words[i - 1]} {word}") if i else None
        if after:
            out.append(after[1].partition(" ")[0])
        elif before:
            out.append(before[1].rpartition(" ")[2])
        else:
            out.append(pairs[word][1] if word in pairs else word)
    return " ".join(out)
