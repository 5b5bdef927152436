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
from luc.figures.numbers import parse, show
from luc.figures.units import is_counted, is_share
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, telling, today
from luc.plans.models import Target, Task
from luc.reporting.actions.handing import submit
from luc.reporting.actions.judging import accept, give_back
from luc.reporting.actions.writing import save_draft
from luc.reporting.cut import Section
from luc.reporting.doubts import questions
from luc.reporting.models import Report
from luc.reporting.money import AMOUNTS, NO_MONEY
from luc.reporting.queries.drafts import Draft, Line
from luc.reporting.queries.reports import draft, reports
from luc.rounds.models import Cycle
from vanban.timeframes import days_of

WORDS = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
STATES = {
    "lead": ["done", "on_time", "on_time", "ahead", "behind", "not_started"],
    "member": ["on_time", "on_time", "done", "behind"],
    "past": ["done", "done", "behind"],  # a task whose time is over
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
    asked_back = questions(draft(reports(clerk).get(pk=report)))
    explained = {key: chance.choice(WORDS["explanation"]) for key in asked_back}
    return submit(clerk, report, version=saved.version, explanations=explained).pk


def _answers(whole: Draft, chance: random.Random) -> dict[str, Mapping[str, str]]:
    targets = {target.pk: target for target in Target.objects.filter(plan__in=whole.plans)}
    past = _past(whole)
    rows: dict[str, Mapping[str, str]] = {}
    for line in whole.lines:
        rows[line.row.key] = _answer(line, targets, past, chance)
    if whole.asks(Section.MONEY):
        rows |= _money(whole, chance)
    if chance.random() < 0.25:
        rows["obstacle-1"] = {
            "obstacle": chance.choice(WORDS["obstacle"]),
            "proposal": chance.choice(WORDS["proposal"]),
            "addressee": "Sở Công Thương",
        }
    else:
        rows["obstacle-0"] = {"nil": "1"}
    return rows


def _past(whole: Draft) -> set[int]:
    """The tasks whose time is over when the report is written."""
    ends = {task.pk: days_of(task.end) for task in Task.objects.filter(plan__in=whole.plans)}
    return {pk for pk, days in ends.items() if days and days[1] <= today()}


def _answer(
    line: Line, targets: Mapping[int, Target], past: set[int], chance: random.Random
) -> dict[str, str]:
    row = line.row
    if row.section == "figure":
        return _figure(line, targets[row.id], chance)
    if row.section == "duty":
        return (
            {"nil": "1"} if chance.random() < 0.2 else {"result": _said(chance.choice(WORDS["duty"]), chance)}
        )
    role = "lead" if row.role == "lead" else "member"
    if role == "member" and chance.random() < 0.55:
        return {"nil": "1"}
    state = chance.choice(STATES["past" if role == "lead" and row.task in past else role])
    return {"state": state, "result": _said(chance.choice(WORDS[role][state]), chance)}


def _figure(line: Line, target: Target, chance: random.Random) -> dict[str, str]:
    """Done by the cut-off; where it is asked a little more for the whole year, and the final of what was estimated."""
    said = {"value": _value(target, chance), "kind": "actual"}
    if line.asks_estimate:
        said["estimate"] = _near(said["value"], target, chance.randint(100, 108))
    if line.earlier:
        said["final"] = _near(line.earlier.value, target, chance.randint(97, 102))
    return said


def _near(value: str, target: Target, percent: int) -> str:
    return show(_fitting(parse(value) * percent / 100, target))


def _money(whole: Draft, chance: random.Random) -> dict[str, Mapping[str, str]]:
    """The items of the last period again, else the first tasks that are led, each from one source."""
    items = [(line.title, str(line.values["source"])) for line in whole.money] or [
        (line.row.text[:600], chance.choice(["central", "local", "local", "other"]))
        for line in whole.section(Section.LEAD)[:2]
    ]
    rows: dict[str, Mapping[str, str]] = {}
    for n, (title, source) in enumerate(items, 1):
        planned = chance.randint(4, 60) * 100
        cumulative = planned * chance.randint(35, 95) // 100
        amounts = (
            planned * chance.randint(2, 5),
            planned,
            cumulative * chance.randint(25, 60) // 100,
            cumulative,
        )
        said = dict(zip(AMOUNTS, (show(Decimal(one)) for one in amounts), strict=True))
        rows[f"money-{n}"] = {"title": title, "source": source, **said}
    return rows or {NO_MONEY: {"nil": "1"}}


def _said(words: str, chance: random.Random) -> str:
    day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 9):02d}"
    return words.format(
        share=chance.randint(35, 95), count=chance.randint(2, 40), people=chance.randint(40, 900), day=day
    )


def _value(target: Target, chance: random.Random) -> str:
    aim = target.value_min if target.value_min is not None else target.value_max or Decimal(0)
    return show(_fitting(aim * Decimal(chance.randint(70, 104)) / 100, target))


def _fitting(value: Decimal, target: Target) -> Decimal:
    """A value as its unit has it: whole, not above a hundred per cent."""
    value = value.quantize(Decimal(1) if is_counted(target.unit) else Decimal("0.1"))
    return min(value, Decimal(100)) if is_share(target.unit) else value
