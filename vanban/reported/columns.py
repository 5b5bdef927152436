"""The columns of a report's table by the words of its head, in any order, in one row or two.

Form 1: no., task, role, result in the period, cumulative, progress, difficulties, proposals. Tables of indicators have
a unit and columns of figures. Offices name and order them as they like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.document import Table
from vanban.folding import bare

ANSWERS = frozenset({"result", "cumulative", "estimate", "state", "obstacle", "proposal", "both"})
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("no", re.compile(r"(?:so )?(?:s?tt|thu tu)|so")),
    ("unit", re.compile(r"don vi(?: tinh| do)?|dvt|dv tinh")),
    ("aside", re.compile(r"vai tro.*|.*(?:chu tri|phoi hop|thoi gian|thoi han|kinh phi|don vi thuc hien).*")),
    (
        "both",
        re.compile(
            r".*(?:kho khan|vuong mac|ton tai|han che).*(?:kien nghi|de xuat|de nghi).*"
            r"|.*(?:kien nghi|de xuat|de nghi).*(?:kho khan|vuong mac|ton tai).*"
        ),
    ),
    ("proposal", re.compile(r".*(?:kien nghi|de xuat|de nghi|giai phap).*")),
    ("obstacle", re.compile(r".*(?:kho khan|vuong mac|ton tai|han che|nguyen nhan|bat cap).*")),
    (
        "aside",
        re.compile(
            r"(?:ke hoach|muc tieu|giao|chi tieu giao|nam truoc|phan tram|ty le)"
            r"|.*(?:(?:ke hoach|muc tieu|chi tieu) (?:giao|nam|den|duoc giao|\d)|hien trang|cung ky|so voi|phan dau"
            r"|du kien|(?:ky|nam|quy|thang) toi|(?:ty le|phan tram|muc) (?:hoan thanh|dat|thuc hien)).*"
        ),
    ),
    ("cumulative", re.compile(r".*luy ke.*")),
    ("estimate", re.compile(r"(?:.* )?uoc(?: .*)?")),
    (
        "result",
        re.compile(
            r".*(?:ket qua|da thuc hien|thuc hien duoc|noi dung da|dien giai|thuc hien (?:trong|nam|quy|thang|\d))"
            r".*|thuc hien|tinh hinh(?: thuc hien)?|so lieu|gia tri|tra loi|bao cao"
        ),
    ),
    ("state", re.compile(r".*(?:tien do|tinh trang|trang thai|muc do hoan thanh|danh gia).*")),
    ("note", re.compile(r".*(?:ghi chu|giai trinh|cach tinh).*")),
    (
        "text",
        re.compile(r".*(?:nhiem vu|cong viec|noi dung|du an|chi tieu|hoat dong|hang muc|cong tac|ten goi).*"),
    ),
    ("result", re.compile(r"tinh hinh.*")),
)
_SHARE = re.compile(r"^\s*%|\(\s*%\s*\)")
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class Head:
    """The role of each column (None: not for us), and the rows that the head takes, from which row."""

    roles: tuple[str | None, ...]
    names: tuple[str, ...]
    first: int
    height: int

    @property
    def body(self) -> int:
        """The first row below."""
        return self.first + self.height

    def columns(self, *roles: str) -> list[int]:
        """The columns that have one of these roles, in the order of the table."""
        return [x for x, role in enumerate(self.roles) if role in roles]


def find(table: Table) -> Head | None:
    """The head of a table in which an agency answers; None where it names nothing that is done, or no answers."""
    for first in range(min(4, len(table.rows))):
        for height in (2, 1):
            if (found := _head(table, first, height)) is not None:
                return found
    return None


def _head(table: Table, first: int, height: int) -> Head | None:
    if first + height > len(table.rows):
        return None
    upper = [cell.text for cell in table.rows[first]]
    names = _spread(table, first) if height == 2 else upper
    if height == 2 and not _is_second(table, first, names):
        return None
    roles = _this_year([role_of(name) for name in names], names)
    if "text" not in roles or not ANSWERS & set(roles):
        return None
    return Head(tuple(roles), tuple(names), first, height)


def role_of(name: str) -> str | None:
    """What a column is by its name."""
    words = bare(name)
    if not words or len(words) > 90:
        return "aside" if _SHARE.search(name) else None
    found = next((role for role, pattern in _ROLES if pattern.fullmatch(words)), None)
    return "aside" if _SHARE.match(name) and found in {None, "state", "result"} else found


def _is_second(table: Table, first: int, names: list[str]) -> bool:
    """Whether the row below a head names parts of its columns: nothing under number and title, short names."""
    upper, lower = table.rows[first], table.rows[first + 1]
    filled = [x for x, cell in enumerate(lower) if cell.text.strip()]
    if not filled or any(role_of(upper[x].text) in {"no", "text"} for x in filled):
        return False
    return all(len(lower[x].text) < 60 and role_of(names[x]) for x in filled)


def _spread(table: Table, first: int) -> list[str]:
    """The names of the columns of a head of two rows: the lower where there is one, with what spans over it."""
    names: list[str] = []
    over = ""
    for upper, lower in zip(table.rows[first], table.rows[first + 1], strict=True):
        over = upper.text if upper.text.strip() or not lower.text.strip() else over
        names.append(lower.text if role_of(lower.text) else f"{over} {lower.text}".strip())
    return names


def _this_year(roles: list[str | None], names: list[str]) -> list[str | None]:
    """Columns of figures of an earlier year than the latest that the head names are not asked for."""
    years = {x: max(map(int, found)) for x, name in enumerate(names) if (found := _YEAR.findall(name))}
    latest = max(years.values(), default=0)
    kinds = {"result", "estimate", "cumulative"}
    return [
        "aside" if role in kinds and years.get(x, latest) < latest else role for x, role in enumerate(roles)
    ]
