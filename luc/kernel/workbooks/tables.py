"""What a workbook is, as plain values: its columns and rows, and what came back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

KEYS = "luc_keys"  # what stands above the keys of the rows
GROUP = "-"  # the key of a heading

Kind = Literal["text", "number", "choice", "date", "fixed"]
Value = str | Decimal | datetime.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `fixed` is shown and locked, the others are open to be filled in."""

    name: str
    title: str
    kind: Kind = "text"
    width: int = 18
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `key` finds it again, `group` rows are headings across the table."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title and the lines that stand above it; `spare`: empty rows at its end for new entries."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    lines: Sequence[str] = ()
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that came back: where it stands ("C7"), and what is in it."""

    address: str
    value: Value


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a cell, in words that say what to do."""

    sheet: str
    address: str
    words: str

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.address}" if self.sheet else self.address
        return f"{place}: {self.words}" if place else self.words


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that came back; a row without a key is a new one. Columns that were taken out are not in `cells`."""

    sheet: str
    number: int
    key: str
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """The words of a cell, "" when it is empty or gone."""
        cell = self.cells.get(name)
        return "" if cell is None or cell.value is None else as_text(cell.value)

    def address(self, name: str) -> str:
        """Where a column stands in this row."""
        cell = self.cells.get(name)
        return cell.address if cell else f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: what it is of, its rows, and what could not be read."""

    token: str
    rows: list[Filled]
    faults: list[Fault]


def as_text(value: Value) -> str:
    """A value as a Vietnamese office writes it."""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return value or ""
