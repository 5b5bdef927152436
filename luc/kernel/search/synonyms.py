"""Other names of the same thing: abbreviations and synonyms of the field, from a data file with its sources."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from luc.kernel.search.words import bare_words, spellings

FILE = Path(__file__).parent / "data" / "synonyms.csv"
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its bare words, and as it is shown."""

    words: Words
    shown: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Names by the words that were typed."""

    others: dict[Words, tuple[Name, ...]]
    longest_name: int

    def longest(self, words: Sequence[str], at: int) -> tuple[int, tuple[Name, ...]]:
        """How many words from `at` are a known name, and its other names; one word and none when they are none."""
        for size in range(min(self.longest_name, len(words) - at), 0, -1):
            key = _key(words[at : at + size])
            if key in self.others:
                return size, self.others[key]
        return 1, ()


@cache
def synonyms() -> Synonyms:
    """The names of the data file; read once. `both`: a name leads to the other and back; `to`: only there."""
    others: dict[Words, dict[Words, Name]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, meaning = _name(row["name"]), _name(row["meaning"])
            others.setdefault(_key(name.words), {})[meaning.words] = meaning
            if row["way"] == "both":
                others.setdefault(_key(meaning.words), {})[name.words] = name
    longest = max(map(len, others), default=0)
    return Synonyms({key: tuple(names.values()) for key, names in others.items()}, longest)


def _name(said: str) -> Name:
    return Name(tuple(bare_words(said)), said)


def _key(words: Sequence[str]) -> Words:
    """The words in one spelling: "lý" as "lí"."""
    return tuple(min(spellings(word)) for word in words)
