"""A request that runs is changed: due later, more addressees, words corrected, closed; and what of it others see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from luc.agencies import actions as agencies
from luc.kernel import registry
from luc.kernel.errors import Conflict, Refused
from luc.kernel.time import now, today
from luc.requests import actions
from luc.requests.models import Question, Reply
from luc.requests.queries.history import history
from luc.requests.queries.requests import sent
from luc.rounds.models import Cycle, Obligation, Submission
from tests.cast import Side
from tests.requests import life

SignIn = Callable[..., Client]


def test_the_due_moment_moves_for_everybody_with_its_reason(here: Side) -> None:
    row = life.send(here)
    later = now() + timedelta(days=9)
    officer = here.viewer("officer")
    with pytest.raises(Refused):
        actions.move_due(officer, row.pk, due_at=later, reason=" ")
    with pytest.raises(Refused):
        actions.move_due(officer, row.pk, due_at=now() - timedelta(days=1), reason="x")
    actions.move_due(officer, row.pk, due_at=later, reason="Bão số 9")
    assert {one.due_at for one in Obligation.objects.all()} == {later}
    entry = next(one for one in history(row) if one.what == "Đổi hạn")
    assert entry.reason == "Bão số 9"
    assert entry.changes[0][2] == f"{later:%H:%M %d/%m/%Y}"


def test_further_addressees_owe_too_and_nobody_twice(here: Side) -> None:
    row = life.send(here, parties=[here.parties["commune_1"].pk])
    officer = here.viewer("officer")
    count = actions.add_addressees(officer, row.pk, parties=[here.parties["communes"].pk])
    assert (count, Obligation.objects.filter(cycle=row.cycle).count()) == (2, 3)
    assert Reply.objects.filter(request=row).count() == 3
    with pytest.raises(Refused):
        actions.add_addressees(officer, row.pk, parties=[here.parties["communes"].pk])
    life.answer(here, "commune_2")
    assert Submission.objects.count() == 1
    assert any(one.what == "Thêm đơn vị" for one in history(row))


def test_words_are_corrected_with_a_note_and_old_answers_stay(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    (first,) = life.answer(here, "commune_1")
    question = life.questions_of(row)[0]
    officer = here.viewer("officer")
    with pytest.raises(Refused) as refused:
        actions.correct_question(officer, question.pk, text="Số bãi hợp pháp", help="", note="")
    assert "note" in refused.value.fields
    actions.correct_question(officer, question.pk, text="Số bãi hợp pháp", help="", note="Chỉ bãi có phép")
    assert Submission.objects.get(pk=first.pk).content["rows"][0]["text"] == "Số bãi tập kết"
    page = signed_in("clerk_commune_2").get(f"/yeu-cau/tra-loi/{life.reply_of(here, 'commune_2').pk}/")
    assert "Số bãi hợp pháp" in page.content.decode()
    assert "Chỉ bãi có phép" in page.content.decode()
    entry = next(one for one in history(row) if one.what == "Sửa câu hỏi")
    assert entry.changes == [("Câu hỏi", "Số bãi tập kết", "Số bãi hợp pháp")]


def test_closed_means_closed(here: Side) -> None:
    row = life.send(here)
    (one,) = life.answer(here, "commune_1")
    officer = here.viewer("officer")
    with pytest.raises(Refused):
        actions.close(officer, row.pk)  # one waits
    actions.accept(officer, [one.pk])
    actions.close(officer, row.pk)
    with pytest.raises(Conflict):
        actions.move_due(officer, row.pk, due_at=now() + timedelta(days=9), reason="x")
    with pytest.raises(Conflict):
        actions.add_addressees(officer, row.pk, parties=[here.parties["finance"].pk])
    with pytest.raises(Conflict):
        actions.correct_question(officer, Question.objects.all()[0].pk, text="x", help="", note="x")


def test_the_pages_of_change(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    officer = signed_in("officer")
    day = f"{today() + timedelta(days=20):%d/%m/%Y}"
    wrong = officer.post(f"/yeu-cau/{row.pk}/doi-han/", {"due_day": "mai", "due_time": "", "reason": "x"})
    assert wrong.status_code == 422
    good = officer.post(
        f"/yeu-cau/{row.pk}/doi-han/",
        {"due_day": day, "due_time": "8:00", "reason": "Thêm thời gian"},
        follow=True,
    )
    assert f"08:00 {day}" in good.content.decode()
    more = officer.post(
        f"/yeu-cau/{row.pk}/them-don-vi/", {"party": str(here.parties["finance"].pk)}, follow=True
    )
    assert "Đã gửi thêm cho 1 đơn vị" in more.content.decode()
    assert officer.post(f"/yeu-cau/{row.pk}/them-don-vi/", {}).status_code == 422
    question = life.questions_of(row)[0]
    corrected = officer.post(
        f"/yeu-cau/cau-hoi/{question.pk}/sua/", {"text": "Mới", "help": "", "note": "Rõ hơn"}, follow=True
    )
    assert "Rõ hơn" in corrected.content.decode()
    closed = officer.post(f"/yeu-cau/{row.pk}/khep/", {"confirmed": "yes"}, follow=True)
    assert "đã khép" in closed.content.decode()


def test_the_registry_leads_who_asks_to_results_and_who_answers_to_the_form(here: Side) -> None:
    row = life.send(here)
    cycle = Cycle.objects.get(source_id=row.pk)

    def led(person: str) -> str:
        return registry.find(here.viewer(person), cycle.source_kind, [cycle.source_id])[
            cycle.source_id
        ].address

    assert led("officer") == led("leader") == f"/yeu-cau/{row.pk}/"
    assert led("clerk_commune") == f"/yeu-cau/tra-loi/{life.reply_of(here, 'commune_1').pk}/"
    assert registry.find(here.viewer("clerk_science"), cycle.source_kind, [cycle.source_id]) == {}
    (handed,) = life.answer(here, "commune_1")
    officer = here.viewer("officer")
    for kind, pk, address in (
        ("requests.submission", handed.pk, f"/yeu-cau/da-gui/{handed.pk}/"),
        (f"{cycle.source_kind}.obligation", handed.obligation_id, f"/yeu-cau/da-gui/{handed.pk}/"),
        (f"{cycle.source_kind}.cycle", cycle.pk, f"/yeu-cau/{row.pk}/"),
    ):
        assert registry.find(officer, kind, [pk])[pk].address == address


def test_a_party_that_ends_hands_its_answer_on(here: Side) -> None:
    row = life.send(here)
    life.write(here, "commune_1")
    agencies.end_party(
        here.viewer("administrator"),
        here.parties["commune_1"].pk,
        on=today(),
        successors=[here.parties["commune_3"].pk],
    )
    reply = life.reply_of(here, "commune_3")
    assert reply.typed == life.full_answers(row)
    owing = Obligation.objects.filter(cycle=row.cycle).exclude(state="handed_on")
    assert owing.count() == 2


def test_the_desk_tells_who_owes_and_who_waits(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    clerk, officer = signed_in("clerk_commune"), signed_in("officer")
    assert life.TITLE in clerk.get("/").content.decode()
    assert f"/yeu-cau/{row.pk}/" in officer.get("/").content.decode()
    (handed,) = life.answer(here, "commune_1")
    assert (
        f"/yeu-cau/da-gui/{handed.pk}/" not in officer.get("/").content.decode()
    )  # a hundred would bury the desk
    assert f"/yeu-cau/da-gui/{handed.pk}/" in clerk.get("/").content.decode()
    actions.give_back(here.viewer("officer"), handed.pk, remarks="Kiểm lại số bãi")
    assert "Kiểm lại số bãi" in clerk.get("/").content.decode()
    assert sent(here.viewer("officer")).count() == 1


def test_pages_of_plans_leave_requests_out(here: Side, signed_in: SignIn) -> None:
    row = life.send(here)
    (handed,) = life.answer(here, "commune_1")
    officer, clerk = signed_in("officer"), signed_in("clerk_commune")
    assert officer.get(f"/ky-bao-cao/{row.cycle_id}/").status_code == 404
    assert officer.get(f"/bao-cao/da-gui/{handed.pk}/").status_code == 404
    for client, path in ((officer, "/ky-bao-cao/"), (clerk, "/bao-cao/")):
        page = client.get(path)
        assert page.status_code == 200
        assert life.TITLE not in page.content.decode()
