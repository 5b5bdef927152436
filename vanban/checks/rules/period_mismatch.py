"""One programme is named with different periods in one paper, or with another than the register has for it.

Periods that follow each other are two plans of one name, and five years of a programme of ten are a phase of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban import bases
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places
from vanban.document import Place
from vanban.folding import folded

_KINDS = r"Chương\s+trình|Chiến\s+lược|Đề\s+án|Kế\s+hoạch|Quy\s+hoạch"
_PERIOD = r"(?:giai\s+đoạn|thời\s+kỳ)\s+(?P<period>(?P<start>20\d\d)\s*[-–]\s*(?P<end>20\d\d))"
_NAMED = re.compile(
    rf"(?P<name>\b(?:{_KINDS})\b(?:(?!\b(?:{_KINDS}|Quyết\s+định)\b)[^;.:()\d]){{3,160}}?)[\s,]*(?:trong\s+)?{_PERIOD}"
)
_TITLE = re.compile(_NAMED.pattern, re.IGNORECASE)
_NOT_THE_NAME = re.compile(r"\b(?:việt nam|quốc gia|ngành|trên địa bàn.*|của.*|tỉnh.*|thành phố.*)(?=\s|$)")
_NUMBERED = re.compile(
    rf"(?P<number>{bases.NUMBER.pattern})(?:(?!{bases.NUMBER.pattern})[^;.:()]){{0,260}}?\b(?:{_KINDS})\b"
    rf"(?:(?!\b(?:{_KINDS})\b)[^;.:()\d]){{3,160}}?{_PERIOD}"
)
_LONG, _PHASE = 9, 5
_LEAST_WORDS = 4  # a name of fewer words ("Kế hoạch hành động") is that of many


@dataclass(frozen=True, slots=True)
class _Named:
    period: tuple[int, int]
    text: str
    places: tuple[Place, ...]


def find(paper: Paper) -> Iterator[Finding]:
    periods: dict[str, dict[tuple[int, int], list[_Named]]] = {}
    for name, found in [*_in_text(paper), *_in_title(paper)]:
        periods.setdefault(name, {}).setdefault(found.period, []).append(found)
    told = False
    for by_period in periods.values():
        differing = {p: by_period[p] for p in by_period if any(_contradict(p, other) for other in by_period)}
        if differing:
            told = True
            yield _finding(differing)
    if not told:
        yield from _against_register(paper)


def _in_text(paper: Paper) -> Iterator[tuple[str, _Named]]:
    for words in paper.texts:
        for match in _NAMED.finditer(words.text):
            if name := _name(match["name"]):
                found = words.cut(match.start(), match.end())
                yield name, _Named(_period(match), found.text, found.places)


def _in_title(paper: Paper) -> Iterator[tuple[str, _Named]]:
    """The plan itself and what its title names: the title stands under the kind, in any case."""
    title = f"{paper.reading.get('kind') or ''} {paper.reading.get('title') or ''}"
    where = places(paper.reading.get("header_places") or {}, "title")
    for match in _TITLE.finditer(title):
        in_text = match.start() and _NAMED.search(match.group())
        if where and not in_text and (name := _name(match["name"])):
            yield name, _Named(_period(match), match.group(), where)


def _name(printed: str) -> str | None:
    name = folded(_NOT_THE_NAME.sub(" ", " ".join(printed.lower().split())))
    return name if len(name.split()) >= _LEAST_WORDS else None


def _period(match: re.Match[str]) -> tuple[int, int]:
    return int(match["start"]), int(match["end"])


def _contradict(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether one programme cannot have both: they overlap, and neither is a phase of the other."""
    if a == b or a[1] <= b[0] or b[1] <= a[0]:
        return False
    long, short = sorted((a, b), key=lambda period: period[0] - period[1])
    inside = long[0] <= short[0] and short[1] <= long[1]
    return not (inside and long[1] - long[0] >= _LONG and short[1] - short[0] <= _PHASE)


def _against_register(paper: Paper) -> Iterator[Finding]:
    """What is named with its number has the period that the register of legal papers gives it."""
    known = {
        bases.unspaced(number.group()).upper(): match
        for row in paper.registers.papers
        for number in bases.NUMBER.finditer(row.number)
        if (match := re.search(r"(20\d\d)\s*[-–]\s*(20\d\d)", row.title))
    }
    for words in paper.texts:
        for match in _NUMBERED.finditer(words.text):
            right = known.get(bases.unspaced(match["number"]).upper())
            if right and _contradict(_period(match), (int(right[1]), int(right[2]))):
                found = words.cut(match.start(), match.end())
                yield Finding(
                    "period_mismatch",
                    "warning",
                    " ".join(found.text.split()),
                    found.places,
                    f"{match['number']} là của giai đoạn {right[1]}-{right[2]} theo danh mục văn bản, "
                    f"ở đây ghi {match['start']}-{match['end']}.",
                    "Đối chiếu với tên chương trình trong quyết định phê duyệt và ghi đúng giai đoạn.",
                )
                return


def _finding(by_period: dict[tuple[int, int], list[_Named]]) -> Finding:
    named = " / ".join(f"{start}-{end}" for start, end in sorted(by_period))
    rare = min(by_period.values(), key=len)
    return Finding(
        "period_mismatch",
        "warning",
        " ".join(rare[0].text.split()),
        tuple(place for found in by_period.values() for one in found for place in one.places),
        f"Cùng một chương trình nhưng ghi giai đoạn khác nhau: {named}.",
        "Đối chiếu với tên chương trình trong quyết định phê duyệt và ghi thống nhất một giai đoạn.",
    )
