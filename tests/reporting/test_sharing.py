"""Two plans in one cycle and one form: what they share is answered once and counts in both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luc.figures.models import Figure
from luc.issuing.actions.at_once import keep_paper
from luc.kernel.errors import Refused
from luc.kernel.models import Change
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.plans.models import Plan, Progress, Regime
from luc.reporting import actions
from luc.reporting.content import compose
from luc.reporting.cut import Section
from luc.reporting.models import CycleForm, CycleRegime, OfficialDraft, Report
from luc.reporting.queries.consolidation import Consolidation, consolidate
from luc.reporting.queries.plans import mates, plans_of
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle, Obligation, Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import (
    accept,
    draft_of,
    full_answers,
    hand_in,
    open_cycle,
    opening_values,
    report,
    write,
)
from tests.reporting.test_excel import bring, keep, take
from tests.reporting.two_plans import make_two, regimes
from tests.workbook import cells_of, retyped

SignIn = Callable[..., Client]
PARTIES = ("finance", "environment", "science", "commune_1", "commune_2")


def _open(side: Side, plans: tuple[Plan, Plan], **more: object) -> Cycle:
    other = regimes(plans)[1]
    return open_cycle(side, plans[0], together=[other.pk], **more)


def _told(side: Side, cycle: Cycle, plan: Plan) -> Consolidation:
    return consolidate(side.viewer("officer"), cycle, accepted_only=True, plan=plan.pk)


def test_the_page_offers_the_other_plan_and_what_they_share(here: Side, signed_in: SignIn) -> None:
    plans = make_two(here)
    first, other = regimes(plans)
    officer, address = signed_in("officer"), f"/ky-bao-cao/mo/{first.pk}/"
    seen = officer.get(address)
    assert f'name="gop" value="{other.pk}"' in seen.content.decode()
    assert seen.context["pairs"] == []
    seen = officer.post(address, {"xem": "1", "gop": other.pk})
    pairs = {(pair.first.text, pair.other.text): ticked for pair, ticked in seen.context["pairs"]}
    assert {first.split()[0] for first, _other in pairs} == {"Xây", "Tập"}
    assert pairs[plans[0].tasks.get(order=2).text, plans[1].tasks.get(order=2).text] is True
    assert all(len(line.party.name) for line in seen.context["binding"].bound)


def test_one_obligation_and_one_report_for_each_party(here: Side) -> None:
    plans = make_two(here)
    cycle = _open(here, plans)
    assert Obligation.objects.count() == Report.objects.count() == 9
    assert len(set(Obligation.objects.values_list("party", flat=True))) == 9
    assert [plan.pk for plan in plans_of([cycle])[cycle.pk]] == [plan.pk for plan in plans]
    line = Change.objects.get(kind="reporting.cycleform")
    assert line.after["shared"] == CycleForm.objects.get().shared
    for regime in regimes(plans):
        with pytest.raises(Refused, match="đã được mở"):
            actions.open_cycle(here.viewer("officer"), regime.pk, **opening_values())
    assert CycleRegime.objects.count() == 2


def test_a_shared_row_is_asked_once_and_the_own_rows_of_both(here: Side) -> None:
    plans = make_two(here)
    cycle = _open(here, plans)
    whole = draft_of(here, "finance", cycle)
    tasks = {line.row.text: line.row for line in whole.section("part")}
    shared = tasks["Tập huấn kỹ thuật phân loại chất thải tại nguồn"]
    assert [one.plan for one in shared.also] == [plans[1].pk]
    alone = _open_apart(here)
    assert len(whole.lines) < alone


def _open_apart(side: Side) -> int:
    """How many rows the two plans ask finance in cycles of their own."""
    return sum(
        len(
            draft_of(
                side, "finance", open_cycle(side, plan, period_start=today() - timedelta(days=500))
            ).lines
        )
        for plan in Plan.objects.order_by("pk")
    )


def test_what_is_not_confirmed_is_not_shared(here: Side) -> None:
    plans = make_two(here)
    cycle = _open(here, plans, pairs=[])
    rows = [line.row for line in draft_of(here, "finance", cycle).section("part")]
    assert not any(row.also for row in rows)
    assert {row.plan for row in rows} == {plan.pk for plan in plans}


def test_pairs_that_were_not_proposed_are_refused(here: Side) -> None:
    plans = make_two(here)
    third, other = plans[0].tasks.get(order=3), plans[1].tasks.get(order=3)
    with pytest.raises(Refused, match="dùng chung"):
        _open(here, plans, pairs=[f"task-{third.pk}-{other.pk}"])


def test_both_plans_get_what_was_said_once(here: Side) -> None:
    plans = make_two(here)
    cycle = _open(here, plans)
    accept(here, *report(here, *PARTIES))
    for plan in plans:
        parts = set(
            Progress.objects.filter(part__task__plan=plan).values_list("part__task__order", flat=True)
        )
        assert parts == {1, 2, 3}
    values = {plan.pk: [len(line.valued) for line in _told(here, cycle, plan).targets] for plan in plans}
    assert values[plans[0].pk][0] == values[plans[1].pk][0] == 1
    shared = plans[0].targets.get(order=1)
    assert Figure.objects.filter(indicator=shared.indicator).count() == 1


def test_each_consolidation_is_the_sum_of_what_was_accepted(here: Side) -> None:
    """Property: the voices of both plans are the accepted rows, those shared once in each."""
    plans = make_two(here)
    cycle = _open(here, plans)
    accept(here, *report(here, *PARTIES))
    contents = [row.content for row in Submission.objects.all()]
    for plan in plans:
        told = _told(here, cycle, plan)
        heard = sorted((voice.party.pk, voice.row["id"]) for line in told.tasks for voice in line.voices)
        said = sorted(
            (content["party"]["id"], one["id"])
            for content in contents
            for row in content["rows"]
            if row["section"] == "part"
            for one in (row, *row.get("also", ()))
            if one["plan"] == plan.pk
        )
        assert heard == said
        assert set(plan.tasks.values_list("pk", flat=True)) == {line.task.pk for line in told.tasks}
    told_twice = sum(len(line.voices) for plan in plans for line in _told(here, cycle, plan).tasks)
    told_once = sum(row["section"] == "part" for content in contents for row in content["rows"])
    also = sum(
        len(row.get("also", ()))
        for content in contents
        for row in content["rows"]
        if row["section"] == "part"
    )
    assert told_twice == told_once + also
    assert also


def test_each_plan_has_its_own_paper(here: Side, signed_in: SignIn) -> None:
    plans = make_two(here)
    cycle = _open(here, plans)
    report(here, "finance")
    for plan in plans:
        keep_paper(here.viewer("officer"), cycle.pk, accepted_only=False, plan=plan.pk)
    names = list(OfficialDraft.objects.order_by("pk").values_list("plan", "file__name"))
    assert [plan for plan, _name in names] == [plan.pk for plan in plans]
    assert "15-KH-UBND" in names[0][1]
    assert "16-KH-UBND" in names[1][1]
    officer = signed_in("officer")
    page = officer.get(f"/ky-bao-cao/{cycle.pk}/tong-hop/?ke-hoach={plans[1].pk}").content.decode()
    assert plans[1].tasks.get(order=3).text in page
    assert plans[0].tasks.get(order=3).text not in page
    assert officer.get(f"/ky-bao-cao/{cycle.pk}/tong-hop/?ke-hoach=999999").status_code == 404
    for address in ("/ky-bao-cao/", "/"):
        listed = officer.get(address).content.decode()
        assert "15/KH-UBND" in listed
        assert "16/KH-UBND" in listed


def test_what_was_said_last_time_comes_from_the_cycle_of_each_plan(here: Side) -> None:
    plans = make_two(here)
    earlier = {"period_start": today() - timedelta(days=800), "last_day": today() - timedelta(days=400)}
    for plan, words in zip(plans, ("Của thứ nhất", "Của thứ hai"), strict=True):
        cycle = open_cycle(here, plan, **earlier)
        whole = draft_of(here, "finance", cycle)
        viewer = here.viewer("clerk_finance")
        saved = actions.save_draft(viewer, whole.report.pk, version=0, rows=full_answers(whole, words))
        accept(here, actions.submit(viewer, whole.report.pk, version=saved.version))
    cycle = _open(here, plans)
    said = {line.row.plan: set() for line in draft_of(here, "finance", cycle).lines}
    for line in draft_of(here, "finance", cycle).section("duty"):
        assert line.before is not None
        said[line.row.plan].add(line.before["result"])
    assert said == {plans[0].pk: {"Của thứ nhất"}, plans[1].pk: {"Của thứ hai"}}


def test_only_plans_of_one_collector_and_day_go_together(here: Side) -> None:
    plans = make_two(here)
    first, other = regimes(plans)
    officer, start = here.viewer("officer"), today()
    assert [one.pk for one in mates(officer, first, start)] == [other.pk]
    for change in (
        {"deadline_day": 9},
        {"includes_day": True},
        {"frequency": "quarterly"},
        {"collector": here.parties["finance"]},
    ):
        kept = {name: getattr(other, name) for name in change}
        with writing():
            Regime.objects.filter(pk=other.pk).update(**change)
        assert mates(officer, first, start) == []
        with pytest.raises(Refused, match="cùng cơ quan tổng hợp"):
            _open(here, plans)
        with writing():
            Regime.objects.filter(pk=other.pk).update(**kept)


def test_a_form_of_two_plans_costs_a_fixed_number_of_statements(
    here: Side, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for tasks in (4, 40):
        plans = tuple(make_plan(here, tasks, number=f"{tasks}-{n}/KH") for n in (1, 2))
        first, other = (Regime.objects.get(plan=plan) for plan in plans)
        cycle = open_cycle(here, plans[0], together=[other.pk], pairs=[])
        row = Report.objects.select_related("obligation__cycle__collector", "obligation__party", "plan").get(
            obligation__cycle=cycle, obligation__party=here.parties["finance"]
        )
        with django_assert_num_queries(20, exact=False) as captured:
            whole = draft(row)
        counts.append((len(whole.lines), len(captured)))
        assert first.pk
    assert counts[0][0] < counts[1][0]
    assert counts[0][1] == counts[1][1]


def test_the_form_shows_both_plans_and_says_what_counts_twice(here: Side, signed_in: SignIn) -> None:
    plans = make_two(here)
    cycle = _open(here, plans)
    row = draft_of(here, "finance", cycle).report
    page = signed_in("clerk_finance").get(f"/bao-cao/{row.pk}/").content.decode()
    assert "Trả lời một lần cho cả hai kế hoạch" in page
    assert page.count('class="of-plan"') >= 2
    write(here, "finance")
    submission = hand_in(here, "finance")
    read = signed_in("officer").get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    assert "Tính cho cả 16/KH-UBND" in read


def test_money_that_is_no_task_says_in_which_plan_it_is_counted(here: Side, signed_in: SignIn) -> None:
    first, second = make_two(here)
    sections = {"leading": [*Section.values]}
    cycle = _open(here, (first, second), sections=sections)
    report = Report.objects.get(obligation__party=here.parties["environment"])
    whole = draft(report)
    led = whole.section("lead")[0].row
    amounts = {"source": "local", "disbursed": "10", "cumulative": "20"}
    rows = full_answers(whole) | {"money-1": {"title": led.text, **amounts}}
    rows["money-2"] = {"title": "Truyền thông chung", **amounts}
    clerk = here.viewer("clerk_environment")
    saved = actions.save_draft(clerk, report.pk, version=0, rows=rows)
    ((key, words),) = draft_of(here, "environment", cycle).money_lacks
    assert (key, "chưa chọn tính vào kế hoạch nào" in words) == ("money-2", True)
    page = signed_in("clerk_environment").get(f"/bao-cao/{report.pk}/").content.decode()
    assert page.count('name="money-2-plan"') == 1
    strange = {"money-2": {"plan": "999999"}}
    assert actions.save_draft(clerk, report.pk, version=saved.version, rows=strange).version == saved.version
    saved = actions.save_draft(
        clerk, report.pk, version=saved.version, rows={"money-2": {"plan": str(second.pk)}}
    )
    whole = draft_of(here, "environment", cycle)
    assert whole.money_lacks == []
    content = compose(whole)
    assert [row["plan"] for row in content["money"]] == [led.plan, second.pk]


def test_the_workbook_says_in_which_plan_money_is_counted(here: Side, signed_in: SignIn) -> None:
    first, second = make_two(here)
    cycle = _open(here, (first, second), sections={"leading": [*Section.values]})
    report, clerk = (
        Report.objects.get(obligation__party=here.parties["environment"]),
        signed_in("clerk_environment"),
    )
    cells: dict[tuple[str, str, str], object] = {
        ("Kinh phí", "money-1~", "title"): "Truyền thông chung",
        ("Kinh phí", "money-1~", "source"): "Ngân sách địa phương",
        ("Kinh phí", "money-1~", "plan"): "16/kh-ubnd",
        ("Kinh phí", "money-1~", "disbursed"): 10,
        ("Kinh phí", "money-1~", "cumulative"): 20,
    }
    strange = cells | {("Kinh phí", "money-1~", "plan"): "17/KH-UBND"}
    status, page = bring(clerk, report, retyped(take(clerk, report), strange))
    assert status == 422
    assert "«17/KH-UBND» không có trong danh sách" in page
    status, page = bring(clerk, report, retyped(take(clerk, report), cells))
    assert status == 200
    assert keep(clerk, report, page) == 302
    whole = draft_of(here, "environment", cycle)
    assert [line.values["plan"] for line in whole.money] == [str(second.pk)]
    assert not any("kế hoạch" in words for _key, words in whole.money_lacks)
    assert "giống hệt" in bring(clerk, report, take(clerk, report))[1]


def test_of_one_plan_nobody_is_asked_where_money_is_counted(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    cycle = open_cycle(here, plan, sections={"leading": [*Section.values]})
    report = Report.objects.get(obligation__party=here.parties["environment"])
    rows = {"money-1": {"title": "Việc khác", "source": "local", "disbursed": "1", "cumulative": "1"}}
    actions.save_draft(here.viewer("clerk_environment"), report.pk, version=0, rows=rows)
    assert draft_of(here, "environment", cycle).money_lacks == []
    assert (
        'name="money-1-plan"'
        not in signed_in("clerk_environment").get(f"/bao-cao/{report.pk}/").content.decode()
    )
    workbook = take(signed_in("clerk_environment"), report)
    assert not any("plan" in row for row in cells_of(workbook, "Kinh phí"))
