"""What stands in a paper, as plain values: the components of NĐ 30/2020, Phụ lục I, mục II and III.

Words are written as in a sentence ("Ủy ban nhân dân thành phố Cần Thơ"); capitals, numbers of sections,
dashes, end marks, "Nơi nhận:" and "./." are put by the layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Level = Literal["Phần", "Chương", "Mục", "Tiểu mục"]


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
class Article:
    """ "Điều 5. Title", numbered through the whole paper; sections in it are its khoản ("1.") and điểm ("a)").

    `sentence`: the words are a sentence and no heading; only "Điều 5." is bold.
    """

    title: Text
    blocks: tuple[Block, ...] = ()
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """A "Phần", "Chương", "Mục" or "Tiểu mục": its word and number on a line, its title on the next (II.6.đ)."""

    word: Level
    title: Text
    blocks: tuple[Block, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG over a share of the width between the margins: `title` above it, `note` (its figures) below it.

    `alt` says in words what is seen: who does not see it, and who reads the file by machine, has that and the note.
    """

    png: bytes
    alt: str
    title: str = ""
    note: Text = ""
    share: float = 1.0


Block = Division | Article | Section | Paragraph | Item | Table | Picture


@dataclass(frozen=True, slots=True)
class IssueDate:
    """When a paper is issued; in a draft day and month may be blank for the registry to fill in."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: lines of authority ("TM. Ủy ban nhân dân", "KT. Chủ tịch"), title ("Phó Chủ tịch"), name.

    `post` is another office of the same person, above the name (ô 7b). `vanban.writing.signing` makes the
    lines by what right one signs.
    """

    title: str
    name: str
    authority: tuple[str, ...] = ()
    post: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """A "Phụ lục": its title and content, on pages of its own numbers, across the paper if `landscape`."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """The block below a paper that makes it a copy on paper (Phụ lục I, Phần II, II): `form` is "Sao y" …"""

    form: str
    issuer: str
    symbol: str
    place: str
    date: IssueDate
    signer: Signer
    recipients: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `kind` is its tên loại ("Báo cáo"); None is a letter (công văn), titled "V/v ...".

    `number` is blank in a draft; `symbol` is what follows it ("BC-SCT"). `parent` is the body above the
    issuer, as abbreviated in the head ("UBND thành phố Cần Thơ"). `mark` is an indication of circulation in a
    frame ("Lưu hành nội bộ"; Phụ lục I, III.2.c), `urgency` that of speed ("Khẩn"), `draft` the words that
    say it is not issued ("Dự thảo"). `drafter` and `copies` are "PL.(300)" (III.3), `contact` the address
    and numbers at the foot of the first page (III.4). A line break in a name is where the head breaks it.
    There is no mark of secrecy: such papers are not made on a machine with a network (Luật Bảo vệ bí mật nhà
    nước), their stamp is set by hand (III.2.a).
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
    urgency: str = ""
    draft: str = ""
    drafter: str = ""
    copies: int | None = None
    contact: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[Text, ...] = ()
    annexes: tuple[Annex, ...] = ()
    copy: Copy | None = None
