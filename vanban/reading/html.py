"""Reads HTML pages: paragraphs, lists, headings, tables with spans, footnote marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from vanban import markers
from vanban.document import Block, Cell, Document, Paragraph, Table
from vanban.reading.errors import UnreadableFile
from vanban.reading.grids import table_of
from vanban.reading.inline import plain

_START = re.compile(
    r"\s*(?:<!DOCTYPE\s+html|<html[\s>]|<\?xml[^>]*>\s*<(?:!DOCTYPE\s+html|html[\s>]))", re.IGNORECASE
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINE_TAGS = (
    "p div li ul ol dl dt dd br hr section article header footer main center blockquote pre address body form fieldset"
    " figure figcaption tr td th caption h1 h2 h3 h4 h5 h6"
)
_UNREAD_TAGS = (
    "script style head title template noscript object embed iframe svg nav del button select textarea input"
)
_LINES, _LEFT_OUT = set(_LINE_TAGS.split()), set(_UNREAD_TAGS.split())
_BOLD = {"b", "strong", "th", *_HEADINGS}
_ITALIC = {"i", "em"}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NOTE = re.compile(r"\s*<sup>\(?(\d{1,3})\)?</sup>\s*(\S.*)$")
_BACK = re.compile(r"#_?(?:ftnref|sdfootnote\d+anc|footnote-?ref|fnref)", re.IGNORECASE)
_DEPTH = 200
_PAGE = 5  # paragraphs beside a table: more than a cell has


def is_html(text: str) -> bool:
    """Whether a text is a whole HTML page, and no text with some markup left in it."""
    return bool(_START.match(text))


def read(text: str) -> Document:
    """The document of an HTML page. Raises UnreadableFile for a page without any content or nested too deeply."""
    if "<!ENTITY" in text[:10_000].upper():
        raise UnreadableFile("Tệp HTML có khai báo thực thể (ENTITY) nên không đọc: hãy lưu lại thành .docx.")
    parser = lxml_html.HTMLParser(no_network=True, recover=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("Tệp HTML bị hỏng nên không đọc được.") from error
    reader = _Reader()
    reader.walk(root)
    reader.end_line()
    return Document(tuple(reader.blocks), tuple(reader.notes))


@dataclass(slots=True)
class _Look:
    """How the words at a place of the page look, and the item of a list they begin."""

    bold: bool = False
    italic: bool = False
    heading: int | None = None
    align: str | None = None


@dataclass(slots=True)
class _Reader:
    """Walks over a page and collects its lines."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _pieces: list[tuple[str, _Look]] = field(default_factory=list)
    _number: str | None = None

    def walk(self, element: lxml_html.HtmlElement, look: _Look | None = None, depth: int = 0) -> None:
        """Read an element with what stands in it."""
        look = _look(element, look or _Look())
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT or _HIDDEN_STYLE.search(element.get("style", "")):
            return
        if depth > _DEPTH:
            raise UnreadableFile("Tệp HTML lồng nhau quá nhiều lớp nên không đọc được.")
        if tag == "table":
            self._table(element, depth)
            return
        if tag in _LINES:
            self.end_line()
        if tag in {"sup", "sub"} or _is_note_mark(element):
            tag = "sub" if tag == "sub" else "sup"
            self._pieces.append((f"<{tag}>{_escaped(element.text_content()).strip(' []')}</{tag}>", look))
            return
        if tag == "pre":
            self._lines_as_typed(element, look)
            return
        self._pieces.append((_escaped(element.text), look))
        place = 0
        for child in element:
            if child.tag == "li":
                self.end_line()
                place += 1
                self._number = _item(element, place)
            self.walk(child, look, depth + 1)
            self._pieces.append((_escaped(child.tail), look))
        if tag in _LINES:
            self.end_line()

    def _lines_as_typed(self, element: lxml_html.HtmlElement, look: _Look) -> None:
        for line in element.text_content().split("\n"):
            self._pieces.append((_escaped(line), look))
            self.end_line()

    def end_line(self) -> None:
        """Make a paragraph of what was collected."""
        pieces, number = self._pieces, self._number
        self._pieces = []
        raw = re.sub(r"\s+", " ", "".join(piece for piece, _ in pieces))
        text = plain(raw)
        if not text:
            return
        if note := _NOTE.match(raw):
            self.notes.append((note[1], plain(note[2])))
            return
        self._number = None
        looks = [look for piece, look in pieces if piece.strip()]
        self.blocks.append(
            Paragraph(
                text.replace("\n", " "),
                number=number,
                heading=looks[0].heading,
                bold=all(look.bold for look in looks),
                italic=all(look.italic for look in looks),
                align=looks[0].align,
            )
        )

    def _table(self, element: lxml_html.HtmlElement, depth: int) -> None:
        """A table; one that only frames a page, or puts pieces of it side by side, is read cell by cell."""
        self.end_line()
        inside: list[list[Block]] = []

        def read(cell: lxml_html.HtmlElement) -> Cell:
            reader = _Reader(notes=self.notes)
            reader.walk(cell, depth=depth + 1)
            inside.append(reader.blocks)
            return _cell(reader.blocks)

        found = table_of(element, read)
        width = len(found.rows[0]) if found.rows else 0
        if width == 1 or any(map(_is_page, inside)):
            self.blocks += (block for blocks in inside for block in blocks)
        elif any(cell.text for row in found.rows for cell in row):
            self.blocks.append(found)


def _is_page(blocks: list[Block]) -> bool:
    """Whether a cell holds a piece of a page: a table among paragraphs."""
    tables = sum(isinstance(block, Table) and len(block.rows) > 1 for block in blocks)
    return tables > 0 and len(blocks) - tables >= _PAGE


def _cell(blocks: list[Block]) -> Cell:
    """What stands in a cell: a line a paragraph, and a line a row of a table in it."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(f"{block.number or ''} {block.text}".strip())
        else:
            lines += [" ".join(cell.text for cell in row if cell.text) for row in block.rows]
    bold = all(isinstance(block, Paragraph) and block.bold for block in blocks)
    return Cell("\n".join(filter(None, lines)), bold=bold and bool(lines))


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _is_note_mark(element: lxml_html.HtmlElement) -> bool:
    """Whether a link leads from a footnote back to its mark, as word processors write it."""
    return element.tag == "a" and bool(_BACK.match(element.get("href", "")))


def _look(element: lxml_html.HtmlElement, outer: _Look) -> _Look:
    style = element.get("style", "")
    align = re.search(r"text-align\s*:\s*(\w+)", style)
    return _Look(
        outer.bold or element.tag in _BOLD or bool(_BOLD_STYLE.search(style)),
        outer.italic or element.tag in _ITALIC,
        _HEADINGS.get(element.tag, outer.heading) if isinstance(element.tag, str) else None,
        align[1].lower()
        if align
        else element.get("align") or ("center" if element.tag == "center" else outer.align),
    )


def _item(listing: lxml_html.HtmlElement, place: int) -> str:
    """The mark that a browser prints before an item of a list."""
    if listing.tag != "ol":
        return "-"
    start = listing.get("start", "1")
    place += int(start) - 1 if start.isdecimal() and len(start) < 6 else 0
    kind = listing.get("type", "1")
    if kind in {"a", "A"}:
        letter = chr(ord("a") + (place - 1) % 26)
        return f"{letter})" if kind == "a" else f"{letter.upper()}."
    if kind in {"i", "I"}:
        numeral = markers.roman_text(place % 1000)
        return f"{numeral}." if kind == "I" else f"{numeral.lower()})"
    return f"{place}."
