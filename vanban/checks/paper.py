"""The paper under check: its words, what was read from it, and where bodies are named in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from vanban import abbreviations, agencies, outline, parts
from vanban.bodies import tokens
from vanban.checks.registers import Agency, Registers
from vanban.document import Document, Paragraph, Place, Words
from vanban.folding import UPPER, bare, folded
from vanban.outline import Section

_WRITTEN_OUT = {"ubnd": ("ủy", "ban", "nhân", "dân"), "hđnd": ("hội", "đồng", "nhân", "dân")}
_EXPANDED = {folded(short): tuple(map(folded, words)) for short, words in _WRITTEN_OUT.items()}
_FORM = re.compile(
    r"\W*(?:(?:Mẫu|Biểu\s+mẫu|Biểu|Phụ\s+biểu)\s+(?:số\s*)?[\dA-Z]|Mẫu\s+báo\s+cáo|Đề\s+cương\s+báo\s+cáo)",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"\W*(?:PHỤ LỤC|Phụ lục)\b")
_WITH_IT = re.compile(r"kèm\s+theo", re.IGNORECASE)
# units of which many are named one by one, in papers of their time; others have agencies of their own
_UNITS = ("quận", "huyện")
_FILLER = frozenset({folded("các")})
_HEADS = re.compile(r"^(?:giam doc|thu truong|chu tich|lanh dao) ")


_Fold = tuple[str, int, int]  # a folded word and where it stands


class _Known:
    """Names by their folded words, and how many words (most first) those have that begin with a word."""

    def __init__(self, names: dict[tuple[str, ...], str]) -> None:
        self.names = names
        found: dict[str, set[int]] = {}
        for key in filter(None, names):
            found.setdefault(key[0], set()).add(len(key))
        self.lengths = {word: sorted(sizes, reverse=True) for word, sizes in found.items()}


@dataclass(frozen=True)
class Paper:
    """All that a rule may ask."""

    document: Document
    reading: dict[str, Any]
    registers: Registers
    today: date

    @cached_property
    def texts(self) -> list[Words]:
        """The words of every paragraph and of every cell, in order."""
        out = []
        for i, block in enumerate(self.document.blocks):
            if isinstance(block, Paragraph):
                out.append(self.document.words(i))
                continue
            for y, row in enumerate(block.rows):
                out += [self.document.words(i, y, x) for x, cell in enumerate(row) if not cell.covered]
        return [words for words in out if words]

    @cached_property
    def own_texts(self) -> list[Words]:
        """The words of the paper without the forms that it hands out: what is blank there is for others to fill."""
        out: list[Words] = []
        in_form = False
        for words in self.texts:
            if _FORM.match(words.text):
                in_form = True
            elif _APPENDIX.match(words.text):
                in_form = False
            if not in_form or _WITH_IT.search(words.text):
                out.append(words)
        return out

    @cached_property
    def outline(self) -> Section:
        """The outline of the body of the paper."""
        main = parts.main(self.document)
        return outline.read(self.document, main.first, main.last)

    @property
    def date(self) -> date | None:
        """The day of the paper, where it is filled in."""
        printed = self.reading.get("date")
        return date.fromisoformat(printed) if printed else None

    @property
    def is_provincial(self) -> bool:
        """Whether a province (a city under the centre) issues the paper."""
        return bare(self.reading.get("issuer") or "").startswith("uy ban nhan dan t")

    def search(self, pattern: re.Pattern[str], own: bool = False) -> Iterator[Words]:
        """The words of each match, in the order of the paper; `own`: the forms that it hands out left out."""
        for words in self.own_texts if own else self.texts:
            for match in pattern.finditer(words.text):
                yield words.cut(match.start(), match.end())

    def naming(self, name: str) -> list[Words]:
        """Where a name is printed, in any case and with either placing of tone marks."""
        asked = _key(name)
        known = _Known({asked: name} if asked else {})
        return [found for words, folds in self._folds for _, found in _named(words, folds, known)]

    @cached_property
    def _folds(self) -> list[tuple[Words, list[_Fold]]]:
        return [(words, _folds(words.text)) for words in self.texts]

    def spots(self, name: str, within: tuple[Place, ...]) -> tuple[Place, ...]:
        """Where a name is printed in the blocks and rows of an item, else where the paper first names it.

        A list may leave the kind to be written out ("Các Sở: Y tế, Nội vụ"); what is printed nowhere stands
        at the item.
        """
        rows = {(place.block, place.row) for place in within}
        for printed in (name, name.partition(" ")[2]):
            found = [words for words in self.naming(printed) if printed and _row(words) in rows]
            if found:
                return all_places(found)
        return all_places(self.naming(name)[:1]) or within

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """What the paper's own abbreviations stand for."""
        return abbreviations.made(words.text for words in self.texts)

    def work(self, text: str) -> str:
        """What is to be done, for comparing: the paper's own abbreviations are written out."""
        return abbreviations.written_out(text, self.abbreviations)

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """The tasks, of the appendix or (where there is none) of the body."""
        return self.reading.get("tasks") or []

    @property
    def appendix(self) -> list[dict[str, Any]]:
        """The tasks of the appendix only."""
        return [task for task in self.tasks if task.get("source") == "appendix"]

    def named(self, item: dict[str, Any], role: str) -> list[str]:
        """The bodies of a task in a role that are named, not generic."""
        return [name for name in item.get(role) or [] if not agencies.is_generic(name)]

    @cached_property
    def bodies(self) -> dict[str, list[Words]]:
        """Where each agency of the register is named: its name, and the words that name it.

        The longest name wins; an abbreviation counts, and a name that a list leaves to be written out.
        """
        names = {}
        for agency in self.registers.agencies:
            for name in filter(None, (agency.name, agency.abbreviation, *agency.other_names)):
                names[_key(name)] = agency.name
        known = _Known(names)
        out: dict[str, list[Words]] = {}
        for words, folds in self._folds:
            for name, found in (*_named(words, folds, known), *_listed(words, names)):
                out.setdefault(name, []).append(found)
        for agency in self.registers.agencies:
            if of_one := _of_one_unit(agency):
                out.setdefault(agency.name, []).extend(self.search(of_one))
        return {name: found for name, found in out.items() if found}


