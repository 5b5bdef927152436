"""A stranger asks; nothing is public before the focal agency answers; what is known of the asker is forgotten."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from luc.kernel.errors import Conflict, Refused
from luc.kernel.models import Change, Mail
from luc.kernel.rights import Viewer
from luc.plans.models import Task
from luc.portal import actions, queries
from luc.portal.models import Contact, Edition, Question
from tests.cast import Side
from tests.plan import make_plan
from tests.portal.life import publish, reported

TEXT = "Bao giờ phường tôi có trạm xử lý nước thải?"


@pytest.fixture
def plan(here: Side) -> int:
    """A published plan."""
    row = reported(here)
    publish(here, row)
    return row.pk


def ask(plan: int, **more: object) -> Question:
    given = {"task": None, "text": TEXT, "name": "", "mail": "", "agreed": False, "origin": "10.0.0.1"} | more
    return actions.ask(Viewer(), plan, **given)  # type: ignore[arg-type]


def test_a_stranger_asks_and_reads_the_answer(plan: int, here: Side) -> None:
    client = Client()
    task = Task.objects.filter(plan=plan)[0]
    assert task.text in client.get(f"/cong-khai/{plan}/hoi-dap/gui/?nhiem-vu={task.pk}").content.decode()
    sent = client.post(f"/cong-khai/{plan}/hoi-dap/gui/", {"text": TEXT, "task": task.pk}, follow=True)
    assert "Đã nhận câu hỏi" in sent.content.decode()
    assert not client.cookies
    row = Question.objects.get()
    assert (row.text, row.task_id, row.state) == (TEXT, task.pk, "waiting")
    page = f"/cong-khai/{plan}/hoi-dap/"
    assert TEXT not in client.get(page).content.decode()
    officer = Client()
    officer.force_login(here.people["officer"])
    assert TEXT in officer.get("/cong-bo/hoi-dap/").content.decode()
    answered = {"shown": TEXT, "text": "Cuối năm 2027.", "seen": "waiting"}
    assert officer.post(f"/cong-bo/hoi-dap/{row.pk}/", answered).status_code == 302
    for address in (
        page,
        f"/cong-khai/{plan}/nhiem-vu/{task.pk}/",
        f"/cong-khai/{plan}/",
        f"/cong-khai/{plan}/tin.atom",
    ):
        shown = client.get(address).content.decode()
        assert TEXT in shown
        assert "Cuối năm 2027." in shown


def test_the_question_stands_in_the_history_the_asker_does_not(plan: int) -> None:
    ask(plan, name="Trần Văn Kín", mail="kin@example.vn", agreed=True)
    line = Change.objects.get(act="portal.ask")
    assert (line.actor, line.actor_name) == (None, "Người dân")
    assert "kin@example.vn" not in str(line.after)
    assert "Trần Văn Kín" not in str(line.after)


def test_no_address_is_kept_without_consent(plan: int) -> None:
    with pytest.raises(Refused) as refusal:
        ask(plan, mail="kin@example.vn")
    assert list(refusal.value.fields) == ["agreed"]
    ask(plan, name="Trần Văn Kín", agreed=True)
    assert not Contact.objects.exists()


def test_the_answer_is_mailed_and_the_address_forgotten(plan: int, here: Side) -> None:
    row = ask(plan, name="Trần Văn Kín", mail="kin@example.vn", agreed=True)
    actions.answer(here.viewer("officer"), row.pk, shown=TEXT, text="Cuối năm 2027.", seen="waiting")
    sent = Mail.objects.get()
    assert sent.to == "kin@example.vn"
    assert "Cuối năm 2027." in sent.body
    assert not Contact.objects.exists()
    assert not mail.outbox or len(mail.outbox) == 1


def test_a_question_that_is_not_for_the_public_is_kept_from_it(plan: int, here: Side) -> None:
    row = ask(plan, mail="kin@example.vn", agreed=True)
    officer = here.viewer("officer")
    with pytest.raises(Refused):
        actions.refuse(officer, row.pk, reason="", seen="waiting")
    actions.refuse(officer, row.pk, reason="Nêu tên một cá nhân", seen="waiting")
    assert queries.questions(plan) == []
    assert not Contact.objects.exists()


def test_an_answer_can_be_taken_back_and_two_officers_cannot_both_answer(plan: int, here: Side) -> None:
    row, officer = ask(plan), here.viewer("officer")
    actions.answer(officer, row.pk, shown=TEXT, text="Năm 2027.", seen="waiting")
    with pytest.raises(Conflict):
        actions.answer(here.viewer("focal_head"), row.pk, shown=TEXT, text="Năm 2028.", seen="waiting")
    actions.refuse(officer, row.pk, reason="Trả lời nhầm", seen="answered")
    assert queries.questions(plan) == []


def test_only_who_runs_the_plan_sees_and_answers(plan: int, here: Side) -> None:
    row = ask(plan)
    for person in ("clerk_finance", "leader", "administrator"):
        with pytest.raises(Question.DoesNotExist):
            actions.answer(here.viewer(person), row.pk, shown=TEXT, text="Có.", seen="waiting")


def test_machines_are_slowed_down(plan: int) -> None:
    for n in range(actions.MOST_OF_ONE):
        ask(plan, text=f"Câu hỏi {n}?")
    with pytest.raises(Refused):
        ask(plan)
    ask(plan, origin="10.0.0.2")
    trapped = Client().post(f"/cong-khai/{plan}/hoi-dap/gui/", {"text": "Mua hàng", "website": "http://x"})
    assert trapped.status_code == 302
    assert not Question.objects.filter(text="Mua hàng").exists()


@pytest.mark.parametrize("text", ["", " \n", "a" * (actions.LONGEST + 1)])
def test_no_words_or_too_many_are_refused_and_what_was_typed_is_kept(plan: int, text: str) -> None:
    answer = Client().post(f"/cong-khai/{plan}/hoi-dap/gui/", {"text": text, "name": "Bà Sáu"})
    assert answer.status_code == 200
    assert 'value="Bà Sáu"' in answer.content.decode()
    assert not Question.objects.exists()


def test_of_an_unpublished_plan_nothing_can_be_asked(here: Side) -> None:
    row = make_plan(here)
    with pytest.raises(Edition.DoesNotExist):
        ask(row.pk)
    assert Client().post(f"/cong-khai/{row.pk}/hoi-dap/gui/", {"text": TEXT}).status_code == 404
