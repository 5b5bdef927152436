"""Reads plain text and markdown (with HTML remnants): paragraphs, tables of tabs and of pipes, footnotes."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from itertools import pairwise

from vanban.document import Block, Cell, Document, Paragraph, Table
from vanban.linebreaks import is_wrapped, width
from vanban.reading import broken_rows, stacked
from vanban.reading.errors import UnreadableFile
from vanban.reading.grids import html_table
from vanban.reading.inline import RAISED, plain

_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NOISE = re.compile(
    r"\s*(?:[-–—_*=]\s*){3,}$|\s*[-–—]?\s*\d{1,3}\s*[-–—]?\s*$|\s*!\[[^\]]*\]\([^)]*\)\s*$|\s*<!--.*?-->\s*$"
    r"|\s*\|\s*$|\s*(?:Trang|Page)\s+\d+(?:\s*(?:/|of)\s*\d+)?\s*$|\s*\{\d+\}-+\s*$|\s*```\w*\s*$"
    r"|(?:.*[^.])?\.{5,}\s*\d{1,3}\s*$"  # a line of a table of contents
    r"|.{0,8}CÔNG BÁO\s*/\s*Số\s.{0,60}$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    rf"\s*(?:\*+)?(?:<sup>\s*\(?(\d{{1,3}})\)?\s*</sup>|([{RAISED}]+)|\[\^(\d{{1,3}})\]:|\[(\d{{1,2}})\])\s*(\S.*)$"
)
_BOLD = re.compile(
    r"\s*(?:[-+•]\s+)?(?:\*\*|__|<b>|<strong>)(?P<words>.+?)(?:\*\*|__|</b>|</strong>)[\s.:;]*$"
)
_ITALIC = re.compile(r"\s*(?:\*(?!\*)|<i>|<em>|_(?!_)).+(?:(?<!\*)\*|</i>|</em>|(?<!_)_)\s*$")
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_LINE_END = re.compile(r"\r\n?|\n|\f|\v|\u2028|\u2029")
_PIPES = re.compile(r"\s*\|.*\||.*\s\|\s.*|\S.*\s\|\s*$")
_LOWER = str.maketrans(RAISED, "0123456789")
_GAP = re.compile(r"\S {3,}\S")
_COLUMN_LINES = 4  # lines with columns: fewer are a head or a closing
_SAMPLE = 4000  # bytes
_FEW = 20
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_ITEM_AND_TAB = re.compile(r"\s*(?:[-–+•*]|\(?(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)])\s*\t+")


def read(data: bytes) -> Document:
    """The document of a text file in UTF-8, -16, -32 or Windows-1258. Raises UnreadableFile for other bytes."""
    return from_text(decoded(data))


def is_spaced(text: str) -> bool:
    """Whether words of a text stand in columns of spaces, line under line."""
    lines = [line.rstrip() for line in text.split("\n")]
    gaps = [
        [(m.start() + 1, m.end() - 1) for m in _GAP.finditer(line)] if "\t" not in line else []
        for line in lines
    ]
    below = sum(
        any(min(a[1], b[1]) - max(a[0], b[0]) >= 2 for a in above for b in under)
        for above, under in pairwise(gaps)
    )
    return below >= _COLUMN_LINES


def decoded(data: bytes) -> str:
    """The characters of a text file, composed (NFC). A few broken ones, as where a file is cut, are left out."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return unicodedata.normalize("NFC", text)
    mended = data.decode("utf-8-sig", "replace")
    if mended.count("\ufffd") * _FEW < sum(not char.isascii() for char in mended) and "\x00" not in mended:
        return unicodedata.normalize("NFC", mended.replace("\ufffd", ""))
    if not _is_wide(data) and b"\x00" not in data:
        with contextlib.suppress(UnicodeDecodeError):
            return unicodedata.normalize("NFC", data.decode(_declared(data)))
    raise UnreadableFile("Không đọc được chữ trong tệp: hãy lưu tệp với bảng mã Unicode (UTF-8) rồi tải lại.")


