"""Facets of documents: those that have the same ones share a row, so that ten thousand hits are counted by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection

from luc.kernel.search.models import Combination

Facets = Sequence[tuple[str, str]]  # name, value
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Held:
    """What some documents hold: each combination as its `name=value`, with how many hold it; `total`: all of them."""

    combinations: Sequence[tuple[tuple[str, ...], int]]
    total: int

    def counts(self) -> Counter[str]:
        """How many documents hold each `name=value`."""
        counts = Counter[str]()
        for facts, times in self.combinations:
            for fact in facts:
                counts[fact] += times
        return counts

    def narrowed(self, chosen: Chosen) -> Held:
        """Those of them that hold, of each facet chosen, one of its values."""
        left = self.combinations
        for name, values in chosen.items():
            wanted = {f"{name}={value}" for value in values}
            left = [one for one in left if not wanted.isdisjoint(one[0])]
        return Held(left, sum(times for _facts, times in left))


def text_of(facets: Facets) -> str:
    """A combination as it is kept: each `name=value` on a line of its own."""
    return "\n".join(f"{name}={value}" for name, value in facets)


def facts_of(text: str) -> tuple[str, ...]:
    """The `name=value` of a combination as it is kept."""
    return tuple(text.split("\n")) if text else ()


def keys_of(texts: Iterable[str]) -> dict[str, int]:
    """The key of each combination, written where it is new; called where documents are written, in the transaction."""
    hashes = {text: hashed(text) for text in set(texts)}
    known = _known(hashes.values())
    if new := sorted(
        (key, text) for text, key in hashes.items() if key not in known
    ):  # one order: nobody waits in a ring
        told = "INSERT INTO search_combination (hash, facets) VALUES (%s, %s) ON CONFLICT (hash) DO NOTHING"
        with connection.cursor() as cursor:
            cursor.executemany(told, new)
        known |= _known(key for key, _text in new)
    return {text: known[key] for text, key in hashes.items()}


def hashed(text: str) -> str:
    """By what a combination is known: an index over the text itself would bound its length."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _known(hashes: Iterable[str]) -> dict[str, int]:
    asked = list(hashes)
    marks = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT hash, id FROM search_combination WHERE hash IN ({marks})", asked)  # noqa: S608
        return dict(cursor.fetchall())


def forget_unused() -> None:
    """Take out what no document holds any more; called where nobody else writes documents."""
    Combination.objects.filter(documents=None).delete()
