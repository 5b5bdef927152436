"""A plan with accepted reports, published: where most tests of the room start."""

from __future__ import annotations

from luc.plans.models import Plan
from luc.portal import actions
from luc.portal.models import Edition
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting import life


def reported(side: Side, *parties: str, tasks: int = 6) -> Plan:
    """A plan with a cycle in which some parties (environment) were accepted."""
    plan = make_plan(side, tasks)
    life.open_cycle(side, plan)
    life.accept(side, *life.report(side, *(parties or ("environment",))))
    return plan


def publish(side: Side, plan: Plan, *, with_words: bool = False, note: str = "") -> Edition:
    """Preview and publish as the officer."""
    officer = side.viewer("officer")
    built = actions.preview(officer, plan.pk, with_words=with_words)
    return actions.publish(officer, plan.pk, seen=built.sha256, with_words=with_words, note=note)
