"""How alike two pieces of work are by their words: for finding one item in two places or two papers.

Folded words and pairs of words (most Vietnamese words are pairs) are compared; words that every item of a
paper uses ("phát triển", the name of the programme) count less than those of few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from vanban.folding import folded


def alike(a: str, b: str) -> float:
    """0 to 1: the same words, much the same order; 1 only where nothing but case and marks of style differ."""
    x, y = folded(a), folded(b)
    if x == y:
        return 1.0
    if not x or not y:
        return 0.0
    return min(0.65 * fuzz.token_sort_ratio(x, y) + 0.35 * fuzz.token_set_ratio(x, y), 99.9) / 100


class Weights:
    """How much each term says among many texts: one that stands in all of them says nothing."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._having: Counter[str] = Counter()
        self._texts = 0
        self._weighed: dict[str, tuple[dict[str, float], float]] = {}
        for text in texts:
            self._having.update(terms(text))
            self._texts += 1

    def of(self, term: str) -> float:
        """The weight of a term, rarer ones more."""
        return math.log(1 + (self._texts + 1) / (self._having[term] + 0.5))

    def share(self, part: str, whole: str) -> float:
        """0 to 1: how much of what one text says is said in another too."""
        weights, total = self._weigh(part)
        said = terms(whole) & weights.keys()
        return sum(weights[term] for term in said) / total if said else 0.0

    def same(self, a: str, b: str) -> float:
        """0 to 1: how much two texts say the same; one may say more than the other."""
        one, other = self.share(a, b), self.share(b, a)
        return 0.6 * max(one, other) + 0.4 * min(one, other)

    def _weigh(self, text: str) -> tuple[dict[str, float], float]:
        if text not in self._weighed:
            weights = {term: self.of(term) for term in terms(text)}
            self._weighed[text] = weights, sum(weights.values())
        return self._weighed[text]


@lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """The folded words of a text and the pairs of them."""
    words = folded(text).split()
    return frozenset([*words, *(f"{a} {b}" for a, b in pairwise(words))])
