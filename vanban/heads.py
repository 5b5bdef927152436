"""The heads of the tables that hand out tasks: which role each column has, in one row or two.

The head names the task and who leads or carries it out; of years side by side ("2026 | 2027") the columns are only
marked; where a text lost the spans of its cells, the parts of the lower row stand for one column of the upper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanban import assignments
from vanban.document import Cell, Document, Table, Words
from vanban.folding import bare

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
_YEAR = re.compile(r"(?:[Nn]ăm\s*)?20\d\d(?:\s*[-–]\s*20\d\d)?")
_MARK = re.compile(r"[xX✓√vV+*●]")
_BODIES = re.compile(r"co quan|don vi|to chuc|phan cong|trach nhiem|thuc hien")


@dataclass(slots=True)
class Head:
    """The head of a task table: the role of each column, the rows it takes, from which row."""

    roles: list[str | None]  # by column
    height: int
    first: int
    years: tuple[int, ...] = ()  # columns that stand for a year and are only marked: 2026 | 2027 | 2028
    labels: tuple[Words, ...] = ()  # what stands over them


def find(document: Document, block: int, table: Table) -> Head | None:
    """The head of a task table in its first rows; None where it names no task or nobody who leads."""
    return _with_years(document, block, table, _found(table))


def row_roles(table: Table, y: int) -> list[str | None]:
    """What each cell of a row would say of its column."""
    return [_role(cell.text) if len(cell.text) < 90 else None for cell in table.rows[y]]


def marked(row: Sequence[Cell], head: Head) -> Words:
    """The first and the last year whose column a row marks."""
    years = [label for x, label in zip(head.years, head.labels, strict=True) if row[x].text.strip()]
    return Words.join(years[:1] + years[1:][-1:], by=" - ")


def _found(table: Table) -> Head | None:
    for first in range(min(4, len(table.rows))):
        upper = row_roles(table, first)
        lower = row_roles(table, first + 1) if first + 1 < len(table.rows) else []
        two_rows = bool(lower) and _is_second_head(table, first + 1, upper, lower)
        roles = [low or up for up, low in zip(upper, lower, strict=True)] if two_rows else upper
        if spread := _unspanned(table, first):
            roles, two_rows = spread, True
        if {"text", "field"} & set(roles) and (
            {"lead", "both"} & set(roles) or _is_led_by_rows(table, roles)
        ):
            names = [cell.text for cell in table.rows[first + 1 if two_rows else first]]
            return Head(_with_group(_once(_leading(roles, names))), 2 if two_rows else 1, first)
    return None


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


def _with_years(document: Document, block: int, table: Table, head: Head | None) -> Head | None:
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
