"""What a plan assigns to one agency, as a letter with its annexes: tasks, targets, other duties."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luc.agencies.models import Party
from luc.issuing.cells import Cell, Cells
from luc.issuing.letters import wording
from luc.issuing.letters.settling import letter_of
from luc.issuing.models import Draft
from luc.issuing.producers.pieces import Piece, cell, table
from luc.kernel.rights import Viewer
from luc.kernel.time import telling, today, valid_on
from luc.plans.models import Duty, Part, Plan, Target
from luc.plans.queries.plans import duties_of, parts_of, targets_of
from luc.plans.queries.receiving import printed_for
from luc.reporting.asked import aim
from vanban.writing.phrases import roman

_TASKS = ("STT", "Nhiệm vụ", "Vai trò", "Cơ quan cùng thực hiện", "Thời gian", "Kết quả, sản phẩm")
_TARGETS = ("STT", "Chỉ tiêu", "Mức phải đạt")


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one agency has in a plan today: in its own name, as member of a group, as successor."""

    leads: Sequence[Part]
    coordinates: Sequence[Part]
    targets: Sequence[Target]
    duties: Sequence[Duty]
    others: dict[int, str]

    @property
    def parts(self) -> list[Part]:
        return [*self.leads, *self.coordinates]


def assigned(plan: Plan, party: Party) -> Assigned:
    """All of it, in a fixed number of statements; the plan and the party were found through the viewer."""
    system = Viewer.for_system(plan.tenant_id)
    printed = printed_for(system, plan, party.pk)
    parts = list(parts_of(system, plan, printed))
    leads = [part for part in parts if part.role == Part.Role.LEAD]
    led = {part.task_id for part in leads}
    along = {part.task_id: part for part in parts if part.task_id not in led}
    return Assigned(
        leads=list({part.task_id: part for part in leads}.values()),
        coordinates=list(along.values()),
        targets=list(targets_of(system, plan, printed)),
        duties=list(duties_of(system, plan, printed)),
        others=_others(plan, printed),
    )


def _others(plan: Plan, printed: Sequence[int]) -> dict[int, str]:
    """By task who else has a part in it, leads first."""
    rows = Part.objects.filter(valid_on(today()), task__plan=plan).exclude(party__in=printed)
    names: dict[int, dict[str, None]] = {}
    for task, role, name in rows.order_by("-role", "order", "pk").values_list("task", "role", "party__name"):
        lead = " (chủ trì)" if role == Part.Role.LEAD else ""
        names.setdefault(task, {})[f"{name}{lead}"] = None
    return {task: "; ".join(of) for task, of in names.items()}


def assignments(draft: Draft) -> tuple[Cells, list[Piece]]:
    """What the letter says now."""
    plan, about = _plan(draft), _about(draft)
    found = assigned(plan, about)
    cells = _counted(found)
    tables = {"tasks": _tasks(found), "targets": _targets(found)}
    return cells, wording.pieces(letter_of(draft), fields(draft, found), cells, tables)


def assignment_cells(draft: Draft, at: datetime | None = None, _said: datetime | None = None) -> Cells:
    """How much the plan assigns to the agency on the day of a moment."""
    with telling(at) if at else nullcontext():
        return _counted(assigned(_plan(draft), _about(draft)))


def _counted(found: Assigned) -> Cells:
    return {
        "nhiem-vu-chu-tri": Cell(str(len(found.leads)), "Số nhiệm vụ chủ trì"),
        "nhiem-vu-phoi-hop": Cell(str(len(found.coordinates)), "Số nhiệm vụ phối hợp"),
        "chi-tieu-tra-loi": Cell(str(len(found.targets)), "Số chỉ tiêu phải trả lời"),
    }


def fields(draft: Draft, found: Assigned) -> dict[str, Any]:
    """The names that its words ask for."""
    plan = _plan(draft)
    return {
        "co_quan": str(draft.head["issuer"]),
        "don_vi": _about(draft).name,
        "ke_hoach": wording.plan_words([plan]),
        "so_ke_hoach": wording.plan_short([plan]),
        "trach_nhiem": [duty.text for duty in found.duties],
        "chi_tieu": [target.text for target in found.targets],
    }


def _tasks(found: Assigned) -> wording.Table:
    rows: list[list[dict[str, Any]]] = []
    number = 0
    for position, (role, parts) in enumerate(
        pair for pair in (("chủ trì", found.leads), ("phối hợp", found.coordinates)) if pair[1]
    ):
        rows.append([cell(roman(position + 1), bold=True), cell(f"Nhiệm vụ {role}", bold=True, colspan=5)])
        for part in parts:
            number += 1
            rows.append(_task(str(number), role, part, found.others.get(part.task_id, "")))
    columns = [(0.6, "center"), (5.0, "left"), (1.1, "left"), (3.2, "left"), (1.6, "left"), (2.4, "left")]
    return lambda place: table(place, _TASKS, columns, rows)


def _task(number: str, role: str, part: Part, others: str) -> list[dict[str, Any]]:
    task = part.task
    named = f" (mục {task.number})" if task.number and task.number != number else ""
    said = (number, f"{task.text}{named}", role.capitalize(), others, task.timeframe_text, task.output)
    return [cell(words) for words in said]


def _targets(found: Assigned) -> wording.Table:
    rows = [[cell(str(n)), cell(target.text), cell(aim(target))] for n, target in enumerate(found.targets, 1)]
    return lambda place: table(place, _TARGETS, [(0.6, "center"), (5.5, "left"), (3.0, "left")], rows)


def _plan(draft: Draft) -> Plan:
    assert draft.plan is not None  # a letter about a plan has its plan
    return draft.plan


def _about(draft: Draft) -> Party:
    assert draft.about is not None  # it is about one agency
    return draft.about
