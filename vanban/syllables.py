"""Whether a written word can be a Vietnamese syllable: its beginning, its rhyme and its tone go together.

Grammar of the spelling (quốc ngữ): [consonants] rhyme, one tone; c, g, ng before a, o, u and k, gh, ngh before
e, i; a rhyme that ends in c, ch, p or t bears only the rising (sắc) or the heavy (nặng) tone. Words without any
mark are not judged: they may be of other languages.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib import resources

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_CHECKED_TONES = {"\u0301", "\u0323"}
_HATS = {"\u0306", "\u0302", "\u031b"}
_CHECKED = re.compile(r"(?:c|ch|p|t)$")
# which vowel may follow a letter that is spelt in two ways: c/k, g/gh, ng/ngh; "yê" begins a syllable or follows qu
_FRONT = ("e", "ê", "i", "y")
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_BEFORE_OTHERS = frozenset({"c", "g", "ng"})
_PARTS = re.compile(r"(?P<first>ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]?)(?P<rhyme>.*)")


@cache
def _spelt() -> tuple[frozenset[str], frozenset[str]]:
    raw = json.loads(resources.files("vanban").joinpath("data/syllables.json").read_text(encoding="utf-8"))
    beginnings, rhymes = (
        frozenset(part for line in raw[key] for part in line.split()) for key in ("beginnings", "rhymes")
    )
    return beginnings | {""}, rhymes


def is_syllable(word: str) -> bool:
    """Whether a word of letters can be a Vietnamese syllable; one without marks always can."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in decomposed if char in _TONES]
    plain = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if not tones and plain.isascii():
        return True
    return (
        len(tones) <= 1
        and not _is_misplaced(decomposed)
        and any(_fits(first, rhyme, tones) for first, rhyme in _cuts(plain))
    )


def _is_misplaced(decomposed: str) -> bool:
    """Whether a tone sits before a vowel that has a mark of its own: "nghịêp" for "nghiệp"."""
    at = next((i for i, char in enumerate(decomposed) if char in _TONES), None)
    return at is not None and decomposed[at + 2 : at + 3] in _HATS and decomposed[at + 1] in "aeou"


def _cuts(plain: str) -> list[tuple[str, str]]:
    """Beginning and rhyme; "gi" and "qu" may share a letter with the rhyme ("gì", "giếng", "quốc")."""
    match = _PARTS.fullmatch(plain)
    if match is None:
        return []
    first, rhyme = match["first"], match["rhyme"]
    cuts = [(first, rhyme)]
    if first == "gi":
        cuts += [("g", f"i{rhyme}"), ("gi", f"i{rhyme}")]
    if first == "qu":
        cuts.append(("qu", f"u{rhyme}"))
    return cuts


def _fits(first: str, rhyme: str, tones: list[str]) -> bool:
    beginnings, rhymes = _spelt()
    if first not in beginnings or rhyme not in rhymes or not _is_spelt_so(first, rhyme):
        return False
    return not _CHECKED.search(rhyme) or bool(set(tones) & _CHECKED_TONES)


def _is_spelt_so(first: str, rhyme: str) -> bool:
    """Whether a beginning of two spellings has the one that its vowel asks for: "nghề", not "ngề"."""
    if first in _BEFORE_FRONT | _BEFORE_OTHERS and rhyme.startswith(_FRONT) != (first in _BEFORE_FRONT):
        return first == "g" and rhyme.startswith("i")
    return not rhyme.startswith("yê") or first in {"", "qu"}


def places_tone_old(word: str) -> bool | None:
    """Whether a tone sits the older way (hoà, thuý) and not the newer (hòa, thúy); None where there is no choice."""
    text = unicodedata.normalize("NFC", word.lower())
    match = re.search(r"(?<!q)(?:o(?P<a>[àáảãạ])|o(?P<e>[èéẻẽẹ])|u(?P<y>[ỳýỷỹỵ]))$", text)
    if match:
        return True
    return False if re.search(r"(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)$", text) else None
