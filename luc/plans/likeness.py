"""Whose words a text uses: for proposing who leads a task or answers for a target. Plain values only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz, process

from luc.kernel.text import folded

# BM25, the usual ranking of texts by shared words; rare words and pairs of words count more than common ones
_SATURATION, _LENGTH = 1.2, 0.5
# a proposal needs some likeness, and must stand out from the second best
LEAST, MARGIN = 0.14, 1.2


@dataclass(frozen=True, slots=True)
class Near:
    """What came nearest, and how near (0-1)."""

    name: str
    likeness: float


@dataclass(slots=True)
class Voices:
    """The words of each of several bodies."""

    words: dict[str, Counter[str]] = field(default_factory=dict)

    @staticmethod
    def of(texts: Iterable[tuple[str, str]]) -> Voices:
        """From (body, text): its own name counts as its words too."""
        voices = Voices()
        for name, text in texts:
            voices.words.setdefault(name, Counter(_terms(name))).update(_terms(text))
        return voices

    def nearest(self, text: str) -> Near | None:
        """The body whose words are most like those of a text; None when none stands out."""
        ranked = sorted(self._scores(set(_terms(text))), reverse=True)
        if not ranked or ranked[0][0] < LEAST:
            return None
        if len(ranked) > 1 and ranked[0][0] < MARGIN * ranked[1][0]:
            return None
        return Near(ranked[0][1], min(ranked[0][0], 1.0))

    def _scores(self, asked: set[str]) -> Iterable[tuple[float, str]]:
        rarity = {term: self._rarity(term) for term in asked}
        whole = sum(rarity.values())
        mean = sum(words.total() for words in self.words.values()) / max(len(self.words), 1)
        for name, words in self.words.items():
            damping = _SATURATION * (1 - _LENGTH + _LENGTH * words.total() / mean)
            shared = ((rarity[t], words[t]) for t in asked if t in words)
            score = sum(weight * count * (_SATURATION + 1) / (count + damping) for weight, count in shared)
            yield (score / whole if whole else 0.0), name

    def _rarity(self, term: str) -> float:
        having = sum(term in words for words in self.words.values())
        return math.log(1 + (len(self.words) - having + 0.5) / (having + 0.5))


def _terms(text: str) -> list[str]:
    """Syllables, and pairs of them: most Vietnamese words are pairs."""
    syllables = folded(text).split()
    return [*syllables, *(f"{a} {b}" for a, b in pairwise(syllables))]


def same_work(text: str, others: Mapping[str, str], least: float) -> Near | None:
    """The key of the text that says the same in other order or words; None under `least` (0-1)."""
    keys = list(others)
    texts: Sequence[str] = [folded(others[key]) for key in keys]
    found = process.extractOne(folded(text), texts, scorer=_alike, score_cutoff=least * 100)
    return Near(keys[found[2]], found[1] / 100) if found else None


def _alike(a: str, b: str, **_: object) -> float:
    """0-100: the same words in any order; one text may say more than the other, but not much more."""
    return 0.65 * fuzz.token_sort_ratio(a, b) + 0.35 * fuzz.token_set_ratio(a, b)
