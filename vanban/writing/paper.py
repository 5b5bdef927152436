"""What stands in a paper, as plain values: the components of NĐ 30/2020, Phụ lục I, mục II and III.

Words are written as in a sentence ("Ủy ban nhân dân thành phố Cần Thơ"); capitals, numbers of sections,
dashes, end marks, "Nơi nhận:" and "./." are put by the layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `key` becomes a Word bookmark around them, so that a number can be found again."""

    text: str
    bold: bool = False
    italic: bool = False
    key: str | None = None


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; each line of `text` stands as a paragraph of its own."""

    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph behind a dash."""

    text: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part: "I. TITLE", in it "1. Title", in it "a) words" (Phụ lục I, II.6.đ and V.6.b).

    `sentence`: at the second level the words are a sentence and no heading (khoản không có tiêu đề).
    """

    title: Text
    blocks: tuple[Block, ...] = ()
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width, and how its cells stand."""

    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. Cells that a span covers are left out of their rows, as in HTML. `key`: a Word bookmark."""

    text: Text = ""
    bold: bool = False
    italic: bool = False
    align: Align | None = None
    colspan: int = 1
    rowspan: int = 1
    key: str | None = None


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A bordered table; the rows of `head` are repeated on each page.

    `title` stands above it, `unit` above it on the right ("Đơn vị tính: tấn"), `note` below it.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    title: str = ""
    unit: str = ""
    note: str = ""


Block = Section | Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class IssueDate:
    """When a paper is issued; in a draft day and month may be blank for the registry to fill in."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: lines of authority ("TM. Ủy ban nhân dân", "KT. Chủ tịch"), title ("Phó Chủ tịch"), name."""

    title: str
    name: str
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """A "Phụ lục": its title and content, on pages of its own numbers, across the paper if `landscape`."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `kind` is its tên loại ("Báo cáo"); None is a letter (công văn), titled "V/v ...".

    `number` is blank in a draft; `symbol` is what follows it ("BC-SCT"). `parent` is the body above the
    issuer, as abbreviated in the head ("UBND thành phố Cần Thơ"). `mark` is an indication of circulation in a
    frame ("Lưu hành nội bộ"; Phụ lục I, III.2.c). A line break in a name is where the head breaks it.
    """

    issuer: str
    symbol: str
    place: str
    date: IssueDate
    title: str
    body: tuple[Block, ...]
    signer: Signer
    recipients: tuple[str, ...]
    kind: str | None = None
    parent: str | None = None
    number: str = ""
    mark: str = ""
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[Text, ...] = ()
    annexes: tuple[Annex, ...] = ()
