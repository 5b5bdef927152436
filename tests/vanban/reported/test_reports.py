"""Invented reports of agencies in many layouts: what was read from them by hand, before the grammar was written.

A value that is offered as sure must be right (precision); of what the paper says, most must be found, sure or asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.vanban.reading.laidout import as_html, as_pdf
from tests.vanban.word import as_word
from vanban.document import Document
from vanban.folding import folded
from vanban.reading import read_file
from vanban.reported import Item, Passage, find

HERE = Path(__file__).parent / "papers"
REPORTS = sorted(path for path in HERE.iterdir() if path.suffix in {".md", ".txt"})
LAYOUTS: dict[str, Callable[[str, str], Document]] = {
    "text": lambda text, name: read_file(text.encode(), name),
    "word": lambda text, name: read_file(as_word(text), f"{name}.docx"),
    "html": lambda text, name: read_file(as_html(text), f"{name}.html"),
    "pdf": lambda text, name: read_file(as_pdf(text), f"{name}.pdf"),
}
Triple = tuple[str, str, str]


@cache
def items() -> tuple[Item, ...]:
    return tuple(Item(**_known(one)) for one in json.loads((HERE / "items.json").read_text(encoding="utf-8")))


def _known(one: dict[str, str]) -> dict[str, str]:
    return {name: one[name] for name in ("id", "text", "kind", "unit") if name in one}


def gold(path: Path) -> tuple[set[Triple], set[str]]:
    """What is said, as (item, field, value), and what must be asked ("f3 value")."""
    raw: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    asked = set(raw.pop("asked", ()))
    said = {
        (item, field, folded(value))
        for item, fields in raw.items()
        for field, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
    }
    return said, asked


def triples(passages: list[Passage], *, sure: bool) -> Iterator[Triple]:
    for passage in passages:
        for said in passage.said:
            if passage.item and (passage.is_sure(said) or not sure):
                yield passage.item, said.field, folded(said.value)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_is_offered_as_sure_is_right(path: Path, layout: str) -> None:
    document = LAYOUTS[layout](path.read_text(encoding="utf-8"), path.name)
    said, asked = gold(path)
    passages = find(document, items())
    sure = list(triples(passages, sure=True))
    wrong = [one for one in sure if one not in said]
    assert not wrong
    assert not asked & {f"{item} {field}" for item, field, _value in sure}
    _places_hold(document, passages)


def _places_hold(document: Document, passages: list[Passage]) -> None:
    """Every value opens at its own words."""
    for passage in passages:
        for said in passage.said:
            there = " ".join(document.at(place) for place in said.places)
            assert folded(there) == folded(said.words)


def test_most_of_what_is_said_is_found() -> None:
    count: Counter[str] = Counter()
    for path in REPORTS:
        said, _asked = gold(path)
        for read in LAYOUTS.values():
            passages = find(read(path.read_text(encoding="utf-8"), path.name), items())
            found, sure = set(triples(passages, sure=False)), set(triples(passages, sure=True))
            count["said"] += len(said)
            count["found"] += len(said & found)
            count["sure"] += len(sure)
            count["right"] += len(said & sure)
    assert count["found"] >= 0.9 * count["said"]
    assert count["right"] >= 0.95 * count["sure"]
    assert count["sure"] >= 0.6 * count["said"]


def test_rows_on_what_nobody_asked_are_shown_but_belong_to_no_item() -> None:
    document = read_file((HERE / "2-cot-khac.md").read_bytes(), "bao-cao.md")
    (other,) = [passage for passage in find(document, items()) if passage.item is None]
    assert other.title == "Sửa chữa trụ sở làm việc"
    assert not any(other.is_sure(said) for said in other.said)


def test_what_is_planned_for_the_next_period_is_no_answer() -> None:
    document = read_file((HERE / "9-ky-toi.md").read_bytes(), "bao-cao.md")
    assert not {passage.item for passage in find(document, items())} & {"t2", "t5", "t6"}


def test_papers_that_are_no_reports_and_long_ones_are_read_without_harm() -> None:
    for path in sorted((HERE.parents[1] / "papers").glob("*.txt")):
        find(read_file(path.read_bytes(), path.name), items())
    long = "\n\n".join(f"{n}. Đơn vị đã họp {n} lần; đạt {n % 100} % kế hoạch." for n in range(1, 3000))
    assert find(read_file(long.encode(), "dai.txt"), items()) == []
