"""What other rooms have open with a party, which whoever judges its answer should know: they register it here."""

from __future__ import annotations

from collections.abc import Callable, Collection

from luc.rounds.models import Cycle

# of a cycle and some parties: what is open between each and the collecting agency, in words
Notice = Callable[[Cycle, Collection[int]], dict[int, str]]

_notices: list[Notice] = []


def register(notice: Notice) -> None:
    """A room says what it has open with parties."""
    if notice not in _notices:
        _notices.append(notice)


def notices(cycle: Cycle, parties: Collection[int]) -> dict[int, list[str]]:
    """What is open with each party; those with nothing are left out."""
    found: dict[int, list[str]] = {}
    for notice in _notices:
        for party, words in notice(cycle, parties).items():
            found.setdefault(party, []).append(words)
    return found
