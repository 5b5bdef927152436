"""Back and forth: remarks by row, all clear accepted at once, taken back, asked to correct, reopened, exceptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from luc.agencies import actions as agencies
from luc.figures.models import Standing
from luc.figures.queries import counting_on, known_on, value_of
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Change
from luc.kernel.time import now, today
from luc.kernel.writing import writing
from luc.plans.models import Part, Progress
from luc.plans.queries.states import with_states
from luc.reporting import actions
from luc.reporting.models import Report
from luc.reporting.queries.clearing import waiting
from luc.reporting.queries.consolidation import consolidate
from luc.rounds import queries as rounds
from luc.rounds.models import Obligation, Submission
from luc.threads.actions import raise_thread
from tests.cast import Side
from tests.reporting import life

SignIn = Callable[..., Client]


def owed(side: Side, party: str) -> Obligation:
    return Obligation.objects.get(party=side.parties[party])


def lead_key(side: Side, party: str) -> str:
    return life.draft_of(side, party).section("lead")[0].row.key


def test_remarks_at_rows_reach_the_rows_and_the_rest_stays_answered(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    key = lead_key(here, "finance")
    officer = here.viewer("officer")
    with pytest.raises(Refused):
        actions.give_back(officer, first.pk, remarks="", rows={key: " "})
    actions.give_back(officer, first.pk, remarks="", rows={key: "Nêu số văn bản", "part-999999": "không có"})
    draft = life.draft_of(here, "finance")
    assert draft.open_count == 0
    assert draft.returned is not None
    assert draft.returned.rows == {key: "Nêu số văn bản"}
    report = life.report_of(here, "finance")
    page = signed_in("clerk_finance").get(reverse("reporting:form", args=[report.pk])).content.decode()
    assert page.count("Nêu số văn bản") == 1
    assert f'href="#{key}"' in page
    life.write(here, "finance", {key: {"result": "Theo Quyết định 12"}})
    second = life.hand_in(here, "finance")
    shown = signed_in("officer").get(reverse("reporting:submission", args=[second.pk])).content.decode()
    assert "Các mục đã lưu ý ở bản gửi lần 1" in shown
    assert "đã sửa" in shown
    assert "Theo Quyết định 12" in shown
    assert here.people["clerk_finance"].full_name in shown


def test_a_remarked_row_that_did_not_change_is_said(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    actions.give_back(
        here.viewer("officer"), first.pk, remarks="xem lại", rows={lead_key(here, "finance"): "sai"}
    )
    second = life.hand_in(here, "finance")
    shown = signed_in("officer").get(reverse("reporting:submission", args=[second.pk])).content.decode()
    assert "chưa sửa" in shown


def test_the_officer_writes_remarks_beside_the_rows(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    key, officer = lead_key(here, "finance"), signed_in("officer")
    page = officer.get(reverse("reporting:submission", args=[first.pk])).content.decode()
    assert f'name="remark-{key}"' in page
    address = reverse("reporting:give_back", args=[first.pk])
    empty = officer.post(address, {"remarks": "", f"remark-{key}": "  "})
    assert empty.status_code == 422
    officer.post(address, {"remarks": "", f"remark-{key}": "Thiếu số liệu quý IV"})
    page = officer.get(reverse("reporting:submission", args=[first.pk])).content.decode()
    assert "Thiếu số liệu quý IV" in page
    assert owed(here, "finance").state == Obligation.State.RETURNED


def test_accepted_with_remarks(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    key = lead_key(here, "finance")
    answer = signed_in("officer").post(
        reverse("reporting:accept", args=[first.pk]), {"remarks": "Kỳ sau ghi rõ vốn", f"remark-{key}": "tốt"}
    )
    assert answer.status_code == 302
    page = signed_in("clerk_finance").get(reverse("reporting:submission", args=[first.pk])).content.decode()
    assert "Đã chấp nhận kèm lưu ý" in page
    assert "Kỳ sau ghi rõ vốn" in page


def test_all_clear_at_once_the_others_apart_and_why(here: Side, signed_in: SignIn) -> None:
    cycle = life.open_cycle(here)
    life.report(here, "finance", "science", "environment", "commune_1")
    again = Submission.objects.get(obligation__party=here.parties["science"])
    actions.give_back(here.viewer("officer"), again.pk, remarks="sửa")
    life.hand_in(here, "science")
    late = owed(here, "commune_1")
    life.write(here, "commune_2")
    with DueYesterday(here, "commune_2"):
        life.hand_in(here, "commune_2")
    found = waiting(here.viewer("officer"), cycle)
    assert {row.obligation.party.name for row in found.clear} == {
        here.parties[name].name for name in ("finance", "environment", "commune_1")
    }
    assert {(one.submission.obligation.party_id, one.why) for one in found.apart} == {
        (here.parties["science"].pk, ("gửi lại lần 2",)),
        (here.parties["commune_2"].pk, ("gửi sau hạn",)),
    }
    officer = signed_in("officer")
    address = reverse("reporting:accept_clear", args=[cycle.pk])
    page = officer.get(address).content.decode()
    assert "Chấp nhận tất cả 3 báo cáo không có lưu ý" in page
    assert page.count('name="chon"') == 3
    officer.post(address, {"chon": [row.pk for row in found.clear]})
    late.refresh_from_db()
    assert late.state == Obligation.State.ACCEPTED
    assert owed(here, "science").state == Obligation.State.SUBMITTED


class DueYesterday:
    """One party's due moment is over while it hands in."""

    def __init__(self, side: Side, party: str) -> None:
        self.row = owed(side, party)

    def __enter__(self) -> None:
        with writing():
            Obligation.objects.filter(pk=self.row.pk).update(due_at=now() - timedelta(days=1))

    def __exit__(self, *_: object) -> None:
        """The report stays late."""


