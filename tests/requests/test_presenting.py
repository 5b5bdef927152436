"""An answer is confirmed by an approver, taken back, returned by question, opened again: the same steps as reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from luc.agencies import actions as agencies
from luc.desk import queries as desk
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.time import now
from luc.requests import actions
from luc.requests.models import Request
from luc.rounds.models import Obligation, Presentation
from luc.rounds.queries import completeness, correction_requests
from tests.cast import Cast, Side
from tests.requests import life

SignIn = Callable[..., Client]


@pytest.fixture
def asked(here: Side) -> Request:
    """A request to finance, which has its answers confirmed, and to environment, which sends them itself."""
    parties = [here.parties["finance"].pk, here.parties["environment"].pk]
    agencies.set_approval(here.viewer("head_finance"), here.parties["finance"].pk, is_needed=True)
    row = life.send(here, parties=parties)
    for party in ("finance", "environment"):
        life.write(here, party, request=row)
    return row


def present(here: Side, asked: Request) -> Presentation:
    reply = life.reply_of(here, "finance", asked)
    return actions.present(here.viewer("clerk_finance"), reply.pk, version=reply.version)


def state(here: Side, party: str, asked: Request) -> str:
    return Obligation.objects.get(cycle=asked.cycle, party=here.parties[party]).state


def test_a_clerk_presents_and_the_approver_sends_exactly_that(
    here: Side, asked: Request, signed_in: SignIn
) -> None:
    reply = life.reply_of(here, "finance", asked)
    with pytest.raises(Refused, match="trình duyệt"):
        actions.submit(here.viewer("clerk_finance"), reply.pk, version=reply.version)
    clerk, approver = signed_in("clerk_finance"), signed_in("approver_finance")
    review = f"/yeu-cau/tra-loi/{reply.pk}/xem-lai/"
    assert "Trình duyệt" in clerk.get(review).content.decode()
    address = clerk.post(review, {"version": reply.version}).headers["Location"]
    waiting = Presentation.objects.get()
    assert address == f"/yeu-cau/trinh/{waiting.pk}/"
    assert state(here, "finance", asked) == Obligation.State.OPEN
    number = str(life.questions_of(asked)[0].pk)
    life.write(here, "finance", {number: {"value": "9"}}, asked)  # typed after it was presented
    page = approver.get(address).content.decode()
    assert "Bản nháp đã được sửa sau khi trình" in page
    assert f'href="{address}"' in approver.get("/").content.decode()
    assert clerk.post(address + "xac-nhan/").status_code == 403
    sent = approver.post(address + "xac-nhan/")
    assert sent.status_code == 302
    submission = waiting.obligation.submissions.get()
    assert submission.content == waiting.content
    assert submission.content["rows"][0]["value"] == "7"
    assert "Người soạn trình" in approver.get(sent.headers["Location"]).content.decode()


def test_passed_back_with_words_the_clerk_sees_them(here: Side, asked: Request, signed_in: SignIn) -> None:
    waiting = present(here, asked)
    approver = signed_in("approver_finance")
    back = f"/yeu-cau/trinh/{waiting.pk}/chuyen-lai/"
    assert approver.post(back, {"remarks": " "}).status_code == 422
    assert approver.post(back, {"remarks": "Ghi rõ địa điểm"}).status_code == 302
    reply = life.reply_of(here, "finance", asked)
    for address in ("/", f"/yeu-cau/tra-loi/{reply.pk}/"):
        assert "Ghi rõ địa điểm" in signed_in("clerk_finance").get(address).content.decode()
    with pytest.raises(Conflict):
        actions.confirm(here.viewer("approver_finance"), waiting.pk)
    again = present(here, asked)
    assert again.number == 2
    actions.withdraw(here.viewer("clerk_finance"), again.pk)
    assert "Ghi rõ" not in signed_in("approver_finance").get("/").content.decode()


def test_an_approver_sends_straight_and_what_waited_is_void(here: Side, asked: Request) -> None:
    waiting = present(here, asked)
    reply = life.reply_of(here, "finance", asked)
    actions.submit(here.viewer("approver_finance"), reply.pk, version=reply.version)
    with pytest.raises(Conflict):
        actions.confirm(here.viewer("approver_finance"), waiting.pk)


def test_nobody_else_sees_what_is_presented(
    here: Side, cast: Cast, asked: Request, signed_in: SignIn
) -> None:
    waiting = present(here, asked)
    for person, side in (("clerk_environment", here), ("clerk_finance", cast.there)):
        assert signed_in(person, side).get(f"/yeu-cau/trinh/{waiting.pk}/").status_code == 404
    assert signed_in("officer").get(f"/yeu-cau/trinh/{waiting.pk}/").status_code == 403
    # an answer is no report: the pages of reports do not know it
    assert signed_in("approver_finance").get(f"/bao-cao/trinh/{waiting.pk}/").status_code == 404


def test_remarks_stand_at_their_questions(here: Side, asked: Request, signed_in: SignIn) -> None:
    submission = life.hand_in(here, "environment", asked)
    number, choice, *_rest = (f"q{question.pk}" for question in life.questions_of(asked))
    officer = signed_in("officer")
    page = officer.get(f"/yeu-cau/da-gui/{submission.pk}/").content.decode()
    assert f'name="remark-{number}"' in page
    given = {"remarks": "", f"remark-{number}": "Đếm lại", "remark-q999999": "không có câu này"}
    assert officer.post(f"/yeu-cau/da-gui/{submission.pk}/tra-lai/", given).status_code == 302
    reply = life.reply_of(here, "environment", asked)
    form = signed_in("clerk_environment").get(f"/yeu-cau/tra-loi/{reply.pk}/").content.decode()
    assert form.count("Đếm lại") == 1
    before, after = form.split("Đếm lại")
    assert f'id="{number}"' in before
    assert f'id="{choice}"' in after
    (one,) = desk.requested(here.viewer("clerk_environment"))
    assert one.returned is not None
    assert one.returned.rows == {number: "Đếm lại"}
    assert submission.verdict.rows.count() == 1


def test_taken_back_until_the_officer_has_looked(here: Side, asked: Request, signed_in: SignIn) -> None:
    clerk = signed_in("clerk_environment")
    first = life.hand_in(here, "environment", asked)
    address = f"/yeu-cau/da-gui/{first.pk}/"
    assert "Rút lại để sửa" in clerk.get(address).content.decode()
    assert clerk.post(address + "rut-lai/").status_code == 302
    assert state(here, "environment", asked) == Obligation.State.OPEN
    second = life.hand_in(here, "environment", asked)
    signed_in("officer").get(f"/yeu-cau/da-gui/{second.pk}/")
    assert "Rút lại để sửa" not in clerk.get(f"/yeu-cau/da-gui/{second.pk}/").content.decode()
    with pytest.raises(Refused):
        actions.take_back(here.viewer("clerk_environment"), second.pk)


def test_an_accepted_answer_is_opened_again_and_counts_no_more(
    here: Side, asked: Request, signed_in: SignIn
) -> None:
    assert asked.cycle_id is not None
    officer = signed_in("officer")
    submission = life.hand_in(here, "environment", asked)
    actions.accept(here.viewer("officer"), [submission.pk])
    address = f"/yeu-cau/da-gui/{submission.pk}/mo-lai/"
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "Thiếu hai bãi"}).status_code == 302
    counts = completeness(here.viewer("officer"), [asked.cycle_id])[asked.cycle_id]
    assert (counts.accepted, counts.returned) == (0, 1)
    reply = life.reply_of(here, "environment", asked)
    page = signed_in("clerk_environment").get(f"/yeu-cau/tra-loi/{reply.pk}/").content.decode()
    assert "Thiếu hai bãi" in page
    again = life.hand_in(here, "environment", asked)
    assert again.version == 2
    with pytest.raises(Conflict):
        actions.reopen(here.viewer("officer"), submission.pk, reason="lần nữa")
    with pytest.raises(NotAllowed):
        actions.reopen(here.viewer("clerk_environment"), again.pk, reason="tự mở")


def test_a_clerk_asks_to_correct_and_the_officer_declines_or_grants(
    here: Side, asked: Request, signed_in: SignIn
) -> None:
    submission = life.hand_in(here, "environment", asked)
    actions.accept(here.viewer("officer"), [submission.pk])
    clerk, officer = signed_in("clerk_environment"), signed_in("officer")
    read = f"/yeu-cau/da-gui/{submission.pk}/"
    assert "Đề nghị cho sửa" in clerk.get(read).content.decode()
    assert clerk.post(f"{read}de-nghi-sua/", {"reason": " "}).status_code == 422
    assert clerk.post(f"{read}de-nghi-sua/", {"reason": "Thiếu bãi Cái Răng"}).status_code == 302
    desk_page = officer.get("/").content.decode()
    assert "Thiếu bãi Cái Răng" in desk_page
    assert f'href="{read}"' in desk_page
    request = correction_requests(here.viewer("officer")).get()
    answer = f"/yeu-cau/de-nghi-sua/{request.pk}/"
    # a request about an answer is none about a report
    assert officer.post(f"/bao-cao/de-nghi-sua/{request.pk}/", {"do": "grant"}).status_code == 404
    assert clerk.post(answer, {"do": "grant"}).status_code == 403
    officer.post(answer, {"do": "decline", "reason": "Đã báo cáo lãnh đạo"})
    assert "Đã báo cáo lãnh đạo" in clerk.get("/").content.decode()
    assert state(here, "environment", asked) == Obligation.State.ACCEPTED
    clerk.post(f"{read}de-nghi-sua/", {"reason": "Đã kiểm tra lại thực địa"})
    request = correction_requests(here.viewer("officer")).get(answered_at=None)
    officer.post(f"/yeu-cau/de-nghi-sua/{request.pk}/", {"do": "grant"})
    assert state(here, "environment", asked) == Obligation.State.RETURNED
    reply = life.reply_of(here, "environment", asked)
    assert "thực địa" in clerk.get(f"/yeu-cau/tra-loi/{reply.pk}/").content.decode()
    with pytest.raises(Conflict):
        actions.answer_request(here.viewer("officer"), request.pk, granted=True)


def test_to_a_closed_request_it_is_granted_to_the_end_of_a_day(here: Side, asked: Request) -> None:
    officer, clerk = here.viewer("officer"), here.viewer("clerk_environment")
    submission = life.hand_in(here, "environment", asked)
    actions.accept(officer, [submission.pk])
    actions.close(officer, asked.pk)
    request = actions.ask_to_correct(clerk, submission.pk, reason="nhầm số bãi")
    with pytest.raises(Refused):
        actions.ask_to_correct(clerk, submission.pk, reason="lần nữa")
    with pytest.raises(Refused):
        actions.answer_request(officer, request.pk, granted=True)
    actions.answer_request(officer, request.pk, granted=True, until=now() + timedelta(days=2))
    assert life.hand_in(here, "environment", asked).version == 2


def test_what_was_looked_at_is_given_back_when_it_is_asked(here: Side, asked: Request) -> None:
    submission = life.hand_in(here, "environment", asked)
    actions.look(here.viewer("officer"), submission.pk)
    request = actions.ask_to_correct(here.viewer("clerk_environment"), submission.pk, reason="thiếu bãi")
    actions.answer_request(here.viewer("officer"), request.pk, granted=True)
    assert state(here, "environment", asked) == Obligation.State.RETURNED


def test_a_closed_request_is_opened_again_with_a_reason(
    here: Side, asked: Request, signed_in: SignIn
) -> None:
    officer = signed_in("officer")
    actions.close(here.viewer("officer"), asked.pk)
    with pytest.raises(Refused):
        life.hand_in(here, "environment", asked)
    address = f"/yeu-cau/{asked.pk}/mo-lai/"
    assert f'href="{address}"' in officer.get(f"/yeu-cau/{asked.pk}/noi-dung/").content.decode()
    assert officer.post(address, {"reason": " "}).status_code == 422
    assert officer.post(address, {"reason": "Hai đơn vị xin gửi thêm"}).status_code == 302
    assert "Hai đơn vị xin gửi thêm" in officer.get(f"/yeu-cau/{asked.pk}/noi-dung/").content.decode()
    assert life.hand_in(here, "environment", asked).version == 1
