"""What a party said in its last accepted reports of earlier periods, row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from luc.kernel.prepared import Prepared
from luc.plans.models import Plan
from luc.reporting.asked import Row
from luc.reporting.models import CycleRegime, Report
from luc.reporting.money import item
from luc.rounds.models import Cycle, Submission, Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """A row of a frozen report, and the cycle in which it was said."""

    row: Mapping[str, Any]
    cycle: Cycle


_read_before = Prepared(
    lambda plans, start: (
        CycleRegime.objects.filter(regime__plan__in=plans, period_start__lt=start)
        .order_by("period_start")
        .values_list("cycle", "regime__plan")
    )
)


def last_reports(report: Report, plans: Collection[Plan]) -> list[Submission]:
    """The party's last accepted report of an earlier period on each plan, the earlier handed in first."""
    party = report.obligation.party_id
    return last_reports_of([party], report.obligation.cycle, plans).get(party, [])


def last_reports_of(
    parties: Collection[int], cycle: Cycle, plans: Collection[Plan]
) -> dict[int, list[Submission]]:
    """As `last_reports`, of many parties of a cycle: by party, in as many statements."""
    plans_by_cycle: dict[int, set[int]] = {}
    for earlier, plan in _read_before(plans=[plan.pk for plan in plans], start=cycle.period_start):
        plans_by_cycle.setdefault(earlier, set()).add(plan)
    if not plans_by_cycle:
        return {}
    accepted = Submission.objects.filter(
        obligation__party__in=list(parties),
        obligation__cycle__in=list(plans_by_cycle),
        verdict__kind=Verdict.Kind.ACCEPTED,
        reopening=None,
    ).order_by("obligation__cycle__period_start", "version")
    last = {
        (party, plan): pk
        for pk, party, earlier in accepted.values_list("pk", "obligation__party", "obligation__cycle")
        for plan in plans_by_cycle[earlier]
    }
    if not last:
        return {}
    rows = Submission.objects.filter(pk__in=set(last.values())).select_related("obligation__cycle")
    found: dict[int, list[Submission]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.obligation.party_id, []).append(row)
    return found


def said_by_row(submissions: Collection[Submission]) -> dict[str, Said]:
    """What these reports say, by the key of the row; a row that answered for several plans under each of them."""
    said: dict[str, Said] = {}
    for submission in submissions:
        for row in submission.content["rows"]:
            one = Said(row, submission.obligation.cycle)
            said |= dict.fromkeys((row["key"], *(other["key"] for other in row.get("also", ()))), one)
    return said


def money_before(submissions: Collection[Submission]) -> list[tuple[dict[str, Any], Cycle]]:
    """What these reports said of money, each item and source once: as it was said last."""
    found = {
        item(row): (row, submission.obligation.cycle)
        for submission in submissions
        for row in submission.content.get("money", ())
    }
    return list(found.values())


def said_of(said: Mapping[str, Said], row: Row) -> Said | None:
    """What was said last time on a row, or on one that it answers too."""
    found = (said.get(key) for key in (row.key, *(one.key for one in row.also)))
    return next((one for one in found if one is not None), None)
