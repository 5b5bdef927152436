"""What producers make: pieces of a paper, their numbers as chips, their words with the rows they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from luc.issuing.cells import Cells, rows_of
from luc.issuing.content import Content, Run, joined
from luc.issuing.models import Block
from luc.reporting.queries.consolidation import Consolidation
from luc.reporting.voices import Voice

Kind = Block.Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a paper; `place` says of what it is, the same each time its producer runs."""

    place: str
    kind: Block.Kind
    content: Content
    level: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """What producers write from."""

    told: Consolidation
    cells: Cells

    def chip(self, key: str) -> Run:
        """The number of a cell; a cell that is not there shows nothing."""
        cell = self.cells.get(key)
        return {"cell": key, "shown": cell.words} if cell and cell.words else ""

    def has(self, key: str) -> bool:
        """Whether a cell counts anything."""
        return key in self.cells and self.cells[key].words not in {"", "0"}


def paragraph(place: str, *runs: Run, voices: Iterable[Voice] = (), quotes: Iterable[str] = ()) -> Piece:
    """A paragraph that rests on what parties said, with the words it quotes."""
    return Piece(place, Kind.PARAGRAPH, sentence(runs, voices, quotes))


def item(place: str, *runs: Run, voices: Iterable[Voice] = (), quotes: Iterable[str] = ()) -> Piece:
    """A paragraph behind a dash."""
    return Piece(place, Kind.ITEM, sentence(runs, voices, quotes))


def section(place: str, title: str, level: int) -> Piece:
    """A heading; the words of a plan in it are the plan's."""
    return Piece(place, Kind.SECTION, {"runs": [title], "rests": [], "quotes": [title]}, min(level, 3))


def sentence(runs: Iterable[Run], voices: Iterable[Voice], quotes: Iterable[str]) -> Content:
    """The content of a sentence."""
    rests = [list(row) for row in dict.fromkeys(rows_of(*voices))]
    return {"runs": joined(runs), "rests": rests, "quotes": [words for words in quotes if has_digit(words)]}


def has_digit(words: str) -> bool:
    """Whether words hold a figure that has to be vouched for."""
    return any(letter.isdigit() for letter in words)


def cell(*runs: Run, voices: Iterable[Voice] = (), bold: bool = False, colspan: int = 1) -> dict[str, Any]:
    """A cell of a table."""
    found: dict[str, Any] = {"runs": joined(runs)}
    if rests := [list(row) for row in dict.fromkeys(rows_of(*voices))]:
        found["rests"] = rests
    return found | ({"bold": True} if bold else {}) | ({"colspan": colspan} if colspan > 1 else {})


def table(
    place: str,
    head: Sequence[str],
    columns: Sequence[tuple[float, str]],
    rows: Sequence[Sequence[dict[str, Any]]],
    **more: str,
) -> Piece:
    """A table; `more`: title, unit, note."""
    content = {
        "head": list(head),
        "columns": [list(one) for one in columns],
        "rows": [list(row) for row in rows],
    }
    return Piece(place, Kind.TABLE, content | more)


def chart(place: str, title: str, bars: Iterable[tuple[str, Run]], unit: str = "") -> Piece:
    """Bars, each bound to its cell."""
    kept = [{"label": label} | run for label, run in bars if isinstance(run, dict)]
    return Piece(place, Kind.CHART, {"title": title, "unit": unit, "bars": kept})


def lowered(words: str) -> str:
    """Words inside a sentence."""
    return words[:1].lower() + words[1:]
