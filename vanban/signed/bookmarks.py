"""Our own paper as lines in order, with the bookmarks in them: what was issued for signing, from the file itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OWN = "_"  # Word's own bookmarks (_GoBack, _Toc...) begin so


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: the characters start..end of its line."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a paragraph in a cell of a table (table, row, cell counted from 0)."""

    text: str
    marks: tuple[Mark, ...] = ()
    table: int | None = None
    row: int | None = None
    cell: int | None = None


@dataclass(slots=True)
class _Pen:
    """A line while it is read."""

    text: str = ""
    begun: dict[str, tuple[str, int]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    def take(self, element: etree._Element) -> None:
        if element.tag == f"{W}t":
            self.text += element.text or ""
        elif element.tag in _SIGNS:
            self.text += _SIGNS[element.tag]
        elif element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name") or ""
            if not name.startswith(_OWN):
                self.begun[element.get(f"{W}id") or ""] = (name, len(self.text))
        elif element.tag == f"{W}bookmarkEnd":
            begun = self.begun.pop(element.get(f"{W}id") or "", None)
            if begun:
                self.marks.append(Mark(begun[0], begun[1], len(self.text)))


def lines_of(docx: bytes) -> list[Line]:
    """The lines of a .docx that this house wrote, empty ones left out. Raises ValueError for another file."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            root = etree.fromstring(archive.read("word/document.xml"), _parser())
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError("no Word file") from error
    body = root.find(f"{W}body")
    return [] if body is None else [line for line in _lines(body) if line.text.strip()]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _lines(body: etree._Element) -> Iterator[Line]:
    tables = 0
    for element in body:
        if element.tag == f"{W}tbl":
            yield from _cells(element, tables)
            tables += 1
        elif element.tag == f"{W}p":
            yield _line(element)


def _cells(table: etree._Element, number: int) -> Iterator[Line]:
    for y, row in enumerate(table.iterchildren(f"{W}tr")):
        for x, cell in enumerate(row.iterchildren(f"{W}tc")):
            for paragraph in cell.iter(f"{W}p"):
                yield _line(paragraph, number, y, x)


def _line(paragraph: etree._Element, *where: int) -> Line:
    pen = _Pen()
    for element in paragraph.iter():
        pen.take(element)
    return Line(pen.text, tuple(pen.marks), *where)