def _encodings(data: bytes) -> list[str]:
    """What the first bytes say about how characters are written, else UTF-8."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return ["utf-32"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    if _is_wide(data):
        start = data[:_SAMPLE]
        order = "le" if start[1::2].count(0) > start[::2].count(0) else "be"
        return [f"utf-{32 if start.count(0) > 0.6 * len(start) else 16}-{order}"]
    return ["utf-8-sig"]


def _is_wide(data: bytes) -> bool:
    """Whether characters take two or four bytes: every second one of many is nothing."""
    start = data[:_SAMPLE]
    return len(start) > 1 and max(start[::2].count(0), start[1::2].count(0)) > 0.3 * len(start) / 2


def _declared(data: bytes) -> str:
    """The encoding of one byte a character that a page names; Windows-1258 where it names none."""
    found = _CHARSET.search(data[:_SAMPLE])
    return "cp1252" if found and found[1].lower() in {b"windows-1252", b"iso-8859-1"} else "cp1258"


def from_text(text: str) -> Document:
    """The document of a text: what is marked as a footnote is apart, page numbers and rules are left out."""
    text = stacked.unstacked(text)
    blocks: list[Block] = []
    footnotes: list[tuple[str, str]] = []
    start = 0
    for match in _HTML_TABLE.finditer(text):
        _read_lines(text[start : match.start()], blocks, footnotes)
        blocks.append(html_table(match.group()))
        start = match.end()
    _read_lines(text[start:], blocks, footnotes)
    return Document(tuple(blocks), tuple(footnotes))


def _read_lines(text: str, blocks: list[Block], footnotes: list[tuple[str, str]]) -> None:
    run: list[str] = []
    kind = ""
    for line in [*_unwrapped(broken_rows.mended(_LINE_END.split(text), _kind)), ""]:
        now = _kind(line)
        if run and now != kind:
            blocks += _piped(run) if kind == "pipes" else _tabbed(run)
            run = []
        kind = now
        if now in {"pipes", "tabs"}:
            run.append(line)
        elif now == "footnote":
            footnotes.append(_footnote(line))
        elif now == "text":
            blocks += _paragraphs(line)


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines of a hard-wrapped text as paragraphs; other texts have a line for each already."""
    wide = width([line.strip() for line in lines if _kind(line) == "text"])
    if wide is None:
        return lines
    out: list[str] = []
    last = ""  # the last printed line, without what was joined to it
    for line in lines:
        text = line.strip()
        if _kind(line) in {"text", "footnote"} and last and not _HEADING.match(line):
            full = len(last) + 1 + len(text.split()[0]) > wide
            if _kind(line) == "text" and (full if _FOOTNOTE.match(last) else is_wrapped(last, text, wide)):
                out[-1] = f"{out[-1]} {text}"
            else:
                out.append(line)
        else:
            out.append(line)
        last = text if _kind(line) in {"text", "footnote"} else ""
    return out


def _kind(line: str) -> str:
    if not line.strip() or ("\t" not in line and _NOISE.match(line)):
        return "nothing"
    if _PIPES.match(line) or ("|" in line and _PIPE_RULE.match(line)):
        return "pipes"
    if _FOOTNOTE.match(line) and not line.startswith("\t"):
        return "footnote"
    tabs = line.count("\t")
    return "tabs" if tabs > 1 or (tabs and not _ITEM_AND_TAB.match(line.lstrip())) else "text"


def _footnote(line: str) -> tuple[str, str]:
    match = _FOOTNOTE.match(line)
    *marks, text = match.groups() if match else ("", line)
    return next((mark for mark in marks if mark), "").translate(_LOWER), plain(text)


def _paragraphs(line: str) -> list[Block]:
    heading = _HEADING.match(line)
    raw = (heading[2] if heading else line).lstrip("> \t")
    strong = _BOLD.match(raw)
    bold = bool(strong and "**" not in strong["words"].replace("****", ""))
    level = len(heading[1]) if heading else None
    italic = bool(_ITALIC.match(raw))
    texts = [text.replace("\t", " ") for text in plain(raw).split("\n")]
    return [Paragraph(text, heading=level, bold=bold, italic=italic) for text in texts if text]


def _tabbed(lines: list[str]) -> list[Block]:
    """A run of lines with tabs as a table, or as paragraphs where no line has a second cell."""
    rows = [line.strip(" ").split("\t") for line in lines]
    if max(sum(bool(cell.strip()) for cell in row) for row in rows) < 2:
        return [block for line in lines for block in _paragraphs(line)]
    return [_table(rows)]


def _piped(lines: list[str]) -> list[Block]:
    rows = []
    bordered = broken_rows.has_border(lines)
    for line in lines:
        if not _PIPE_RULE.match(line):
            inner = line.strip().removeprefix("|") if bordered else line.strip()
            inner = re.sub(r"(?<!\\)\|\s*$", "", inner)
            rows.append(re.split(r"(?<!\\)\|", inner))
    return [_table(rows)] if rows else []


def _table(rows: list[list[str]]) -> Table:
    width = max(map(len, rows))
    grid = [[_cell(text) for text in [*row, *[""] * (width - len(row))]] for row in rows]
    return Table(tuple(tuple(row) for row in grid))


def _cell(raw: str) -> Cell:
    return Cell(plain(raw), bold=bool(_BOLD.match(raw)))
