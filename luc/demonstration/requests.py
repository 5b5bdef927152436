"""The demonstration's ad-hoc request: asked of all communes three days ago, most have answered, some were returned."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import viewer_of
from luc.demonstration.people import DATA
from luc.demonstration.reports import in_office_hours
from luc.kernel.models import Tenant
from luc.kernel.rights import Viewer
from luc.kernel.time import start_of, telling, today
from luc.requests import actions
from luc.requests.drafting import fresh
from luc.requests.models import Kind, Question, Reply, Request

WORDS: dict[str, Any] = json.loads((DATA / "requests.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Course:
    """How the answers come in: how many of the asked, from when to when, which shares are accepted and returned."""

    begins: datetime
    ends: datetime
    answered: int
    accepted: float = 0.0
    returned: float = 0.0


def tell(tenant: Tenant, officer: Viewer, on: date) -> tuple[int, int]:
    """Ask the communes three days before a day; four of five have answered by then. Returns answered, asked."""
    sent = start_of(on - timedelta(days=3)) + timedelta(hours=9)
    with telling(in_office_hours(sent)):
        row = ask(tenant, officer)
    asked = Reply.objects.filter(request=row).count()
    course = Course(sent + timedelta(hours=2), start_of(on), asked * 4 // 5, accepted=0.5, returned=0.05)
    return fill(row, officer, course), asked


def ask(tenant: Tenant, officer: Viewer) -> Request:
    """The request itself, to every group of communes; due as a new draft proposes."""
    groups = Party.objects.filter(tenant=tenant, kind=Party.Kind.GROUP, member_kinds=[Party.Kind.COMMUNE])
    typed = fresh(today()) | WORDS["asked"] | {"parties": list(groups.values_list("pk", flat=True))}
    row = actions.begin(officer, typed=typed)
    return actions.send(officer, row.pk, version=row.version)


def fill(row: Request, officer: Viewer, course: Course) -> int:
    """Let asked parties answer, in an order that only depends on the request; returns how many did."""
    chance = random.Random(row.title)
    questions = list(Question.objects.filter(request=row).order_by("order").prefetch_related("columns"))
    waiting = list(
        Reply.objects.filter(request=row, version=0).order_by("pk").values_list("pk", "obligation__party")
    )
    clerks = _clerks([party for _, party in waiting])
    able = [(pk, clerks[party]) for pk, party in waiting if party in clerks]
    chance.shuffle(able)
    for number, (pk, clerk) in enumerate(able[: course.answered]):
        step = (course.ends - course.begins) * (number + 1) / (course.answered + 1)
        moment = max(course.begins, in_office_hours(course.begins + step))
        with telling(moment):
            saved = actions.save_reply(clerk, pk, version=0, typed=_said(questions, chance))
            handed = actions.submit(clerk, pk, version=saved.version)
        fate = chance.random()
        with telling(moment + timedelta(minutes=20)):
            if fate < course.accepted:
                actions.accept(officer, [handed.pk])
            elif fate < course.accepted + course.returned:
                actions.give_back(officer, handed.pk, remarks=chance.choice(WORDS["remarks"]))
    return min(course.answered, len(able))


def _clerks(parties: list[int]) -> dict[int, Viewer]:
    rows = Membership.objects.filter(party__in=parties, role=Role.CLERK, valid_to=None)
    return {party: viewer_of(user) for party, user in rows.values_list("party", "user")}


def _said(questions: list[Question], chance: random.Random) -> dict[str, Mapping[str, Any]]:
    return {str(one.pk): _answer(one, chance) for one in questions}


def _answer(question: Question, chance: random.Random) -> Mapping[str, Any]:
    if question.kind == Kind.NUMBER:
        return {"value": str(chance.choice([0, 1, 1, 2, 2, 3, 4, 6]))}
    if question.kind == Kind.CHOICE:
        return {"choices": [chance.choice(question.choices)]}
    if question.kind == Kind.DATE:
        return {"value": f"{today() - timedelta(days=chance.randint(3, 200)):%d/%m/%Y}"}
    if question.kind == Kind.TABLE:
        rows = [
            [_cell(column.kind, chance) for column in question.columns.all()]
            for _ in range(chance.randint(0, 3))
        ]
        return {"rows": rows}
    if question.kind == Kind.FILE or chance.random() < 0.4:
        return {} if not question.is_required else {"nil": True}
    return {"value": chance.choice(WORDS["texts"])}


def _cell(kind: str, chance: random.Random) -> str:
    if kind == Kind.NUMBER:
        return str(chance.randint(2, 40) * 50)
    return str(chance.choice(WORDS["places"]))
