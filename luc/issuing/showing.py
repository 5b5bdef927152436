"""A draft as its page shows it: block by block with what is not right, numbered as the paper will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luc.issuing.bare import Span, spans
from luc.issuing.cells import Kept, in_order
from luc.issuing.content import as_marks, said
from luc.issuing.models import Block, Comment
from luc.issuing.paper import size
from luc.issuing.standing import BARE, Finding, Now, of_block
from vanban.writing.phrases import section_number

PREVIEW = 8  # rows of a table that a page of the whole paper shows
CHOICES = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One block of a page."""

    pk: int
    kind: str
    level: int
    content: Mapping[str, Any]
    number: str = ""
    spans: Sequence[Span] = ()
    wrong: Sequence[Finding] = ()
    comments: Sequence[Comment] = ()
    row: Block | None = None
    whole: bool = False

    @property
    def stale(self) -> list[Finding]:
        """What moved since; figures by hand stand in the sentence themselves."""
        return [one for one in self.wrong if one.kind != BARE]

    @property
    def moved(self) -> dict[str, str]:
        """What is known now of chips that differ, by cell."""
        return {one.cell: one.words for one in self.wrong if one.cell}

    @property
    def pieces(self) -> list[tuple[Span, str]]:
        """The sentence piece by piece, each with what is not right with it."""
        moved = self.moved
        return [(span, moved.get(span.cell, "") if span.cell else "") for span in self.spans]

    @property
    def rows(self) -> list[list[tuple[str, dict[str, Any], bool]]]:
        """The rows of a table as words, cell and whether a figure in it moved."""
        rows = self.content["rows"] if self.whole else self.content["rows"][:PREVIEW]
        moved = set(self.moved)
        return [[(said(cell["runs"]), cell, _has(cell, moved)) for cell in row] for row in rows]

    @property
    def left_out(self) -> int:
        """How many rows of a table are not shown."""
        return 0 if self.whole else max(0, len(self.content.get("rows", ())) - PREVIEW)

    @property
    def label(self) -> str:
        """What a table is called by who cannot see it."""
        return str(self.content.get("title") or ", ".join(self.content.get("head", ())))[:200]

    @property
    def bars(self) -> list[dict[str, object]]:
        """The bars of a chart with their width of 100 and whether their figure moved."""
        rows, moved = self.content.get("bars", ()), self.moved
        largest = max((size(bar["shown"]) for bar in rows), default=Decimal(0)) or Decimal(1)
        return [
            {**bar, "width": f"{size(bar['shown']) * 100 / largest:.1f}", "moved": bar["cell"] in moved}
            for bar in rows
        ]

    @property
    def more_stale(self) -> int:
        """How many remarks are not shown beside it."""
        return len(self.stale) - 4

    @property
    def open_comments(self) -> int:
        return sum(one.resolved_at is None for one in self.comments)

    @property
    def heading_tag(self) -> str:
        """h2 for a heading of the first level, h3, h4; an annex is h2."""
        return f"h{min(max(self.level, 1) + 1, 4)}"

    @property
    def as_marks(self) -> str:
        """Its words as they are typed."""
        return as_marks(self.content.get("runs", ()))


def _has(cell: Mapping[str, Any], moved: set[str]) -> bool:
    return any(isinstance(run, dict) and run.get("cell") in moved for run in cell["runs"])


def shown(
    blocks: Iterable[Block], now: Now, comments: Iterable[Comment] = (), whole: int | None = None
) -> list[Shown]:
    """The blocks of a draft for its page; `whole`: the one whose table is shown with all its rows."""
    beside: dict[int, list[Comment]] = {}
    for one in comments:
        beside.setdefault(one.block_id, []).append(one)
    numbers = Numbers()
    return [
        Shown(
            row.pk,
            row.kind,
            row.level,
            row.content,
            numbers.of(row.kind, row.level),
            spans(row.content),
            of_block(row, now),
            beside.get(row.pk, ()),
            row,
            row.pk == whole,
        )
        for row in blocks
    ]


def frozen(blocks: Iterable[Mapping[str, Any]], *, whole: bool = True) -> list[Shown]:
    """The blocks of a version for its page."""
    numbers = Numbers()
    return [
        Shown(
            block["id"],
            block["kind"],
            block["level"],
            block["content"],
            numbers.of(block["kind"], block["level"]),
            spans(block["content"]),
            whole=whole,
        )
        for block in blocks
    ]


@dataclass(slots=True)
class Numbers:
    """The numbers that headings get as they come."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def of(self, kind: str, level: int) -> str:
        """The number of a heading; "" for what is none."""
        if kind == Block.Kind.ANNEX:
            self.counts = [0, 0, 0]
        if kind != Block.Kind.SECTION:
            return ""
        depth = min(max(level, 1), 3) - 1
        self.counts[depth] += 1
        self.counts[depth + 1 :] = [0] * (2 - depth)
        return section_number(depth, self.counts[depth] - 1)


@dataclass(frozen=True, slots=True)
class Counts:
    """How a draft stands, counted."""

    numbers: int
    sentences: int
    by_hand: int
    comments: int

    @property
    def is_good(self) -> bool:
        """Whether nothing keeps it from being issued that stands in its blocks."""
        return not (self.numbers or self.sentences or self.by_hand)


def counts(rows: Sequence[Shown]) -> Counts:
    """What is not right in all blocks."""
    found = Counter(one.kind for row in rows for one in row.wrong)
    sentences = sum(any(one.kind == "report" for one in row.wrong) for row in rows)
    return Counts(
        found["number"] + found["gone"], sentences, found[BARE], sum(row.open_comments for row in rows)
    )


def choices(figure: str, cells: Kept) -> list[tuple[str, str]]:
    """The cells that a bare figure may be: those that show the same, key and title."""
    return [(key, f"{words}: {title}") for key, words, title in _named(cells) if words == figure][:CHOICES]


def insertable(cells: Kept) -> list[tuple[str, str, str]]:
    """The cells that can be put into a sentence: key, words, title."""
    return [one for one in _named(cells) if one[1] not in {"", "0"}]


def _named(cells: Kept) -> Iterator[tuple[str, str, str]]:
    for key in in_order(cells):
        words, title = cells[key]
        yield key, words, title
