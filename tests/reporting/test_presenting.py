"""Inside an agency: presented by its clerk, confirmed and sent by its approver exactly as it was presented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from luc.agencies import actions as agencies
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.writing import writing
from luc.reporting import actions
from luc.rounds.actions import fingerprint
from luc.rounds.models import Decision, Obligation, Presentation, Submission
from tests.cast import Side
from tests.reporting import life

SignIn = Callable[..., Client]


@pytest.fixture
def approved(here: Side) -> Side:
    """Finance confirms its reports before they leave."""
    agencies.set_approval(here.viewer("head_finance"), here.parties["finance"].pk, is_needed=True)
    life.open_cycle(here)
    return here


def present(side: Side) -> Presentation:
    report = life.report_of(side, "finance")
    return actions.present(side.viewer("clerk_finance"), report.pk, version=report.version)


def test_who_only_writes_presents_and_the_approver_sends(approved: Side) -> None:
    life.write(approved, "finance")
    with pytest.raises(Refused, match="trình duyệt"):
        life.hand_in(approved, "finance")
    row = present(approved)
    assert Obligation.objects.get(party=approved.parties["finance"]).state == Obligation.State.OPEN
    with pytest.raises(NotAllowed):
        actions.confirm(approved.viewer("clerk_finance"), row.pk)
    sent = actions.confirm(approved.viewer("approver_finance"), row.pk)
    assert (sent.content, sent.sha256) == (row.content, row.sha256)
    assert sent.by_name == approved.people["approver_finance"].full_name
    assert Decision.objects.get(presentation=row).submission_id == sent.pk
    with pytest.raises(Conflict):
        actions.confirm(approved.viewer("approver_finance"), row.pk)


def test_what_is_sent_is_what_was_presented_whatever_was_written_since(approved: Side) -> None:
    life.write(approved, "finance")
    row = present(approved)
    words = life.full_answers(life.draft_of(approved, "finance"), "Viết sau khi trình")
    life.write(approved, "finance", words)
    sent = actions.confirm(approved.viewer("head_finance"), row.pk)
    assert "Viết sau khi trình" not in str(sent.content)
    assert fingerprint(sent.content) == row.sha256


def test_passed_back_with_words_and_presented_again(approved: Side, signed_in: SignIn) -> None:
    life.write(approved, "finance")
    row = present(approved)
    approver = approved.viewer("approver_finance")
    with pytest.raises(Refused):
        actions.pass_back(approver, row.pk, remarks=" ")
    actions.pass_back(approver, row.pk, remarks="Thiếu kinh phí đã giải ngân")
    form = reverse("reporting:form", args=[life.report_of(approved, "finance").pk])
    clerk = signed_in("clerk_finance")
    for page in (form, "/"):
        assert "Thiếu kinh phí đã giải ngân" in clerk.get(page).content.decode()
    with pytest.raises(Conflict):
        actions.confirm(approver, row.pk)
    life.write(approved, "finance", life.full_answers(life.draft_of(approved, "finance"), "Đủ kinh phí"))
    again = present(approved)
    assert again.number == 2
    actions.confirm(approver, again.pk)
    assert Submission.objects.count() == 1


def test_a_newer_presentation_takes_the_place_of_the_older(approved: Side) -> None:
    life.write(approved, "finance")
    first = present(approved)
    with pytest.raises(Refused, match="đã được trình"):
        present(approved)
    life.write(approved, "finance", life.full_answers(life.draft_of(approved, "finance"), "Bản hai"))
    second = present(approved)
    assert Decision.objects.get(presentation=first).kind == Decision.Kind.WITHDRAWN
    with pytest.raises(Conflict):
        actions.confirm(approved.viewer("head_finance"), first.pk)
    actions.withdraw(approved.viewer("clerk_finance"), second.pk)
    with pytest.raises(Conflict):
        actions.confirm(approved.viewer("head_finance"), second.pk)


def test_who_is_both_sends_at_once(approved: Side) -> None:
    life.write(approved, "finance")
    waiting = present(approved)
    report = life.report_of(approved, "finance")
    actions.submit(approved.viewer("approver_finance"), report.pk, version=report.version)
    assert Decision.objects.get(presentation=waiting).kind == Decision.Kind.WITHDRAWN


def test_a_presentation_never_changes(approved: Side) -> None:
    life.write(approved, "finance")
    row = present(approved)
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        Presentation.objects.filter(pk=row.pk).update(content={})


def test_the_tenant_says_what_is_usual_and_a_party_says_otherwise(here: Side) -> None:
    administrator = here.viewer("administrator")
    life.open_cycle(here)
    agencies.set_usual_approval(administrator, here.tenant.pk, is_needed=True)
    life.write(here, "finance")
    with pytest.raises(Refused, match="trình duyệt"):
        life.hand_in(here, "finance")
    agencies.set_approval(here.viewer("head_finance"), here.parties["finance"].pk, is_needed=False)
    assert life.hand_in(here, "finance").version == 1
    with pytest.raises(Refused):
        agencies.set_approval(here.viewer("head_finance"), here.parties["finance"].pk, is_needed=False)
    with pytest.raises(NotAllowed):
        agencies.set_approval(here.viewer("head_finance"), here.parties["science"].pk, is_needed=False)


def test_the_way_of_a_report_through_the_pages(approved: Side, signed_in: SignIn) -> None:
    life.write(approved, "finance")
    report = life.report_of(approved, "finance")
    clerk, approver = signed_in("clerk_finance"), signed_in("approver_finance")
    review = reverse("reporting:review", args=[report.pk])
    page = clerk.get(review).content.decode()
    assert "Trình duyệt" in page
    assert "Gửi báo cáo</button>" not in page
    answer = clerk.post(review, {"version": report.version, "do": "present"})
    address = reverse("reporting:presentation", args=[Presentation.objects.get().pk])
    assert answer["Location"] == address
    assert "Xác nhận và gửi" not in clerk.get(address).content.decode()
    desk = approver.get("/").content.decode()
    assert "Chờ bạn duyệt" in desk
    assert address in desk
    assert "đã trình, chờ duyệt" in clerk.get("/").content.decode()
    key = next(line.row.key for line in life.draft_of(approved, "finance").section("lead"))
    life.write(approved, "finance", {key: {"result": "Sửa sau khi trình"}})
    page = approver.get(address).content.decode()
    assert "Bản nháp đã được sửa sau khi trình" in page
    assert "Sửa sau khi trình" in page
    sent = approver.post(reverse("reporting:confirm", args=[Presentation.objects.get().pk]), follow=True)
    shown = sent.content.decode()
    assert "Người trình" in shown
    assert approved.people["clerk_finance"].full_name in shown
    assert "Chờ bạn duyệt" not in approver.get("/").content.decode()


def test_a_wrong_turn_at_the_approver_keeps_what_was_typed(approved: Side, signed_in: SignIn) -> None:
    life.write(approved, "finance")
    row = present(approved)
    approver = signed_in("approver_finance")
    answer = approver.post(reverse("reporting:pass_back", args=[row.pk]), {"remarks": ""})
    assert answer.status_code == 422
    assert "Chưa ghi nội dung cần sửa" in answer.content.decode()
    assert signed_in("clerk_science").get(reverse("reporting:presentation", args=[row.pk])).status_code == 404
