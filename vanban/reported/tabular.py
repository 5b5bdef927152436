"""Answers in tables: each row is one item, each column a part of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.document import Document, Paragraph, Table, Words
from vanban.folding import bare
from vanban.reported import columns, saying
from vanban.reported.columns import Head
from vanban.reported.lines import of_later
from vanban.reported.matching import Match, Matcher
from vanban.reported.values import Passage, Said, said

_DITTO = re.compile(r"[\W_]*(?:nt|như\s+trên)[\W_]*|\s*[\"″”〃]\s*", re.IGNORECASE)
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?")
_UNIT_IN_NAME = re.compile(r"\(((?:[^()\d]|m[23]){1,20})\)\s*$")
_PAGE_BREAK = 200  # a longer paragraph between two tables is no running head: the second is a new table


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table, with the head that names its cells."""

    document: Document
    block: int
    y: int
    head: Head

    @property
    def table(self) -> Table:
        found = self.document.blocks[self.block]
        assert isinstance(found, Table)
        return found

    def cell(self, x: int) -> tuple[Words, str]:
        """The words that hold in a column, and why they must be asked: they stand in a cell above."""
        y, doubt = self.y, ""
        while y > self.head.body and self.table.rows[y][x].covered:
            y -= 1
        if y < self.y and self.table.rows[y][x].rowspan > self.y - y:
            doubt = "Ô gộp cho nhiều dòng."
        elif y < self.y:
            y = self.y
        while y > 0 and _DITTO.fullmatch(self.table.rows[y][x].text):
            y, doubt = y - 1, "Báo cáo ghi «như trên»."
        return self.document.words(self.block, y, x), doubt

    def cells(self, *roles: str) -> Iterator[tuple[Words, str]]:
        """The filled cells of columns, in their order."""
        for x in self.head.columns(*roles):
            words, doubt = self.cell(x)
            if not saying.is_empty(words.text):
                yield words, doubt


def find(document: Document, matcher: Matcher) -> list[Passage]:
    """What the tables of a report say."""
    passages: list[Passage] = []
    now: Head | None = None
    later = of_later(document)
    for block, table in enumerate(document.blocks):
        if isinstance(table, Paragraph):
            now = None if len(table.text) > _PAGE_BREAK else now
            continue
        head = columns.find(table) if block not in later else None
        goes_on = block not in later and now is not None and len(table.rows[0]) == len(now.roles)
        if head is None and not goes_on:
            now = None
            continue
        rows = head or Head(now.roles, now.names, 0, 0) if now else head
        assert rows is not None
        passages += _passages(document, block, rows, matcher)
        now = rows
    return passages


def _passages(document: Document, block: int, head: Head, matcher: Matcher) -> Iterator[Passage]:
    table = document.blocks[block]
    assert isinstance(table, Table)
    titles = _titles(table, head, matcher)
    for y in range(head.body, len(table.rows)):
        row = _Row(document, block, y, head)
        title = row.cell(titles)[0]
        if _is_furniture(table, y, head) or not title:
            continue
        match = matcher.best(title.text)
        answers = tuple(_figure(row, match) if match and match.item.kind == "figure" else _answer(row, match))
        if answers:
            yield Passage(
                match.item.id if match else None,
                title.text,
                title.places,
                answers,
                match.likeness if match else 0.0,
                match.doubt if match else "",
            )


def _titles(table: Table, head: Head, matcher: Matcher) -> int:
    """The column that names the items: of several, the one whose cells are most like what is asked."""
    likeness: dict[int, float] = {}
    for x in head.columns("text"):
        found = [matcher.best(row[x].text) for row in table.rows[head.body :]]
        likeness[x] = sum(match.likeness for match in found if match)
    return max(likeness, key=lambda x: (likeness[x], -x))


def _is_furniture(table: Table, y: int, head: Head) -> bool:
    """A head repeated on a page, or a row that only counts the columns."""
    texts = [cell.text.strip() for cell in table.rows[y]]
    filled = [text for text in texts if text]
    if len(filled) > 2 and all(_COUNTED.fullmatch(text) for text in filled):
        return True
    same = sum(bare(a) == bare(b) for a, b in zip(texts, head.names, strict=False) if a)
    return len(filled) > 1 and same >= len(filled) - 1


