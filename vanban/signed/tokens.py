"""Words and numbers of a paper one by one, as they are compared: layout, case and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vanban.document import Document, Paragraph
from vanban.folding import bare, folded

# a minus sign is part of its number; the dash of a range, of a list or of a number of a paper is not
_TOKEN = re.compile(r"(?:(?<![\w)\]%.,])[-−–](?=\d))?\d+(?:[.,/]\d+)*|[^\W\d_]+|[%‰°±≥≤<>=]")
_MINUS = str.maketrans("−–", "--")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; `key` is what is compared, the characters start..end of line `line` are what stands."""

    key: str
    line: int
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return is_number(self.key)


def is_number(key: str) -> bool:
    """Whether a key is that of a number; that of a word begins with a letter."""
    return key.removeprefix("-")[:1].isdigit()


def tokens(lines: Iterable[str], *, marks: bool = True) -> list[Token]:
    """The tokens of lines in order. Without `marks` the marks of letters do not count: a scan loses them."""
    return [token for n, line in enumerate(lines) for token in _of_line(line, n, marks)]


def _of_line(text: str, number: int, marks: bool) -> Iterator[Token]:
    plain = _composed(text)
    for match in _TOKEN.finditer(plain):
        words = match.group()
        key = words.translate(_MINUS) if words[-1].isdigit() else (folded if marks else bare)(words) or words
        yield Token(key, number, match.start(), match.end())


def _composed(text: str) -> str:
    """The text with small raised digits as digits, one character for one: places stay true."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        plain if len(plain := unicodedata.normalize("NFKC", char)) == 1 else char for char in composed
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of the paper that came back and where it stands: block, and in a table row and cell.

    `offset`: which character of the block or cell its first one is.
    """

    text: str
    offset: int
    block: int
    row: int | None = None
    cell: int | None = None
    page: int | None = None


def spots(document: Document) -> list[Spot]:
    """The lines of a read paper in order, the numbers that Word computed written out."""
    out = []
    for n, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            head = f"{block.number} " if block.number else ""
            parts = _parts(head + block.text, -len(head))
            out += [Spot(line, at, n, page=block.page) for line, at in parts]
            continue
        for y, row in enumerate(block.rows):
            for x, cell in enumerate(row):
                if cell.text and not cell.covered:
                    out += [Spot(line, at, n, y, x, block.page) for line, at in _parts(cell.text)]
    return out + [Spot(text, 0, len(document.blocks)) for _mark, text in document.footnotes]


def _parts(text: str, at: int = 0) -> Iterator[tuple[str, int]]:
    """The lines of a text, each with its first character."""
    for line in text.split("\n"):
        yield line, at
        at += len(line) + 1
