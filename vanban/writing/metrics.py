"""How wide words are in Times New Roman, to draw rules of the right length and to break titles evenly."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files

from vanban.writing.layout import Look

_HORN = "\u031b"


@cache
def _widths(bold: bool) -> dict[str, int]:
    data = json.loads((files("vanban") / "data" / "times_widths.json").read_text(encoding="utf-8"))
    return dict(data["bold" if bold else "regular"])


def text_width(text: str, look: Look) -> float:
    """The width of one line in points; a letter that is not known counts as an "n"."""
    widths = _widths(look.bold)
    total = 0
    for char in text.upper() if look.upper else text:
        total += widths.get(_base(char), widths["n"])
    return total * look.size / 1000


def _base(char: str) -> str:
    """The letter without its marks; the horn of ơ and ư stays, it makes the letter wider."""
    parts = unicodedata.normalize("NFD", char)
    return unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]


def lines(text: str, look: Look, width: float) -> list[str]:
    """The text as it is broken over lines of a width; a word wider than that has its own line."""
    out: list[str] = []
    for word in text.split(" "):  # blanks to be filled in count
        longer = f"{out[-1]} {word}" if out else word
        if out and text_width(longer, look) <= width:
            out[-1] = longer
        else:
            out.append(word)
    return out


def even_width(text: str, look: Look, width: float) -> float:
    """The narrowest width in which the text needs no more lines than in `width`: its lines come out even."""
    count = len(lines(text, look, width))
    words = text.split(" ")
    starts = {
        text_width(" ".join(words[i:j]), look)
        for i in range(len(words))
        for j in range(i + 1, len(words) + 1)
    }
    fitting = sorted(w for w in starts if w <= width)
    low, high = 0, len(fitting) - 1
    while low < high:
        middle = (low + high) // 2
        if len(lines(text, look, fitting[middle])) <= count:
            high = middle
        else:
            low = middle + 1
    return fitting[low] if fitting else width
