"""A plan that ends becomes the draft of the next period: chosen items, years moved, bodies of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.writing import writing
from luc.plans import actions
from luc.plans.models import Part, Plan, PlanRelation, Reading, Regime, Target, Task
from luc.plans.queries import review
from luc.plans.standing import standing
from luc.plans.succeeding import all_keys
from luc.reporting import actions as reporting
from luc.reporting.checks import Checks
from luc.reporting.models import CycleForm
from luc.rounds.models import Cycle
from luc.rounds.reminders.actions import set_policy
from luc.rounds.reminders.models import Policy
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting import life

TODAY = date(2026, 11, 21)


@pytest.fixture
def plan(here: Side) -> Plan:
    """The small plan 2026 - 2030; its second task and first target name years."""
    made = make_plan(here)
    with writing():
        tasks = list(made.tasks.order_by("order"))
        words = "Tổng kết Quyết định số 15/2026/QĐ-TTg ngày 10 tháng 12 năm 2026, mở rộng đến năm 2030"
        Task.objects.filter(pk=tasks[1].pk).update(
            text=words, start="2027-Q2", timeframe_text="Quý II/2027 - 2028"
        )
        Target.objects.filter(plan=made, order=1).update(
            text="Đến năm 2030 đạt 70 - 80 %", baseline_year=2020
        )
    return made


def copied(side: Side, plan: Plan, keys: list[str] | None = None, **more: object) -> Reading:
    everything = all_keys(standing(plan, TODAY))
    values = {"start": 2031, "end": 2035, "keys": keys or everything, "coordinated": everything} | more
    return actions.succeed(side.viewer("officer"), plan.pk, **values)  # type: ignore[arg-type]


def test_years_of_the_period_are_moved_and_other_years_stay(here: Side, plan: Plan) -> None:
    content = review(here.viewer("officer"), copied(here, plan).pk).content
    header, task, target = content["header"], content["tasks"][1], content["targets"][0]
    assert (header["number"], header["date"]) == ("", "")
    assert (header["period_start"], header["period_end"]) == (2031, 2035)
    assert header["title"].endswith("giai đoạn 2031 - 2035")
    assert task["text"] == (
        "Tổng kết Quyết định số 15/2026/QĐ-TTg ngày 10 tháng 12 năm 2026, mở rộng đến năm 2035"
    )
    assert (task["start"], task["end"]) == ("2032-Q2", "2035")
    assert task["timeframe"] == "Quý II/2027 - 2033"
    assert (target["text"], target["year"], target["baseline_year"]) == (
        "Đến năm 2035 đạt 70 - 80 %",
        2035,
        2020,
    )


def test_only_what_was_chosen_goes_along(here: Side, plan: Plan) -> None:
    first, second, *_rest = plan.tasks.order_by("order")
    reading = copied(here, plan, [f"task-{first.pk}", f"task-{second.pk}"], coordinated=[f"task-{second.pk}"])
    content = review(here.viewer("officer"), reading.pk).content
    assert [len(content[name]) for name in ("targets", "tasks", "duties", "regimes")] == [0, 2, 0, 0]
    assert content["tasks"][0]["lead"] == ["Sở Công Thương"]
    assert [task["coordinate"] for task in content["tasks"]] == [[], ["Ủy ban nhân dân các xã, phường"]]


def test_an_ended_body_is_named_by_its_successor_and_asked(here: Side, plan: Plan) -> None:
    """The resources department ended on 1/3/2025; the environment department took over."""
    found = review(here.viewer("officer"), copied(here, plan).pk)
    names = {name for task in found.content["tasks"] for name in task["coordinate"]}
    assert "Sở Tài nguyên và Môi trường" not in names
    assert "Sở Nông nghiệp và Môi trường" in names
    assert found.meant("Sở Nông nghiệp và Môi trường") == here.parties["environment"].pk
    assert found.settled("Sở Nông nghiệp và Môi trường") is None
    assert found.settled("Sở Công Thương") == here.parties["industry"].pk


def test_the_draft_is_adopted_by_the_usual_door_and_says_what_it_succeeds(here: Side, plan: Plan) -> None:
    viewer = here.viewer("officer")
    reading = copied(here, plan)
    with pytest.raises(actions.NotReady):
        actions.adopt(viewer, reading.pk)
    actions.accept_suggestions(viewer, reading.pk)
    new = actions.adopt(viewer, reading.pk)
    relation = PlanRelation.objects.get()
    assert (relation.plan_id, relation.to_id, relation.kind) == (new.pk, plan.pk, "succeeds")
    assert new.tasks.order_by("order")[0].text == plan.tasks.order_by("order")[0].text
    assert Part.objects.filter(task__plan=new, role="lead").count() == 6
    assert new.targets.count() == 2
    assert set(new.targets.values_list("answering", flat=True)) == set(
        plan.targets.values_list("answering", flat=True)
    )
    regime = Regime.objects.get(plan=new)
    assert regime.collector == here.parties["industry"]
    assert set(regime.parties.values_list("party", flat=True)) == {
        here.parties["departments"].pk,
        here.parties["communes"].pk,
    }
    assert Plan.objects.get(pk=plan.pk).tasks.count() == 6


def test_form_and_reminders_of_the_last_round_come_along(
    here: Side, plan: Plan, signed_in: Callable[..., Client]
) -> None:
    viewer = here.viewer("officer")
    old = life.open_cycle(here, plan, sections={"commune": ["coordinate"]})
    set_policy(viewer, old.pk, tenant=here.tenant.pk, days=[-5, 2], head_from=2, officer_from=4)
    reading = copied(here, plan)
    actions.accept_suggestions(viewer, reading.pk)
    new = actions.adopt(viewer, reading.pk)
    page = signed_in("officer").get(f"/ky-bao-cao/mo/{Regime.objects.get(plan=new).pk}/").content.decode()
    assert page.count('name="hoi-commune"') > 1
    values = life.opening_values(title="Kỳ đầu")
    sent = {name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value for name, value in values.items()}
    posted = {**sent, "includes_day": "0", "de-lai": "1"}
    answer = signed_in("officer").post(f"/ky-bao-cao/mo/{Regime.objects.get(plan=new).pk}/", posted)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    cycle = Cycle.objects.get(title="Kỳ đầu")
    assert CycleForm.objects.get(cycle=cycle).sections["commune"] == ["coordinate"]
    policy = Policy.objects.get(cycle=cycle)
    assert (policy.days, policy.head_from, policy.officer_from) == ([-5, 2], 2, 4)


def test_checks_and_bounds_come_along_to_what_the_items_became(here: Side, plan: Plan) -> None:
    viewer = here.viewer("officer")
    first, second = plan.targets.order_by("order")
    task = plan.tasks.order_by("order")[0]
    duty = plan.duties.order_by("order")[0]
    parts = {f"figure-{second.pk}": f"figure-{first.pk}"}
    proof = {"lead": "explain", f"task-{task.pk}": "must", f"duty-{duty.pk}": "explain", "task-99999": "must"}
    old = life.open_cycle(here, plan)
    checks = Checks(parts, frozenset({f"figure-{first.pk}"}), proof)
    bounds = {first.indicator_id: (Decimal(10), Decimal(90))}
    reporting.check(viewer, old.pk, checks=checks, bounds=bounds)
    reading = copied(here, plan)
    actions.accept_suggestions(viewer, reading.pk)
    new = actions.adopt(viewer, reading.pk)
    cycle = life.open_cycle(here, new, title="Kỳ đầu")
    kept = Checks.of(CycleForm.objects.get(cycle=cycle).checks)
    low, high = (f"figure-{target.pk}" for target in new.targets.order_by("order"))
    assert (kept.parts, kept.within) == ({high: low}, {low})
    assert kept.proof == {
        "lead": "explain",
        f"task-{new.tasks.order_by('order')[0].pk}": "must",
        f"duty-{new.duties.order_by('order')[0].pk}": "explain",
    }
    indicator = new.targets.order_by("order")[0].indicator
    assert (indicator.pk != first.indicator_id, indicator.lowest, indicator.highest) == (True, 10, 90)


@pytest.mark.parametrize(
    ("start", "end", "field"), [(2030, 2034, "start"), (2031, 2030, "end"), (0, None, "start")]
)
def test_a_period_that_is_not_the_next_is_refused(
    here: Side, plan: Plan, start: int, end: int | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        copied(here, plan, start=start, end=end)
    assert field in refused.value.fields


def test_nothing_chosen_and_no_right_are_refused(here: Side, plan: Plan) -> None:
    with pytest.raises(Refused, match="ít nhất một"):
        copied(here, plan, ["task-0"])
    with pytest.raises(NotAllowed):
        actions.succeed(
            here.viewer("clerk_finance"), plan.pk, start=2031, end=None, keys=["task-1"], coordinated=[]
        )


def test_the_page_offers_everything_and_leads_to_the_review(
    here: Side, plan: Plan, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("officer")
    address = f"/ke-hoach/{plan.pk}/giai-doan-sau/"
    page = client.get(address).content.decode()
    keys = all_keys(standing(plan, TODAY))
    assert all(f'value="{key}"' in page for key in keys)
    assert 'value="2031"' in page
    wrong = client.post(address, {"tu-nam": "2029", "den-nam": "2033", "muc": keys})
    assert wrong.status_code == 422
    answer = client.post(address, {"tu-nam": "2031", "den-nam": "2035", "muc": keys, "phoi-hop": keys})
    reading = Reading.objects.get()
    assert answer.headers["Location"] == f"/ke-hoach/ra-soat/{reading.pk}/"
    assert client.get(answer.headers["Location"]).status_code == 302  # to its first open part
    for section in ("dau-van-ban", "nhiem-vu", "chi-tieu", "to-chuc-thuc-hien", "che-do-bao-cao"):
        assert client.get(f"{answer.headers['Location']}{section}/").status_code == 200
    assert signed_in("clerk_finance").get(address).status_code == 403
