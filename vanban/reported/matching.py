"""Which of the asked items a title of a report means: by the meaning of its words, doubtful ones marked.

The rarer a word among the items, the more it says. A title is taken for an item only where it is much like it and
clearly more like it than any other; numbers that both name must not contradict.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from vanban import figures, markers
from vanban.folding import folded
from vanban.likeness import Weights, alike
from vanban.reported.values import Item

SURE, POSSIBLE, MARGIN = 0.72, 0.42, 0.12
LONGEST = 400  # characters: a longer text names no item
_EXACT = 0.97
_LEAD_IN = re.compile(
    r"^(?:(?:về|đối\s+với|trong|kết\s+quả|tình\s+hình|tiến\s+độ|việc|công\s+tác|thực\s+hiện|triển\s+khai\s+thực\s+hiện"
    r"|nhiệm\s+vụ(?:\s+số)?(?:\s+\d{1,3})?|nội\s+dung|chỉ\s+tiêu|dự\s+án)\s*[:.,-]?\s+)+",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[“”«»\"]")


@dataclass(frozen=True, slots=True)
class Match:
    """The likeliest item, how like it is (0-1), and why it must be asked ("" when it is sure)."""

    item: Item
    likeness: float
    doubt: str = ""


class Matcher:
    """Finds items by titles."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = [(item, essence(item.text, item.kind)) for item in items]
        self._weights = Weights(text for _item, text in self._items)

    def best(self, title: str, kinds: Collection[str] | None = None) -> Match | None:
        """The item that a title means, sure or to be asked; None where it is like none."""
        text = essence(title, "figure" if kinds == {"figure"} else "") if len(title) <= LONGEST else ""
        if not text:
            return None
        whole = folded(unmarked(title))
        found = (
            (1.0 if whole == folded(item.text) else self._likeness(text, own), n)
            for n, (item, own) in enumerate(self._items)
            if _of(item, kinds)
        )
        ranked = sorted(found, key=lambda pair: (-pair[0], pair[1]))
        if not ranked or ranked[0][0] < POSSIBLE:
            return None
        likeness, n = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        item, own = self._items[n]
        return Match(item, likeness, self._doubt(text, own, likeness, second))

    def _likeness(self, text: str, own: str) -> float:
        same = alike(text, own)
        return 0.99 * same if same >= _EXACT else min(self._weights.same(text, own), _EXACT - 0.02)

    @staticmethod
    def _doubt(text: str, own: str, likeness: float, second: float) -> str:
        if likeness == 1.0 > second:
            return ""
        if _contradict(text, own):
            return "Số trong tên gọi khác nhau."
        if likeness >= 0.99 * _EXACT > second:
            return ""
        if likeness - second < MARGIN:
            return "Giống hơn một mục của biểu."
        return "Tên gọi chỉ giống một phần." if likeness < SURE else ""


def _of(item: Item, kinds: Collection[str] | None) -> bool:
    return kinds is None or item.kind in kinds


def unmarked(text: str) -> str:
    """A title on one line, without its marker and quotes."""
    text = " ".join(_QUOTES.sub(" ", text).split())
    marker = markers.find(text)
    return text[marker.length :] if marker else text


def essence(text: str, kind: str = "") -> str:
    """A title without its marker, quotes and words that lead in; of a figure without its numbers."""
    text = unmarked(text)
    shorter = _LEAD_IN.sub("", text)
    text = shorter if len(folded(shorter).split()) > 2 else text
    if kind == "figure":
        for one in reversed(figures.find(text)):
            text = f"{text[: one.lead]} {text[one.end :]}"
        text = re.sub(r"\s\([^()]{1,20}\)\s*$", "", text)
    return text.strip(" :.;,-")


def _contradict(a: str, b: str) -> bool:
    """Whether both name numbers, and neither all of the other's."""
    one, other = (set(re.findall(r"\d+", text)) for text in (a, b))
    return bool(one) and bool(other) and not (one <= other or other <= one)
