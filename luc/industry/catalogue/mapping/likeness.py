"""Which items of a list a good may stand on: by its HS code, by the words of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from luc.industry.catalogue.tree import hs_codes
from luc.industry.models import CatalogueItem, Offer
from luc.kernel.text import search_key

_ALIKE = 72  # of 100: below it words are not proposed
_BY_CODE = 30  # what a common HS code adds
_MOST = 5
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Proposed:
    """An item that a good may stand on; `by_code`: the HS code says so too."""

    item: CatalogueItem
    likeness: float
    by_code: bool


def propose(offer: Offer, items: Sequence[CatalogueItem]) -> list[Proposed]:
    """The items a good may stand on, the likest first; few words alike are enough where the HS code agrees."""
    key = search_key(offer.name)
    found = []
    for item in items:
        by_code = _same_code(offer.hs_code, item.hs_code)
        like = max(fuzz.token_set_ratio(key, item.search_key), fuzz.token_sort_ratio(key, item.search_key))
        like = min(like, _share(key, item.search_key))
        if by_code or like >= _ALIKE:
            found.append(Proposed(item, like + (_BY_CODE if by_code else 0), by_code))
    return sorted(found, key=lambda one: (-one.likeness, one.item.order))[:_MOST]


def _share(one: str, other: str) -> float:
    """How much of the shorter name the other has, word by word: one common word of many says little."""
    words, others = set(one.split()), set(other.split())
    shorter = min(words, others, key=len)
    return 100 * len(words & others) / max(1, len(shorter)) if len(shorter) > 1 else 0


def _same_code(code: str, codes: str) -> bool:
    """Whether a HS code lies in one of a cell, or holds one of them: at least four digits in common."""
    digits = code.replace(".", "")
    if len(digits) < _LEAST_DIGITS:
        return False
    wanted = [one for one in hs_codes(codes) if len(one) >= _LEAST_DIGITS]
    return any(digits.startswith(one) or one.startswith(digits) for one in wanted)
