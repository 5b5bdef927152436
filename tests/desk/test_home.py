"""The first page says what to do, to each in their role, at a fixed cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luc.desk import queries
from luc.kernel.time import telling, today
from luc.plans.actions import acknowledge
from luc.reporting import actions
from luc.threads import actions as threads
from luc.threads.actions import raise_thread
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting.life import (
    NO_OBSTACLES,
    draft_of,
    full_answers,
    hand_in,
    open_cycle,
    report,
    report_of,
    write,
)

SignIn = Callable[..., Client]


def test_a_stranger_is_welcomed_and_shown_the_way_in(db: None) -> None:
    page = Client().get("/")
    assert page.status_code == 200
    assert "/tai-khoan/login/" in page.content.decode()


def test_a_clerk_sees_what_the_agency_owes_and_by_when(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    body = signed_in("clerk_commune").get("/").content.decode()
    due = today() + timedelta(days=10)
    assert cycle.title in body
    assert f"trước ngày {due:%d/%m/%Y} (hết ngày {due - timedelta(days=1):%d/%m})" in body
    assert "chưa gửi, còn hạn" in body
    assert f'class="button" href="/bao-cao/{report_of(here, "commune_1").pk}/"' in body
    assert "Ai đã gửi" not in body


def test_what_came_back_comes_with_its_remarks(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    (first,) = report(here, "finance")
    assert [row.pk for row in queries.handed_in(here.viewer("clerk_finance"))] == [first.pk]
    assert queries.owed(here.viewer("clerk_finance")) == []
    actions.give_back(here.viewer("officer"), first.pk, remarks="Bổ sung số văn bản")
    (owed,) = queries.owed(here.viewer("head_finance"))
    assert owed.returned is not None
    assert owed.returned.remarks == "Bổ sung số văn bản"
    assert "Bổ sung số văn bản" in signed_in("clerk_finance").get("/").content.decode()


def test_an_officer_sees_what_waits(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    rows = report(here, "finance", "science")
    assert [row.pk for row in queries.to_read(here.viewer("officer"))] == [row.pk for row in rows]
    body = signed_in("officer").get("/").content.decode()
    assert all(f"/bao-cao/da-gui/{row.pk}/" in body for row in rows)
    assert f"/ky-bao-cao/{cycle.pk}/" in body


@pytest.mark.parametrize("person", ["leader", "secretariat", "ministry_reader", "administrator"])
def test_a_leader_sees_the_counts(here: Side, signed_in: SignIn, person: str) -> None:
    open_cycle(here)
    report(here, "finance")
    ((_cycle, counts, plan),) = queries.running(here.viewer(person))
    assert (counts.answered, counts.bound) == (1, 9)
    assert plan is not None
    body = signed_in(person).get("/").content.decode()
    assert "1 / 9" in body
    assert "Báo cáo chờ xem" not in body


def test_other_provinces_see_nothing_of_it(cast: Cast, here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    for person in cast.there.people:
        assert cycle.title not in signed_in(person, cast.there).get("/").content.decode()


def test_the_page_costs_the_same_for_one_cycle_and_for_many(
    here: Side, django_assert_num_queries: DjangoAssertNumQueries, signed_in: SignIn
) -> None:
    costs = []
    for n in range(3):
        open_cycle(here, make_plan(here, 3, number=f"{n}/KH-UBND"))
        for person in ("clerk_finance", "officer", "leader"):
            client = signed_in(person)
            client.get("/")
            with django_assert_num_queries(26, exact=False) as captured:
                client.get("/")
            costs.append((person, len(captured)))
    assert len(set(costs)) == 3, costs


def test_a_leader_sees_who_is_late_what_was_raised_and_the_targets(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    raised = {"obstacle-0": {"obstacle": "Thiếu định mức chi"}, NO_OBSTACLES: {"nil": ""}}
    for party in ("finance", "science"):
        write(here, party, full_answers(draft_of(here, party)) | raised)
        hand_in(here, party)
    before = signed_in("leader").get("/").content.decode()
    assert "Không đơn vị nào quá hạn." in before
    assert f"/ky-bao-cao/{cycle.pk}/tong-hop/#vuong-mac" in before
    assert before.count("Thiếu định mức chi") == 1
    assert "2 đơn vị: " in before
    assert "chưa có số liệu" in before
    with telling(cycle.due_at + timedelta(hours=1)):
        late = signed_in("leader").get("/").content.decode()
    assert "<li>Phường An Bình</li>" in late
    assert "<li>Sở Công Thương</li>" in late
    assert "<li>Sở Tài chính</li>" not in late


def test_a_closed_round_is_not_listed_as_open(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    actions.close_cycle(here.viewer("officer"), cycle.pk)
    for person in ("leader", "officer", "clerk_finance"):
        body = signed_in(person).get("/").content.decode()
        assert cycle.title not in body


def test_a_thread_is_on_the_desk_of_whoever_has_the_next_word(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    finance = here.parties["finance"].pk
    thread = raise_thread(
        here.viewer("clerk_finance"),
        plan=plan.pk,
        task=None,
        party=finance,
        kind="obstacle",
        title="Chưa có đơn giá",
        text="Chưa có đơn giá.",
    )
    everybody = ("clerk_finance", "officer", "leader", "secretariat", "clerk_environment", "appraiser")

    def waits_for() -> list[str]:
        address = f'href="/trao-doi/{thread.pk}/"'
        return [name for name in everybody if address in signed_in(name).get("/").content.decode()]

    assert waits_for() == ["officer"]
    threads.pass_up(here.viewer("officer"), thread.pk, text="Đề nghị giao việc.", seen="waiting")
    assert waits_for() == ["leader", "secretariat"]
    threads.answer(here.viewer("leader"), thread.pk, text="Đồng ý.", seen="passed_up")
    assert waits_for() == ["clerk_finance", "officer"]  # who passed it up reads the decision too
    threads.settle(here.viewer("clerk_finance"), thread.pk, seen="answered")
    assert waits_for() == []


def test_a_plan_is_on_the_desk_until_the_agency_says_it_has_it(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    finance = here.parties["finance"].pk
    address = f'href="/ke-hoach/{plan.pk}/nhan/{finance}/"'
    for person in ("clerk_finance", "approver_finance", "head_finance"):
        assert address in signed_in(person).get("/").content.decode()
    for person in ("clerk_environment", "officer", "leader"):
        assert address not in signed_in(person).get("/").content.decode()
    acknowledge(here.viewer("head_finance"), plan.pk, party=finance, contact="Hoa")
    assert address not in signed_in("clerk_finance").get("/").content.decode()
