"""Reads Word files: paragraphs and tables in order, list numbers computed, footnotes apart."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from vanban.document import Block, Cell, Document, Paragraph, Table
from vanban.reading.errors import UnreadableFile
from vanban.reading.grids import Spanned, grid
from vanban.reading.inline import plain
from vanban.reading.numbering import Numbering, W
from vanban.reading.styles import Styles

_BROKEN = "Tệp Word bị hỏng nên không đọc được: hãy mở bằng Word, lưu lại thành .docx rồi tải lại."
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_LEFT_OUT = {
    f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText", "sdtPr", "delText")
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}


def read(data: bytes) -> Document:
    """The document of a .docx file. Raises UnreadableFile where the file is broken."""
    try:
        return _Reader(docx.Document(io.BytesIO(data))).document()
    except UnreadableFile:
        raise
    except (KeyError, ValueError, OSError, AttributeError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(_BROKEN) from error


class _Reader:
    def __init__(self, word: Any) -> None:
        self._word = word
        self._styles = Styles(_part(word, RELATIONSHIP_TYPE.STYLES))
        self._numbers = Numbering(_part(word, RELATIONSHIP_TYPE.NUMBERING))
        body = word.element.find(f"{W}body")
        if body is None:
            raise UnreadableFile(_BROKEN)
        self._body = body
        self._first: int | None = None  # the page on which the words of a paragraph begin
        self._page = 1 if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None else None

    def document(self) -> Document:
        blocks = [block for element in _children(self._body) for block in self._block(element)]
        return Document(tuple(blocks), tuple(self._footnotes()))

    def _block(self, element: etree._Element) -> list[Block]:
        if element.tag == f"{W}tbl":
            cells = list(element.iter(f"{W}tc"))
            if len(cells) == 1:  # a frame around text is no table
                return [block for child in _children(cells[0]) for block in self._block(child)]
            page = self._page
            table = self._table(element)
            return [Table(table.rows, page)] if table.rows else []
        boxes = [p for box in _boxes(element) for p in _children(box) if p.tag == f"{W}p"]
        return [block for p in [element, *boxes] for block in self._paragraph(p)]

    def _paragraph(self, element: etree._Element) -> list[Block]:
        self._first = None
        raw = "".join(self._text(element))
        lines = [line.strip() for line in _clean(raw).split("\n") if line.strip()]
        if not lines or self._styles.is_contents(element):
            return []
        list_id, level = self._styles.listing(element)
        number = self._numbers.next(list_id, level) if list_id else None
        first = Paragraph(
            lines[0],
            number=number,
            heading=self._styles.heading(element),
            bold=self._styles.all_have(element, "b"),
            italic=self._styles.all_have(element, "i"),
            align=self._styles.align(element),
            page=self._first,
        )
        return [first, *(replace(first, text=line, number=None) for line in lines[1:])]

    def _text(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}t":
                self._first = self._first or self._page
                yield child.text or ""
            elif child.tag == f"{W}lastRenderedPageBreak":
                self._page = (self._page or 0) + 1
            elif child.tag == f"{W}br" and child.get(f"{W}type") in {"page", "column"}:
                yield "\n"
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag == f"{W}sym":
                yield "•"
            elif child.tag == f"{W}r" and self._styles.hidden(child):
                continue
            elif child.tag not in _LEFT_OUT and child.tag != _FALLBACK and child.tag != f"{W}pict":
                yield from self._text(child)

    def _table(self, element: etree._Element) -> Table:
        rows: list[list[Spanned | None]] = []
        starts: dict[int, tuple[int, int]] = {}  # column -> row and place of the cell that is being continued
        for row in (child for child in _children(element) if child.tag == f"{W}tr"):
            y, x = len(rows), _grid_gap(row, "gridBefore")
            cells: list[Spanned | None] = [Spanned(Cell(""))] * x
            for cell in (child for child in _children(row) if child.tag == f"{W}tc"):
                width = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue" and x in starts
                if goes_on:
                    first, place = starts[x]
                    above = rows[first][place]
                    if above is not None:
                        rows[first][place] = Spanned(above.cell, above.colspan, y - first + 1)
                else:
                    starts.pop(x, None)
                    if merge is not None:
                        starts[x] = (y, len(cells))
                    cells.append(Spanned(self._cell(cell), width))
                x += width
            rows.append(cells)
        return grid([[cell for cell in row if cell is not None] for row in rows])

    def _cell(self, element: etree._Element) -> Cell:
        lines, bold = [], True
        for child in _children(element):
            if child.tag == f"{W}tbl":
                inner = self._table(child)
                lines += [" ".join(cell.text for cell in row if cell.text) for row in inner.rows]
                continue
            lines += self._cell_lines(child)
            bold = bold and (
                self._styles.all_have(child, "b") or not "".join(map(str, child.itertext())).strip()
            )
        text = "\n".join(line for line in lines if line)
        return Cell(text, bold=bold and bool(text))

    def _cell_lines(self, element: etree._Element) -> list[str]:
        list_id, level = self._styles.listing(element)
        number = self._numbers.next(list_id, level) if list_id else None
        lines = [line.strip() for line in _clean("".join(self._text(element))).split("\n") if line.strip()]
        return [f"{number} {' '.join(lines[:1])}".strip(), *lines[1:]] if number else lines

    def _footnotes(self) -> Iterator[tuple[str, str]]:
        root = _part(self._word, RELATIONSHIP_TYPE.FOOTNOTES)
        notes = [] if root is None else [n for n in root.iter(f"{W}footnote") if not n.get(f"{W}type")]
        for mark, note in enumerate(notes, 1):
            lines = ["".join(self._text(p)) for p in note.iter(f"{W}p")]
            yield str(mark), _clean(" ".join(lines)).replace("\n", " ")


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return plain(composed.replace("<", "&lt;").replace("&", "&amp;").replace("&amp;lt;", "&lt;"))


def _children(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif child.tag in {f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"}:
            yield child


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    for box in element.iter(f"{W}txbxContent"):
        if next(box.iterancestors(_FALLBACK), None) is None:
            yield box


def _part(word: Any, kind: str) -> etree._Element | None:
    for relation in word.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
    return None


def _number(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else str(element.get(f"{W}val", ""))
    return int(value) if value.isdecimal() else default


def _grid_gap(row: etree._Element, name: str) -> int:
    return _number(row.find(f"{W}trPr/{W}{name}"), 0)
