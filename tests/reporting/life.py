"""The life of a cycle in steps, through the actions, for tests that start somewhere in it."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

from luc.kernel.time import today
from luc.plans.models import Plan, Regime
from luc.reporting import actions
from luc.reporting.models import Report
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle, Submission
from tests.cast import Side
from tests.plan import make_plan

PEOPLE = {
    "finance": "clerk_finance",
    "environment": "clerk_environment",
    "science": "clerk_science",
    "commune_1": "clerk_commune",
    "commune_2": "clerk_commune_2",
}


CHOICES = [field.name for field in fields(actions.Choices)]


def opening_values(**more: Any) -> dict[str, Any]:
    """What an officer confirms: a year that is due in ten days."""
    day = today()
    values = {
        "title": f"Báo cáo năm {day.year}",
        "period_start": day - timedelta(days=355),
        "last_day": day + timedelta(days=9),
        "cutoff": day + timedelta(days=5),
        "due_day": day + timedelta(days=10),
        "includes_day": False,
    }
    return values | more


def open_cycle(side: Side, plan: Plan | None = None, **more: Any) -> Cycle:
    """A cycle of a (new) small plan."""
    regime = Regime.objects.get(plan=plan or make_plan(side))
    choices = {name: more.pop(name) for name in CHOICES if name in more}
    more["choices"] = actions.Choices(**choices)
    return actions.open_cycle(side.viewer("officer"), regime.pk, **opening_values(**more))


def report_of(side: Side, party: str, cycle: Cycle | None = None) -> Report:
    rows = Report.objects.filter(obligation__party=side.parties[party])
    return rows.get(obligation__cycle=cycle) if cycle else rows.get()


def draft_of(side: Side, party: str, cycle: Cycle | None = None) -> Draft:
    return draft(report_of(side, party, cycle))


def full_answers(
    whole: Draft, words: str = "Đã hoàn thành bước một", value: str = "72,5"
) -> dict[str, dict[str, str]]:
    """Typed answers to every row of a draft."""
    kinds = {
        "lead": {"state": "on_time", "result": words},
        "coordinate": {"state": "took_part", "result": words},
        "duty": {"result": words},
        "figure": {"value": value, "kind": "actual"},
    }
    return {line.row.key: kinds[line.row.asked_in] for line in whole.lines} | {NO_OBSTACLES: {"nil": "1"}}


def write(
    side: Side, party: str, rows: dict[str, dict[str, str]] | None = None, **more: Any
) -> actions.Saved:
    """Save answers as the party's clerk; everything is answered when no rows are given."""
    whole = draft_of(side, party)
    rows = full_answers(whole) if rows is None else rows
    version = more.pop("version", whole.report.version)
    return actions.save_draft(side.viewer(PEOPLE[party]), whole.report.pk, version=version, rows=rows, **more)


def hand_in(side: Side, party: str) -> Submission:
    """Hand in what was saved."""
    report = report_of(side, party)
    return actions.submit(side.viewer(PEOPLE[party]), report.pk, version=report.version)


def report(side: Side, *parties: str) -> list[Submission]:
    """Write and hand in everything, party by party."""
    out = []
    for party in parties:
        write(side, party)
        out.append(hand_in(side, party))
    return out


def accept(side: Side, *submissions: Submission) -> None:
    actions.accept(side.viewer("officer"), [row.pk for row in submissions])
