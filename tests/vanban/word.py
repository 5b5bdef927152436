"""Lays a text out as a real Word file: true tables, merged cells, automatic numbering.

A tool of the tests: `as_word(text)` gives the bytes of a .docx that says what the text says.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from vanban.document import Document, Paragraph, Table
from vanban.reading.text import from_text

# the levels of the one list of the file: marker pattern, format, text
LEVELS = (
    (re.compile(r"([IVX]+)\.\s+(?=[A-ZĐÀ-Ỹ]{2})"), "upperRoman", "%1."),
    (re.compile(r"(\d{1,2})\.\s+"), "decimal", "%2."),
    (re.compile(r"([a-z])\)\s+"), "lowerLetter", "%3)"),
    (re.compile(r"(-)\s+"), "bullet", "-"),
)
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def as_word(text: str) -> bytes:
    """The bytes of a Word file laid out from a plain text."""
    return document_as_word(from_text(text))


def document_as_word(document: Document) -> bytes:
    """The bytes of a Word file with the blocks of a document; the closing becomes a table."""
    word = docx.Document()
    lists = _Lists(word)
    closing: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            _table(word, block)
        elif closing or block.text.startswith("Nơi nhận"):
            closing.append(block.text)
            if _ends_closing(block.text):
                closing = _closing(word, closing[:-1], block.text)
        else:
            lists.add(word, block)
    if closing:
        _closing(word, closing, "")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _ends_closing(text: str) -> bool:
    return text.lower().startswith("phụ lục") or text in {"KẾ HOẠCH", "QUYẾT ĐỊNH"}


def _closing(word: docx.document.Document, lines: list[str], after: str) -> list[str]:
    cut = next(
        (i for i, line in enumerate(lines) if re.match(r"(TM|KT|TL)\.|CHỦ TỊCH|BỘ TRƯỞNG", line)), len(lines)
    )
    table = word.add_table(1, 2)
    for cell, part in zip(table.rows[0].cells, (lines[:cut], lines[cut:]), strict=True):
        cell.text = "\n".join(part)
    if after:
        word.add_paragraph(after)
    return []


@dataclass
class _Lists:
    """Automatic numbers, where Word would count as the text does; else the marker stays in the text."""

    word: docx.document.Document
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def __post_init__(self) -> None:
        numbering = self.word.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for i, (_, form, text) in enumerate(LEVELS)
        )
        for list_id in (90, 91):  # numbers, and dashes as a list of their own
            numbering.insert(
                0,
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">{levels}</w:abstractNum>'
                ),
            )
            link = f'<w:abstractNumId w:val="{list_id}"/>'
            numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{list_id}">{link}</w:num>'))

    def add(self, word: docx.document.Document, block: Paragraph) -> None:
        for level, (pattern, _, _) in enumerate(LEVELS):
            match = pattern.match(block.text)
            if match and self._counts_to(level, match[1]):
                self._numbered(word.add_paragraph(block.text[match.end() :]), level)
                return
        paragraph = word.add_paragraph()
        paragraph.add_run(block.text).bold = block.bold or None

    def _counts_to(self, level: int, printed: str) -> bool:
        if level in {1, 2} and not self.counts[level - 1]:
            return False  # Word would count the level above as well
        now = self.counts[level] + 1
        shown = {0: ROMAN[min(now, 12) - 1], 1: str(now), 2: chr(96 + now), 3: "-"}[level]
        if shown != printed:
            return False
        self.counts[level] = now
        for deeper in range(level + 1, 3):
            self.counts[deeper] = 0
        return True

    @staticmethod
    def _numbered(paragraph: WordParagraph, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()._add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 91 if LEVELS[level][1] == "bullet" else 90


def _table(word: docx.document.Document, block: Table) -> None:
    width = len(block.rows[0])
    table = word.add_table(len(block.rows), width)
    cells = table._cells  # table.cell() builds this list anew for each cell
    for y, row in enumerate(block.rows):
        for x, cell in enumerate(row):
            if not cell.covered:
                cells[y * width + x].text = cell.text
            if cell.colspan > 1 or cell.rowspan > 1:
                table.cell(y, x).merge(table.cell(y + cell.rowspan - 1, x + cell.colspan - 1))
    if any(cell.covered for row in block.rows for cell in row):
        return
    filled = [[bool(cell.text) for cell in row] for row in block.rows]
    for y, marks in enumerate(filled):
        if marks[0] and sum(marks) == 1:
            _merge_right(table, y, 0, len(marks) - 1)
        elif sum(marks) == 2 and marks[0] and marks[1]:
            _merge_right(table, y, 1, len(marks) - 1)
    if len(filled) > 1 and not filled[1][0] and filled[0][0] and sum(filled[0]) < len(filled[0]):
        _merge_head(table, filled)


def _merge_head(table: WordTable, filled: list[list[bool]]) -> None:
    """A head of two rows: what has nothing below spans down, what has nothing beside it spans right."""
    for x, below in enumerate(filled[1]):
        if not below and filled[0][x]:
            table.cell(0, x).merge(table.cell(1, x))
        elif below and filled[0][x] and x + 1 < len(filled[0]) and not filled[0][x + 1]:
            table.cell(0, x).merge(table.cell(0, x + 1))


def _merge_right(table: WordTable, y: int, first: int, last: int) -> None:
    table.cell(y, first).merge(table.cell(y, last))
    cell = table.cell(y, first)
    for empty in [p for p in cell.paragraphs if not p.text][: len(cell.paragraphs) - 1]:
        empty._element.getparent().remove(empty._element)


def with_footnote(data: bytes, after: str, note: str) -> bytes:
    """The Word file with a real footnote behind the first paragraph that ends with some words."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    word = docx.Document(io.BytesIO(data))
    xml = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{note}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paragraph = next(p for p in word.paragraphs if p.text.endswith(after))
    run = paragraph.add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "1")
    run._r.append(reference)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()
