"""Opening a cycle: who is bound and why, what stops it, what it writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luc.agencies.models import Party
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Change
from luc.kernel.time import end_of, start_of, today
from luc.kernel.writing import writing
from luc.plans.models import Duty, Part, Plan, Regime, RegimeParty, Task
from luc.reporting import actions
from luc.reporting.models import Report
from luc.reporting.queries.binding import binding
from luc.rounds.models import Cycle, Stands
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting.life import draft_of, open_cycle, opening_values


def test_a_cycle_binds_members_and_says_why(here: Side) -> None:
    cycle = open_cycle(here)
    reasons = {
        row.obligation.party.name: row.note for row in Stands.objects.select_related("obligation__party")
    }
    assert reasons["Sở Tài chính"] == "thuộc nhóm Các sở, ban, ngành"
    assert reasons["Ủy ban nhân dân phường An Bình"] == "thuộc nhóm Ủy ban nhân dân các xã, phường"
    assert "Sở Kế hoạch và Đầu tư" not in reasons
    assert Report.objects.count() == cycle.obligations.count() == 9
    line = Change.objects.get(kind="rounds.cycle")
    assert len(line.after["obligations"]) == 9
    assert line.act == "reporting.open"


@pytest.mark.parametrize("includes", [False, True])
def test_before_a_day_and_by_a_day(here: Side, includes: bool) -> None:
    cycle = open_cycle(here, includes_day=includes)
    due = today() + timedelta(days=10)
    assert cycle.due_at == (end_of(due) if includes else start_of(due))


def test_a_successor_answers_for_what_the_ended_one_was_given(here: Side) -> None:
    open_cycle(here)
    rows = {
        line.row.printed: line.row for line in draft_of(here, "environment").section("part") if line.row.why
    }
    assert "kế thừa" in rows["Sở Tài nguyên và Môi trường"].why


def test_leading_goes_before_coordinating_in_the_same_task(here: Side) -> None:
    plan = make_plan(here)
    task = Task.objects.get(plan=plan, order=1)  # led by industry, with all departments along
    open_cycle(here, plan)
    rows = [line.row for line in draft_of(here, "industry").section("part") if line.row.task == task.pk]
    assert [row.role for row in rows] == ["lead"]


def _bind(plan: Plan, *parties: Party) -> Regime:
    regime = Regime.objects.get(plan=plan)
    with writing():
        RegimeParty.objects.filter(regime=regime).delete()
        for party in parties:
            RegimeParty.objects.create(tenant=plan.tenant, regime=regime, party=party, printed=party.name)
    return regime


def test_a_group_of_nobody_stops_the_opening(here: Side) -> None:
    plan = make_plan(here)
    with writing():
        nobody = Party.objects.create(tenant=here.tenant, kind="group", name="Các hội, đoàn thể")
    _bind(plan, here.parties["departments"], here.parties["communes"], nobody)
    with pytest.raises(Refused, match="Các hội, đoàn thể") as refused:
        open_cycle(here, plan)
    assert f"bound-{nobody.pk}" in refused.value.fields
    assert not Cycle.objects.exists()
    assert not Change.objects.exists()


def test_a_task_with_nobody_to_answer_stops_the_opening(here: Side) -> None:
    plan = make_plan(here)
    with writing():
        far = Party.objects.create(tenant=here.tenant, kind="association", name="Hội Nông dân")
        task = Task.objects.get(plan=plan, order=2)
        Part.objects.filter(task=task, role="lead").update(party=far)
        Duty.objects.create(
            tenant=here.tenant, plan=plan, party=far, order=9, printed=far.name, text="Vận động hội viên"
        )
    found = binding(Regime.objects.get(plan=plan), today())
    assert [(row.section, row.party) for row in found.orphans] == [("part", far.pk), ("duty", far.pk)]
    assert found.stops
    with pytest.raises(Refused, match="Vận động hội viên"):
        open_cycle(here, plan)


def test_who_is_given_work_but_not_named_is_shown_and_can_be_added(here: Side, signed_in: object) -> None:
    plan = make_plan(here)
    regime = _bind(plan, here.parties["communes"])
    found = binding(regime, today())
    left = {line.party.pk for line in found.left_out}
    assert here.parties["finance"].pk in left
    assert found.orphans
    with pytest.raises(Refused):
        open_cycle(here, plan)
    client: Client = signed_in("officer")  # type: ignore[operator]
    page = client.get(f"/ky-bao-cao/mo/{regime.pk}/").content.decode()
    assert "Chưa mở được" in page
    assert f'name="them" value="{here.parties["finance"].pk}"' in page
    cycle = open_cycle(here, plan, extra=left)
    reason = Stands.objects.get(obligation__cycle=cycle, obligation__party=here.parties["finance"])
    assert reason.note == "được phân công trong kế hoạch, thêm khi mở kỳ"


def test_a_day_is_asked_when_the_paper_names_none(here: Side, signed_in: object) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    with writing():
        Regime.objects.filter(pk=regime.pk).update(deadline_day=None, deadline_month=None)
    client: Client = signed_in("officer")  # type: ignore[operator]
    assert "Văn bản không nêu ngày" in client.get(f"/ky-bao-cao/mo/{regime.pk}/").content.decode()
    answer = client.post(f"/ky-bao-cao/mo/{regime.pk}/", {"title": "x"})
    assert answer.status_code == 422
    assert not Cycle.objects.exists()


@pytest.mark.parametrize("person", ["clerk_finance", "leader", "administrator", "head_finance"])
def test_only_the_focal_agency_opens(here: Side, person: str) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    with pytest.raises((NotAllowed, Regime.DoesNotExist)):
        actions.open_cycle(here.viewer(person), regime.pk, **opening_values())


def test_the_officer_of_another_province_sees_no_regime(cast: Cast, here: Side) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    with pytest.raises(Regime.DoesNotExist):
        actions.open_cycle(cast.there.viewer("officer"), regime.pk, **opening_values())


def test_the_date_decides_who_answers(here: Side) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    before = {line.party.name for line in binding(regime, date(2025, 2, 1)).bound}
    after = {line.party.name for line in binding(regime, date(2025, 8, 1)).bound}
    assert "Sở Kế hoạch và Đầu tư" in before - after
    assert "Ủy ban nhân dân phường An Bình" in after - before


def test_a_binding_costs_the_same_for_few_and_for_many(
    here: Side, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small, large = make_plan(here, 4), make_plan(here, 40, number="16/KH-UBND")
    for plan in (small, large):
        regime = Regime.objects.select_related("plan").get(plan=plan)
        with django_assert_max_num_queries(24):
            binding(regime, today())


def test_whole_kinds_are_added_at_once_and_single_ones_taken_out_again(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    regime = _bind(make_plan(here), here.parties["communes"])
    left = {line.party.pk for line in binding(regime, today()).left_out if line.party.kind == "department"}
    assert len(left) > 2
    officer, address = signed_in("officer"), f"/ky-bao-cao/mo/{regime.pk}/"
    assert 'name="them-loai" value="department"' in officer.get(address).content.decode()
    seen = officer.post(address, {"xem": "1", "them-loai": ["department", "board"]}).content.decode()
    assert "Chưa mở được" not in seen
    for pk in left:
        assert f'name="them" value="{pk}" id="them-{pk}" checked' in seen
    without = here.parties["finance"].pk
    seen = officer.post(address, {"xem": "1", "them": sorted(left - {without})}).content.decode()
    assert f'name="them" value="{without}" id="them-{without}">' in seen
    assert not Cycle.objects.exists()


def test_the_next_period_is_proposed_when_this_one_is_open(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    plan = make_plan(here)
    regime = Regime.objects.get(plan=plan)
    officer, address = signed_in("officer"), f"/ky-bao-cao/mo/{regime.pk}/"
    first = officer.get(address).context["proposal"]
    open_cycle(here, plan, period_start=first.period_start, last_day=first.last_day)
    second = officer.get(address).context["proposal"]
    assert second.period_start > first.period_start


def test_the_proposal_takes_the_days_that_the_paper_names(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    said = "Hằng quý báo cáo trước ngày 05 của tháng đầu quý sau"
    counted = "Hằng năm báo cáo, số liệu từ ngày 01/12 năm trước đến ngày 30/11 năm báo cáo"
    officer, address = signed_in("officer"), f"/ky-bao-cao/mo/{regime.pk}/?nam=2027&so=2"
    with writing():
        Regime.objects.update(frequency="quarterly", deadline_day=5, deadline_month=None, quote=said)
    assert officer.get(address).context["proposal"].due_day == date(2027, 7, 5)
    with writing():
        Regime.objects.update(frequency="annual", deadline_day=10, deadline_month=12, quote=counted)
    found = officer.get(address.replace("&so=2", "")).context["proposal"]
    assert (found.period_start, found.last_day) == (date(2026, 12, 1), date(2027, 11, 30))
