"""What the demonstration shows to everybody: the plan after each round, and questions of the people."""

from __future__ import annotations

from luc.demonstration.reports import WORDS
from luc.kernel.errors import Conflict
from luc.kernel.rights import Viewer
from luc.plans.models import Plan
from luc.portal import actions, queries
from luc.portal.models import Question


def publish_plan(officer: Viewer, plan: Plan) -> None:
    """Publish the plan as it stands, with the accepted words; nothing where nothing is new."""
    built = actions.preview(officer, plan.pk, with_words=True)
    try:
        actions.publish(officer, plan.pk, seen=built.sha256, with_words=True)
    except Conflict:
        return


def ask(officer: Viewer, plan: Plan) -> None:
    """Strangers ask about the published plan; those questions that have an answer are answered."""
    if not any(row.plan_id == plan.pk for row in queries.listed()):
        return
    for said in WORDS["asked"]:
        row = actions.ask(
            Viewer(), plan.pk, task=None, text=said["question"], name="", mail="", agreed=False, origin="mẫu"
        )
        if said["answer"]:
            actions.answer(
                officer, row.pk, shown=said["question"], text=said["answer"], seen=Question.State.WAITING
            )