def test_who_waits_for_an_answer_is_read_apart(here: Side) -> None:
    cycle = life.open_cycle(here)
    life.report(here, "finance", "environment")
    plan = life.report_of(here, "finance").plan_id
    raise_thread(
        here.viewer("clerk_finance"),
        plan=plan,
        task=None,
        party=here.parties["finance"].pk,
        kind="question",
        title="Vốn đối ứng ghi ở đâu",
        text="Ghi vào nhiệm vụ nào?",
    )
    found = waiting(here.viewer("officer"), cycle)
    assert [one.submission.obligation.party_id for one in found.apart] == [here.parties["finance"].pk]
    assert found.apart[0].why == ("1 câu hỏi, vướng mắc chờ trả lời",)


def test_what_nobody_looked_at_is_taken_back(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "environment")
    clerk = here.viewer("clerk_environment")
    with pytest.raises(NotAllowed):
        actions.take_back(here.viewer("officer"), first.pk)
    actions.take_back(clerk, first.pk)
    row = owed(here, "environment")
    assert (row.state, row.submitted_at, row.version) == (Obligation.State.OPEN, None, 1)
    assert not counting_on(here.viewer("officer"), now()).exists()
    with pytest.raises(Conflict):
        actions.accept(here.viewer("officer"), [first.pk])
    second = life.hand_in(here, "environment")
    assert second.version == 2
    signed_in("officer").get(reverse("reporting:submission", args=[second.pk]))
    with pytest.raises(Refused, match="đã mở xem"):
        actions.take_back(clerk, second.pk)
    page = signed_in("clerk_environment").get(reverse("reporting:submission", args=[second.pk]))
    assert "Đề nghị cho sửa" in page.content.decode()
    assert "Rút lại để sửa" not in page.content.decode()
    assert broken_links(here.tenant.pk) == []


def test_taken_back_after_a_return_is_still_to_be_corrected(here: Side) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    actions.give_back(here.viewer("officer"), first.pk, remarks="thiếu phụ lục")
    second = life.hand_in(here, "finance")
    actions.take_back(here.viewer("clerk_finance"), second.pk)
    returned = life.draft_of(here, "finance").returned
    assert returned is not None
    assert (returned.remarks, returned.version) == ("thiếu phụ lục", 1)


