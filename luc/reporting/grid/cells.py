"""The grid as plain values: columns, the cells of each party, and where a cell is found by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luc.agencies.issuing import short_name
from luc.agencies.models import Party
from luc.reporting.asked import Row
from luc.reporting.models import Report
from luc.reporting.money import TITLES, MoneyLine, source_words
from luc.rounds.models import Cycle
from luc.rounds.words import Standing


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A figure and which number of it (value, estimate, final), or an amount of money of one source."""

    number: str = "value"
    row: Row | None = None
    source: str = ""
    money_unit: str = ""

    @property
    def key(self) -> str:
        if self.row is None:
            return f"money-{self.source}-{self.number}"
        return self.row.key if self.number == "value" else f"{self.row.key}-{self.number}"

    @property
    def text(self) -> str:
        if self.row is None:
            return f"{source_words(self.source)}: {TITLES[self.number]}"
        if self.number == "value":
            return self.row.text
        lead = _("Ước cả năm") if self.number == "estimate" else _("Số chính thức kỳ trước")
        return f"{lead}: {self.row.text}"

    @property
    def unit(self) -> str:
        return self.row.unit if self.row else self.money_unit


@dataclass(frozen=True, slots=True)
class GridCell:
    """One number of one party: its name in a form, and what stands in it.

    "" name where it cannot be typed here: the party is not asked, or (`is_told`) its own form says it in more detail.
    note: what the party said before. lines: of money, the rows of the party's form.
    """

    column: GridColumn
    name: str = ""
    value: str = ""
    note: str = ""
    is_told: bool = False
    lines: Sequence[MoneyLine] = ()


@dataclass(frozen=True, slots=True)
class GridLine:
    """One party with its numbers in the order of the columns."""

    report: Report
    party: Party
    standing: Standing
    is_writable: bool
    cells: list[GridCell]

    @property
    def title(self) -> str:
        return short_name(self.party)


@dataclass(frozen=True, slots=True)
class Grid:
    """All parties of a cycle that are asked figures or money, by what they are asked."""

    cycle: Cycle
    columns: list[GridColumn]
    lines: list[GridLine]

    def find(self) -> dict[str, tuple[GridLine, GridCell]]:
        """Every cell that can be typed, by its name."""
        return {cell.name: (line, cell) for line in self.lines for cell in line.cells if cell.name}
