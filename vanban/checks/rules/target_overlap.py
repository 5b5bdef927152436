"""Two targets of one year share an activity but have different figures: which holds for what they share?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places
from vanban.checks.programme import Target, printed
from vanban.folding import folded

_FIGURE = re.compile(r".*\d\s*%?", re.S)
_LISTED = re.compile(r",|;|\bvà\b|\bhoặc\b")
# what stands before a list of activities and is no part of the first of them
_LEAD_IN = re.compile(r"^(?:các\s+)?(?:nhu cầu|hoạt động|công đoạn|khâu|dịch vụ|công tác)(?:\s+về)?\s+", re.I)
_TAIL = re.compile(r"\s+(?:của|trên địa bàn|tại|trong|theo|so với|đến|cho)\s.*$", re.I)
_LONGEST = 4


def find(paper: Paper) -> Iterator[Finding]:
    targets = [target for target in paper.reading.get("targets") or [] if len(_activities(target)) > 1]
    for a, b in combinations(targets, 2):
        shared = sorted(_activities(a) & _activities(b))
        if not shared or not _beside(a, b) or _figure(a) == _figure(b):
            continue
        named = _as_printed(a, shared[0])
        yield Finding(
            "target_overlap",
            "note",
            a["text"],
            (*places(a), *places(b)),
            f"Hai chỉ tiêu cùng nói về “{named}” nhưng ghi hai mức: {_figure(a)} và {_figure(b)}.",
            f"Ghi rõ mức nào áp dụng cho “{named}”, hoặc bỏ ở một trong hai chỉ tiêu.",
        )


def _beside(a: Target, b: Target) -> bool:
    """Whether two targets stand in one line and hold for the same year."""
    same = all(a[key] == b[key] for key in ("year", "unit", "subject"))
    return same and {place.block for place in places(a)} == {place.block for place in places(b)}


def _activities(target: Target) -> frozenset[str]:
    """The activities that a target lists: "thu gom, vận chuyển và phân loại" names three."""
    return frozenset(map(folded, _listed(target)))


def _listed(target: Target) -> list[str]:
    """What stands behind the figure, cut at its commas; sentences and single syllables are no activities."""
    parts = [_TAIL.sub("", part.strip()) for part in _LISTED.split(_FIGURE.sub("", target["text"]))]
    names = [_LEAD_IN.sub("", part) for part in parts]
    return [name for name in names if 2 <= len(name.split()) <= _LONGEST]


def _as_printed(target: Target, activity: str) -> str:
    return next((name for name in _listed(target) if folded(name) == activity), activity)


def _figure(target: Target) -> str:
    return printed(target["value_min"], target["value_max"], target["unit"])
