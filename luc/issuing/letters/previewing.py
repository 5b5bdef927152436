"""How the words of a letter read, with examples in their places, before any round has such a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luc.issuing.bare import bare
from luc.issuing.cells import Cell
from luc.issuing.letters import wording
from luc.issuing.letters.places import PLACES, Places
from luc.issuing.letters.wording import Letter
from luc.issuing.models import Block
from luc.issuing.producers.pieces import Piece
from luc.kernel.text import written


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a preview. kind: as of a block, or "fill" for what is told of data; bare: figures typed by hand."""

    kind: str
    words: str
    bare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter with examples."""

    title: str
    lines: tuple[Line, ...]

    @property
    def bare(self) -> list[str]:
        """The figures that stand in it by hand: each draft of it will flag them."""
        return list(dict.fromkeys(shown for line in self.lines for shown in line.bare))


def preview(kind: str, words: Letter) -> Preview:
    """The words, checked, with every place filled by its example, as a letter: in Vietnamese whoever looks.

    What may lack is there, but for what excludes it.
    """
    places = PLACES[kind]
    fields = {name: one.example for name, one in places.names.items()}
    if "khong_phat_sinh" in fields:
        fields["khong_phat_sinh"] = ""  # a report says something, or that there is nothing
    lines: list[Line] = []
    with written():
        for _number, block in words.wanted(fields):
            lines += _lines(places, block, fields)
    return Preview(words.titled(fields), tuple(lines))


def _lines(places: Places, block: Mapping[str, Any], fields: wording.Fields) -> list[Line]:
    found = [Line("section", block["section"])] if "section" in block else []
    found += [Line("annex", f"Phụ lục: {block['annex']}")] if "annex" in block else []
    if "table" in block:
        return [*found, Line("fill", str(places.tables[block["table"]]))]
    if found:
        return found
    cells = {key: Cell(shown, str(label)) for key, (label, shown) in places.cells.items()}
    pieces: list[Piece] = wording.pieces(Letter("", (block,)), fields, cells, {})
    return [
        Line(
            "item" if piece.kind == Block.Kind.ITEM else "paragraph",
            "".join(run if isinstance(run, str) else run["shown"] for run in piece.content["runs"]),
            tuple(span.text for span in bare(piece.content)),
        )
        for piece in pieces
    ]
