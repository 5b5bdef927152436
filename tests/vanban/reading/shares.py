"""How much of one reading another says too, part by part: between 0 and 1. A tool of the tests."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from vanban.folding import folded

ALIKE = 0.85
HEADER = ("number", "date", "issuer", "title", "period_start", "period_end", "vision")
TASK = ("lead", "coordinate", "timeframe")
TARGET = ("value_min", "value_max", "unit", "year", "comparator", "baseline_year")
REGIME = ("consolidator", "frequency", "deadline_day", "deadline_month")


def shares(of: dict[str, Any], here: dict[str, Any]) -> dict[str, float]:
    """The share of what the first reading says that the second says as well, and says nothing else."""
    tasks = [(_said(a), _said(b)) for key in ("tasks", "body_tasks") for a, b in _paired(of[key], here[key])]
    out = {
        "header": _mean([_said(of[key]) == _said(here[key]) for key in HEADER]),
        "legal_bases": _both(of["legal_bases"], here["legal_bases"], ("number", "date")),
        "targets": _both(of["targets"], here["targets"], ("text", *TARGET)),
        "tasks": 2 * len(tasks) / (len(_tasks(of)) + len(_tasks(here))) if _tasks(of) else 1.0,
        "duties": _both(of["organisation"], here["organisation"], ("agency", "items")),
        "reporting": _both(of["reporting"], here["reporting"], REGIME),
        "recipients": _mean([_said(of["recipients"]) == _said(here["recipients"])]),
    }
    return out | {key: _mean([a[key] == b[key] for a, b in tasks]) for key in TASK}


def _tasks(reading: dict[str, Any]) -> list[dict[str, Any]]:
    return [*reading["tasks"], *reading["body_tasks"]]


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(inner) for key, inner in value.items() if "place" not in key and key != "text"}
    if isinstance(value, list):
        return [_said(inner) for inner in value]
    return folded(value) if isinstance(value, str) else value


def _both(of: Any, here: Any, keys: tuple[str, ...]) -> float:
    """The share (F1) of the items that are the same in the keys."""
    left = [str([_said(item[key]) for key in keys]) for item in here or []]
    wanted = [str([_said(item[key]) for key in keys]) for item in of or []]
    found = 0
    for item in wanted:
        if item in left:
            left.remove(item)
            found += 1
    return 2 * found / (len(wanted) + len(here or [])) if wanted or here else 1.0


def _paired(
    of: list[dict[str, Any]], here: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The items that are nearly the same by their text, in their order."""
    left = list(here)
    out = []
    for item in of:
        found = next((other for other in left if _is_like(item["text"], other["text"])), None)
        if found is not None:
            left.remove(found)
            out.append((item, found))
    return out


def _is_like(one: str, other: str) -> bool:
    a, b = folded(one).split(), folded(other).split()
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _mean(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 1.0
