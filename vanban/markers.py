"""The marker before an item of an administrative paper: "II.", "3.", "3.1.", "a)", "-" (Decree 30/2020)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.folding import LOWER, UPPER

_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+\w+|{_ROMAN}|\d+|[A-Z])\s*(?:[.:\-–]\s*|$)")),
    ("chapter", re.compile(rf"(?:Chương|CHƯƠNG)\s+(?:{_ROMAN}|\d+)\s*(?:[.:\-–]\s*|$)")),
    ("division", re.compile(rf"(?:Mục|MỤC)\s+(?:{_ROMAN}|\d+)\s*(?:[.:\-–]\s*|$)")),
    ("article", re.compile(r"(?:Điều|ĐIỀU)\s+\d+\s*[.:]\s*")),
    ("roman", re.compile(rf"{_ROMAN}\s?[.)/\-–](?=\s|[^\W\d_])\s*")),
    ("capital", re.compile(r"[A-ZĐ][.)/](?=\s)\s*")),
    ("number4", re.compile(r"\d{1,2}(?:\.\d{1,2}){3}[.)]?\s+(?=[^\W\d_]|[“\"(])")),
    ("number3", re.compile(r"\d{1,2}(?:\.\d{1,2}){2}[.)]?\s+(?=[^\W\d_]|[“\"(])")),
    ("number2", re.compile(rf"\d{{1,2}}\.\d{{1,2}}(?:[.)]\s+|[.)]?\s*(?<=[\s.)])(?=[{UPPER}“\"(]))")),
    (
        "number",
        re.compile(rf"\d{{1,3}}(?:\s?[.)](?:\s+|(?=[^\W\d_]))|/\s+|\s?[-–]\s+(?=[{UPPER}][{LOWER}]))"),
    ),
    ("bracket", re.compile(r"\(\d{1,2}\)\s*")),
    ("letter", re.compile(r"(?:[a-zđ]|[a-zđ]\d)\s?(?:\)|[./](?=\s))\s*")),
    ("small", re.compile(r"(?:\(?[ivx]{1,4}\)|\([a-zđ]\))\s*")),
    ("dash", re.compile(r"[-–—−](?:\s+|(?=[^\W\d_]))")),
    ("plus", re.compile(r"\+(?:\s+|(?=[^\W\d_]))")),
    ("bullet", re.compile(r"[•·▪►‣●○■□◦✓]\s*|[*o]\s+(?=[^\W\d_])")),
)
_NO_MARKER = re.compile(r"(?![PCMĐIVXivx])[^\W\d_]{2}")  # most lines: words that begin with none of these
DASHES = frozenset({"dash", "plus", "bullet", "bracket", "small"})
HEADINGS = frozenset({"part", "chapter", "division", "article", "roman", "capital"})
NUMBERS = frozenset({"number", "number2", "number3", "number4"})


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: as printed ("3.", "a)", "-"), its kind, and how many characters of the text it takes."""

    text: str
    kind: str
    length: int


def find(text: str) -> Marker | None:
    """The marker that a paragraph begins with, or None."""
    if _NO_MARKER.match(text):
        return None
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            return Marker(match.group().strip(), kind, match.end())
    return None


def of_number(number: str) -> Marker:
    """The marker for a list number that Word computed and that is not in the text."""
    found = find(f"{number.strip()} Aa")
    return Marker(number.strip(), found.kind if found else "bullet", 0)


def value(text: str) -> int | None:
    """The place in its row that a marker names: 3 for "III.", "3.", "c)"; None for a dash."""
    core = text.strip(" .)(/:-–")
    if core.isdecimal():
        return int(core)
    if "." in core and core.rpartition(".")[2].isdecimal():
        return int(core.rpartition(".")[2])
    if re.fullmatch(_ROMAN, core):
        return roman(core)
    return _LETTERS.find(core.lower()) + 1 or None if len(core) == 1 else None


_LETTERS = "abcdđeghiklmnopqrstuvxy"
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> int:
    """The value of a Roman number: 4 for "IV"."""
    values = [_DIGITS[char] for char in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def roman_text(number: int) -> str:
    """A number in Roman numerals: "IV" for 4."""
    out = ""
    for value_, letters in zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1), ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"), strict=True
    ):
        out += letters * (number // value_)
        number %= value_
    return out
