"""The numbered places of a paper, as plain values, so that "điểm b khoản 2 Mục III" can be found in it later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vanban import markers
from vanban.outline import Line, Section

Heading = dict[str, Any]

_NUMBERS = markers.NUMBERS | {"bracket"}
# which markers a level may have: "mục 3" is the third number, "Mục III" the third Roman one
_KINDS: dict[str, frozenset[str]] = {
    "part": frozenset({"part", "roman", "capital"}),
    "chapter": frozenset({"chapter"}),
    "article": frozenset({"article"}),
    "section": frozenset({"division", "roman", "capital", "letter", *_NUMBERS}),
    "clause": frozenset({"roman", *_NUMBERS}),
    "point": frozenset({"letter", "small", *_NUMBERS}),
    "dash": markers.DASHES - {"bracket", "small"},
}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WORD = re.compile(r"^(?:Phần|Chương|Mục|Điều)\s+(?:thứ\s+)?", re.IGNORECASE)
_TITLE = 160


def of(root: Section) -> list[Heading]:
    """Every heading and marked item in order: its marker, title, depth, first and last block (included)."""
    return list(_under(root, 1))


def find(outline: Sequence[Heading], path: Sequence[tuple[str, str | None]]) -> Heading | None:
    """The place that levels name, inner level first: (("point", "b"), ("clause", "2"), ("section", "III")).

    None where nothing is so numbered, or several places are and nothing decides between them.
    """
    here: Heading | None = None
    within = list(outline)
    for level, number in reversed([step for step in path if step[0] in _KINDS and step[1]]):
        for one in _steps(within, number or ""):
            here = _one(within, level, one)
            if here is None:
                return None
            within = [entry for entry in outline if _is_in(entry, here)]
    return here


def is_under(block: int, heading: Heading) -> bool:
    """Whether a block stands at or under a heading."""
    return bool(heading["first"] <= block <= heading["last"])


def _under(section: Section, depth: int) -> Iterator[Heading]:
    for item in section.items():
        if isinstance(item, Section):
            if lines := [*item.everything()]:  # nothing is left of one in a file that was cut
                yield _heading(item.marker, item.title.text[:_TITLE], depth, lines)
            yield from _under(item, depth + 1)
        elif item.marker:
            yield _heading(item.marker, "", depth, [item])


def _heading(marker: str | None, title: str, depth: int, lines: list[Line]) -> Heading:
    blocks = [place.block for line in lines for place in line.words.places] or [line.block for line in lines]
    return {"marker": marker, "title": title, "depth": depth, "first": min(blocks), "last": max(blocks)}


def _is_in(entry: Heading, outer: Heading) -> bool:
    same = entry["first"] == outer["first"] and entry["depth"] <= outer["depth"]
    return not same and is_under(entry["first"], outer) and is_under(entry["last"], outer)


def _steps(within: list[Heading], number: str) -> list[str]:
    """ "II.3" is one number where a heading bears it, else the third under the second."""
    if "." not in number or any(_core(entry) == _plain(number) for entry in within):
        return [number]
    return number.split(".")


def _one(within: list[Heading], level: str, number: str) -> Heading | None:
    if level == "dash":
        return _nth_dash(within, number)
    kinds = _KINDS[level] if number.isalnum() else frozenset().union(*_KINDS.values())
    found = [entry for entry in within if _kind(entry) in kinds and _is_numbered(entry, number)]
    outer = min((entry["depth"] for entry in found), default=0)
    at_top = [entry for entry in found if entry["depth"] == outer]
    return at_top[0] if len(at_top) == 1 else None


def _nth_dash(within: list[Heading], number: str) -> Heading | None:
    dashes = [entry for entry in within if _kind(entry) in _KINDS["dash"]]
    nth = int(number) if number.isdecimal() else _ordinal(number)
    return dashes[nth - 1] if nth and nth <= len(dashes) else None


def _kind(entry: Heading) -> str | None:
    found = markers.find(f"{entry['marker']} Aa")
    return found.kind if found else None


def _is_numbered(entry: Heading, number: str) -> bool:
    core, asked = _core(entry), _plain(number)
    if core == asked:
        return True
    if _kind(entry) not in {"part", "roman"}:
        return False
    value = int(asked) if asked.isdecimal() else _ordinal(asked) or markers.value(asked.upper())
    return value is not None and (markers.value(core.upper()) or _ordinal(core)) == value


def _core(entry: Heading) -> str:
    return _plain(_WORD.sub("", entry["marker"] or ""))


def _plain(number: str) -> str:
    return number.strip(" .)(/:-–").lower()


def _ordinal(word: str) -> int | None:
    return _ORDINALS.index(word.lower()) + 1 if word.lower() in _ORDINALS else None
