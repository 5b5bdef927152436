"""Lays a text out as the files that offices send: PDF, HTML, old Word. A tool of the tests, beside `word`.

PDF and old Word files are made by LibreOffice (package libreoffice-writer-nogui, as `make needs` installs it).
"""

from __future__ import annotations

import html
import io
from functools import lru_cache

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from tests.vanban.word import as_word
from vanban.document import Cell, Paragraph
from vanban.reading.office import converted
from vanban.reading.text import from_text


@lru_cache(maxsize=64)
def as_pdf(text: str, lines: bool = True) -> bytes:
    """The bytes of a PDF: A4 with page numbers, tables with lines or without, heads repeated on each page."""
    return converted(as_printed(text, lines), ".docx", ".pdf")


@lru_cache(maxsize=64)
def as_old(text: str, suffix: str = ".doc") -> bytes:
    """The bytes of a .doc, .odt or .rtf file."""
    return converted(as_printed(text), ".docx", suffix)


def as_printed(text: str, lines: bool = True) -> bytes:
    """The bytes of the Word file that is printed or saved otherwise."""
    return _printed(as_word(text), lines)


def _printed(data: bytes, lines: bool) -> bytes:
    """A Word file set for printing as Decree 30/2020 asks: A4, 13 points, the number of the page above."""
    word = docx.Document(io.BytesIO(data))
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(13)
    normal.paragraph_format.space_after = Pt(6)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin = Cm(3), Cm(1.5), Cm(2)
    number = section.header.paragraphs[0]
    number.alignment = 1
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        sign = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            sign.set(qn("w:fldCharType"), kind)
        sign.text = code or None
        number.add_run()._r.append(sign)
    for table in word.tables:
        if len(table.columns) > 2:
            _print_table(table, word.styles["Table Grid"] if lines else table.style)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _print_table(table: Table, style: object) -> None:
    """Lines as the style has them; the head, of one row or two, is repeated on each page and not cut by one."""
    table.style = style
    rows = list(table.rows)
    goes_on = len(rows) > 1 and any(
        merge.get(qn("w:val")) != "restart" for merge in rows[1]._tr.iter(qn("w:vMerge"))
    )
    head = {cell.text for cell in rows[0].cells}
    for n, row in enumerate(rows):
        properties = row._tr.get_or_add_trPr()
        if n < 1 + goes_on:
            properties.append(OxmlElement("w:cantSplit"))
            properties.append(OxmlElement("w:tblHeader"))
        elif {cell.text for cell in row.cells} == head:  # a head that the text itself repeats
            properties.append(OxmlElement("w:cantSplit"))


def as_html(text: str) -> bytes:
    """The bytes of an HTML page: headings, paragraphs, tables with spans, raised footnote marks as they are."""
    body = []
    for block in from_text(text).blocks:
        if isinstance(block, Paragraph):
            words = html.escape(block.text)
            words = f"<b>{words}</b>" if block.bold else words
            tag = f"h{block.heading}" if block.heading else "p"
            body.append(f"<{tag}>{words}</{tag}>")
        else:
            rows = ("".join(_cell(cell) for cell in row if not cell.covered) for row in block.rows)
            body.append("<table border=1>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    page = "\n".join(body)
    return f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Văn bản</title></head>{page}</html>".encode()


def _cell(cell: Cell) -> str:
    words = html.escape(cell.text).replace("\n", "<br>")
    words = f"<b>{words}</b>" if cell.bold else words
    return f"<td colspan='{cell.colspan}' rowspan='{cell.rowspan}'><p>{words}</p></td>"
