"""The money of a cycle on one plan: what parties said row by row, and the sums by source with their coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luc.reporting import content as contents
from luc.reporting.cut import Section
from luc.reporting.cut import asks as is_asked
from luc.reporting.money import AMOUNTS, Source, amount, share, source_words
from luc.reporting.queries.asking import Reporter
from luc.reporting.queries.reports import money_unit
from luc.reporting.voices import Voice
from luc.rounds.models import Cycle, Submission


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What all rows of one source, or of all, come to; an amount that nobody gave is None.

    `share` is what is disbursed of what was planned, over the rows that say both.
    """

    words: str
    amounts: Mapping[str, Decimal | None]
    share: Decimal | None
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class MoneyVoice:
    """One row of money as one party said it."""

    voice: Voice

    @property
    def row(self) -> Mapping[str, Any]:
        return self.voice.row

    @property
    def source_words(self) -> str:
        return source_words(str(self.row.get("source", "")))

    @property
    def amounts(self) -> dict[str, Decimal | None]:
        return {name: amount(self.row, name) for name in AMOUNTS}

    @property
    def share(self) -> Decimal | None:
        return share(amount(self.row, "cumulative"), amount(self.row, "planned"))


@dataclass(frozen=True, slots=True)
class Spending:
    """The money of a plan in a cycle. asked, heard: how many parties are asked about money, and have reported."""

    unit: str
    lines: list[MoneyVoice]
    asked: int
    heard: int

    @property
    def coverage(self) -> str:
        """ "12/14"."""
        return f"{self.heard}/{self.asked}"

    @property
    def by_source(self) -> list[SourceLine]:
        """The sums of each source that somebody named."""
        found = [_sum(str(source.label), self._of(source.value)) for source in Source]
        return [line for line in found if line.voices]

    @property
    def total(self) -> SourceLine:
        return _sum("", self.lines)

    def _of(self, source: str) -> list[MoneyVoice]:
        return [line for line in self.lines if line.row.get("source") == source]


def _sum(words: str, lines: Iterable[MoneyVoice]) -> SourceLine:
    rows = list(lines)
    amounts = {name: _added(rows, name) for name in AMOUNTS}
    planned = [line for line in rows if line.share is not None]
    of_plan = share(_added(planned, "cumulative"), _added(planned, "planned"))
    return SourceLine(words, amounts, of_plan, tuple(line.voice for line in rows))


def _added(rows: Iterable[MoneyVoice], name: str) -> Decimal | None:
    values = [value for line in rows if (value := line.amounts[name]) is not None]
    return sum(values, Decimal(0)) if values else None


def spending(
    heard: Iterable[Submission], found: Iterable[Reporter], plan: int, cycle: Cycle
) -> Spending | None:
    """What reports say of money on one plan; None where a cycle asks nobody."""
    asked = {one.obligation.pk for one in found if is_asked(one.report.sections, Section.MONEY)}
    telling = [one for one in heard if contents.asks(one.content, Section.MONEY)]
    asked |= {one.obligation_id for one in telling}
    if not asked:
        return None
    lines = [
        MoneyVoice(Voice(one.obligation.party, one.pk, row))
        for one in telling
        for row in one.content.get("money", ())
        if row["plan"] == plan
    ]
    return Spending(money_unit(cycle), lines, len(asked), len(telling))
