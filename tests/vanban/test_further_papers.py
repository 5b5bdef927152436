"""Further invented papers, of other kinds and issuers, as text and as Word: what was read from them by hand.

The readings were written before the grammar was tried on these papers. Compared is what a reading is for; how a
timeframe is worded, or where a generic list is cut, is left to the tests of the single grammars.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.vanban.word import as_word
from vanban.document import Document, Place
from vanban.folding import bare, folded
from vanban.reading import read_file, understand

PAPERS = sorted(
    p for p in (Path(__file__).parent / "papers" / "further").iterdir() if p.suffix in {".txt", ".md"}
)
HEADER = ("number", "date", "issuer", "title", "period_start", "period_end", "vision")
TARGET = ("value_min", "value_max", "unit", "year", "comparator", "direction", "baseline_year", "answering")
TASK = ("group", "no", "output", "funding", "note")
REGIME = (
    "consolidator",
    "to",
    "frequency",
    "deadline_day",
    "deadline_month",
    "deadline_year",
    "also_on_request",
)


def documents(path: Path) -> Iterator[tuple[str, Document]]:
    data = path.read_bytes()
    yield "text", read_file(data, path.name)
    yield "word", read_file(as_word(data.decode()), f"{path.stem}.docx")


def gold(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return found


def picked(item: dict[str, Any], keys: tuple[str, ...], wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields that the reading by hand gives, with names of bodies and words folded."""
    found = {key: plain(item.get(key)) for key in keys if key in wanted}
    return found | {"issuer": bare(item["issuer"] or "")} if "issuer" in found else found


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(bare(str(v)) for v in value)
    return folded(value) if isinstance(value, str) else value


def both(read: list[dict[str, Any]], wanted: list[dict[str, Any]], keys: tuple[str, ...]) -> tuple[Any, Any]:
    pairs = list(zip(read, wanted, strict=True))
    return [picked(r, keys, w) for r, w in pairs], [picked(w, keys, w) for _, w in pairs]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_header(path: Path) -> None:
    wanted = gold(path)
    for kind, document in documents(path):
        reading = understand(document)
        assert picked(reading, HEADER, wanted) == picked(wanted, HEADER, wanted), kind
        bases = [(b["number"], b["date"]) for b in reading["legal_bases"]]
        assert bases == [(b["number"], b["date"]) for b in wanted["legal_bases"]]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_targets(path: Path) -> None:
    wanted = gold(path)["targets"]
    for kind, document in documents(path):
        read, expected = both(understand(document)["targets"], wanted, TARGET)
        assert read == expected, kind


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_tasks_with_who_and_when(path: Path) -> None:
    wanted = gold(path)["tasks"]
    for kind, document in documents(path):
        tasks = understand(document)["tasks"]
        assert [plain(t["text"]) for t in tasks] == [plain(t["text"]) for t in wanted], kind
        for task, expected in zip(tasks, wanted, strict=True):
            assert picked(task, TASK, expected) == picked(expected, TASK, expected)
            for role in ("lead", "coordinate"):
                assert plain(task[role] or []) == plain(expected[role] or []), task["text"]
            assert span(task["timeframe"]) == span(expected["timeframe"]), task["text"]


def span(time: dict[str, Any] | None) -> tuple[Any, ...]:
    return tuple((time or {}).get(key) for key in ("start", "end", "recurrence"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_duties_and_the_reports(path: Path) -> None:
    wanted = gold(path)
    for kind, document in documents(path):
        reading = understand(document)
        duties = [(plain(d["agency"]), [plain(i) for i in d["items"]]) for d in reading["organisation"]]
        assert duties == [
            (plain(d["agency"]), [plain(i) for i in d["items"]]) for d in wanted["organisation"]
        ], kind
        regimes = sorted(reading["reporting"], key=order)
        for regime in regimes:  # a body that reports of its own collects for itself
            regime["consolidator"] = regime["consolidator"] or own(regime, wanted["reporting"])
        read, expected = both(regimes, sorted(wanted["reporting"], key=order), REGIME)
        assert read == expected, kind


def own(regime: dict[str, Any], wanted: list[dict[str, Any]]) -> str | None:
    """Who reports, where the reading by hand has it as its own consolidator."""
    reporter = plain(regime["reporter"])
    alone = any(plain(w["consolidator"]) == plain(w["reporter"]) == reporter for w in wanted)
    return regime["reporter"] if alone else None


def order(regime: dict[str, Any]) -> str:
    return f"{regime['frequency']} {regime['deadline_month']} {regime['deadline_day']} {plain(regime['reporter'])}"


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_item_stands_where_its_places_say(path: Path) -> None:
    for _, document in documents(path):
        reading = understand(document)
        for item in [*reading["tasks"], *reading["body_tasks"], *reading["targets"]]:
            assert item["places"]
            for place in item["places"]:
                assert bare(document.at(Place(**place))) in bare(item["text"])
