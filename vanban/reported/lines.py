"""The paragraphs of a report that tell what was done, and how deep they stand; what is planned is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban import markers
from vanban.document import Document, Paragraph, Words
from vanban.folding import bare

_LEVELS = (
    "part",
    "chapter",
    "division",
    "article",
    "roman",
    "capital",
    "number",
    "number2",
    "number3",
    "number4",
)
INLINE, PLAIN = len(_LEVELS), len(_LEVELS) + 1
_END = re.compile(r"noi nhan|tren day la .{0,40}bao cao.*|kinh gui.*")
_LATER = re.compile(
    r".*\b(?:phuong huong|nhiem vu (?:trong tam|chu yeu|thoi gian|ky toi|nam|quy|thang)|(?:ky|thoi gian|nam|quy|thang)"
    r" (?:toi|sau|tiep theo)|ke hoach (?:trien khai |thuc hien |cong tac )?(?:nam|quy|thang) .{1,12})\b.*"
)
_DONE = re.compile(r"\b(?:ket qua|tinh hinh|da thuc hien|so ket|tong ket|danh gia)\b")
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: how deep its marker puts it (smaller is higher), its words without the marker."""

    block: int
    level: int
    words: Words
    is_heading: bool


def told(document: Document) -> Iterator[Line]:
    """The paragraphs of a report up to its recipients, without sections on the next period."""
    skipped = of_later(document)
    yield from (line for line in _all(document) if line.block not in skipped)


def of_later(document: Document) -> frozenset[int]:
    """The blocks, tables too, of sections on the next period: what is planned there is no answer."""
    found: set[int] = set()
    begun, level = None, 0
    for line in _all(document):
        if begun is not None and line.level <= level and (line.is_heading or line.level >= INLINE):
            found |= set(range(begun, line.block))
            begun = None
        if begun is None and _is_later(line):
            begun, level = line.block, line.level if line.level < INLINE else INLINE - 1
    return frozenset(found if begun is None else found | set(range(begun, len(document.blocks))))


def _is_later(line: Line) -> bool:
    """Whether a paragraph is the heading of a section on the next period."""
    title = line.words.text.partition(":")[0]
    heads = line.is_heading or line.words.text.rstrip().endswith(":")
    words = bare(title)
    return (
        heads and len(title) < _LONGEST_HEADING and bool(_LATER.fullmatch(words)) and not _DONE.search(words)
    )


def _all(document: Document) -> Iterator[Line]:
    for block, paragraph in document.paragraphs():
        if _END.fullmatch(bare(paragraph.text)):
            if bare(paragraph.text).startswith("noi nhan"):
                return
            continue
        whole = document.words(block)
        if whole:
            yield _line(block, paragraph, whole)


def _line(block: int, paragraph: Paragraph, whole: Words) -> Line:
    marker = markers.of_number(paragraph.number) if paragraph.number else markers.find(whole.text)
    kind = marker.kind if marker else None
    words = whole.cut(marker.length) if marker else whole
    if kind in _LEVELS:
        return Line(block, _LEVELS.index(kind), words, True)
    level = INLINE + 2 if kind else PLAIN
    return Line(block, level, words, paragraph.heading is not None or paragraph.bold)
