"""Who in a party is told first: the approver where an answer waits for one, else whom the party named, else who writes.

Whom a party named is known by the rooms above (the contact that an agency gives with a plan); they register it here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from luc.rounds.models import Presentation
from luc.rounds.reminders.models import Rung

# of some cycles: the people named, by cycle and party
Named = Callable[[Collection[int]], Mapping[tuple[int, int], frozenset[int]]]

_named: list[Named] = []


def register(named: Named) -> None:
    """A room says whom parties named to be told of its rounds."""
    if named not in _named:
        _named.append(named)


@dataclass(frozen=True, slots=True)
class First:
    """The lowest rung for one obligation, and the people named for it."""

    rung: Rung = Rung.CONTACT
    named: frozenset[int] = frozenset()


WHO_WRITES = First()


@dataclass(frozen=True, slots=True)
class Firsts:
    """The same for all obligations of some cycles."""

    waiting: frozenset[int]
    named: Mapping[tuple[int, int], frozenset[int]]

    def of(self, obligation: int, cycle: int, answerer: int) -> First:
        """Who is told first of an obligation that a party answers."""
        if obligation in self.waiting:
            return First(Rung.APPROVER)
        return First(Rung.CONTACT, self.named.get((cycle, answerer), frozenset()))


def firsts(cycles: Collection[int]) -> Firsts:
    """Who is told first in some cycles; a fixed number of statements."""
    waiting = Presentation.objects.filter(decision=None, obligation__cycle__in=cycles)
    named: dict[tuple[int, int], frozenset[int]] = {}
    for of in _named:
        for place, people in of(cycles).items():
            named[place] = named.get(place, frozenset()) | people
    return Firsts(frozenset(waiting.values_list("obligation", flat=True)), named)
