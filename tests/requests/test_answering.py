"""Answering: kept as typed, read by its question, handed in whole, returned, corrected; late is said, never blocked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.models import Change
from luc.kernel.time import now, telling
from luc.requests import actions, content
from luc.requests.models import Attachment, Reply
from luc.requests.queries.replies import draft
from luc.requests.queries.submissions import submissions
from luc.rounds.models import Obligation, Submission
from tests.cast import Cast, Side
from tests.requests import life
from tests.requests.browser import fields_of

SignIn = Callable[..., Client]


def only(side: Side, **question: Any) -> Reply:
    """The reply of commune_1 to a request with this one question."""
    life.send(side, [life.question(**question)])
    return life.reply_of(side, "commune_1")


def says(side: Side, said: dict[str, Any]) -> dict[str, str]:
    """What is wrong with an answer to the only question, once it was saved."""
    reply = life.reply_of(side, "commune_1")
    (question,) = life.questions_of(reply.request)
    life.write(side, "commune_1", {str(question.pk): said})
    (answer,) = draft(life.reply_of(side, "commune_1")).answers
    return answer.problems


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.234,5", "1234.5"), ("0", "0"), ("12 tấn", "12"), ("100", "100"), ("-3,50", "-3.5")],
)
def test_numbers_are_kept_exactly(typed: str, kept: str, here: Side) -> None:
    only(here, kind="number", text="Khối lượng", unit="tấn")
    assert says(here, {"value": typed}) == {}
    (row,) = life.hand_in(here, "commune_1").content["rows"]
    assert row["value"] == kept


@pytest.mark.parametrize("typed", ["1,234.5", "nhiều", "51", "-1", "2,5"])
def test_a_number_out_of_bounds_or_unclear_is_asked_back_and_nothing_is_lost(typed: str, here: Side) -> None:
    only(here, kind="number", text="Số xe", unit="xe", lowest="0", highest="50")
    assert len(says(here, {"value": typed})) == 1
    reply = life.reply_of(here, "commune_1")
    assert draft(reply).answers[0].typed == typed
    with pytest.raises(Refused):
        life.hand_in(here, "commune_1")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("typed", "kept"), [("5/6/2026", "2026-06-05"), ("2026-06-05", "2026-06-05")])
def test_days_are_read_day_first(typed: str, kept: str, here: Side) -> None:
    only(here, kind="date", text="Ngày họp")
    says(here, {"value": typed})
    assert life.hand_in(here, "commune_1").content["rows"][0]["value"] == kept


def test_a_day_that_does_not_exist_is_asked_back(here: Side) -> None:
    only(here, kind="date", text="Ngày họp")
    assert says(here, {"value": "30/02/2026"})


def test_a_choice_that_was_not_offered_does_not_count(here: Side) -> None:
    only(here, kind="choice", text="Có không", choices="Có\nKhông")
    says(here, {"choices": ["Có lẽ"]})
    with pytest.raises(Refused):
        life.hand_in(here, "commune_1")


def test_a_table_keeps_its_rows_and_names_the_cell_that_is_wrong(here: Side) -> None:
    columns = [{"text": "Tên", "kind": "text", "unit": ""}, {"text": "Số", "kind": "number", "unit": "ha"}]
    reply = only(here, kind="table", text="Danh sách", columns=columns)
    problems = says(here, {"rows": [["A", "1,5"], ["", ""], ["B", "hai"]]})
    (question,) = life.questions_of(reply.request)
    (name,) = problems
    assert name.startswith(f"q{question.pk}-r2-c")
    assert says(here, {"rows": [["A", "1,5"], ["", ""], ["B", "2"], ["", ""]]}) == {}
    (row,) = life.hand_in(here, "commune_1").content["rows"]
    assert row["cells"] == [["A", "1.5"], ["B", "2"]]
    assert content.grid(row) == [[("A", "text"), ("1,5", "number")], [("B", "text"), ("2", "number")]]


def test_required_questions_must_be_answered_others_may_be_left(here: Side) -> None:
    row = life.send(here)
    said = life.full_answers(row)
    kinds = {str(one.pk): one for one in life.questions_of(row)}
    required = {key: value for key, value in said.items() if kinds[key].is_required}
    life.write(here, "commune_1", dict(list(required.items())[1:]))
    with pytest.raises(Refused) as refused:
        life.hand_in(here, "commune_1")
    assert list(refused.value.fields) == [f"q{next(iter(required))}"]
    life.write(here, "commune_1", required)
    assert life.hand_in(here, "commune_1").version == 1


def test_nothing_is_an_answer(here: Side) -> None:
    life.send(here)
    reply = life.reply_of(here, "commune_1")
    clerk = here.viewer("clerk_commune")
    saved = actions.nil_rest(clerk, reply.pk, version=0)
    handed = actions.submit(clerk, reply.pk, version=saved.version)
    assert handed.is_nil
    assert all(row["nil"] for row in handed.content["rows"])
    assert Obligation.objects.get(pk=handed.obligation_id).is_nil


def test_nothing_and_something_contradict_each_other(here: Side) -> None:
    only(here, kind="text", text="Khó khăn")
    says(here, {"nil": True, "value": "Thiếu người"})
    with pytest.raises(Refused):
        life.hand_in(here, "commune_1")


def test_an_empty_reply_is_not_handed_in_even_where_nothing_is_required(here: Side) -> None:
    only(here, kind="text", text="Khó khăn", required="")
    with pytest.raises(Refused):
        life.hand_in(here, "commune_1")


def test_what_was_handed_in_never_changes(here: Side) -> None:
    row = life.send(here)
    (first,) = life.answer(here, "commune_1", number="7")
    with pytest.raises(Conflict):
        life.write(here, "commune_1", life.full_answers(row, "8"))
    actions.give_back(here.viewer("officer"), first.pk, remarks="Xem lại số bãi")
    reply = life.reply_of(here, "commune_1")
    assert draft(reply).returned is not None
    life.write(here, "commune_1", life.full_answers(row, "8"))
    second = life.hand_in(here, "commune_1")
    assert (second.version, Submission.objects.get(pk=first.pk).content["rows"][0]["value"]) == (2, "7")
    (change,) = content.differences(first.content, second.content)
    assert (change.title, change.before, change.after) == ("Số bãi tập kết", "7", "8")


def test_late_is_said_and_never_blocked(here: Side) -> None:
    row = life.send(here)
    assert row.cycle is not None
    with telling(row.cycle.due_at + timedelta(hours=1)):
        (late,) = life.answer(here, "commune_1")
    assert late.is_late


def test_two_people_on_one_reply_the_second_is_told(here: Side) -> None:
    row = life.send(here, parties=[here.parties["finance"].pk])
    life.write(here, "finance")
    reply = life.reply_of(here, "finance")
    with pytest.raises(Conflict):
        actions.save_reply(
            here.viewer("head_finance"), reply.pk, version=0, typed=life.full_answers(row, "9")
        )
    assert draft(life.reply_of(here, "finance")).answers[0].typed == "7"


def test_nobody_answers_for_another_agency(cast: Cast, here: Side) -> None:
    life.send(here)
    reply = life.reply_of(here, "commune_1")
    for viewer in (
        here.viewer("clerk_commune_2"),
        here.viewer("officer"),
        cast.there.viewer("clerk_commune"),
    ):
        with pytest.raises(Reply.DoesNotExist):
            actions.save_reply(viewer, reply.pk, version=0, typed={})
    (handed,) = life.answer(here, "commune_1")
    with pytest.raises(NotAllowed):
        actions.accept(here.viewer("clerk_commune"), [handed.pk])


def test_history_tells_who_wrote_what(here: Side) -> None:
    life.send(here)
    life.answer(here, "commune_1")
    acts = list(Change.objects.filter(act="requests.answer").order_by("pk").values_list("kind", flat=True))
    assert acts[0] == "requests.reply"
    assert "rounds.submission" in acts


def _form(clerk: Client, reply: Reply) -> dict[str, Any]:
    return fields_of(clerk.get(f"/yeu-cau/tra-loi/{reply.pk}/").content.decode(), "noi-dung")


def test_the_form_on_a_phone_without_javascript(signed_in: SignIn, here: Side) -> None:
    row = life.send(here)
    reply, clerk = life.reply_of(here, "commune_1"), signed_in("clerk_commune")
    assert f"/yeu-cau/tra-loi/{reply.pk}/" in clerk.get("/").content.decode()
    number, choice, day, _text, table, _file = life.questions_of(row)
    kept = _form(clerk, reply)
    said = {
        f"q{number.pk}-value": "1.5",
        f"q{choice.pk}-choice": "Có",
        f"q{day.pk}-value": "20/11/2026",
        f"q{table.pk}-paste": "Bãi 1\t1,5\t01/02/2026\nBãi 2\t2\t\n",
        "goto": "review",
    }
    path = f"/yeu-cau/tra-loi/{reply.pk}/"
    asked_back = clerk.post(path, {**kept, **said})
    assert asked_back.status_code == 422
    assert "1,5 hoặc 15" in asked_back.content.decode()
    kept = fields_of(asked_back.content.decode(), "noi-dung")
    assert kept[f"q{number.pk}-value"] == "1.5"
    onwards = clerk.post(path, {**kept, f"q{number.pk}-value": "15", "goto": "review"})
    assert onwards.headers["Location"] == f"{path}xem-lai/"
    review = clerk.get(f"{path}xem-lai/").content.decode()
    assert "Bãi 2" in review
    sent = clerk.post(f"{path}xem-lai/", fields_of(review, "sheet"), follow=True)
    assert "Đã gửi lúc" in sent.content.decode()
    handed = Submission.objects.get()
    assert handed.content["rows"][4]["cells"] == [["Bãi 1", "1.5", "2026-02-01"], ["Bãi 2", "2", ""]]
    assert clerk.get(path).headers["Location"] == f"/yeu-cau/da-gui/{handed.pk}/"


def test_nothing_to_say_takes_three_touches(signed_in: SignIn, here: Side) -> None:
    life.send(here)
    reply, clerk = life.reply_of(here, "commune_1"), signed_in("clerk_commune")
    path = f"/yeu-cau/tra-loi/{reply.pk}/"
    review = clerk.post(path, {**_form(clerk, reply), "goto": "nil"}, follow=True)
    clerk.post(review.request["PATH_INFO"], fields_of(review.content.decode(), "sheet"))
    assert Submission.objects.get().is_nil


def test_it_saves_itself_and_keeps_what_cannot_be_read(signed_in: SignIn, here: Side) -> None:
    only(here, kind="number", text="Số xe", unit="xe")
    reply, clerk = life.reply_of(here, "commune_1"), signed_in("clerk_commune")
    (question,) = life.questions_of(reply.request)
    kept = {**_form(clerk, reply), f"q{question.pk}-value": "1.5"}
    path = f"/yeu-cau/tra-loi/{reply.pk}/"
    first = clerk.post(path, kept, headers={"X-Autosave": "1"}).json()
    assert first["fields"] == {"version": "1"}
    assert "1,5" in first["error"]
    again = clerk.post(path, kept, headers={"X-Autosave": "1"}).json()
    assert "error" in again  # version 0 is over
    assert draft(life.reply_of(here, "commune_1")).answers[0].typed == "1.5"


def test_two_people_see_where_they_differ(signed_in: SignIn, here: Side) -> None:
    life.send(here, parties=[here.parties["finance"].pk])
    reply, clerk = life.reply_of(here, "finance"), signed_in("clerk_finance")
    kept = _form(clerk, reply)
    life.write(here, "finance")
    number = life.questions_of(reply.request)[0]
    page = clerk.post(f"/yeu-cau/tra-loi/{reply.pk}/", {**kept, f"q{number.pk}-value": "9"})
    assert page.status_code == 409
    assert "Khác với bản người kia vừa lưu" in page.content.decode()
    assert fields_of(page.content.decode(), "noi-dung")[f"q{number.pk}-value"] == "9"


def test_files_are_known_by_their_content(signed_in: SignIn, here: Side) -> None:
    row = life.send(here)
    reply, clerk = life.reply_of(here, "commune_1"), signed_in("clerk_commune")
    asked = life.questions_of(row)[-1]
    path = f"/yeu-cau/tra-loi/{reply.pk}/tep/{asked.pk}/"

    def bring(name: str, data: bytes) -> int:
        return clerk.post(path, {"file": SimpleUploadedFile(name, data)}).status_code

    assert bring("anh.pdf", b"MZ a program") == 422
    assert bring("anh.png", b"%PDF-1.4 another kind") == 422
    assert bring("anh.pdf", b"%PDF-1.4 x") == 302
    (kept,) = Attachment.objects.all()
    life.write(here, "commune_1")
    handed = life.hand_in(here, "commune_1")
    (file,) = handed.content["rows"][-1]["files"]
    got = signed_in("officer").get(f"/yeu-cau/da-gui/{handed.pk}/tep/{file['file']}/")
    assert got.content == b"%PDF-1.4 x"
    assert (
        signed_in("clerk_commune_2").get(f"/yeu-cau/da-gui/{handed.pk}/tep/{file['file']}/").status_code
        == 404
    )
    assert signed_in("officer").get(f"/yeu-cau/da-gui/{handed.pk}/tep/999999/").status_code == 404
    gone = clerk.post(f"/yeu-cau/tra-loi/{reply.pk}/tep/bo/{kept.pk}/")
    assert gone.status_code in {302, 409}
    assert Submission.objects.get().content["rows"][-1]["files"] == [file]


def test_a_closed_request_takes_nothing_any_more(here: Side) -> None:
    row = life.send(here)
    actions.close(here.viewer("officer"), row.pk)
    with pytest.raises(Refused):
        life.write(here, "commune_1")


def test_who_only_follows_reads_what_was_accepted(here: Side) -> None:
    life.send(here)
    (handed,) = life.answer(here, "commune_1")
    reader, leader = here.viewer("ministry_reader"), here.viewer("leader")
    assert not submissions(reader).exists()
    assert submissions(leader).exists()
    actions.accept(here.viewer("officer"), [handed.pk])
    assert submissions(reader).get().pk == handed.pk


def test_the_moment_of_acknowledgement_is_vietnamese(signed_in: SignIn, here: Side) -> None:
    life.send(here)
    life.write(here, "commune_1")
    reply, clerk = life.reply_of(here, "commune_1"), signed_in("clerk_commune")
    path = f"/yeu-cau/tra-loi/{reply.pk}/xem-lai/"
    before = now()
    page = clerk.post(path, {"version": str(reply.version)}, follow=True).content.decode()
    assert any(f"Đã gửi lúc {at:%H:%M %d/%m/%Y}" in page for at in (before, now()))
