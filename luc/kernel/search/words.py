"""How text becomes words: of documents and of queries alike, so that both databases part them at the same places."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from luc.kernel.text import folded, search_key

EXACT = "zq"  # begins no word of any text
LONGEST = 40  # letters of a word: a longer one is no word
# what PostgreSQL's parser takes for a number with an exponent, and FTS5 for a word
_EXPONENT = re.compile(r"^(\d+e\d+)([^\W\d]\w*)$")
_LONE_I = re.compile(r"^(qu|[ckt]h|[bcdghklmnprstvx])([iy])$")
# the key of a tone ends the syllable or follows its vowel (Telex), or is a digit (VNI)
_TONES = re.compile(r"(?<=[a-z])[sfrxj]$|(?<=[aeiouyw])[sfrxj](?=[a-z])|(?<=[a-z])[0-9]")
_DOUBLE = re.compile(r"(aa|ee|oo|dd)")

_WORD = re.compile(r"[^\W_]+")


def bare_words(text: str) -> list[str]:
    """The words of a text without marks, in order."""
    return bare_text(text).split()


def bare_text(text: str) -> str:
    """The same with a blank between them, as documents keep it."""
    return " ".join(filter(None, map(_bare, text.split())))


def exact_words(text: str) -> list[str]:
    """The words of a text with letters and tones, each so written that it is no word without them."""
    return exact_text(text).split()


def exact_text(text: str) -> str:
    """The same with a blank between them, as documents keep it."""
    return " ".join(filter(None, map(_exact, text.split())))


@lru_cache(maxsize=1 << 15)  # titles say the same few thousand words again and again
def _bare(piece: str) -> str:
    return " ".join(_parted(search_key(piece)))


@lru_cache(maxsize=1 << 15)
def _exact(piece: str) -> str:
    return " ".join(EXACT + word for word in _parted(folded(piece)))


def shown_words(text: str) -> list[str]:
    """The words of a text as a person wrote them, in small letters: as many as `bare_words` gives."""
    return _parted(" ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower())))


def spellings(word: str) -> tuple[str, ...]:
    """A bare word in both spellings of a lone i: "ly" and "li" (lý, lí) are one word; "thuy" and "thui" are two."""
    found = _LONE_I.match(word)
    return (word, found[1] + ("i" if found[2] == "y" else "y")) if found else (word,)


def as_telex(word: str) -> str:
    """What a bare word is when its letters are keys of Telex or VNI: "nuowcs", "nu7o7c1" -> "nuoc"."""
    plain = _DOUBLE.sub(lambda found: found[0][0], _TONES.sub("", word))
    vowel = re.search("[aou]", plain)  # w marks the vowel before it, wherever it is typed; alone it is ư
    return "".join(
        ("" if vowel and vowel.start() < i else "u") if char == "w" else char for i, char in enumerate(plain)
    )


@lru_cache(maxsize=1 << 14)
def mark(name: str, value: object) -> str:
    """A word that stands for a fact of a document and that no text holds."""
    return "z" + blake2b(f"{name}={value}".encode(), digest_size=10).hexdigest()


@lru_cache(maxsize=1 << 12)
def seen_by(kind: str, whom: str) -> str:
    """The mark of a kind's documents for an audience: one word for both, since every question asks for both."""
    return mark(mark("kind", kind), mark("audience", whom))


def _parted(key: str) -> list[str]:
    found = (_EXPONENT.match(word) or word for word in _WORD.findall(key))
    parts = (one.groups() if isinstance(one, re.Match) else (one,) for one in found)
    return [part[:LONGEST] for some in parts for part in some]
