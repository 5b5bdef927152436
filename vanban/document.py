"""A paper as every reader of files gives it: blocks in order, and the Place of every word.

The text of a Document is already clean (no markdown, HTML, footnote marks or running heads): a Place counts
characters in that clean text, so that the words of an item can be cut out again and shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: block, for a table its row and cell (all from 0), characters start..end (half-open)."""

    block: int
    start: int
    end: int
    row: int | None = None
    cell: int | None = None
    page: int | None = None

    def as_json(self) -> dict[str, int]:
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `number` is a list number that Word computed and that is not in the text ("1.", "a)", "-")."""

    text: str
    number: str | None = None
    heading: int | None = None
    bold: bool = False
    italic: bool = False
    align: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. A spanned cell stands once, at its first row and column; what it covers is `covered`."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every row has the same number of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None = None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Words:
    """Words cut from a document, with the places they came from; pieces broken over a page are joined by a space.

    `pieces` are (offset in text, Place): the characters text[offset : offset + place.end - place.start] stand there.
    """

    text: str
    pieces: tuple[tuple[int, Place], ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for _, place in self.pieces)

    def cut(self, start: int, end: int | None = None) -> Words:
        """The words from start to end, without the white space around them, with places as narrow as they are."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        pieces = []
        for offset, place in self.pieces:
            first = max(start, offset)
            last = min(end, offset + place.end - place.start)
            if first < last:
                begin = place.start + first - offset
                narrow = Place(place.block, begin, begin + last - first, place.row, place.cell, place.page)
                pieces.append((first - start, narrow))
        return Words(self.text[start:end], tuple(pieces))

    def __bool__(self) -> bool:
        return bool(self.text)

    @staticmethod
    def join(parts: Sequence[Words], by: str = " ") -> Words:
        """The parts in order as one, empty ones left out."""
        text, pieces = "", []
        for part in parts:
            if not part.text:
                continue
            if text:
                text += by
            pieces += [(len(text) + offset, place) for offset, place in part.pieces]
            text += part.text
        return Words(text, tuple(pieces))


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its blocks in reading order, its footnotes apart, and remarks of the reader ("read by OCR", ...)."""

    blocks: tuple[Block, ...]
    footnotes: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = field(default=())

    def words(self, block: int, row: int | None = None, cell: int | None = None) -> Words:
        """All words of a paragraph, or of a cell."""
        found = self.blocks[block]
        if isinstance(found, Paragraph):
            text = found.text
        elif row is None or cell is None:
            raise ValueError("a table needs its row and cell")
        else:
            text = found.rows[row][cell].text
        whole = Words(text, ((0, Place(block, 0, len(text), row, cell, found.page)),))
        return whole.cut(0)

    def at(self, place: Place) -> str:
        """The words that stand at a place."""
        found = self.blocks[place.block]
        if isinstance(found, Paragraph):
            return found.text[place.start : place.end]
        return found.rows[place.row or 0][place.cell or 0].text[place.start : place.end]

    def paragraphs(self) -> Iterator[tuple[int, Paragraph]]:
        """Index and paragraph, tables left out."""
        return ((i, b) for i, b in enumerate(self.blocks) if isinstance(b, Paragraph))

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept or shown; `from_json` reads them back."""
        blocks = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in self.blocks]
        return {
            "blocks": blocks,
            "footnotes": [list(n) for n in self.footnotes],
            "remarks": list(self.remarks),
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Document:
        """The document that `as_json` wrote."""
        blocks: list[Block] = []
        for item in data["blocks"]:
            values = {key: value for key, value in item.items() if key != "kind"}
            if item["kind"] == "paragraph":
                blocks.append(Paragraph(**values))
            else:
                rows = tuple(tuple(Cell(**cell) for cell in row) for row in values.pop("rows"))
                blocks.append(Table(rows=rows, **values))
        footnotes = tuple((mark, text) for mark, text in data.get("footnotes", ()))
        return Document(tuple(blocks), footnotes, tuple(data.get("remarks", ())))