def _answer(row: _Row, match: Match | None) -> Iterator[Said]:
    """What a row says on a task or duty."""
    result = _result(row)
    state = _state(row, match)
    rest = [*_plain(row, "obstacle"), *_plain(row, "both"), *_plain(row, "proposal")]
    nil = next(
        (words for words, _doubt in row.cells("result", "cumulative") if saying.is_nil(words.text)), None
    )
    if result:
        yield result
    if state:
        yield state
    yield from rest
    if nil and not result and not state and not rest:
        yield said("nil", nil, value="1")


def _result(row: _Row) -> Said | None:
    """The result of the period, and below it what was reached altogether."""
    parts: list[Words] = []
    value: list[str] = []
    doubts: list[str] = []
    for role, lead in (("result", ""), ("cumulative", "Lũy kế: ")):
        for words, doubt in row.cells(role):
            if not saying.is_nil(words.text):
                parts.append(words)
                value.append(f"{lead}{words.text}")
                doubts.append(doubt)
    if not parts:
        return None
    whole = Words.join(parts, by="\n")
    return said("result", whole, value="\n".join(value), doubt=" ".join(dict.fromkeys(filter(None, doubts))))


def _state(row: _Row, match: Match | None) -> Said | None:
    if match and match.item.kind != "task":
        return None
    for words, doubt in row.cells("state"):
        found = saying.state(words.text, of_progress=True)
        if found:
            return said("state", words, value=found.name, doubt=f"{found.doubt} {doubt}".strip())
    return None


def _plain(row: _Row, role: str) -> Iterator[Said]:
    """Obstacles or proposals; a column for both is to be divided by a person."""
    name = "obstacle" if role == "both" else role
    for words, doubt in row.cells(role):
        if not saying.is_nil(words.text):
            both = "Cột ghi chung vướng mắc và đề xuất: hãy tách." if role == "both" else ""
            yield said(name, words, doubt=f"{both} {doubt}".strip())


def _figure(row: _Row, match: Match | None) -> Iterator[Said]:
    """What a row says on a target: its value, the estimate for the whole period, the note beside them."""
    assert match is not None
    for name, roles in (("value", ("result", "cumulative")), ("estimate", ("estimate",))):
        cells = [(x, *row.cell(x)) for x in row.head.columns(*roles)]
        filled = [(x, words, doubt) for x, words, doubt in cells if not saying.is_empty(words.text)]
        for x, words, doubt in filled[:1]:
            several = "Bảng có hơn một cột số." if len(filled) > 1 else ""
            yield from _number(row, x, match, (name, words, f"{doubt} {several}".strip()))
    for note, _doubt in row.cells("note"):
        if not saying.is_nil(note.text):
            yield said("result", note)


def _number(row: _Row, x: int, match: Match, cell: tuple[str, Words, str]) -> Iterator[Said]:
    """The figure of one cell, (field, words, doubt)."""
    name, words, doubt = cell
    if saying.is_nil(words.text):
        yield said("nil", words, value="1")
        return
    number = saying.number(_with_unit(row, x, words), match.item.unit)
    if number is None:
        yield said(name, words, value="", doubt="Không đọc được một số ở ô này.")
        return
    is_estimate = name == "estimate" or number.is_estimate
    doubts = f"{number.doubt} {doubt}".strip()
    yield said("estimate" if is_estimate else "value", words, value=number.printed, doubt=doubts)


def _with_unit(row: _Row, x: int, words: Words) -> str:
    """A bare number with the unit that stands in a column of its own, in the head, or behind the title."""
    if not re.fullmatch(r"\s*[\d.,]+\s*", words.text):
        return words.text
    units = [cell.text for cell, _doubt in row.cells("unit")]
    for name in (row.head.names[x], *(row.cell(t)[0].text for t in row.head.columns("text"))):
        units += _UNIT_IN_NAME.findall(" ".join(name.split()))
    return f"đạt {words.text.strip()} {units[0].strip()}" if units else words.text
