"""Obstacles and questions any day: raised, answered, passed up, settled; each seen only by whom it concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.writing import writing
from luc.plans.models import Plan, Task
from luc.threads import actions, queries
from luc.threads.models import Post, Thread
from tests.cast import Cast, Side
from tests.plan import make_plan

SignIn = Callable[..., Client]


@pytest.fixture
def plan(here: Side) -> Plan:
    return make_plan(here)


def raised(
    here: Side, plan: Plan, *, person: str = "clerk_finance", party: str = "finance", **more: object
) -> Thread:
    values: dict[str, object] = {
        "plan": plan.pk,
        "task": None,
        "party": here.parties[party].pk,
        "kind": "obstacle",
        "title": "Chưa có đơn giá",
        "text": "Chưa có đơn giá để lập dự toán.",
    }
    return actions.raise_thread(here.viewer(person), **(values | more))  # type: ignore[arg-type]


def titles(here: Side, person: str) -> list[str]:
    return [row.title for row in queries.waiting_for(here.viewer(person))]


def test_a_thread_goes_from_hand_to_hand(here: Side, plan: Plan) -> None:
    thread = raised(here, plan)
    assert titles(here, "officer") == [thread.title]
    assert titles(here, "leader") == []
    actions.pass_up(here.viewer("officer"), thread.pk, text="Đề nghị giao Sở Xây dựng.", seen="waiting")
    assert titles(here, "officer") == []
    assert titles(here, "leader") == [thread.title]
    actions.answer(here.viewer("leader"), thread.pk, text="Đồng ý.", seen="passed_up")
    assert titles(here, "clerk_finance") == [thread.title]
    actions.settle(here.viewer("clerk_finance"), thread.pk, seen="answered")
    assert [post.moved_to for post in queries.posts(thread)] == [
        "waiting",
        "passed_up",
        "answered",
        "settled",
    ]
    assert all(not titles(here, person) for person in ("officer", "leader", "clerk_finance"))


def test_who_raised_it_may_say_more_and_it_waits_again(here: Side, plan: Plan) -> None:
    thread = raised(here, plan)
    actions.answer(here.viewer("officer"), thread.pk, text="Xem công văn.", seen="waiting")
    row = actions.say(here.viewer("clerk_finance"), thread.pk, text="Chưa rõ.", seen="answered")
    assert row.state == Thread.State.WAITING
    assert titles(here, "officer") == [thread.title]


def test_two_answers_at_once_the_second_is_told(here: Side, plan: Plan) -> None:
    thread = raised(here, plan)
    actions.answer(here.viewer("officer"), thread.pk, text="Một.", seen="waiting")
    with pytest.raises(Conflict):
        actions.pass_up(here.viewer("officer"), thread.pk, text="Hai.", seen="waiting")
    assert Post.objects.count() == 2


@pytest.mark.parametrize("person", ["clerk_finance", "clerk_environment", "leader"])
def test_only_the_focal_agency_answers_what_waits_for_it(here: Side, plan: Plan, person: str) -> None:
    thread = raised(here, plan)
    with pytest.raises((NotAllowed, Thread.DoesNotExist)):
        actions.answer(here.viewer(person), thread.pk, text="Tôi trả lời.", seen="waiting")
    with pytest.raises((NotAllowed, Thread.DoesNotExist)):
        actions.pass_up(here.viewer(person), thread.pk, text="Tôi chuyển.", seen="waiting")
    assert Post.objects.count() == 1


def test_nobody_raises_for_another_agency_or_about_another_plan(here: Side, cast: Cast, plan: Plan) -> None:
    with pytest.raises(NotAllowed):
        raised(here, plan, party="environment")
    foreign = make_plan(cast.there, number="77/KH-UBND")
    with pytest.raises(Plan.DoesNotExist):
        raised(here, foreign)
    other = make_plan(here, number="16/KH-UBND")
    task = Task.objects.filter(plan=other).first()
    assert task
    with pytest.raises(Task.DoesNotExist):
        raised(here, plan, task=task.pk)


@pytest.mark.parametrize(
    ("more", "field"), [({"title": "  "}, "title"), ({"text": " \n"}, "text"), ({"kind": "x"}, "kind")]
)
def test_what_says_nothing_is_refused(here: Side, plan: Plan, more: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        raised(here, plan, **more)
    assert field in refusal.value.fields
    assert not Thread.objects.exists()


def test_what_was_said_stays(here: Side, plan: Plan) -> None:
    post = queries.posts(raised(here, plan))[0]
    with pytest.raises(DatabaseError, match="append-only"), writing():
        Post.objects.filter(pk=post.pk).update(text="khác")


def test_each_sees_only_what_concerns_it(here: Side, cast: Cast, plan: Plan, signed_in: SignIn) -> None:
    thread = raised(here, plan)
    address = reverse("threads:thread", args=[thread.pk])
    for person in ("clerk_finance", "officer", "leader", "secretariat"):
        if person in here.people:
            assert signed_in(person).get(address).status_code == 200, person
    for person in ("clerk_environment", "clerk_commune"):
        assert signed_in(person).get(address).status_code == 404, person
    for person in ("officer", "leader", "clerk_finance"):
        assert signed_in(person, cast.there).get(address).status_code == 404, person
    assert Client().get(address).status_code == 302


def test_pages_from_new_to_settled(here: Side, plan: Plan, signed_in: SignIn) -> None:
    task = Task.objects.filter(plan=plan).first()
    assert task
    clerk, officer = signed_in("clerk_finance"), signed_in("officer")
    new = reverse("threads:new", args=[plan.pk]) + f"?nhiem_vu={task.pk}"
    assert task.text in clerk.get(new).content.decode()
    values = {
        "kind": "question",
        "title": "Hạn nào?",
        "text": "Hạn của nhiệm vụ này?",
        "party": here.parties["finance"].pk,
    }
    assert clerk.post(new, values | {"title": ""}).status_code == 422
    answer = clerk.post(new, values)
    address = answer["Location"]
    thread = Thread.objects.get()
    assert thread.task == task
    assert "Hạn nào?" in officer.get(reverse("threads:list")).content.decode()
    assert officer.post(address, {"viec": "answer", "seen": "waiting", "text": ""}).status_code == 422
    assert (
        officer.post(address, {"viec": "answer", "seen": "waiting", "text": "Ngày 10/12."}).status_code == 302
    )
    assert "Ngày 10/12." in clerk.get(address).content.decode()
    clerk.post(address, {"viec": "settle", "seen": "answered"})
    thread.refresh_from_db()
    assert thread.state == Thread.State.SETTLED


def test_words_are_never_html(here: Side, plan: Plan, signed_in: SignIn) -> None:
    thread = raised(here, plan, title="<script>x</script>", text="<b>đậm</b>")
    page = signed_in("officer").get(reverse("threads:thread", args=[thread.pk])).content.decode()
    assert "<script>x" not in page
    assert "<b>đậm" not in page


def test_the_list_costs_the_same_however_long(here: Side, plan: Plan, signed_in: SignIn) -> None:
    client = signed_in("officer")
    raised(here, plan)
    client.get(reverse("threads:list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("threads:list"))
    for n in range(20):
        raised(here, plan, title=f"Việc {n}")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("threads:list"))
    assert len(many) == len(one) <= 10
