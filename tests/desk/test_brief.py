"""The leader's one page: what waits for a decision, who is late, how far the targets are; nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luc.desk.brief import brief
from luc.kernel.time import telling, today
from luc.plans.models import Plan, Target
from luc.plans.queries.paths import paths
from luc.reporting import actions
from luc.reporting.doubts import questions
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle
from luc.threads import actions as threads
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting.life import (
    NO_OBSTACLES,
    accept,
    draft_of,
    full_answers,
    hand_in,
    open_cycle,
    report_of,
    write,
)
from tests.reporting.two_years import ASKING

SignIn = Callable[..., Client]


def propose(here: Side, party: str, to: str, words: str = "Bố trí vốn") -> None:
    rows = full_answers(draft_of(here, party))
    said = {"obstacle-0": {"obstacle": "Thiếu vốn", "proposal": words, "addressee": to}}
    write(here, party, rows | {NO_OBSTACLES: {"nil": ""}} | said)


@pytest.mark.parametrize(
    ("to", "theirs"),
    [
        ("Ủy ban nhân dân thành phố Cần Thơ", True),
        ("UBND", True),
        ("Chủ tịch UBND TP Cần Thơ", True),
        ("Sở Công Thương", False),
        ("Bộ Công Thương", False),
        ("Ủy ban nhân dân phường An Bình", False),
        ("", False),
    ],
)
def test_what_accepted_reports_ask_of_the_committee_waits_for_the_leaders(
    here: Side, to: str, theirs: bool
) -> None:
    open_cycle(here)
    propose(here, "finance", to)
    submission = hand_in(here, "finance")
    assert brief(here.viewer("leader")).proposed == []  # not accepted yet
    accept(here, submission)
    found = brief(here.viewer("leader")).proposed
    assert [(one.proposal, one.parties) for one in found] == (
        [("Bố trí vốn", ["Sở Tài chính"])] if theirs else []
    )


def test_what_was_passed_up_stands_with_the_focal_agencys_opinion(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    thread = threads.raise_thread(
        here.viewer("clerk_finance"),
        plan=plan.pk,
        task=None,
        party=here.parties["finance"].pk,
        kind="obstacle",
        title="Chưa có đơn giá",
        text="Chưa có đơn giá.",
    )
    leader = here.viewer("leader")
    assert brief(leader).passed == []
    threads.pass_up(here.viewer("officer"), thread.pk, text="Đề nghị giao Sở Xây dựng.", seen="waiting")
    ((row, opinion),) = [(one.thread, one.opinion) for one in brief(leader).passed]
    assert row == thread
    assert opinion is not None
    assert opinion.text == "Đề nghị giao Sở Xây dựng."
    body = signed_in("leader").get("/lanh-dao/").content.decode()
    assert "Đề nghị giao Sở Xây dựng." in body
    assert "Cho ý kiến" in body
    assert "Cho ý kiến" not in signed_in("officer").get("/lanh-dao/").content.decode()
    threads.answer(leader, thread.pk, text="Đồng ý.", seen="passed_up")
    assert brief(leader).waiting == 0


def test_who_is_late_stands_with_the_days(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    write(here, "finance")
    hand_in(here, "finance")
    assert brief(here.viewer("leader")).late == []
    with telling(cycle.due_at + timedelta(days=2, hours=1)):
        found = {one.party: one.days for one in brief(here.viewer("leader")).late}
        assert found["Phường An Bình"] == 3
        assert "Sở Tài chính" not in found
        body = signed_in("leader").get("/lanh-dao/").content.decode()
    assert "Phường An Bình" in body


def test_a_target_has_its_path_and_what_is_wanted(here: Side) -> None:
    plan = make_plan(here)
    open_cycle(here, plan)
    write(here, "environment")
    leader = here.viewer("leader")
    assert {one.points for one in paths(leader, [plan])[plan.pk]} == {()}
    accept(here, hand_in(here, "environment"))
    by_target = {one.row.target.comparator: one for one in paths(leader, [plan])[plan.pk]}
    ranged, least = by_target[Target.Comparator.RANGE], by_target[Target.Comparator.GTE]
    assert (ranged.low, ranged.high, least.low, least.high) == (70, 80, 35, None)
    assert [str(point.value) for point in ranged.points] == ["72.5"]
    ((_plan, drawn),) = brief(leader).targets
    assert [len(one.drawing.dots) for one in drawn if one.drawing] == [1, 0]
    band = next(one.drawing for one in drawn if one.drawing and one.drawing.dots)
    (dot,) = band.dots
    assert float(band.top) <= float(dot.y) <= float(band.top) + float(band.band)  # 72.5 lies in 70 - 80


def test_the_final_figure_of_a_year_stands_instead_of_what_was_done_by_the_cut_off(here: Side) -> None:
    plan, year = make_plan(here), today().year
    told = {"value": "60", "estimate": "80"}
    days = {"period_start": date(year - 2, 12, 15), "last_day": date(year - 1, 12, 14)}
    _tell(here, open_cycle(here, plan, cutoff=date(year - 1, 12, 9), sections=ASKING, **days), told)
    days = {"period_start": date(year - 1, 12, 15), "last_day": date(year, 12, 14)}
    cycle = open_cycle(here, plan, title="Kỳ sau", sections=ASKING, **days)
    _tell(here, cycle, {"value": "66", "estimate": "82", "final": "78"})
    points = [point for one in paths(here.viewer("leader"), [plan])[plan.pk] for point in one.points]
    last_year = [point for point in points if point.day.year == year - 1]
    assert [(point.value, point.is_estimate) for point in last_year] == [(78, False)]
    assert points == sorted(points, key=lambda point: point.day)


def _tell(here: Side, cycle: Cycle, figure: dict[str, str]) -> None:
    """The environment department's figure, handed in and accepted; all else is answered."""
    row, clerk = report_of(here, "environment", cycle), here.viewer("clerk_environment")
    rows = full_answers(draft(row)) | {"money-99": {"nil": "1"}}
    rows[draft(row).section("figure")[0].row.key] |= figure
    saved = actions.save_draft(clerk, row.pk, version=row.version, rows=rows)
    whole = draft(report_of(here, "environment", cycle))
    why = dict.fromkeys(questions(whole), "Đã rà soát")
    accept(here, actions.submit(clerk, row.pk, version=saved.version, explanations=why))