def places(item: dict[str, Any], key: str = "places") -> tuple[Place, ...]:
    """The places of an item of a reading."""
    return tuple(p if isinstance(p, Place) else Place(**p) for p in item.get(key) or ())


def all_places(found: list[Words]) -> tuple[Place, ...]:
    """The places of many words, in order."""
    return tuple(place for words in found for place in words.places)


def body(name: str | None) -> str:
    """A name of a body for comparing: without marks, short forms written out, without "Giám đốc"."""
    words = []
    for word in bare(name or "").split():
        words.append({"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan"}.get(word, word))
    return _HEADS.sub("", " ".join(words))


def same_body(a: str, b: str) -> bool:
    """Whether two names may mean one body: the words of one are all in the other, or are their initials."""
    words_a, words_b = ([word for word in body(name).split() if word != "va"] for name in (a, b))
    if set(words_a) <= set(words_b) or set(words_b) <= set(words_a):
        return True
    return _shortened(words_a, words_b) or _shortened(words_b, words_a)


def _shortened(short: list[str], full: list[str]) -> bool:
    """Whether "so nn mt" is short for "so nong nghiep moi truong": the kind written out, then initials."""
    kind = next((i for i, (a, b) in enumerate(zip(short, full, strict=False)) if a != b), 0)
    return kind > 0 and "".join(short[kind:]) == "".join(word[0] for word in full[kind:])


def _of_one_unit(agency: Agency) -> re.Pattern[str] | None:
    """How one of the committees is named that the register knows together: "UBND huyện Bình Sơn"."""
    if not agency.name.startswith("Ủy ban nhân dân"):
        return None
    kinds = [
        kind for kind in _UNITS if kind in re.split(r"\s*,\s*", agency.name[len("Ủy ban nhân dân") :].strip())
    ]
    named = (
        rf"(?:UBND|[ỦU][ỷy] ban nhân dân)\s+(?:{'|'.join(kinds)})\s+[{UPPER}][\w-]*(?:\s+[{UPPER}][\w-]*)*"
    )
    return re.compile(rf"\b{named}") if kinds else None


def _row(words: Words) -> tuple[int, int | None]:
    return words.places[0].block, words.places[0].row


def _key(name: str) -> tuple[str, ...]:
    return tuple(fold for fold, _, _ in _folds(name))


def _folds(text: str) -> list[_Fold]:
    out = []
    for token in tokens(text):
        if token.is_word and token.fold not in _FILLER:
            out += [(fold, token.start, token.end) for fold in _EXPANDED.get(token.fold, (token.fold,))]
    return out


def _named(words: Words, folds: list[_Fold], known: _Known) -> Iterator[tuple[str, Words]]:
    """The names that are printed as they are known, the longest first."""
    i = 0
    while i < len(folds):
        for n in known.lengths.get(folds[i][0], ()):
            found = folds[i : i + n]  # shorter at the end of the words
            if name := known.names.get(tuple(fold for fold, _, _ in found)) if len(found) == n else None:
                yield name, words.cut(found[0][1], found[-1][2])
                i += n - 1
                break
        i += 1


def _listed(words: Words, names: dict[tuple[str, ...], str]) -> Iterator[tuple[str, Words]]:
    """The names that a list leaves to be written out."""
    for start, end in agencies.mentions(words.text):
        for single in agencies.split(words.cut(start, end)):
            written_out = single.pieces and single.pieces[0][0] > 0
            if written_out and (name := names.get(_key(single.text))):
                yield name, single
