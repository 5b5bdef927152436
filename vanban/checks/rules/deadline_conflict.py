"""Deadlines contradict: one report due on two days, a collector due before what it collects, an end before a start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places, same_body
from vanban.document import Place

# what is due once a year or once at all; quarterly reports have several days by nature, half-yearly ones two
_ONCE = {"annual", "mid_term", "final"}
_TWICE = "semiannual"
_ONE_HALF = 3  # two days less than so many months apart are of one half-year
_DECEMBER = 12
_SPAN = re.compile(r"\b(?P<start>20\d\d)\s*(?:[-–]|đến(?:\s+năm)?)\s*(?P<end>20\d\d)\b")


def find(paper: Paper) -> Iterator[Finding]:
    regimes = [r for r in paper.reading.get("reporting") or [] if r.get("frequency") in {*_ONCE, _TWICE}]
    for a, b in combinations([r for r in regimes if r.get("deadline_month")], 2):
        if a["frequency"] != b["frequency"] or not _of_one_time(a, b):
            continue
        if _is_one_report(a, b) and _due(a) != _due(b):
            yield _two_days(a, b)
        for incoming, own in ((a, b), (b, a)):
            if _collects(own, incoming) and _due(own) < _due(incoming):
                yield _too_early(own, incoming)
    for task in paper.tasks:
        yield from _backwards(task)


def _of_one_time(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two days are for the same report of a year."""
    return a["frequency"] in _ONCE or abs(_due(a)[0] - _due(b)[0]) < _ONE_HALF


def _two_days(a: dict[str, Any], b: dict[str, Any]) -> Finding:
    return _finding(
        a["quote"],
        (*places(a), *places(b)),
        f"Cùng một báo cáo nhưng ghi hai thời hạn: {_printed(a)} và {_printed(b)}.",
        "Thống nhất một thời hạn gửi báo cáo.",
    )


def _too_early(own: dict[str, Any], incoming: dict[str, Any]) -> Finding:
    return _finding(
        own["quote"],
        (*places(own), *places(incoming)),
        f"{own['consolidator']} phải báo cáo ({_printed(own)}) trước khi nhận được báo cáo của các cơ quan"
        f" ({_printed(incoming)}).",
        "Lùi thời hạn báo cáo tổng hợp, hoặc yêu cầu các cơ quan gửi sớm hơn.",
    )


def _backwards(task: dict[str, Any]) -> Iterator[Finding]:
    time = task.get("timeframe") or {}
    span = _SPAN.search(time.get("text") or "")
    if span and span["end"] < span["start"]:
        yield _finding(
            task["text"],
            places(task),
            f"Thời gian thực hiện “{time['text']}” kết thúc trước khi bắt đầu.",
            "Kiểm tra lại năm bắt đầu và năm kết thúc.",
        )


def _is_one_report(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two regimes ask the same bodies for the same: who reports, who collects and to whom.

    Two days in one sentence are two reports a year, and meant so.
    """
    if a["quote"] == b["quote"]:
        return False
    if body(a["consolidator"]) != body(b["consolidator"]) or _is_own(a) != _is_own(b):
        return False
    if not a["consolidator"] and {body(name) for name in a["to"]} != {body(name) for name in b["to"]}:
        return False
    if a.get("deadline_year") != b.get("deadline_year"):
        return False
    return _same_reporters(a["reporter"], b["reporter"])


def _same_reporters(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return True
    return agencies.is_generic(a) == agencies.is_generic(b) and same_body(a, b)


def _collects(own: dict[str, Any], incoming: dict[str, Any]) -> bool:
    collector = body(own["consolidator"])
    return (
        bool(collector)
        and _is_own(own)
        and not _is_own(incoming)
        and body(incoming["consolidator"]) == collector
    )


def _is_own(regime: dict[str, Any]) -> bool:
    return bool(regime["consolidator"]) and body(regime["reporter"]) == body(regime["consolidator"])


def _due(regime: dict[str, Any]) -> tuple[int, int]:
    """Month and day; of the next year after all of this one; no day is the end of its month."""
    month = regime["deadline_month"] + (_DECEMBER if regime.get("deadline_next_year") else 0)
    return month, regime.get("deadline_day") or 31


def _printed(regime: dict[str, Any]) -> str:
    day, month = regime.get("deadline_day"), regime["deadline_month"]
    year = " năm sau" if regime.get("deadline_next_year") else ""
    return (f"ngày {day:02d}/{month:02d}" if day else f"tháng {month}") + year


def _finding(words: str, where: tuple[Place, ...], message: str, way_out: str) -> Finding:
    return Finding("deadline_conflict", "warning", words, where, message, way_out)
