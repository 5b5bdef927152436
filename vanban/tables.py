"""The tables that hand out tasks: found by the words of their head, joined over pages.

What comes out are rows of named cells; which of them is a group and which a task is the matter of `tasks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vanban import assignments, indicators
from vanban.document import Cell, Document, Paragraph, Table, Words
from vanban.folding import bare
from vanban.linebreaks import HANGING

_NOTHING = Words("")
_TEXT = (
    r"(?:nhiem vu|noi dung|danh muc|cong viec|dau viec|hoat dong|hanh dong|giai phap|chuong trinh|de an|du an"
    r"|cong trinh)"
)
# in this order: the first that matches says what a column holds
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no", re.compile(r"(?:stt|tt|so tt|so thu tu|no)$")),
    ("text", re.compile(rf"(?:ten|cac|nhom)?\s?(?:cac )?{_TEXT}(?!.*(?:chu tri|phoi hop|thoi gian))")),
    ("both", re.compile(r".*chu tri.*phoi hop")),
    (
        "coordinate",
        re.compile(r".*phoi hop|(?:cac )?(?:co quan|don vi|cq|dv)(?: cung)? (?:tham gia|lien quan|ho tro)$"),
    ),
    ("until", re.compile(r"(?:thoi gian |thoi diem |nam )?ket thuc$")),
    (
        "timeframe",
        re.compile(
            r".*(?:thoi gian|bat dau|thoi han|thoi diem|tien do|lo trinh|ky han|nam thuc hien"
            r"|nam hoan thanh|han hoan thanh|han chot)|nam$|tg\b|khi nao$|han$|hoan thanh$|giai doan(?: thuc hien)?$"
        ),
    ),
    ("output", re.compile(r".*(?:san pham|ket qua|dau ra)|sp\b")),
    ("funding", re.compile(r".*(?:kinh phi|nguon luc|nguon von|tai chinh|du toan|tong von|nguon)")),
    (
        "lead",
        re.compile(
            r".*(?:chu tri|dau moi|tham muu|phan cong|trach nhiem|chu dau tu|phu trach|nguoi thuc hien)"
            r"|(?:co quan|co quan don vi|thuc hien|ai lam|giao (?:co quan|don vi))$"
            r"|(?:nguoi |ca nhan )?(?:co quan|don vi|to chuc|bo phan)(?: co quan| don vi)?(?: to chuc)?"
            r"(?: thuc hien| trien khai| xay dung)$"
        ),
    ),
    ("priority", re.compile(r".*uu tien")),
    ("note", re.compile(r"ghi chu|.*can cu")),
    ("text", re.compile(rf".*{_TEXT}")),
    ("field", re.compile(r".*(?:linh vuc|muc tieu)$")),  # holds the group before a column of tasks
)
_DITTO = re.compile(r"[\W_]*(?:nt|như\s+trên)[\W_]*|[\s-]*(?:\"|″|”|〃)[\s-]*", re.IGNORECASE)
_YEAR = re.compile(r"(?:[Nn]ăm\s*)?20\d\d(?:\s*[-–]\s*20\d\d)?")
_MARK = re.compile(r"[xX✓√vV+*●]")
_APPENDIX = re.compile(r"(?:phụ lục|biểu|bảng)(?:\s+số)?\s*:?\s*(?:\d{1,2}|[IVX]+|[A-D])\b.{0,120}$", re.IGNORECASE)
_BODIES = re.compile(r"co quan|don vi|to chuc|phan cong|trach nhiem|thuc hien")
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


@dataclass(slots=True)
class _Head:
    roles: list[str | None]  # by column
    height: int
    first: int
    years: tuple[int, ...] = ()  # columns that stand for a year and are only marked: 2026 | 2027 | 2028
    labels: tuple[Words, ...] = ()  # what stands over them


def read(document: Document) -> list[TaskTable]:
    """The task tables of a paper in order; a table without a head goes on with the one before it."""
    out: list[TaskTable] = []
    now: _Head | None = None
    anew = False  # whether the heading of an appendix stands before the next table
    for block, table in enumerate(document.blocks):
        if isinstance(table, Paragraph):
            now = None if len(table.text) > 200 else now
            anew = anew or bool(_APPENDIX.match(table.text))
            continue
        if indicators.is_table(table):
            now = None
            continue
        head = _with_years(document, block, table, _head(table))
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


def _head_rows(head: _Head | None, before: _Head | None) -> range:
    """The rows of a table's head; what stands above it is a title, or on a further page the end of a row."""
    if head is None:
        return range(0)
    goes_on = before is not None and before.roles == head.roles
    return range(head.first if goes_on else 0, head.first + head.height)


def _fits(table: Table, head: _Head) -> bool:
    return bool(table.rows) and abs(len(table.rows[0]) - len(head.roles)) <= 1 and len(table.rows[0]) > 2


def _head(table: Table) -> _Head | None:
    """The head of a task table in its first rows: it names the task and who leads or carries it out."""
    for first in range(min(4, len(table.rows))):
        upper = _row_roles(table, first)
        lower = _row_roles(table, first + 1) if first + 1 < len(table.rows) else []
        two_rows = bool(lower) and _is_second_head(table, first + 1, upper, lower)
        roles = [low or up for up, low in zip(upper, lower, strict=True)] if two_rows else upper
        if spread := _unspanned(table, first):
            roles, two_rows = spread, True
        if {"text", "field"} & set(roles) and ({"lead", "both"} & set(roles) or _is_led_by_rows(table, roles)):
            names = [cell.text for cell in table.rows[first + 1 if two_rows else first]]
            return _Head(_with_group(_once(_leading(roles, names))), 2 if two_rows else 1, first)
    return None


