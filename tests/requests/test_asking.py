"""Asking: a draft is kept as typed, understood, sent to whom it names; what cannot be sent says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.time import today
from luc.requests import actions, drafting, pasting
from luc.requests.models import Addressee, Column, Question, Reply, Request
from luc.requests.queries import requests as queries
from luc.rounds.models import Cycle, Obligation, Stands
from tests.cast import Side
from tests.requests import life
from tests.requests.browser import fields_of


def test_sending_binds_the_members_of_a_group_once_and_fixes_the_questions(here: Side) -> None:
    row = life.send(here, parties=[here.parties["communes"].pk, here.parties["commune_1"].pk])
    owing = Obligation.objects.filter(cycle=row.cycle)
    assert {one.party for one in owing} == {here.parties[f"commune_{n}"] for n in (1, 2, 3)}
    assert Reply.objects.filter(request=row).count() == 3
    why = Stands.objects.filter(obligation__party=here.parties["commune_1"])
    assert {one.bound_id for one in why} == {here.parties["communes"].pk, here.parties["commune_1"].pk}
    assert Addressee.objects.filter(request=row).count() == 2
    kinds = [one.kind for one in Question.objects.filter(request=row).order_by("order")]
    assert kinds == ["number", "choice", "date", "text", "table", "file"]
    assert Column.objects.filter(question__request=row).count() == 3
    cycle = Cycle.objects.get()
    assert (cycle.title, cycle.source_kind, cycle.source_id) == (life.TITLE, "requests.request", row.pk)
    assert cycle.collector == here.parties["industry"]


def test_who_asks_does_not_ask_itself_as_a_member_but_may_be_picked(here: Side) -> None:
    group = life.send(here, parties=[here.parties["departments"].pk])
    asked = set(Obligation.objects.filter(cycle=group.cycle).values_list("party", flat=True))
    assert here.parties["industry"].pk not in asked
    assert here.parties["finance"].pk in asked
    assert here.parties["planning"].pk not in asked  # it has ended


def test_an_ended_party_is_answered_for_by_its_successor(here: Side) -> None:
    row = life.send(here, parties=[here.parties["planning"].pk])
    assert [one.party for one in Obligation.objects.filter(cycle=row.cycle)] == [here.parties["finance"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"parties": []}, "party"),
        ({"due_day": ""}, "due_day"),
        ({"due_day": "31/02/2027"}, "due_day"),
        ({"due_day": "01/01/2020"}, "due_day"),
        ({"due_time": "25:00"}, "due_time"),
        ({"questions": []}, "q0-text"),
        ({"questions": [life.question("number", "", unit="bãi")]}, "q0-text"),
        ({"questions": [life.question("choice", "Có không", choices="Có")]}, "q0-choices"),
        ({"questions": [life.question("table", "Danh sách")]}, "q0-c0-text"),
        ({"questions": [life.question("number", "Số", lowest="nhiều")]}, "q0-lowest"),
        ({"questions": [life.question("number", "Số", lowest="9", highest="1")]}, "q0-highest"),
    ],
)
def test_what_cannot_be_sent_names_its_field_and_nothing_is_opened(
    change: dict[str, Any], field: str, here: Side
) -> None:
    row = life.draft(here, **change)
    with pytest.raises(Refused) as refused:
        actions.send(here.viewer("officer"), row.pk, version=row.version)
    assert field in refused.value.fields
    assert not Cycle.objects.exists()
    assert Request.objects.get(pk=row.pk).typed == life.typed(here, **change)


def test_a_group_of_nobody_is_named(here: Side) -> None:
    row = life.draft(here, parties=[here.parties["ministry"].pk, here.parties["communes"].pk])
    assert actions.send(here.viewer("officer"), row.pk, version=0)  # the ministry has people of its own
    other = life.draft(here, parties=[here.parties["resources"].pk])
    assert actions.send(here.viewer("officer"), other.pk, version=0)  # its successor answers


def test_hours_are_vietnamese_and_none_is_the_end_of_the_day(here: Side) -> None:
    day = today() + timedelta(days=3)
    asked = drafting.understand(life.typed(here, due_day=f"{day:%d/%m/%Y}", due_time="9h30"))
    assert asked.due_at is not None
    assert (asked.due_at.hour, asked.due_at.minute, asked.due_at.utcoffset()) == (9, 30, timedelta(hours=7))
    asked = drafting.understand(life.typed(here, due_day=f"{day:%d/%m/%Y}", due_time=""))
    assert asked.due_at is not None
    assert asked.due_at.date() == day + timedelta(days=1)
    assert asked.due_at.hour == 0


def test_a_new_draft_is_due_on_the_third_working_day(here: Side) -> None:
    from datetime import date

    assert drafting.fresh(date(2026, 11, 20))["due_day"] == "25/11/2026"  # Friday: Monday, Tuesday, Wednesday
    assert drafting.fresh(date(2026, 11, 16))["due_day"] == "19/11/2026"


def test_two_people_on_one_draft_the_second_is_told(here: Side) -> None:
    row = life.draft(here)
    first = actions.save(here.viewer("officer"), row.pk, version=0, typed=life.typed(here, title="Một"))
    assert first.version == 1
    with pytest.raises(Conflict):
        actions.save(here.viewer("focal_head"), row.pk, version=0, typed=life.typed(here, title="Hai"))
    with pytest.raises(Conflict):
        actions.send(here.viewer("focal_head"), row.pk, version=0)
    assert Request.objects.get(pk=row.pk).title == "Một"


def test_a_copy_asks_the_same_of_the_same(here: Side) -> None:
    row = life.send(here)
    again = drafting.as_typed(row, today())
    kept = life.typed(here)
    assert [one["text"] for one in again["questions"]] == [one["text"] for one in kept["questions"]]
    assert again["questions"][0] == kept["questions"][0]
    assert again["questions"][4]["columns"] == kept["questions"][4]["columns"]
    assert again["parties"] == kept["parties"]
    assert drafting.understand(again).problems == {}
    copy = actions.begin(here.viewer("officer"), typed=again, copy_of=row.pk)
    assert copy.copy_of_id == row.pk


def test_a_sent_request_is_no_draft_any_more(here: Side) -> None:
    row = life.send(here)
    assert not queries.drafts(here.viewer("officer")).exists()
    with pytest.raises(Request.DoesNotExist):
        actions.send(here.viewer("officer"), row.pk, version=row.version)
    assert Cycle.objects.count() == 1


def test_a_dropped_draft_is_gone(here: Side) -> None:
    row = life.draft(here)
    actions.drop(here.viewer("officer"), row.pk)
    assert not queries.drafts(here.viewer("officer")).exists()


@pytest.mark.parametrize("person", ["clerk_finance", "leader", "administrator", "ministry_reader"])
def test_only_officers_ask(person: str, here: Side) -> None:
    with pytest.raises(NotAllowed):
        actions.begin(here.viewer(person), typed=life.typed(here))


def test_parties_of_another_tenant_bind_nobody(cast: Any, here: Side) -> None:
    foreign = cast.there.parties["communes"].pk
    row = life.draft(here, parties=[foreign])
    with pytest.raises(Refused):
        actions.send(here.viewer("officer"), row.pk, version=0)
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("line", "kind", "words", "unit"),
    [
        ("1. Số hộ nghèo", "text", "Số hộ nghèo", ""),
        ("a) Diện tích rừng", "text", "Diện tích rừng", ""),
        ("- Khó khăn, vướng mắc", "text", "Khó khăn, vướng mắc", ""),
        ("2\tSố cơ sở\tcơ sở", "number", "Số cơ sở", "cơ sở"),
        ("Số cơ sở\tSố\tcơ sở", "number", "Số cơ sở", "cơ sở"),
        ("IV.\tNgày họp\tNgày", "date", "Ngày họp", ""),
        ("Có bãi rác tự phát không?\tCó/Không", "choice", "Có bãi rác tự phát không?", ""),
        ("5 năm qua có bao nhiêu dự án", "text", "5 năm qua có bao nhiêu dự án", ""),
    ],
)
def test_a_pasted_line_becomes_a_question(line: str, kind: str, words: str, unit: str) -> None:
    (found,) = pasting.questions(line, "text")
    assert (found["kind"], found["text"], found["unit"]) == (kind, words, unit)


def test_a_pasted_list_leaves_out_its_head_and_empty_lines() -> None:
    found = pasting.questions("STT\tNội dung\tKiểu\n1\tSố hộ\tSố\n\n2\tGhi chú\tChữ\n", "text")
    assert [(one["text"], one["kind"]) for one in found] == [("Số hộ", "number"), ("Ghi chú", "text")]


def test_one_question_to_all_communes_takes_few_touches(signed_in: Callable[..., Client], here: Side) -> None:
    """What stands between "Yêu cầu mới" and "sent": title, question, kind, group, and two buttons; no JavaScript."""
    officer = signed_in("officer")
    page = officer.get("/yeu-cau/moi/")
    prefilled = fields_of(page.content.decode(), "ask")
    touched = {
        "title": "Số hộ có bể biogas",
        "q0-text": "Số hộ có bể biogas đang dùng",
        "q0-kind": "number",
        "party": str(here.parties["communes"].pk),
        "do": "preview",
    }
    assert len(touched) == 5
    answer = officer.post("/yeu-cau/moi/", {**prefilled, **touched}, follow=True)
    assert "Gửi cho 3 đơn vị" in answer.content.decode()
    sent = officer.post(answer.request["PATH_INFO"], {"version": "0"}, follow=True)
    assert "Đã gửi yêu cầu cho 3 đơn vị" in sent.content.decode()


def test_buttons_of_a_draft_keep_all_that_was_typed(signed_in: Callable[..., Client], here: Side) -> None:
    officer = signed_in("officer")
    row = life.draft(here, [life.question("text", "Câu A"), life.question("text", "Câu B")])
    path = f"/yeu-cau/{row.pk}/soan/"

    def press(do: str, **more: str) -> list[str]:
        kept = fields_of(officer.get(path).content.decode(), "ask")
        answer = officer.post(path, {**kept, **more, "do": do})
        assert answer.status_code == 302, answer.content.decode()[:500]
        return [one["text"] for one in Request.objects.get(pk=row.pk).typed["questions"]]

    assert press("down-0") == ["Câu B", "Câu A"]
    assert press("add-number") == ["Câu B", "Câu A", ""]
    assert press("remove-0", title="Tên mới") == ["Câu A", ""]
    assert press("paste", paste="1. Câu C\n2. Câu D") == ["Câu A", "Câu C", "Câu D"]
    assert press("add-yesno")[-1] == ""
    kept = Request.objects.get(pk=row.pk)
    assert kept.title == "Tên mới"
    assert kept.typed["questions"][-1]["choices"] == "Có\nKhông"


def test_a_draft_saves_itself_and_tells_the_new_version(signed_in: Callable[..., Client], here: Side) -> None:
    officer, row = signed_in("officer"), life.draft(here)
    path = f"/yeu-cau/{row.pk}/soan/"
    kept = fields_of(officer.get(path).content.decode(), "ask")
    answer = officer.post(path, {**kept, "title": "Sửa"}, headers={"X-Autosave": "1"})
    assert answer.json() == {"fields": {"version": "1"}}
    again = officer.post(path, {**kept, "title": "Muộn"}, headers={"X-Autosave": "1"})
    assert "error" in again.json()
    assert Request.objects.get(pk=row.pk).title == "Sửa"


def test_a_paper_goes_with_a_request_and_only_papers_do(signed_in: Callable[..., Client], here: Side) -> None:
    officer, row = here.viewer("officer"), life.draft(here)
    with pytest.raises(Refused):
        actions.attach(officer, row.pk, name="anh.png", data=b"\x89PNG\r\n\x1a\nx", media_type="image/png")
    with pytest.raises(Refused):
        actions.attach(
            officer, row.pk, name="van-ban.pdf", data=b"MZ not a paper", media_type="application/pdf"
        )
    actions.attach(officer, row.pk, name="cong-van.pdf", data=b"%PDF-1.4 x", media_type="application/pdf")
    path = f"/yeu-cau/{row.pk}/van-ban/"
    assert signed_in("clerk_commune").get(path).status_code == 404
    actions.send(officer, row.pk, version=row.version)
    got = signed_in("clerk_commune").get(path)
    assert got.content == b"%PDF-1.4 x"
    assert "attachment" in got["Content-Disposition"]
    assert signed_in("clerk_finance").get(path).status_code == 404
