"""Reads Word files: paragraphs and tables in order, list numbers computed, footnotes apart."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.package import Package
from lxml import etree

from vanban.document import Block, Cell, Document, Paragraph, Table
from vanban.reading.errors import UnreadableFile
from vanban.reading.grids import MAX_COLUMNS, Spanned, grid
from vanban.reading.inline import RAISE, plain
from vanban.reading.numbering import Numbering, W, whole
from vanban.reading.styles import Styles

_BROKEN = "Tệp Word bị hỏng nên không đọc được: hãy mở bằng Word, lưu lại thành .docx rồi tải lại."
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_LEFT_OUT = {
    f"{W}{name}"
    for name in (
        *(
            "del",
            "moveFrom",
            "txbxContent",
            "pPr",
            "rPr",
            "instrText",
            "sdtPr",
            "delText",
            "delInstrText",
            "pict",
        ),
    )
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}


def read(data: bytes) -> Document:
    """The document of a .docx file. Raises UnreadableFile where the file is broken."""
    try:
        return _Reader(Package.open(io.BytesIO(data)).main_document_part).document()
    except UnreadableFile:
        raise
    except (KeyError, ValueError, OSError, AttributeError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(_BROKEN) from error


class _Reader:
    def __init__(self, main: Any) -> None:
        self._main = main
        self._styles = Styles(_part(main, RELATIONSHIP_TYPE.STYLES))
        self._numbers = Numbering(_part(main, RELATIONSHIP_TYPE.NUMBERING))
        # a file with macros, or a template, has a main part that python-docx does not parse
        body = _root(main).find(f"{W}body")
        if body is None:
            raise UnreadableFile(_BROKEN)
        self._body = body
        self._in_capitals = False  # as the style of the paragraph has it
        self._carried = ""  # the words of a paragraph whose end was deleted under revision
        # what a file does not have at all is not looked for in every paragraph
        self._boxed = next(body.iter(f"{W}txbxContent"), None) is not None
        self._revised = next(body.iter(f"{W}del", f"{W}moveFrom"), None) is not None
        self._has_fields = next(body.iter(f"{W}instrText"), None) is not None
        self._first: int | None = None  # the page on which the words of a paragraph begin
        self._page = 1 if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None else None

    def document(self) -> Document:
        blocks = [block for element in _children(self._body) for block in self._block(element)]
        return Document(tuple(blocks), tuple(self._notes()))

    def _block(self, element: etree._Element) -> list[Block]:
        if element.tag == f"{W}tbl":
            cells = list(element.iter(f"{W}tc"))
            if len(cells) == 1:  # a frame around text is no table
                return [block for child in _children(cells[0]) for block in self._block(child)]
            page = self._page
            table = self._table(element)
            return [Table(table.rows, page)] if table.rows else []
        if not self._boxed:
            return self._paragraph(element)
        boxed = (child for box in _boxes(element) for child in _children(box))
        return [*self._paragraph(element), *(block for child in boxed for block in self._block(child))]

    def _paragraph(self, element: etree._Element) -> list[Block]:
        self._first = None
        number, lines = self._listed(element)
        if not lines or self._styles.is_contents(element, self._has_fields):
            return []
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

    def _listed(self, element: etree._Element) -> tuple[str | None, list[str]]:
        """The number of a paragraph in its list, and its lines. An empty one is counted as Word does."""
        self._in_capitals = self._styles.has(element, "caps")
        raw = self._carried + "".join(self._text(element))
        self._carried = ""
        if self._revised and _has_no_end(element):
            self._carried = raw
            return None, []
        list_id, style, level = self._styles.listing(element)
        if list_id and level is None:
            level = self._numbers.level_of(list_id, style)
        number = self._numbers.next(list_id, level or 0) if list_id else None
        return number, [line.strip() for line in _clean(raw).split("\n") if line.strip()]

    def _run(self, run: etree._Element) -> Iterator[str]:
        if run.find(f"{W}rPr") is None and not self._in_capitals:
            yield from self._text(run)
        elif not self._styles.hidden(run):
            text = "".join(self._text(run))
            if self._styles.is_raised(run) and text.strip(" (),").isdecimal():
                text = text.strip(" (),").translate(RAISE)
            yield text.upper() if self._styles.of_run(run, "caps", self._in_capitals) else text

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
            elif child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag not in _LEFT_OUT and child.tag != _FALLBACK:
                yield from self._text(child)

    def _table(self, element: etree._Element) -> Table:
        rows: list[list[Spanned | None]] = []
        starts: dict[int, tuple[int, int]] = {}  # column -> row and place of the cell that is being continued
        for row in (
            child for child in _children(element) if child.tag == f"{W}tr" and not _is_deleted(child)
        ):
            y, x = len(rows), _grid_gap(row, "gridBefore")
            cells: list[Spanned | None] = [Spanned(Cell(""))] * x
            for cell in (child for child in _children(row) if child.tag == f"{W}tc"):
                width = min(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), MAX_COLUMNS)
                if _is_merged_left(cell) and cells and cells[-1] is not None:
                    cells[-1] = replace(cells[-1], colspan=cells[-1].colspan + width)
                    x += width
                    continue
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
            own = self._cell_lines(child)
            lines += own
            bold = bold and (not own or self._styles.all_have(child, "b"))
        text = "\n".join(line for line in lines if line)
        return Cell(text, bold=bold and bool(text))

    def _cell_lines(self, element: etree._Element) -> list[str]:
        number, lines = self._listed(element)
        boxes = _boxes(element) if self._boxed else ()
        boxed = [p for box in boxes for p in _children(box) if p.tag == f"{W}p"]
        further = [line for p in boxed for line in self._cell_lines(p)]
        own = [f"{number} {' '.join(lines[:1])}".strip(), *lines[1:]] if number else lines
        return [*own, *further]

    def _notes(self) -> Iterator[tuple[str, str]]:
        for kind, tag in ((RELATIONSHIP_TYPE.FOOTNOTES, "footnote"), (RELATIONSHIP_TYPE.ENDNOTES, "endnote")):
            root = _part(self._main, kind)
            notes = [] if root is None else [n for n in root.iter(f"{W}{tag}") if not n.get(f"{W}type")]
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
    """The text boxes in a paragraph, not those inside of others, and none twice for older programs."""
    for box in element.iter(f"{W}txbxContent"):
        outer = next((parent for parent in box.iterancestors(f"{W}txbxContent", element.tag)), None)
        if outer is element and next(box.iterancestors(_FALLBACK), None) is None:
            yield box


def _has_no_end(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph was deleted or moved under revision: the next one goes on with it."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return False
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _is_merged_left(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _part(main: Any, kind: str) -> etree._Element | None:
    for relation in main.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return _root(relation.target_part)
    return None


def _root(part: Any) -> etree._Element:
    """The tree of a part: the one that python-docx has made already, or a new one."""
    root: etree._Element = part.element if hasattr(part, "element") else _tree(part.blob)
    return root


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _number(element: etree._Element | None, default: int) -> int:
    return default if element is None else whole(str(element.get(f"{W}val", "")), default)


def _grid_gap(row: etree._Element, name: str) -> int:
    return min(_number(row.find(f"{W}trPr/{W}{name}"), 0), MAX_COLUMNS)
