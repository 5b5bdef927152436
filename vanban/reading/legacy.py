"""Old Vietnamese encodings, TCVN3 (fonts .VnTime ...) and VNI (fonts VNI-Times ...), turned into Unicode.

The tables and their source are in `data/legacy_encodings.json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vanban.folding import bare

_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|uoi|uou|uai|uay|uao|oai|oay|oao|oeo|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo"
    r"|uu|uy|ye|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?$"
)
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
_MANY_CAPITALS = 4  # in a line without small letters: TCVN3 has no capitals with tones
_ENOUGH = 5  # words with letters beyond ASCII: fewer say nothing
_POOR, _GOOD = 0.6, 0.85  # shares of words that can be Vietnamese
_SAMPLE = 4000


@dataclass(frozen=True, slots=True)
class Encoding:
    """An old encoding: its fonts, those that print capitals only, and its letters."""

    name: str
    fonts: re.Pattern[str]
    capitals: re.Pattern[str] | None
    letters: dict[str, str]
    pattern: re.Pattern[str]

    def decoded(self, text: str, font: str = "") -> str:
        """The text in Unicode; `font` says whether it prints capitals only."""
        if self.capitals and self.capitals.match(font):
            return self._plain(text).upper()
        lines = text.split("\n")
        return "\n".join(
            self._plain(line).upper() if _is_in_capitals(line) else self._plain(line) for line in lines
        )

    def _plain(self, text: str) -> str:
        return self.pattern.sub(lambda match: self.letters[match.group()], text)


@cache
def encodings() -> tuple[Encoding, ...]:
    """The old encodings that are known."""
    source = resources.files("vanban").joinpath("data/legacy_encodings.json").read_text(encoding="utf-8")
    out = []
    for item in json.loads(source)["encodings"]:
        longest_first = sorted(item["letters"], key=len, reverse=True)
        capitals = re.compile(item["capitals"]) if item["capitals"] else None
        pattern = re.compile("|".join(map(re.escape, longest_first)))
        out.append(Encoding(item["name"], re.compile(item["fonts"]), capitals, item["letters"], pattern))
    return tuple(out)


def of_font(name: str) -> Encoding | None:
    """The encoding of a font by its name (".VnTime", "VNI-Times"; in a PDF "ABCDEF+.VnTime"), or None."""
    own = name.partition("+")[2] or name
    if not own.startswith((".Vn", "VNI")):
        return None
    return next((encoding for encoding in encodings() if encoding.fonts.match(own)), None)


def by_font(text: str, font: str) -> str:
    """A text in Unicode that is printed in a font."""
    encoding = of_font(font)
    return encoding.decoded(text, font.partition("+")[2] or font) if encoding else text


def of_file(data: bytes) -> str | None:
    """The text of a file in an old encoding; None where its words already are Vietnamese, or are none at all."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace").replace("\ufffd", "\u00ad")
    if len(_VIETNAMESE.findall(text[:20_000])) >= _ENOUGH or "\x00" in text:
        return None
    words = _accented(text)
    if len(words) < _ENOUGH or _possible(words) > _POOR:
        return None
    best = max(encodings(), key=lambda encoding: _possible(list(map(encoding.decoded, words))))
    return best.decoded(text) if _possible(list(map(best.decoded, words))) >= _GOOD else None


def _is_in_capitals(line: str) -> bool:
    return not _SMALL.search(line) and len(_CAPITAL.findall(line)) >= _MANY_CAPITALS


def _accented(text: str) -> list[str]:
    """Words with letters beyond ASCII, from the beginning of a text."""
    return [word for word in text.split() if not word.isascii()][:_SAMPLE]


def _possible(words: list[str]) -> float:
    """The share of words that can be Vietnamese by their letters."""
    bare_words = [bare(_EDGES.sub("", word)) for word in words]
    letters = [word for word in bare_words if word]
    good = sum(all(_SYLLABLE.match(part) for part in word.split()) and word.isascii() for word in letters)
    return good / len(words) if words else 0.0