def _row_roles(table: Table, y: int) -> list[str | None]:
    return [_role(cell.text) if len(cell.text) < 90 else None for cell in table.rows[y]]


def _role(text: str) -> str | None:
    plain = bare(text)
    return next((role for role, pattern in _ROLES if pattern.match(plain)), None) if plain else None


def _is_second_head(table: Table, y: int, upper: list[str | None], lower: list[str | None]) -> bool:
    """Whether a row only names parts of the columns above it: nothing under the number and the task."""
    cells = table.rows[y]
    filled = [x for x, cell in enumerate(cells) if cell.text.strip()]
    years = sum(bool(_YEAR.fullmatch(cells[x].text.strip())) for x in filled)
    return (
        bool(filled)
        and all(lower[x] or len(cells[x].text) < 12 for x in filled)
        and (years > 1 or any(lower[x] in {"lead", "coordinate", "until"} for x in filled))
        and not any("no" in (upper[x], lower[x]) for x in filled)
    )


def _unspanned(table: Table, first: int) -> list[str | None] | None:
    """The roles of a head of two rows that lost its spans: the parts stand for one column of the upper row.

    "TT | Nội dung | Cơ quan thực hiện | Thời gian" over "Chủ trì | Phối hợp" heads five columns.
    """
    if first + 1 >= len(table.rows) or any(cell.covered or cell.colspan > 1 for cell in table.rows[first]):
        return None
    upper, lower = ([cell.text for cell in table.rows[y]] for y in (first, first + 1))
    labels = [text for text in upper if text.strip()]
    parts = [x for x, text in enumerate(lower) if text.strip()]
    roles = [_role(lower[x]) for x in parts]
    if not {"lead", "coordinate"} <= set(roles) or upper != labels + [""] * (len(parts) - 1):
        return None
    whole = next((x for x, text in enumerate(labels) if _BODIES.search(bare(text))), None)
    over = parts[0] or whole
    if over is None or over >= len(labels):
        return None
    return [*map(_role, labels[:over]), *roles, *map(_role, labels[over + 1 :])]


def _is_led_by_rows(table: Table, roles: list[str | None]) -> bool:
    """Whether a table of work without a column for who leads has rows that are nothing but a body: they lead."""
    if "timeframe" not in roles or not {"coordinate", "output"} & set(roles):
        return False
    alone = [[cell.text for cell in row if cell.text.strip()][-1:] for row in table.rows if _is_heading(row)]
    return any(assignments.named_alone(Words(text)) for text, *_ in alone)


def _is_heading(row: Sequence[Cell]) -> bool:
    return 0 < sum(bool(cell.text.strip()) for cell in row) <= 2 and len(row) > 3


def _with_years(document: Document, block: int, table: Table, head: _Head | None) -> _Head | None:
    """The head with its columns for years, where the rows below only mark them."""
    if head is None:
        return None
    y = head.first + head.height - 1
    years = [x for x, cell in enumerate(table.rows[y]) if _YEAR.fullmatch(cell.text.strip())]
    below = [row[x].text.strip() for row in table.rows[y + 1 :] for x in years if x < len(row)]
    if not years or not any(below) or not all(_MARK.fullmatch(text) for text in below if text):
        return head
    roles = [None if x in years else role for x, role in enumerate(head.roles)]
    labels = tuple(document.words(block, y, x) for x in years)
    return replace(head, roles=roles, years=tuple(years), labels=labels)


def _marked(row: Sequence[Cell], head: _Head) -> Words:
    """The first and the last year whose column a row marks."""
    marked = [label for x, label in zip(head.years, head.labels, strict=True) if row[x].text.strip()]
    return Words.join(marked[:1] + marked[1:][-1:], by=" - ")


def _leading(roles: list[str | None], names: list[str]) -> list[str | None]:
    """Of several columns for who leads, the one that says so ("Phòng chủ trì" beside "Lãnh đạo phụ trách")."""
    saying = [role == "lead" and "chu tri" in bare(name) for role, name in zip(roles, names, strict=True)]
    if not any(saying):
        return roles
    return [None if role == "lead" and not says else role for role, says in zip(roles, saying, strict=True)]


def _once(roles: list[str | None]) -> list[str | None]:
    """A role other than the task keeps its first column only."""
    return [role if role == "text" or role not in roles[:x] else None for x, role in enumerate(roles)]


def _with_group(roles: list[str | None]) -> list[str | None]:
    """Of two columns of tasks side by side, the first holds the group; a field stands in for a missing column."""
    first = roles.index("text") if "text" in roles else len(roles)
    out = [("text" if x < first else None) if role == "field" else role for x, role in enumerate(roles)]
    columns = [x for x, role in enumerate(out) if role == "text"]
    for n, x in enumerate(columns[:-1]):
        out[x] = "group" if n == len(columns) - 2 else None
    return out


def _rows(
    document: Document, block: int, table: Table, head: _Head, skipped: range, goes_on: bool
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
        if head.years and (years := _marked(table.rows[y], head)):
            cells["timeframe"] = years
        loose = _loose_words(document, block, table, y, head)
        if cells or loose:
            cells.setdefault("text", loose)
            yield Row(cells, block, y, frozenset(filled), fresh)
            fresh = False


def _loose_words(document: Document, block: int, table: Table, y: int, head: _Head) -> Words:
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


def _is_furniture(table: Table, y: int, head: _Head) -> bool:
    """A head repeated on a page, or a row that only counts the columns."""
    texts = [cell.text.strip() for cell in table.rows[y]]
    filled = [text for text in texts if text]
    if len(filled) > 2 and all(_COUNTED.match(text) for text in filled):
        return True
    named = _row_roles(table, y)
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
