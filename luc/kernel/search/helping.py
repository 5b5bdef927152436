"""What helps where nothing is found: which word finds nothing, what lies near it, what the others find."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from luc.kernel.search import backend
from luc.kernel.search.expressions import Phrase, every
from luc.kernel.search.scope import Scope
from luc.kernel.search.understanding import Slot, Understood, held
from luc.kernel.search.vocabulary import known, near

_LOOKED_AT, _SHOWN = 8, 3


@dataclass(frozen=True, slots=True)
class Alone:
    """One word or name of a question: how many things it finds by itself (up to the cap), and what lies near it."""

    words: str
    count: int
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """The question without one word, and how many things that finds."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why a question finds nothing. `unnarrowed`: how many it finds when it is narrowed to nothing."""

    alone: tuple[Alone, ...]
    rests: tuple[Rest, ...]
    unnarrowed: int


def nothing(scope: Scope, said: Understood) -> Nothing:
    """Look at each word of a question that found nothing; a bounded number of statements."""
    wide, slots = scope.wide(), said.slots[:_LOOKED_AT]
    unnarrowed = backend.count(wide.question(said.everywhere("all")))
    if unnarrowed:
        return Nothing((), (), min(unnarrowed, backend.CAP))
    alone = [_alone(wide, slot) for slot in slots]
    rests = [_rest(wide, slots, left) for left in range(len(slots))] if len(slots) > 1 else []
    found = sorted((rest for rest in rests if rest.count), key=lambda rest: -rest.count)
    return Nothing(tuple(alone), tuple(found), 0)


def _alone(wide: Scope, slot: Slot) -> Alone:
    count = min(backend.count(wide.question(held(slot, "all"))), backend.CAP)
    return Alone(slot.shown, count, () if count else _near(wide, slot))


def _rest(wide: Scope, slots: tuple[Slot, ...], left: int) -> Rest:
    others = [slot for at, slot in enumerate(slots) if at != left]
    count = backend.count(wide.question(every(*(held(slot, "all") for slot in others))))
    return Rest(" ".join(slot.shown for slot in others), min(count, backend.CAP))


def _near(wide: Scope, slot: Slot) -> tuple[str, ...]:
    """Known words near a single one that this viewer's documents hold."""
    if len(slot.typed) != 1:
        return ()
    word = slot.typed[0]
    close = near([word]).get(word, {})
    first = sorted(close, key=lambda other: (OSA.distance(word, other), -close[other], other))[: 2 * _SHOWN]
    there = [other for other in first if backend.ids(wide.question(Phrase((other,))), 1)]
    shown = known(there)
    return tuple(shown[other][1] for other in there[:_SHOWN])
