"""Every row of a file: what it says of an enterprise and of an offer, what is wrong at which cell.

A row is one enterprise by its tax code, and at most one offer of it; several rows may tell of one enterprise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from luc.industry.importing import cells
from luc.industry.importing.cells import Books
from luc.industry.importing.columns import BY_NAME, TARGETS
from luc.industry.tax import head_of
from luc.kernel.errors import Refused
from luc.kernel.text import search_key
from luc.kernel.workbooks.foreign import Table
from luc.kernel.workbooks.tables import Fault, Value

MOST_ROWS = 20_000
_PARTS = {"province", "commune", "street", "capacity_unit", "ecolabel_until", "tax_code"}
_OFFER_NAMES = {"offer_name": "name", "offer_about": "about"}
_LISTS = {"markets", "certificates", "standards", "references"}


@dataclass(slots=True)
class Row:
    """A row as it was understood; with faults it is not put in."""

    number: int
    code: str = ""
    enterprise: dict[str, Any] = field(default_factory=dict)
    offer: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    at: dict[str, str] = field(default_factory=dict)  # the cell of each target


@dataclass(slots=True)
class Judge:
    """Reads rows of one file: which column says what, how it writes numbers, in which province it stands."""

    books: Books
    columns: Sequence[str]
    numbers: str
    home: int | None

    def rows(self, table: Table, head: int) -> list[Row]:
        """The rows below the headings (`head` from 1), the empty ones left out: each by itself, then together."""
        broken = {fault.address: fault for fault in table.faults}
        found = []
        for y, row in enumerate(table.rows[head:], head):
            if any(value is not None for value in row):
                found.append(self._row(y, row, table.name, broken))
        _beside(found)
        return found

    def _row(self, y: int, values: Sequence[Value], sheet: str, broken: dict[str, Fault]) -> Row:
        row = Row(y + 1)
        given: dict[str, Value] = {}
        for x, (name, value) in enumerate(zip(self.columns, values, strict=False)):
            if name:
                row.at[name] = xl_rowcol_to_cell(y, x)
                given[name] = value
                if row.at[name] in broken:
                    row.faults.append(broken[row.at[name]])
        self._code(row, given)
        for target in TARGETS:
            if target.name not in _PARTS and given.get(target.name) is not None:
                self._put(row, target.name, self._reader(target.name, given))
        self._address(row, given)
        _needs_its_name(row, given)
        return row

    def _code(self, row: Row, given: dict[str, Value]) -> None:
        try:
            row.code = cells.tax_code(given.get("tax_code"))
        except Refused as refused:
            _fault(row, "tax_code", refused.message)

    def _put(self, row: Row, name: str, read: Callable[[], Any]) -> None:
        try:
            value = read()
        except Refused as refused:
            _fault(row, name, refused.message)
            return
        into = row.offer if BY_NAME[name].is_offer else row.enterprise
        into[_OFFER_NAMES.get(name, name)] = value

    def _reader(self, name: str, given: dict[str, Value]) -> Callable[[], Any]:
        cell, books = given[name], self.books
        special: dict[str, Callable[[], Any]] = {
            "size": lambda: cells.chosen(books.sizes, cell),
            "branch": lambda: cells.branch(books, cell),
            "founded": lambda: cells.year(cell),
            "park": lambda: cells.chosen(books.parks, cell),
            "website": lambda: cells.web(cell),
            "field": lambda: cells.chosen(books.fields, cell),
            "kind": lambda: cells.chosen(books.kinds, cell),
            "hs_code": lambda: cells.hs_code(cell),
            "capacity": lambda: cells.capacity(cell, given.get("capacity_unit"), self.numbers),
            "ecolabel": lambda: _label(given),
        }
        if name in special:
            return special[name]
        return lambda: cells.items(name, cell) if name in _LISTS else cells.text(name, cell)

    def _address(self, row: Row, given: dict[str, Value]) -> None:
        commune, street = given.get("commune"), given.get("street")
        if commune is None:
            if street is not None or given.get("province") is not None:
                _fault(row, "commune", _("Chưa có xã, phường, đặc khu."), "street")
            return
        try:
            unit = cells.place(self.books, given.get("province"), commune, self.home)
            row.enterprise["address"] = {"street": cells.text("street", street), "unit": unit}
        except Refused as refused:
            _fault(row, "commune", refused.message)


def _label(given: dict[str, Value]) -> dict[str, str]:
    until = given.get("ecolabel_until")
    return {
        "name": cells.text("ecolabel", given["ecolabel"]),
        "until": cells.day(until) if until is not None else "",
    }


def _needs_its_name(row: Row, given: dict[str, Value]) -> None:
    says = [one.name for one in TARGETS if one.is_offer and given.get(one.name) is not None]
    if says and given.get("offer_name") is None:
        _fault(row, "offer_name", _("Chưa có tên hàng hóa, dịch vụ."), says[0])


def _fault(row: Row, target: str, words: str, instead: str = "") -> None:
    at = row.at.get(target) or row.at.get(instead) or f"A{row.number}"
    row.faults.append(Fault("", at, words))


def _beside(rows: Iterable[Row]) -> None:
    """Rows of one enterprise must not contradict one another, nor say the same twice."""
    told: dict[str, dict[str, tuple[Any, int]]] = {}
    offers: dict[tuple[str, str], int] = {}
    for row in rows:
        if not row.code:
            continue
        known = told.setdefault(row.code, {})
        for name, value in row.enterprise.items():
            before, at = known.setdefault(name, (value, row.number))
            if before != value:
                target = "commune" if name == "address" else name
                _fault(row, target, _("Khác với dòng %(n)d của cùng mã số thuế.") % {"n": at})
        key = (row.code, search_key(row.offer.get("name", "")))
        first = offers.setdefault(key, row.number)
        if first != row.number:
            words = (
                _("Hàng hóa này đã có ở dòng %(n)d.") if key[1] else _("Mã số thuế này đã có ở dòng %(n)d.")
            )
            _fault(row, "offer_name" if key[1] else "tax_code", words % {"n": first}, "tax_code")


@dataclass(slots=True)
class Group:
    """The good rows of one enterprise: what they say of it together, and its offers by row."""

    code: str
    number: int
    enterprise: dict[str, Any]
    rows: list[Row]


def groups(rows: Iterable[Row]) -> list[Group]:
    """The rows without faults, by enterprise, in the order of the file; branches after all that may be their heads."""
    found: dict[str, Group] = {}
    for row in rows:
        if row.faults:
            continue
        group = found.setdefault(row.code, Group(row.code, row.number, {}, []))
        group.enterprise |= row.enterprise
        group.rows.append(row)
    return sorted(found.values(), key=lambda group: bool(head_of(group.code)))