def test_reopened_its_figures_and_progress_count_no_more(here: Side) -> None:
    cycle = life.open_cycle(here)
    (first,) = life.report(here, "environment")
    life.accept(here, first)
    officer, then = here.viewer("officer"), now()
    figure = counting_on(officer, then, [Standing.Kind.ACCEPTED]).get()
    led = Part.objects.filter(role=Part.Role.LEAD, party=here.parties["environment"])
    assert {part.state for part in with_states(led)} == {"on_time"}
    rows = Progress.objects.count()
    with pytest.raises(Refused):
        actions.reopen(officer, first.pk, reason=" ")
    actions.reopen(officer, first.pk, reason="nhầm đơn vị tính")
    assert owed(here, "environment").state == Obligation.State.RETURNED
    assert not counting_on(officer, now()).exists()
    assert known_on(officer, then).get(pk=figure.pk).standing == Standing.Kind.ACCEPTED
    assert {part.state for part in with_states(led)} == {""}
    assert Progress.objects.count() == rows
    told = consolidate(officer, cycle, plan=life.report_of(here, "environment").plan_id, accepted_only=True)
    assert told.heard == 0
    answers = life.full_answers(life.draft_of(here, "environment"), value="75")
    life.write(here, "environment", answers)
    life.accept(here, life.hand_in(here, "environment"))
    assert [value_of(row) for row in counting_on(officer, now(), [Standing.Kind.ACCEPTED])] == [Decimal(75)]
    assert {part.state for part in with_states(led)} == {"on_time"}
    assert Change.objects.filter(act="reporting.judge", reason="nhầm đơn vị tính").exists()
    assert broken_links(here.tenant.pk) == []


def test_a_clerk_asks_and_the_officer_grants_or_declines(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    life.accept(here, first)
    clerk, officer = signed_in("clerk_finance"), signed_in("officer")
    address = reverse("reporting:ask", args=[first.pk])
    assert clerk.post(address, {"reason": ""}).status_code == 422
    clerk.post(address, {"reason": "Ghi nhầm vốn đối ứng"})
    assert "Ghi nhầm vốn đối ứng" in officer.get("/").content.decode()
    asked = rounds.correction_requests(here.viewer("officer")).get()
    answer = reverse("reporting:answer_request", args=[asked.pk])
    officer.post(answer, {"do": "decline", "reason": "Đã trình lãnh đạo tỉnh"})
    assert "Đã trình lãnh đạo tỉnh" in clerk.get("/").content.decode()
    assert owed(here, "finance").state == Obligation.State.ACCEPTED
    clerk.post(address, {"reason": "Sở Tài chính đã thẩm định lại"})
    asked = rounds.correction_requests(here.viewer("officer")).filter(answered_at=None).get()
    officer.post(reverse("reporting:answer_request", args=[asked.pk]), {"do": "grant"})
    assert owed(here, "finance").state == Obligation.State.RETURNED
    assert "thẩm định lại" in clerk.get("/").content.decode()
    with pytest.raises(Conflict):
        actions.answer_request(here.viewer("officer"), asked.pk, granted=True)


def test_what_was_looked_at_is_given_back_when_asked(here: Side) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "environment")
    actions.look(here.viewer("officer"), first.pk)
    asked = actions.ask_to_correct(here.viewer("clerk_environment"), first.pk, reason="thiếu một dòng")
    with pytest.raises(Refused):
        actions.ask_to_correct(here.viewer("clerk_environment"), first.pk, reason="lần nữa")
    actions.answer_request(here.viewer("officer"), asked.pk, granted=True)
    assert owed(here, "environment").state == Obligation.State.RETURNED
    assert not counting_on(here.viewer("officer"), now()).exists()


