"""The letters of a round: the one that asks for reports, and the reminder with the list of who is missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from luc.issuing.cells import Cell, Cells
from luc.issuing.letters import wording
from luc.issuing.letters.late import Owing, Standing, standing_at
from luc.issuing.models import Draft
from luc.issuing.producers.pieces import Piece, cell, table
from luc.kernel.time import VIETNAM, now
from luc.reporting import cut
from luc.reporting.models import CycleForm
from luc.reporting.queries.plans import plans_of
from luc.rounds.models import Cycle, Obligation

Made = tuple[Cells, list[Piece]]
_PARTIES = ("STT", "Cơ quan, đơn vị", "Hạn báo cáo")
_LATE = ("STT", "Cơ quan, đơn vị", "Hạn báo cáo", "Tình trạng", "Số ngày quá hạn")


def asking(draft: Draft) -> Made:
    """What the letter that asks for reports says now."""
    cycle = _cycle(draft)
    found = standing_at(cycle, now())
    cells = {"don-vi-phai-bao-cao": Cell(str(found.bound), "Số đơn vị phải báo cáo")}
    return cells, wording.pieces("asking", asking_fields(draft), cells, {"parties": _parties(cycle)})


def asking_fields(draft: Draft) -> wording.Fields:
    """The names that its words ask for."""
    cycle = _cycle(draft)
    form = CycleForm.objects.filter(cycle=cycle).first()
    asked = (
        {name for names in form.sections.values() for name in names} if form else {*cut.OF_ROWS, *cut.ALWAYS}
    )
    last = cycle.period_until - timedelta(days=1)
    return _fields(draft) | {
        "first": f"{cycle.period_start:%d/%m/%Y}",
        "last": f"{last:%d/%m/%Y}",
        "cutoff": f"{cycle.cutoff:%d/%m/%Y}",
        "asked": [str(cut.Section(name).label) for name in cut.ordered(asked)],
        "money_unit": form.money_unit if form and cut.Section.MONEY in asked else "",
    }


def reminder(draft: Draft) -> Made:
    """What the reminder says: of the moment that was settled for it, else of now."""
    found = standing_at(_cycle(draft), moment_of(draft))
    cells = {
        "don-vi-phai-bao-cao": Cell(str(found.bound), "Số đơn vị phải báo cáo"),
        "don-vi-da-bao-cao": Cell(str(found.answered), "Số đơn vị đã có báo cáo"),
        "don-vi-chua-co": Cell(str(len(found.owing)), "Số đơn vị chưa có báo cáo"),
        "don-vi-qua-han": Cell(str(found.overdue), "Số đơn vị quá hạn"),
        "don-vi-phai-sua": Cell(str(found.to_correct), "Số đơn vị được trả lại, chưa gửi lại"),
    }
    return cells, wording.pieces("reminder", reminder_fields(draft, found), cells, {"late": _late(found)})


def reminder_fields(draft: Draft, found: Standing) -> wording.Fields:
    """The names that its words ask for."""
    until = draft.head.get("until")
    return _fields(draft) | {
        "overdue": str(found.overdue or ""),
        "to_correct": str(found.to_correct or ""),
        "as_of": wording.moment_words(moment_of(draft)),
        "until": wording.before_words(datetime.fromisoformat(until)) if until else "",
    }


def moment_of(draft: Draft) -> datetime:
    """Of which moment a reminder speaks."""
    settled = draft.head.get("as_of")
    return datetime.fromisoformat(settled) if settled else now()


def _fields(draft: Draft) -> dict[str, Any]:
    cycle = _cycle(draft)
    plans = plans_of([cycle]).get(cycle.pk, [])
    title = cycle.title.removeprefix("Báo cáo ").strip()
    return {
        "issuer": str(draft.head["issuer"]),
        "plan": wording.plan_words(plans),
        "plan_short": wording.plan_short(plans),
        "period": title[:1].lower() + title[1:],
        "due": wording.before_words(cycle.due_at),
    }


def _cycle(draft: Draft) -> Cycle:
    assert draft.cycle is not None  # a letter of a round has its round
    return draft.cycle


def _parties(cycle: Cycle) -> wording.Table:
    rows = Obligation.objects.filter(cycle=cycle).exclude(state=Obligation.State.HANDED_ON)
    listed = [
        [cell(str(n)), cell(row.party.name), cell(_moment(row.due_at))]
        for n, row in enumerate(rows.select_related("party").order_by("party__kind", "party__sort_key"), 1)
    ]
    columns = [(0.6, "center"), (5.0, "left"), (2.4, "center")]
    return lambda place: table(place, _PARTIES, columns, listed)


def _late(found: Standing) -> wording.Table:
    listed = [
        [cell(str(n)), cell(one.party.name), cell(_moment(one.due_at)), cell(_state(one)), cell(_days(one))]
        for n, one in enumerate(found.owing, 1)
    ]
    columns = [(0.6, "center"), (4.6, "left"), (1.8, "center"), (2.2, "left"), (1.2, "center")]
    return lambda place: table(place, _LATE, columns, listed)


def _state(one: Owing) -> str:
    if one.to_correct:
        return "Được trả lại, chưa gửi lại"
    return "Chưa gửi" if one.is_overdue else "Chưa gửi, còn hạn"


def _days(one: Owing) -> str:
    return str(one.days_late) if one.is_overdue else ""


def _moment(at: datetime) -> str:
    """The last moment in time: a midnight as the day before it."""
    local = at.astimezone(VIETNAM)
    if (local.hour, local.minute) == (0, 0):
        return f"hết ngày {local - timedelta(days=1):%d/%m/%Y}"
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
