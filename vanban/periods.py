"""The period of a plan: "giai đoạn 2026 - 2030", "đến năm 2030, tầm nhìn đến năm 2050", "năm 2027"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_VISION = r"(?:\s*,?\s*(?:và\s+)?(?:tầm nhìn|định hướng)\s*(?:đến|tới)?\s*(?:năm)?\s*(?P<vision>\d{4}))?"
_YEARS = r"(?:từ\s+)?(?:năm\s+)?(?P<start>\d{4})\s*(?:[-–—]|đến|tới)\s*(?:hết\s+)?(?:năm\s+)?(?P<end>\d{4})"
_SPAN = re.compile(rf"(?:giai đoạn|thời kỳ|nhiệm kỳ|các năm)\s*(?P<period>{_YEARS}{_VISION})", re.IGNORECASE)
_BARE_SPAN = re.compile(rf"(?P<period>\b{_YEARS}{_VISION})", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?P<period>(?:từ nay\s+)?(?<!nhìn )(?<!hướng )(?:đến|tới)\s+(?:hết\s+)?(?:năm\s+)?"
    rf"(?P<end>20\d\d){_VISION})",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<!từ )(?<!đến )(?<!tới )(?<!hết )(?<!nhìn )(?<!với )(?P<period>năm\s+(?P<end>20\d\d))"
    r"(?!\s*(?:[-–—\d]|đến|tới))",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:ngày|tháng)\s+[\d\s/tháng]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed, its years, and where it stands in the text it was read from."""

    text: str
    start: int | None
    end: int | None
    vision: int | None
    span: tuple[int, int]


def read(text: str) -> Period | None:
    """The period that a title names: its own year first, then the last span, then "đến năm …"."""
    years = [m for m in _YEAR.finditer(text) if not _DATED.search(text[: m.start()])]
    if years:
        return _period(years[0], single=True)
    for pattern in (_SPAN, _BARE_SPAN, _UNTIL):
        found = list(pattern.finditer(text))
        if found:
            return _period(found[-1])
    return None


def most_named(texts: list[str]) -> tuple[int, Period] | None:
    """The span that a body names most often, with the index of the text in which it stands first."""
    found = [(i, _period(match)) for i, text in enumerate(texts) for match in _SPAN.finditer(text)]
    if not found:
        return None
    years, _ = Counter((period.start, period.end) for _, period in found).most_common(1)[0]
    return next((i, period) for i, period in found if (period.start, period.end) == years)


def _period(match: re.Match[str], single: bool = False) -> Period:
    years = match.groupdict()
    end = int(years["end"])
    start = end if single else int(years["start"]) if years.get("start") else None
    vision = int(years["vision"]) if years.get("vision") else None
    return Period(match["period"].strip(), start, end, vision, match.span("period"))
