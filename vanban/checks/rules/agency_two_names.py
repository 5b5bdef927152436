"""One body is named in two ways: "Sở Văn hóa và Thể thao" here, with "Du lịch" there; or spelt in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places, body, places
from vanban.document import Place
from vanban.folding import folded

_JOINT = {"va"}
_OFFICER = re.compile(
    r"(?:Giám\s+đốc|Cục\s+trưởng|Trưởng\s+ban|Chủ\s+tịch|Thủ\s+trưởng|Lãnh\s+đạo)\b", re.IGNORECASE
)
_OF_PLACE = re.compile(r"\s+(?:của\s+)?(?:tỉnh|thành\s+phố|TP\.?)(?:\s+[A-ZĐÀ-Ỹ].*)?$")


def find(paper: Paper) -> Iterator[Finding]:
    named = _named(paper)
    for a, b in combinations(sorted(named), 2):
        if _is_one(a, b):
            yield Finding(
                "agency_two_names",
                "warning",
                f"{a} / {b}",
                _first_places(paper, named, (a, b)),
                f"Một cơ quan được ghi bằng hai tên: “{a}” và “{b}”.",
                "Ghi thống nhất tên chính thức của cơ quan ở mọi chỗ; nếu là hai cơ quan thì ghi rõ.",
            )


def _named(paper: Paper) -> dict[str, tuple[Place, ...]]:
    """The departments and boards that have work in the paper, each under each of its spellings."""
    out: dict[str, tuple[Place, ...]] = {}
    for task in [*paper.tasks, *(paper.reading.get("body_tasks") or [])]:
        for role in ("lead", "coordinate"):
            for name in paper.named(task, role):
                out.setdefault(name, places(task))
    for entry in paper.reading.get("organisation") or []:
        for name in _bodies(entry["agency"]):
            out.setdefault(name, places(entry))
    for regime in paper.reading.get("reporting") or []:
        for name in filter(None, (regime.get("reporter"), regime.get("consolidator"))):
            if not agencies.is_generic(name) and not _OFFICER.match(name):
                out.setdefault(name, places(regime))
    once: dict[str, str] = {}
    for name in out:
        once.setdefault(folded(name), name)
    return {
        name: out[name] for name in once.values() if agencies.kind(name) in {"department", "board", "central"}
    }


def _bodies(heading: str) -> list[str]:
    """The body that a heading names, where it names one and is not a sentence."""
    single = not agencies.is_generic(heading) and len(heading) < 100 and ":" not in heading
    return [heading] if single else []


def _is_one(a: str, b: str) -> bool:
    words_a, words_b = (
        [w for w in body(_OF_PLACE.sub("", name)).split() if w not in _JOINT] for name in (a, b)
    )
    if words_a == words_b:
        return _spelt(a) != _spelt(b)
    if agencies.kind(a) != "department" or agencies.kind(b) != "department" or words_a[0] != words_b[0]:
        return False
    short, long = sorted((words_a, words_b), key=len)
    return len(short) > 2 and set(short) < set(long)


def _spelt(name: str) -> str:
    """A name for comparing its spelling: of which place it is and how "và" is written do not count."""
    return folded(re.sub(r"\s*&\s*", " và ", _OF_PLACE.sub("", name)))


def _first_places(
    paper: Paper, named: dict[str, tuple[Place, ...]], names: tuple[str, str]
) -> tuple[Place, ...]:
    out: list[Place] = []
    for name in names:
        out += all_places(paper.bodies.get(name, [])[:1]) or paper.spots(name, named[name])
    return tuple(out)
