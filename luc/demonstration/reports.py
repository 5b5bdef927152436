"""What invented clerks write into their reports, and how their reports go through a cycle."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F

from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import viewer_of
from luc.demonstration.people import DATA
from luc.figures.numbers import show
from luc.figures.units import is_counted, is_share
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, telling
from luc.plans.models import Target
from luc.reporting.actions.handing import submit
from luc.reporting.actions.judging import accept, give_back
from luc.reporting.actions.writing import save_draft
from luc.reporting.models import Report
from luc.reporting.queries.reports import Draft, Line, draft, reports
from luc.rounds.models import Cycle

WORDS = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
STATES = {
    "lead": ["done", "on_time", "on_time", "ahead", "behind", "not_started"],
    "member": ["on_time", "on_time", "done", "behind"],
}


@dataclass(frozen=True, slots=True)
class Course:
    """How a cycle goes: which share hands in, of these which is accepted and which returned, and when it starts."""

    begins: datetime
    ends: datetime
    handed_in: float
    accepted: float
    returned: float


def fill(cycle: Cycle, officer: Viewer, course: Course) -> int:
    """Let the parties of a cycle write, hand in, and be answered; returns how many handed in."""
    chance = random.Random(f"{cycle.source_id}/{cycle.period_start}")
    waiting = list(
        Report.objects.filter(obligation__cycle=cycle).order_by("pk").values_list("pk", "obligation__party")
    )
    clerks = _clerks([party for _, party in waiting])
    able = [(pk, clerks[party]) for pk, party in waiting if party in clerks]
    chance.shuffle(able)
    chosen = able[: round(len(able) * course.handed_in)]
    corrects = _one_that_corrects(chosen) if course.returned else None
    for number, (report, clerk) in enumerate(chosen):
        moment = in_office_hours(
            course.begins + (course.ends - course.begins) * (number + 1) / (len(chosen) + 1)
        )
        with telling(moment):
            handed = _write_and_submit(clerk, report, chance)
        fate = course.accepted if report == corrects else chance.random()
        with telling(moment + timedelta(minutes=50)):
            if fate < course.accepted:
                accept(officer, [handed])
            elif fate < course.accepted + course.returned:
                give_back(officer, handed, remarks=chance.choice(WORDS["remarks"]))
    return len(chosen)


def _one_that_corrects(chosen: list[tuple[int, Viewer]]) -> int | None:
    """A department's report that is returned whatever chance says: who looks around can correct it."""
    of_departments = Report.objects.filter(obligation__party__kind=Party.Kind.DEPARTMENT).exclude(
        obligation__party=F("obligation__cycle__collector")
    )
    departments = set(of_departments.filter(pk__in=[pk for pk, _ in chosen]).values_list("pk", flat=True))
    return next((pk for pk, _ in chosen if pk in departments), None)


def in_office_hours(moment: datetime) -> datetime:
    """The same minute on a working day between 8 and 16 o'clock, not after the moment of a night or a week-end."""
    local = moment.astimezone(VIETNAM)
    if local.hour < 8:
        local -= timedelta(days=1)
    local = local.replace(hour=8 + local.hour % 8)
    return local - timedelta(days=max(0, local.weekday() - 4))


def _clerks(parties: list[int]) -> dict[int, Viewer]:
    rows = Membership.objects.filter(party__in=parties, role=Role.CLERK, valid_to=None)
    return {party: viewer_of(user) for party, user in rows.values_list("party", "user")}


def _write_and_submit(clerk: Viewer, report: int, chance: random.Random) -> int:
    whole = draft(reports(clerk).get(pk=report))
    saved = save_draft(clerk, report, version=whole.report.version, rows=_answers(whole, chance))
    return submit(clerk, report, version=saved.version).pk


def _answers(whole: Draft, chance: random.Random) -> dict[str, Mapping[str, str]]:
    targets = {target.pk: target for target in Target.objects.filter(plan__in=whole.plans)}
    rows: dict[str, Mapping[str, str]] = {}
    for line in whole.lines:
        rows[line.row.key] = _answer(line, targets, chance)
    if chance.random() < 0.25:
        rows["obstacle-1"] = {
            "obstacle": chance.choice(WORDS["obstacle"]),
            "proposal": chance.choice(WORDS["proposal"]),
            "addressee": "Sở Công Thương",
        }
    else:
        rows["obstacle-0"] = {"nil": "1"}
    return rows


def _answer(line: Line, targets: Mapping[int, Target], chance: random.Random) -> dict[str, str]:
    row = line.row
    if row.section == "figure":
        return {"value": _value(targets[row.id], chance), "kind": "actual"}
    if row.section == "duty":
        return (
            {"nil": "1"} if chance.random() < 0.2 else {"result": _said(chance.choice(WORDS["duty"]), chance)}
        )
    role = "lead" if row.role == "lead" else "member"
    if role == "member" and chance.random() < 0.55:
        return {"nil": "1"}
    state = chance.choice(STATES[role])
    return {"state": state, "result": _said(chance.choice(WORDS[role][state]), chance)}


def _said(words: str, chance: random.Random) -> str:
    day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 9):02d}"
    return words.format(
        share=chance.randint(35, 95), count=chance.randint(2, 40), people=chance.randint(40, 900), day=day
    )


def _value(target: Target, chance: random.Random) -> str:
    aim = target.value_min if target.value_min is not None else target.value_max or Decimal(0)
    value = (aim * Decimal(chance.randint(70, 104)) / 100).quantize(
        Decimal(1) if is_counted(target.unit) else Decimal("0.1")
    )
    return show(min(value, Decimal(100)) if is_share(target.unit) else value)
