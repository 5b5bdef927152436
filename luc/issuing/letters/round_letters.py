"""The letters of a round: the one that asks for reports, and the reminder with the list of who is missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from luc.issuing.cells import Cell, Cells
from luc.issuing.letters import wording
from luc.issuing.letters.late import Owing, Standing, standing_at
from luc.issuing.letters.settling import letter_of
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
    cells, tables = asking_cells(draft), {"parties": _parties(_cycle(draft))}
    return cells, wording.pieces(letter_of(draft), asking_fields(draft), cells, tables)


def asking_cells(draft: Draft, at: datetime | None = None, _said: datetime | None = None) -> Cells:
    """How many are asked, as known at a moment."""
    found = standing_at(_cycle(draft), at or now())
    return {"don-vi-phai-bao-cao": Cell(str(found.bound), "Số đơn vị phải báo cáo")}


def asking_fields(draft: Draft) -> wording.Fields:
    """The names that its words ask for."""
    cycle = _cycle(draft)
    form = CycleForm.objects.filter(cycle=cycle).first()
    asked = (
        {name for names in form.sections.values() for name in names} if form else {*cut.OF_ROWS, *cut.ALWAYS}
    )
    last = cycle.period_until - timedelta(days=1)
    return _fields(draft) | {
        "tu_ngay": f"{cycle.period_start:%d/%m/%Y}",
        "den_ngay": f"{last:%d/%m/%Y}",
        "ngay_chot": f"{cycle.cutoff:%d/%m/%Y}",
        "noi_dung": [str(cut.Section(name).label) for name in cut.ordered(asked)],
        "don_vi_tien": form.money_unit if form and cut.Section.MONEY in asked else "",
    }


def reminder(draft: Draft) -> Made:
    """What the reminder says: of the moment that was settled for it, else of now."""
    found = standing_at(_cycle(draft), moment_of(draft))
    cells = _counted(found)
    return cells, wording.pieces(
        letter_of(draft), reminder_fields(draft, found), cells, {"late": _late(found)}
    )


def reminder_cells(draft: Draft, at: datetime | None = None, said: datetime | None = None) -> Cells:
    """Who owed at the moment of which the letter speaks: that which was settled, else when it was said, else now."""
    settled = moment_of(draft) if draft.head.get("as_of") else said or now()
    return _counted(standing_at(_cycle(draft), min(settled, at or now())))


def _counted(found: Standing) -> Cells:
    return {
        "don-vi-phai-bao-cao": Cell(str(found.bound), "Số đơn vị phải báo cáo"),
        "don-vi-da-bao-cao": Cell(str(found.answered), "Số đơn vị đã có báo cáo"),
        "don-vi-chua-co": Cell(str(len(found.owing)), "Số đơn vị chưa có báo cáo"),
        "don-vi-qua-han": Cell(str(found.overdue), "Số đơn vị quá hạn"),
        "don-vi-phai-sua": Cell(str(found.to_correct), "Số đơn vị được trả lại, chưa gửi lại"),
    }


def reminder_fields(draft: Draft, found: Standing) -> wording.Fields:
    """The names that its words ask for."""
    until = draft.head.get("until")
    return _fields(draft) | {
        "qua_han": str(found.overdue or ""),
        "phai_sua": str(found.to_correct or ""),
        "tinh_den": wording.moment_words(moment_of(draft)),
        "gui_truoc": wording.before_words(datetime.fromisoformat(until)) if until else "",
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
        "co_quan": str(draft.head["issuer"]),
        "ke_hoach": wording.plan_words(plans),
        "so_ke_hoach": wording.plan_short(plans),
        "ky": title[:1].lower() + title[1:],
        "han_gui": wording.before_words(cycle.due_at),
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
