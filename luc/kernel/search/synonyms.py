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
    """The names of the data file; read once. `both`: names of one thing, of which each leads to all the others;
    `to`: a name that also leads to another thing."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [(_name(row["name"]), _name(row["meaning"]), row["way"]) for row in csv.DictReader(file)]
    things: dict[Words, dict[Words, Name]] = {}
    for name, meaning, way in rows:
        one = things.setdefault(_key(meaning.words), {meaning.words: meaning})
        if way == "both":
            other = things.setdefault(_key(name.words), {name.words: name})
            one.update(other)
            things.update({_key(words): one for words in one})
    others = {key: dict(thing) for key, thing in things.items()}
    for name, meaning, way in rows:
        if way == "to":
            others.setdefault(_key(name.words), {}).update(things[_key(meaning.words)])
    longest = max(map(len, others), default=0)
    known = {
        key: tuple(name for words, name in names.items() if _key(words) != key)
        for key, names in others.items()
    }
    return Synonyms({key: names for key, names in known.items() if names}, longest)


def _name(said: str) -> Name:
    return Name(tuple(bare_words(said)), said)


def _key(words: Sequence[str]) -> Words:
    """The words in one spelling: "lý" as "lí"."""
    return tuple(min(spellings(word)) for word in words)
