"""Slips of spelling in running text: what is no syllable, what differs from a known word in its marks only,
what stands once beside a frequent twin, a word printed twice, and two habits of placing tone marks.

The known words are data (`data/spelling.json`); everything else follows from the text itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from vanban.document import Words
from vanban.folding import LOWER, bare, folded
from vanban.syllables import is_syllable, places_tone_old

_WORD = re.compile(r"[^\W\d_]+")
# a word with a letter of another alphabet ("µg") is none of ours
_OWN_LETTERS = re.compile(rf"[{LOWER}]+")
_JOINED = re.compile(r"[ \u00a0\n]+")
# a twin must be met so often before the one form beside it is a slip
_FREQUENT = 4
_LONGEST = 4
_LONG = 5  # a shorter word is one letter away from too many others


@dataclass(frozen=True, slots=True)
class Slip:
    """Words that look wrong, and what they may stand for (None where nothing is known)."""

    words: Words
    instead: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    by_bare: dict[str, frozenset[str]]
    also: frozenset[str]
    loanwords: frozenset[str]
    doubled: frozenset[str]
    printed: dict[str, str]
    syllables: frozenset[str]
    beginnings: frozenset[str]  # first words, bare


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    fold: str
    bare: str
    follows: bool  # nothing but spaces stands between it and the one before


@cache
def _known() -> _Known:
    raw = json.loads(resources.files("vanban").joinpath("data/spelling.json").read_text(encoding="utf-8"))
    by_bare: dict[str, set[str]] = {}
    for word in raw["words"]:
        by_bare.setdefault(bare(word), set()).add(folded(word))
    return _Known(
        by_bare={key: frozenset(forms) for key, forms in by_bare.items()},
        also=frozenset(map(folded, raw["also"])),
        loanwords=frozenset(map(folded, raw["loanwords"])),
        doubled=frozenset(map(folded, raw["doubled"])),
        printed={folded(word): word for word in raw["words"]},
        syllables=frozenset(syllable for word in raw["words"] for syllable in folded(word).split()),
        beginnings=frozenset(key.partition(" ")[0] for key in by_bare),
    )


def slips(texts: Sequence[Words]) -> list[Slip]:
    """The slips of a paper, in order; each stretch of words is one slip."""
    parted = [_tokens(words.text) for words in texts]
    frequent = _frequent_pairs(parted)
    return [
        slip for words, tokens in zip(texts, parted, strict=True) for slip in _of(words, tokens, frequent)
    ]


def mixed_tones(texts: Sequence[Words]) -> list[Words]:
    """The words whose tone sits the rarer of two ways, where a paper uses both (hoà beside hòa)."""
    ways: dict[bool, list[Words]] = {True: [], False: []}
    for words in texts:
        for match in _WORD.finditer(words.text):
            old = _places_tone_old(match.group())
            if old is not None:
                ways[old].append(words.cut(match.start(), match.end()))
    return min(ways.values(), key=len)


def _of(words: Words, tokens: list[_Token], frequent: dict[str, str]) -> Iterator[Slip]:
    if words.text.isupper():  # capitals are not told apart from initials, and OCR of them is another matter
        return
    taken = -1
    for i, token in enumerate(tokens):
        if i <= taken:
            continue
        found = _known_word(tokens, i) or _rare_twin(tokens, i, frequent)
        if found:
            size, instead = found
            yield Slip(words.cut(token.start, tokens[i + size - 1].end), instead)
            taken = i + size - 1
        elif _is_no_syllable(token.text):
            yield Slip(words.cut(token.start, token.end), None)
        elif _is_doubled(tokens, i):
            yield Slip(words.cut(token.start, tokens[i + 1].end), token.text)


def _known_word(tokens: list[_Token], i: int) -> tuple[int, str] | None:
    """How many words from i differ from a known word in their marks only, and the known word."""
    known = _known()
    if tokens[i].bare not in known.beginnings:
        return None
    for size in range(min(_LONGEST, len(tokens) - i), 1, -1):
        piece = tokens[i : i + size]
        if not all(token.follows for token in piece[1:]) or _may_be_name(piece):
            continue
        forms = known.by_bare.get(" ".join(token.bare for token in piece))
        if not forms:
            continue
        phrase = " ".join(token.fold for token in piece)
        if phrase in forms or phrase in known.also:
            return None
        if len(forms) == 1 and not _crosses(tokens, i, size):
            return size, known.printed[next(iter(forms))]
    return None


def _crosses(tokens: list[_Token], i: int, size: int) -> bool:
    """Whether a stretch is the end of one known word and the beginning of the next ("văn bản | hành chính")."""
    return _is_known(tokens[i - 1 : i + 1]) or _is_known(tokens[i + size - 1 : i + size + 1])


def _is_known(pair: list[_Token]) -> bool:
    if len(pair) < 2 or not pair[1].follows:
        return False
    return f"{pair[0].fold} {pair[1].fold}" in _known().by_bare.get(f"{pair[0].bare} {pair[1].bare}", ())


def _may_be_name(piece: list[_Token]) -> bool:
    """Whether a stretch is a name: a capital inside it, or capitals throughout."""
    return any(token.text[0].isupper() for token in piece[1:]) or piece[0].text.isupper()


def _rare_twin(tokens: list[_Token], i: int, frequent: dict[str, str]) -> tuple[int, str] | None:
    if i + 1 >= len(tokens) or not tokens[i + 1].follows or _may_be_name(tokens[i : i + 2]):
        return None
    twin = frequent.get(f"{tokens[i].fold} {tokens[i + 1].fold}")
    return (2, twin) if twin and not _crosses(tokens, i, 2) else None


def _frequent_pairs(parted: Sequence[list[_Token]]) -> dict[str, str]:
    """For each pair of words met once: its twin that differs in the marks of one word and is met often.

    The odd word stands nowhere else in the paper: else it is a word of its own ("số công", "sở công").
    """
    counts: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for tokens in parted:
        alone.update(token.fold for token in tokens)
        for a, b in pairwise(tokens):
            if b.follows and len(a.text) > 1 and len(b.text) > 1:
                pair = f"{a.fold} {b.fold}"
                counts[pair] += 1
                if pair not in printed:
                    printed[pair] = f"{a.text} {b.text}".lower()
    twins: dict[str, list[str]] = {}
    for pair in counts:
        twins.setdefault(bare(printed[pair]), []).append(pair)
    out: dict[str, str] = {}
    for group in twins.values():
        best = max(group, key=lambda pair: counts[pair])
        for pair in group:
            odd = [a for a, b in zip(pair.split(), best.split(), strict=True) if a != b]
            rare = counts[pair] == 1 and counts[best] >= _FREQUENT
            if rare and len(odd) == 1 and alone[odd[0]] == 1 and not _is_good(pair, odd[0]):
                out[pair] = printed[best]
    sharing = _sharing(pair for pair in counts if counts[pair] >= _FREQUENT)
    for pair in counts:
        if counts[pair] == 1 and pair not in out and (near := _near(pair, sharing, alone)):
            out[pair] = printed[near]
    return out


def _sharing(pairs: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    """The pairs by each of their words and where it stands."""
    out: dict[tuple[int, str], list[str]] = {}
    for pair in pairs:
        for at, word in enumerate(pair.split()):
            out.setdefault((at, word), []).append(pair)
    return out


def _near(pair: str, sharing: dict[tuple[int, str], list[str]], alone: Counter[str]) -> str | None:
    """The frequent pair that a rare one is but for one letter left out, put in or changed in one long word."""
    first, second = pair.split()
    for at, (odd, same) in enumerate(((first, second), (second, first))):
        if alone[odd] > 1 or len(odd) < _LONG or _is_good(pair, odd):
            continue
        for best in sharing.get((1 - at, same), ()):
            # folded words end with their tone
            a, b = odd.rstrip("12345"), best.split()[at].rstrip("12345")
            if min(len(a), len(b)) >= _LONG and a[0] == b[0] and Levenshtein.distance(a, b) == 1:
                return best
    return None


def _is_good(pair: str, syllable: str) -> bool:
    """Whether a pair, or the syllable that is odd in it, is known to be Vietnamese."""
    return pair in _known().also or syllable in _known().syllables


@lru_cache(maxsize=1 << 15)
def _is_no_syllable(word: str) -> bool:
    if not word.islower() or len(word) < 2 or is_syllable(word) or not _OWN_LETTERS.fullmatch(word):
        return False
    return folded(word) not in _known().loanwords


def _is_doubled(tokens: list[_Token], i: int) -> bool:
    if i + 1 >= len(tokens) or not tokens[i + 1].follows:
        return False
    a, b = tokens[i].fold, tokens[i + 1].fold
    if a != b or not tokens[i + 1].text.islower():
        return False
    return a in _known().doubled or _is_known(tokens[i - 1 : i + 1]) or _is_known(tokens[i + 1 : i + 3])


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    for match in _WORD.finditer(text):
        follows = bool(out) and bool(_JOINED.fullmatch(text, out[-1].end, match.start()))
        word = match.group()
        out.append(_Token(match.start(), match.end(), word, *_forms(word), follows))
    return out


@lru_cache(maxsize=1 << 15)
def _forms(word: str) -> tuple[str, str]:
    return folded(word), bare(word)


@lru_cache(maxsize=1 << 15)
def _places_tone_old(word: str) -> bool | None:
    return places_tone_old(word)
