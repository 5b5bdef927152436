"""Facets of documents: those that have the same ones share a row, so that ten thousand hits are counted by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection

from luc.kernel.search.models import Combination

_NEW = "INSERT INTO search_combination (id, facets) {} ON CONFLICT (id) DO NOTHING"
Facets = Sequence[tuple[str, str]]  # name, value
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Held:
    """What some documents hold: each combination as its `name=value`, with how many hold it; `total`: all of them."""

    combinations: Sequence[tuple[tuple[str, ...], int]]
    total: int

    def counts(self) -> Mapping[str, int]:
        """How many documents hold each `name=value`."""
        counts: defaultdict[str, int] = defaultdict(int)
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
    keys = {text: key_of(text) for text in set(texts)}
    told = sorted((key, text) for text, key in keys.items())  # one order: nobody waits in a ring
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*told, strict=True)]
            cursor.execute(_NEW.format("SELECT * FROM unnest(%s::bigint[], %s::text[])"), columns)
        else:
            cursor.executemany(_NEW.format("VALUES (%s, %s)"), told)
    return keys


def key_of(text: str) -> int:
    """63 bits of a hash: among a million combinations two have the same key once in ten million times."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


def forget_unused() -> None:
    """Take out what no document holds any more; called where nobody else writes documents."""
    Combination.objects.filter(documents=None).delete()
