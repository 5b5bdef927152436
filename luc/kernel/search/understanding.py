"""What a person typed, as slots: each one word or a known name of several, with the other ways of saying it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from luc.kernel.search.expressions import Any as Either
from luc.kernel.search.expressions import Expression, Phrase, Where, either, every
from luc.kernel.search.synonyms import synonyms
from luc.kernel.search.words import bare_words, exact_words, shown_words, spellings

MOST = 16  # words of a question; further ones are left out
_COMBINED = 24  # ways of saying the whole side by side
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying a slot: parts that must all be there, each a word (or words side by side) in its spellings."""

    parts: tuple[tuple[Words, ...], ...]
    cost: float = 0.0

    @property
    def sequence(self) -> Words:
        """The way as words side by side, in the first spelling."""
        return tuple(word for part in self.parts for word in part[0])


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that was asked for, as typed (bare, and as it is shown), and the ways of saying it, the typed first."""

    typed: Words
    shown: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as slots; `exact`: its words with marks, when it was typed with any; `also`: other names that were
    looked for; `instead`: the words in which a slip was mended."""

    slots: tuple[Slot, ...]
    exact: Words = ()
    also: tuple[str, ...] = ()
    instead: str = ""

    def everywhere(self, where: Where) -> Expression:
        """Every slot in a column or some of them. Raises ValueError when there are no slots."""
        return every(*(held(slot, where) for slot in self.slots))

    def side_by_side(self, where: Where) -> Expression:
        """All slots as one phrase, in any of its ways."""
        ways = product(*(slot.ways for slot in self.slots))
        phrases = [
            Phrase(tuple(word for way in one for word in way.sequence), where)
            for one, _ in zip(ways, range(_COMBINED), strict=False)
        ]
        return either(*phrases)

    def with_marks(self) -> Expression | None:
        """Every word with its marks; None when none was typed with any."""
        return every(*(Phrase((word,), "exact") for word in self.exact)) if self.exact else None


def understood(text: str) -> Understood:
    """What was typed, with synonyms and spellings; nothing is mended. No words: no slots."""
    typed = bare_words(text)[:MOST]
    slots, also = _slots(typed, shown_words(text)[:MOST])
    exact = exact_words(text)[:MOST]
    marked = any(not word.isascii() or word[-1].isdigit() for word in exact)
    return Understood(slots, tuple(exact) if marked else (), also)


def read_otherwise(words: Sequence[str], shown: str) -> Understood:
    """A question whose slips were mended, from its bare words and how they are shown."""
    slots, also = _slots(words, shown.split())
    return Understood(slots, also=also, instead=shown)


def _slots(words: Sequence[str], shown: Sequence[str]) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """Bare words as slots, the longest known names first, and the other names that come in by them."""
    slots, also = [], []
    as_shown = shown if len(shown) == len(words) else words
    known = synonyms()
    at = 0
    while at < len(words):
        size, others = known.longest(words, at)
        piece = tuple(words[at : at + size])
        ways = [Way(tuple(tuple((one,) for one in spellings(word)) for word in piece))]
        for other in others:
            ways.append(Way((_as_part(other.words),), cost=0.3))
            also.append(other.shown)
        slots.append(Slot(piece, " ".join(as_shown[at : at + size]), tuple(ways)))
        at += size
    return tuple(slots), tuple(dict.fromkeys(also))


def _as_part(words: Words) -> tuple[Words, ...]:
    """Words side by side, in their spellings."""
    spelt = product(*map(spellings, words))
    return tuple(one for one, _ in zip(spelt, range(4), strict=False))


def held(slot: Slot, where: Where) -> Expression:
    """A slot in a column or some of them, in any of its ways."""
    ways = [
        every(*(either(*(Phrase(words, where) for words in part)) for part in way.parts)) for way in slot.ways
    ]
    flat: list[Expression] = []
    for way in ways:
        flat.extend(way.parts if isinstance(way, Either) else [way])
    return either(*flat)
