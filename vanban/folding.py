"""The one place that folds Vietnamese text: for comparing, searching and sorting."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# the letters of Vietnamese, for classes of regular expressions: ranges of Unicode mix capitals and small letters
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
# the two habits of placing a tone mark on a diphthong are one word: hoà / hòa, thuỷ / thủy
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# a letter's own mark follows its base in the alphabet: a ă â, d đ, e ê, o ô ơ, u ư
_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


def bare(text: str) -> str:
    """Lower case, without any marks, đ as d, words parted by one space: for search and for names of bodies."""
    plain = unicodedata.normalize("NFD", text).lower().replace("đ", "d")
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def folded(text: str) -> str:
    """Lower case, letters and tones kept, but case, spaces, punctuation and where a tone mark sits do not count."""
    return " ".join(map(_folded_word, _WORD.findall(unicodedata.normalize("NFC", text).lower())))


@lru_cache(maxsize=1 << 15)  # a paper says the same few thousand words again and again
def _folded_word(word: str) -> str:
    letters, tone = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone += _TONES[char]
        else:
            letters += char
    return unicodedata.normalize("NFC", letters) + tone


def sort_key(text: str) -> str:
    """A key whose plain byte order is the order of a Vietnamese dictionary; numbers inside sort by value.

    Letter by letter first (a < ă < â < b, d < đ), the tone of a syllable only decides between equal letters.
    Databases without a Vietnamese collation sort by this key.
    """
    numbered = _NUMBER.sub(lambda m: m.group().zfill(8), unicodedata.normalize("NFC", text).lower())
    return " ".join(map(_word_key, _WORD.findall(numbered)))


@lru_cache(maxsize=1 << 15)
def _word_key(word: str) -> str:
    letters, tone = "", "0"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _MARKS:
            letters = letters[:-1] + _MARKS[char]
        elif not unicodedata.combining(char):
            letters += "d1" if char == "đ" else char + "0"
    return letters + "!" + tone
