"""What each report of a cycle is asked, for all of them at once: for coverage, and for changing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luc.kernel.time import VIETNAM
from luc.plans.models import Plan
from luc.reporting import cut
from luc.reporting.asked import Asked, Row, Thing, asked, rows_on
from luc.reporting.models import Report
from luc.rounds.models import Cycle, Obligation


@dataclass(frozen=True, slots=True)
class Reporter:
    """One report of a cycle: whose it is, what the plans ask it, in which sections it is asked in this cycle."""

    report: Report
    rows: tuple[Row, ...]

    @property
    def obligation(self) -> Obligation:
        return self.report.obligation

    @property
    def audience(self) -> cut.Audience:
        return cut.audience(self.obligation.party.kind, {row.asked_in for row in self.rows})

    def asked(self, sections: Collection[str] | None = None) -> list[Row]:
        """The rows in its sections, or in others."""
        within = self.report.sections if sections is None else sections
        return [row for row in self.rows if within is None or row.asked_in in within]


def opened_on(cycle: Cycle) -> date:
    """The day as of which a cycle asks."""
    return cycle.opened_at.astimezone(VIETNAM).date()


def reporters(cycle: Cycle, plans: Sequence[Plan], *, among: Collection[int] | None = None) -> list[Reporter]:
    """The reports of a cycle, each with its rows of these plans: those of some obligations, or of all that are there
    (those handed on to successors are left out)."""
    on = opened_on(cycle)
    rows = Report.objects.filter(obligation__cycle=cycle)
    if among is None:
        rows = rows.exclude(obligation__state=Obligation.State.HANDED_ON)
    else:
        rows = rows.filter(obligation__in=among)
    reports = list(rows.select_related("obligation__party").order_by("pk"))
    if any(report.answers_for is None for report in reports):
        found = asked(plans, on)
        return [Reporter(report, _of(report, found)) for report in reports]
    index: dict[tuple[str, str], list[Row]] = {}
    for row in rows_on(plans, on):
        index.setdefault((str(row.plan), str(row.party)), []).append(row)
    return [Reporter(report, _best(_named(report.answers_for or {}, index))) for report in reports]


def _of(report: Report, found: Asked) -> tuple[Row, ...]:
    return tuple(found.of(report.obligation.party_id))


def _named(
    answers_for: Mapping[str, Mapping[str, str]], index: Mapping[tuple[str, str], list[Row]]
) -> list[Row]:
    names = ((plan, printed) for plan, notes in answers_for.items() for printed in notes)
    return [row for name in names for row in index.get(name, ())]


def _best(rows: Sequence[Row]) -> tuple[Row, ...]:
    """One row a task: leading before coordinating."""
    best: dict[Thing, Row] = {}
    for row in rows:
        there = best.get(row.thing)
        if there is None or (there.is_coordinated and not row.is_coordinated):
            best[row.thing] = row
    return tuple(best.values())


def by_thing(found: Iterable[Reporter]) -> dict[tuple[Thing, str], set[int]]:
    """The obligations that are asked, by what about and in which section."""
    asked_of: dict[tuple[Thing, str], set[int]] = {}
    for one in found:
        for row in one.asked():
            asked_of.setdefault((row.thing, row.asked_in), set()).add(one.obligation.pk)
    return asked_of