def test_late_is_said_and_never_blocked(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    life.write(here, "finance")
    with DueYesterday(here, "finance"):
        report = life.report_of(here, "finance")
        page = signed_in("clerk_finance").get(reverse("reporting:review", args=[report.pk])).content.decode()
        assert "được ghi là gửi sau hạn" in page
        assert life.hand_in(here, "finance").is_late


def test_a_closed_cycle_opens_once_more_for_one(here: Side, signed_in: SignIn) -> None:
    cycle = life.open_cycle(here)
    life.write(here, "finance")
    officer = here.viewer("officer")
    row = owed(here, "finance")
    with pytest.raises(Refused):
        actions.open_once_more(officer, row.pk, until=now() + timedelta(days=2), reason="mưa lũ")
    actions.close_cycle(officer, cycle.pk)
    with pytest.raises(Refused, match="khép lại"):
        life.hand_in(here, "finance")
    client = signed_in("officer")
    address = reverse("reporting:open_once_more", args=[row.pk])
    assert client.post(address, {"mo-last_day": "01/01/2020", "mo-reason": "mưa lũ"}).status_code == 422
    assert client.post(address, {"mo-last_day": "", "mo-reason": "mưa lũ"}).status_code == 422
    day = today() + timedelta(days=2)
    client.post(address, {"mo-last_day": f"{day:%d/%m/%Y}", "mo-reason": "mưa lũ"})
    assert "đơn vị được gửi đến" in signed_in("clerk_finance").get("/").content.decode()
    sent = life.hand_in(here, "finance")
    life.accept(here, sent)
    life.write(here, "science", {})
    with pytest.raises(Refused, match="khép lại"):
        life.write(here, "science")


def test_a_closed_cycle_is_opened_again_with_a_reason(here: Side, signed_in: SignIn) -> None:
    cycle = life.open_cycle(here)
    officer = signed_in("officer")
    actions.close_cycle(here.viewer("officer"), cycle.pk)
    address = reverse("reporting:reopen_cycle", args=[cycle.pk])
    assert officer.post(address, {"reason": ""}).status_code == 422
    officer.post(address, {"reason": "Bộ gia hạn"})
    cycle.refresh_from_db()
    assert cycle.closed_at is None
    assert Change.objects.filter(kind="rounds.cycle", reason="Bộ gia hạn").count() == 1
    life.report(here, "finance")


def test_in_a_closed_cycle_reopening_says_until_when(here: Side) -> None:
    cycle = life.open_cycle(here)
    (first,) = life.report(here, "finance")
    life.accept(here, first)
    officer = here.viewer("officer")
    actions.close_cycle(officer, cycle.pk)
    with pytest.raises(Refused):
        actions.reopen(officer, first.pk, reason="sai số")
    actions.reopen(officer, first.pk, reason="sai số", until=now() + timedelta(days=1))
    assert life.hand_in(here, "finance").version == 2


def test_another_party_answers_in_its_place(here: Side, signed_in: SignIn) -> None:
    cycle = life.open_cycle(here)
    life.write(here, "science")
    officer, bound = here.viewer("officer"), cycle.obligations.count()
    row = owed(here, "science")
    version = life.report_of(here, "science").version
    actions.stand_in(officer, row.pk, party=here.parties["environment"].pk, reason="không còn cán bộ")
    assert cycle.obligations.count() == bound
    with pytest.raises(Report.DoesNotExist):
        life.write(here, "science", version=version)
    report = life.report_of(here, "science")
    clerk = here.viewer("clerk_environment")
    sent = actions.submit(clerk, report.pk, version=report.version)
    assert sent.content["party"]["id"] == here.parties["science"].pk
    page = signed_in("officer").get(reverse("reporting:submission", args=[sent.pk])).content.decode()
    assert "không còn cán bộ" in page
    assert signed_in("clerk_science").get(reverse("reporting:submission", args=[sent.pk])).status_code == 200
    with pytest.raises(Conflict):
        actions.stand_in(officer, row.pk, party=None, reason="đã có người")


def test_standing_in_is_given_back_and_follows_successions(here: Side) -> None:
    life.open_cycle(here)
    officer, row = here.viewer("officer"), owed(here, "science")
    with pytest.raises(Refused):
        actions.stand_in(officer, row.pk, party=here.parties["science"].pk, reason="nhầm")
    actions.stand_in(officer, row.pk, party=here.parties["board"].pk, reason="thiếu người")
    agencies.end_party(
        here.viewer("administrator"),
        here.parties["board"].pk,
        on=today(),
        successors=[here.parties["environment"].pk],
    )
    row.refresh_from_db()
    assert row.stand_in_id == here.parties["environment"].pk
    actions.stand_in(officer, row.pk, party=None, reason="đã có người")
    row.refresh_from_db()
    assert (row.stand_in_id, row.stand_in_why) == (None, "")


def test_any_two_versions_beside_each_other(here: Side, signed_in: SignIn) -> None:
    life.open_cycle(here)
    (first,) = life.report(here, "finance")
    officer = here.viewer("officer")
    key = lead_key(here, "finance")
    sent = [first]
    for words in ("lần hai", "lần ba"):
        actions.give_back(officer, sent[-1].pk, remarks="sửa")
        life.write(here, "finance", {key: {"result": words}})
        sent.append(life.hand_in(here, "finance"))
    page = signed_in("officer").get(reverse("reporting:compare", args=[first.pk, sent[2].pk]))
    shown = page.content.decode()
    assert "Lần gửi 1 và lần gửi 3" in shown
    assert "<del>Đã hoàn thành bước một</del>" in shown
    assert "lần ba" in shown
    assert "lần hai" not in shown
    back = signed_in("officer").get(reverse("reporting:compare", args=[sent[2].pk, first.pk]))
    assert "Lần gửi 1 và lần gửi 3" in back.content.decode()
    other = life.report(here, "science")[0]
    foreign = reverse("reporting:compare", args=[first.pk, other.pk])
    assert signed_in("officer").get(foreign).status_code == 404
