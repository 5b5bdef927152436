"""Whether numbers follow each other: I, II; 1, 2; a, b, c, d, đ; Điều, Chương, Mục, Phụ lục."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.conforming.departure import Departure
from vanban.conforming.recognising import Part
from vanban.conforming.rules import component, rules
from vanban.writing.phrases import roman

# a number of an outer rank begins the inner ones anew; articles and chapters run on through the paper
_RANKS = ("Phần", "Chương", "Mục", "Tiểu mục", "Điều", "I", "1", "a")
_RUN_ON = ("Chương", "Điều")
_NUMBERED = (
    ("Phần", re.compile(r"Phần\s+([IVXLC]+)$")),
    ("Chương", re.compile(r"Chương\s+([IVXLC]+)$")),
    ("Mục", re.compile(r"Mục\s+(\d+)$")),
    ("Tiểu mục", re.compile(r"Tiểu mục\s+(\d+)$")),
    ("Điều", re.compile(r"Điều\s+(\d+)\.")),
    ("I", re.compile(r"([IVXLC]+)\.\s")),
    ("1", re.compile(r"(\d+)\.\s")),
    ("a", re.compile(r"([a-zđ])\)\s")),
)


def departures(parts: list[Part]) -> Iterator[Departure]:
    """Numbers that leave one out, stand twice or begin in the middle."""
    counts = dict.fromkeys(_RANKS, 0)
    annexes = [part for part in parts if part.component == "phu_luc"]
    for part in parts:
        if part.component == "phu_luc":
            counts = dict.fromkeys(_RANKS, 0)
        found = _number(part)
        if found is None:
            continue
        rank, shown = found
        counts[rank] += 1
        wanted = _written(rank, counts[rank])
        if shown != wanted:
            yield _off(part, shown, wanted)
            counts[rank] = _position(rank, shown) or counts[rank]
        for inner in _RANKS[_RANKS.index(rank) + 1 :]:
            if inner not in _RUN_ON:
                counts[inner] = 0
    yield from _of_annexes(annexes)


def _of_annexes(annexes: list[Part]) -> Iterator[Departure]:
    for position, part in enumerate(annexes, 1):
        word = rules()["texts"]["annex"]
        wanted = f"{word} {roman(position)}" if len(annexes) > 1 else word
        if part.line.text != wanted:
            yield _off(part, part.line.text, wanted)


def _number(part: Part) -> tuple[str, str] | None:
    if part.component in {"can_cu", "kinh_gui", "page_number"} or not part.at.startswith(("page", "annex")):
        return None
    for rank, pattern in _NUMBERED:
        match = pattern.match(part.line.text)
        if match:
            return rank, match[1]
    return None


def _written(rank: str, position: int) -> str:
    letters = rules()["texts"]["letters"]
    if rank in {"Phần", "Chương", "I"}:
        return roman(position)
    if rank == "a":
        return str(letters[position - 1]) if position <= len(letters) else "?"
    return str(position)


def _position(rank: str, shown: str) -> int | None:
    return next((position for position in range(1, 200) if _written(rank, position) == shown), None)


def _off(part: Part, found: str, wanted: str) -> Departure:
    rule = component(part.component)
    return Departure(
        part.component, rule["name_vi"], "numbering", found, wanted, rule["clause"], part.line.text
    )
