"""Rows that two plans share: proposed by the likeness of their words and by who answers, confirmed by the officer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from luc.reporting.asked import Asked, Row, Thing
from vanban.likeness import Weights, alike

SURE = 0.85  # so alike are the same words: ticked from the beginning
LEAST = 0.6  # less alike is not proposed
_KINDS = ("task", "duty")

Kept = Mapping[str, Collection[Collection[int]]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A task or duty of an earlier plan and the one of a later plan that may be the same work."""

    first: Row
    other: Row
    likeness: float

    @property
    def key(self) -> str:
        """Its name in a form: "task-12-45"."""
        return f"{self.first.thing[0]}-{self.first.thing[1]}-{self.other.thing[1]}"

    @property
    def is_sure(self) -> bool:
        return self.likeness >= SURE


def proposals(asked: Asked) -> list[Pair]:
    """The pairs of things that two plans may share, each thing in at most one, in the order of the first plan.

    Both have words that are alike, and somebody answers for both in the same role. Figures of one slot of the
    ledger need no proposal: they are one figure.
    """
    rows = _things(asked)
    weights = Weights(row.text for row in rows.values())
    found = [
        Pair(first, other, likeness)
        for first, other in _candidates(rows, asked)
        if (likeness := _likeness(weights, first.text, other.text)) >= LEAST
    ]
    taken: set[Thing] = set()
    pairs = []
    for pair in sorted(found, key=lambda one: -one.likeness):
        if taken.isdisjoint((pair.first.thing, pair.other.thing)):
            taken |= {pair.first.thing, pair.other.thing}
            pairs.append(pair)
    order = {thing: place for place, thing in enumerate(rows)}
    return sorted(pairs, key=lambda pair: order[pair.first.thing])


def _things(asked: Asked) -> dict[Thing, Row]:
    """One row for each task and duty."""
    rows: dict[Thing, Row] = {}
    for row in asked.rows:
        if row.thing[0] in _KINDS:
            rows.setdefault(row.thing, row)
    return rows


def _candidates(rows: Mapping[Thing, Row], asked: Asked) -> Iterable[tuple[Row, Row]]:
    """Things of one kind and of two plans, the earlier one first, that somebody answers in the same role."""
    place = {plan: n for n, plan in enumerate(dict.fromkeys(row.plan for row in asked.rows))}
    answering: dict[Thing, set[tuple[int, str]]] = {}
    for row in asked.rows:
        if row.thing[0] in _KINDS:
            parties = asked.answerers(row)
            answering.setdefault(row.thing, set()).update((party, row.asked_in) for party in parties)
    for first, other in product(rows.values(), repeat=2):
        one_kind = first.thing[0] == other.thing[0] and place[first.plan] < place[other.plan]
        if one_kind and not answering[first.thing].isdisjoint(answering[other.thing]):
            yield first, other


def _likeness(weights: Weights, first: str, other: str) -> float:
    return (alike(first, other) + weights.same(first, other)) / 2


def as_kept(pairs: Iterable[Pair]) -> dict[str, list[list[int]]]:
    """Pairs as a cycle keeps them."""
    kept: dict[str, list[list[int]]] = {}
    for pair in pairs:
        kept.setdefault(pair.first.thing[0], []).append([pair.first.thing[1], pair.other.thing[1]])
    return kept


def as_shared(kept: Kept) -> dict[Thing, Thing]:
    """The thing of the earlier plan by that of the later one."""
    return {(kind, other): (kind, first) for kind, pairs in kept.items() for first, other in pairs}
