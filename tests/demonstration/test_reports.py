"""What the demonstration's clerks write: all that a form can ask, and why what was asked back is right."""

from __future__ import annotations

from datetime import timedelta

from luc.demonstration.reports import Course, fill
from luc.demonstration.story import CHECKS
from luc.kernel.time import now
from luc.reporting import actions
from luc.rounds.models import Cycle, Submission
from tests.cast import Side
from tests.reporting.life import open_cycle
from tests.reporting.two_years import ASKING


def filled(side: Side) -> Cycle:
    cycle = open_cycle(side, sections=ASKING)
    actions.check(side.viewer("officer"), cycle.pk, checks=CHECKS, bounds={})
    course = Course(now() - timedelta(days=2), now(), handed_in=1.0, accepted=1.0, returned=0.0)
    assert fill(cycle, side.viewer("officer"), course) > 1
    return cycle


def test_estimates_money_and_explanations_are_told(here: Side) -> None:
    told = [row.content for row in Submission.objects.filter(obligation__cycle=filled(here))]
    leading = [content for content in told if "money" in (content["sections"] or ())]
    assert leading
    figures = [row for content in leading for row in content["rows"] if row["section"] == "figure"]
    assert figures
    assert all(row["value"] and row["estimate"] for row in figures)
    assert any(content["money"] for content in leading)
    for row in (row for content in leading for row in content["money"]):
        assert {"title", "source", "approved", "planned", "disbursed", "cumulative"} <= set(row)
    # no file was sent along, so each lead says why
    assert all(content["explained"] for content in leading if content["rows"][0].get("role") == "lead")
