"""The tables that hand out tasks: found by the words of their head, joined over pages.

What comes out are rows of named cells; which of them is a group and which a task is the matter of `tasks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban import heads, indicators
from vanban.document import Document, Paragraph, Table, Words
from vanban.heads import Head
from vanban.linebreaks import HANGING

_NOTHING = Words("")
_DITTO = re.compile(r"[\W_]*(?:nt|như\s+trên)[\W_]*|[\s-]*(?:\"|″|”|〃)[\s-]*", re.IGNORECASE)
_APPENDIX = re.compile(
    r"(?:phụ lục|biểu|bảng)(?:\s+số)?\s*:?\s*(?:\d{1,2}|[IVX]+|[A-D])\b.{0,120}$", re.IGNORECASE
)
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?$")
_BROKEN_YEARS = re.compile(r"\d\s*[-–]$")
_BROKEN_DATE = re.compile(r"\d/\d{1,2}/\d{1,3}$")


@dataclass(slots=True)
class Row:
    """One row: words by role ("no", "text", "lead", …), and whether the words span the whole row."""

    cells: dict[str, Words]
    block: int
    index: int
    filled: frozenset[str] = frozenset()
    fresh: bool = False  # the first row of a table that goes on from the page before

    def text(self, role: str) -> str:
        """The words of a cell on one line, "" where there are none."""
        return " ".join(self.cells.get(role, _NOTHING).text.split())


@dataclass(slots=True)
class TaskTable:
    """A table of tasks: the roles it has columns for, and its rows without head and repeated heads."""

    roles: frozenset[str]
    rows: list[Row] = field(default_factory=list)


def read(document: Document) -> list[TaskTable]:
    """The task tables of a paper in order; a table without a head goes on with the one before it."""
    out: list[TaskTable] = []
    now: Head | None = None
    anew = False  # whether the heading of an appendix stands before the next table
    for block, table in enumerate(document.blocks):
        if isinstance(table, Paragraph):
            now = None if len(table.text) > 200 else now
            anew = anew or bool(_APPENDIX.match(table.text))
            continue
        if indicators.is_table(table):
            now = None
            continue
        head = heads.find(document, block, table)
        if head and (anew or now is None or head.roles != now.roles or not out):
            roles = [*head.roles, "timeframe" if head.years else None]
            out.append(TaskTable(frozenset(role for role in roles if role)))
        elif not head and (now is None or not _fits(table, now)):
            continue
        here = head or now
        if here is None:
            continue
        out[-1].rows += _rows(document, block, table, here, _head_rows(head, now), goes_on=now is not None)
        now, anew = here, False
    for found in out:
        found.rows = _joined(found.rows)
    return [found for found in out if found.rows]


def _head_rows(head: Head | None, before: Head | None) -> range:
    """The rows of a table's head; what stands above it is a title, or on a further page the end of a row."""
    if head is None:
        return range(0)
    goes_on = before is not None and before.roles == head.roles
    return range(head.first if goes_on else 0, head.first + head.height)


def _fits(table: Table, head: Head) -> bool:
    return bool(table.rows) and abs(len(table.rows[0]) - len(head.roles)) <= 1 and len(table.rows[0]) > 2


def _rows(
    document: Document, block: int, table: Table, head: Head, skipped: range, goes_on: bool
) -> Iterator[Row]:
    fresh = goes_on
    for y in range(len(table.rows)):
        if y in skipped or _is_furniture(table, y, head):
            continue
        cells: dict[str, Words] = {}
        filled = set()
        for x, role in enumerate(head.roles[: len(table.rows[y])]):
            if role is None:
                continue
            at = _above(table, y, x) if _DITTO.fullmatch(table.rows[y][x].text) else _spanning(table, y, x)
            if at is not None and (words := document.words(block, *at)):
                cells[role] = words
                filled |= {role} if at[0] == y else set()
        if head.years and (years := heads.marked(table.rows[y], head)):
            cells["timeframe"] = years
        loose = _loose_words(document, block, table, y, head)
        if cells or loose:
            cells.setdefault("text", loose)
            yield Row(cells, block, y, frozenset(filled), fresh)
            fresh = False


def _loose_words(document: Document, block: int, table: Table, y: int, head: Head) -> Words:
    """Words of the row in a column without a role, where it has no others: a heading over the row."""
    taken = [x for x in range(len(table.rows[y])) if table.rows[y][x].text.strip()]
    if len(taken) == 1 and (taken[0] >= len(head.roles) or head.roles[taken[0]] is None):
        return document.words(block, y, taken[0])
    return _NOTHING


def _spanning(table: Table, y: int, x: int) -> tuple[int, int] | None:
    """The cell whose words hold here: itself, or the one above that spans down to it."""
    if not table.rows[y][x].covered:
        return y, x
    for up in range(y - 1, -1, -1):
        cell = table.rows[up][x]
        if not cell.covered:
            return (up, x) if cell.rowspan > y - up else None
    return None


def _above(table: Table, y: int, x: int) -> tuple[int, int] | None:
    """The cell that "nt" (như trên) stands for."""
    up = next((k for k in range(y - 1, -1, -1) if not _DITTO.fullmatch(table.rows[k][x].text)), None)
    return None if up is None else _spanning(table, up, x)


def _is_furniture(table: Table, y: int, head: Head) -> bool:
    """A head repeated on a page, or a row that only counts the columns."""
    texts = [cell.text.strip() for cell in table.rows[y]]
    filled = [text for text in texts if text]
    if len(filled) > 2 and all(_COUNTED.match(text) for text in filled):
        return True
    named = heads.row_roles(table, y)
    same = sum(
        a is not None and a == (b if b != "group" else "text")
        for a, b in zip(named, head.roles, strict=False)
    )
    return len(filled) > 1 and same >= max(2, len(filled) - 1) and max(map(len, filled)) < 60


def _joined(rows: list[Row]) -> list[Row]:
    out: list[Row] = []
    for row in rows:
        if out and _goes_on(out[-1], row):
            _append(out[-1], row)
        else:
            out.append(row)
    return out


def _goes_on(before: Row, row: Row) -> bool:
    """Whether a row without a number goes on with the row above, cut by a page or for a second agency."""
    text = row.text("text")
    if row.text("no") and "no" in row.filled:
        return False
    if "text" not in row.filled:
        return True
    if text[0].islower() or text[0] in ",;.)":
        return row.fresh or not row.text("lead") or row.text("lead")[0].islower()
    if row.fresh and any(row.text(role)[0].islower() for role in row.filled & {"lead", "coordinate"}):
        return True  # the page cut the row: an agency's name goes on
    return not row.text("lead") and bool(
        re.search(r"(?:,|\b(?:và|của|các|với|cho|để|trong))$", before.text("text"))
    )


def _is_further(old: Words, new: Words, row: Row) -> bool:
    """Whether a cell names a further body, and does not go on with the name above it."""
    alone = "text" not in row.filled and not row.fresh
    return alone and new.text[0].isupper() and not HANGING.search(old.text)


def _append(before: Row, row: Row) -> None:
    for role in row.filled:
        old, new = before.cells.get(role, _NOTHING), row.cells[role]
        if not old:
            before.cells[role] = new
        elif role in {"lead", "coordinate"} and _is_further(old, new, row):
            before.cells[role] = Words.join([old, new], by="; ")
        else:
            cut = _BROKEN_YEARS.search(old.text) or (_BROKEN_DATE.search(old.text) and new.text[0].isdigit())
            before.cells[role] = Words.join([old, new], by="" if cut else " ")
    before.filled |= row.filled
