"""What the rooms above have to do when a party ends: they register it here, and the end does it.

A room above that keeps something a party still owes says beforehand what will move (`Foretelling`), and moves it
(`Step`) in the transaction of the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from luc.agencies.models import Party
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer

Foretelling = Callable[[Viewer, Party], list[str]]
# by successor (who really answers): how it came to it, in words that are kept
Step = Callable[[Acting, Party, Mapping[int, str]], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a room does at the end of a party."""

    foretell: Foretelling
    hand_on: Step


_rules: dict[str, Rule] = {}


def register(kind: str, foretell: Foretelling, hand_on: Step) -> None:
    """A room says what a party of its own things leaves behind. Raises ValueError for a kind that is taken."""
    rule = Rule(foretell, hand_on)
    if _rules.setdefault(kind, rule) != rule:
        raise ValueError(f"the end of a party is registered twice for {kind}")


def left_behind(viewer: Viewer, party: Party) -> list[str]:
    """What a party still owes, line by line in words; empty when its end moves nothing."""
    return [line for rule in _rules.values() for line in rule.foretell(viewer, party)]


def hand_on(acting: Acting, party: Party, successors: Mapping[int, str]) -> None:
    """Hand on to the successors what a party still owes."""
    for rule in _rules.values():
        rule.hand_on(acting, party, successors)
