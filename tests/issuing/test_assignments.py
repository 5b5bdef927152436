"""A letter of assignments while the plan goes on: what the plan says otherwise now is told, and taken anew."""

from __future__ import annotations

from luc.issuing.actions import keep, refresh
from luc.issuing.letters import actions
from luc.issuing.models import Block, Draft
from luc.issuing.ready import ready_to_issue
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.plans.models import Part, Plan, Task
from tests.cast import Side
from tests.issuing.life import blocks_of, wrong
from tests.plan import make_plan


def _letter(side: Side) -> tuple[Plan, Draft]:
    plan = make_plan(side)
    return plan, actions.start_assignments(side.viewer("officer"), plan.pk, side.parties["finance"].pk)


def _lead(side: Side, plan: Plan) -> Part:
    return Part.objects.filter(task__plan=plan, party=side.parties["finance"], role="lead").order_by("pk")[0]


def _reasons(side: Side, draft: Draft) -> set[str]:
    draft.refresh_from_db()
    return {one.kind for one in ready_to_issue(keep(side.viewer("officer"), draft.pk))}


def test_while_the_plan_is_the_same_nothing_is_told(here: Side) -> None:
    _plan, draft = _letter(here)
    assert wrong(draft) == []
    assert _reasons(here, draft) == set()


def test_a_task_that_is_told_otherwise_marks_its_table_until_it_is_taken_anew(here: Side) -> None:
    plan, draft = _letter(here)
    task = _lead(here, plan).task
    with writing():
        Task.objects.filter(pk=task.pk).update(text="Nhiệm vụ đã được sửa đổi, bổ sung")
    (found,) = wrong(draft)
    table = Block.objects.get(pk=found.block)
    assert (table.kind, found.words) == ("table", "Kế hoạch nay giao khác; hãy lấy lại số liệu.")
    assert _reasons(here, draft) == {"report"}
    refresh(here.viewer("officer"), draft.pk, seen="", take=None)
    assert wrong(draft) == []
    assert "Nhiệm vụ đã được sửa đổi" in str([row.content for row in blocks_of(draft)])
    assert _reasons(here, draft) == set()


def test_a_task_that_another_agency_has_now_moves_the_number_too(here: Side) -> None:
    plan, draft = _letter(here)
    with writing():
        Part.objects.filter(pk=_lead(here, plan).pk).update(valid_to=today())
    assert {one.kind for one in wrong(draft)} == {"number", "report"}
    refresh(here.viewer("officer"), draft.pk, seen="", take=None)
    assert wrong(draft) == []