def test_the_page_is_the_leaders_and_the_focal_agencys(here: Side, cast: Cast, signed_in: SignIn) -> None:
    plan = make_plan(here)
    open_cycle(here, plan)
    for person in ("leader", "secretariat", "officer", "focal_head"):
        assert plan.number in signed_in(person).get("/lanh-dao/").content.decode()
    for person in ("clerk_finance", "head_finance", "ministry_reader"):
        assert signed_in(person).get("/lanh-dao/").status_code == 403
    assert plan.number not in signed_in("leader", cast.there).get("/lanh-dao/").content.decode()


def test_it_costs_the_same_however_much_there_is(here: Side, signed_in: SignIn) -> None:
    client, costs = signed_in("leader"), []

    def more(number: str, *parties: str) -> None:
        plan: Plan = make_plan(here, number=number)
        cycle = open_cycle(here, plan)
        for party in parties:
            propose(here, party, "UBND", f"đề nghị của {party}")
            accept(here, hand_in(here, party))
        cycle.refresh_from_db()

    more("1/KH-UBND", "commune_1")
    client.get("/lanh-dao/")
    for number, parties in (("1", ()), ("2", ("finance", "commune_2"))):
        if parties:
            for party in parties:
                propose(here, party, "UBND", f"đề nghị {number} của {party}")
                accept(here, hand_in(here, party))
            make_plan(here, number=f"{number}/KH-UBND")
        with CaptureQueriesContext(connection) as asked:
            client.get("/lanh-dao/")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 30, costs
