"""Proposals to national lists: drafted, sent, answered, taken in; whose they are, who is reminded, what is public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from luc.industry.models import Proposal, ProposalStep
from luc.industry.proposing import actions, queries
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.time import today
from luc.kernel.writing import writing
from tests.cast import Side
from tests.industry import listed

SignedIn = Callable[..., Client]
WORDS = {
    "list_name": "Danh mục quốc gia thử",
    "name": "Thiết bị sục khí",
    "reason": "Trong tỉnh đã làm được.",
    "goods": "Máy sục khí A",
}


@pytest.fixture
def side(here: Side) -> Side:
    return here


def drafted(side: Side, **other: Any) -> Proposal:
    """A proposal of finance."""
    told: dict[str, Any] = {"party": side.parties["finance"].pk, "catalogue": None, **WORDS}
    return actions.draft(side.viewer("clerk_finance"), **(told | other))


def stepped(side: Side, row: Proposal, state: str, person: str = "clerk_finance", **told: Any) -> Proposal:
    """The next step, as the row is now."""
    row.refresh_from_db()
    return actions.step(side.viewer(person), row.pk, seen=row.version, state=state, **told)


def sent(side: Side, row: Proposal, on: date | None = None) -> Proposal:
    """The letter went out."""
    return stepped(side, row, "sent", letter="12/SCT", on=on or today())


def test_the_whole_way_into_a_list_is_readable(side: Side) -> None:
    listed.in_force(side)
    item = listed.item("Bồn lọc")
    row = drafted(side, catalogue=item.catalogue_id)
    assert row.list_name == listed.NAME
    sent(side, row, date(2026, 3, 1))
    stepped(side, row, "taken", "officer", letter="9/BTN", on=date(2026, 5, 1), words="Sẽ bổ sung.")
    with pytest.raises(Refused, match="chọn mục"):
        stepped(side, row, "included")
    row = stepped(side, row, "included", item=item.pk)
    assert (row.state, row.item, row.remind_on) == ("included", item, None)
    told = [(one.state, one.letter, one.on) for one in queries.steps_of(row)]
    assert told == [
        ("draft", "", None),
        ("sent", "12/SCT", date(2026, 3, 1)),
        ("taken", "9/BTN", date(2026, 5, 1)),
        ("included", "", None),
    ]
    assert broken_links(side.tenant.pk) == []
    step = ProposalStep.objects.filter(proposal=row).first()
    with pytest.raises(DatabaseError), writing():
        ProposalStep.objects.filter(pk=step.pk if step else 0).update(words="x")


@pytest.mark.parametrize(
    ("state", "told", "words"),
    [
        ("sent", {}, "số, ký hiệu"),
        ("sent", {"letter": "1"}, "ghi ngày"),
        ("sent", {"letter": "1", "on": date(2999, 1, 1)}, "chưa đến"),
        ("taken", {"letter": "1", "on": date(2026, 1, 1)}, "không tiếp theo"),
    ],
)
def test_a_step_that_does_not_follow_is_refused(
    side: Side, state: str, told: dict[str, Any], words: str
) -> None:
    row = drafted(side)
    with pytest.raises(Refused, match=words):
        stepped(side, row, state, **told)
    assert row.steps.count() == 1


def test_a_refusal_has_its_reason_and_may_be_proposed_again(side: Side) -> None:
    row = drafted(side)
    sent(side, row)
    answer = {"letter": "9/BTN", "on": today()}
    with pytest.raises(Refused, match="lý do"):
        stepped(side, row, "refused", **answer)
    with pytest.raises(Refused, match="trước bước trước"):
        stepped(side, row, "refused", letter="9/BTN", on=today() - timedelta(days=1), words="Chưa đủ.")
    stepped(side, row, "refused", words="Chưa đủ hồ sơ.", **answer)
    assert sent(side, row).state == "sent"
    with pytest.raises(Refused, match="không sửa nữa"):
        actions.correct(
            side.viewer("clerk_finance"), row.pk, seen=Proposal.objects.get().version, catalogue=None, **WORDS
        )


def test_two_at_once_are_told(side: Side) -> None:
    row = drafted(side)
    actions.correct(side.viewer("clerk_finance"), row.pk, seen=1, catalogue=None, **WORDS | {"name": "Khác"})
    with pytest.raises(Conflict):
        actions.step(side.viewer("clerk_finance"), row.pk, seen=1, state="sent", letter="1", on=today())


def test_whose_it_is(side: Side) -> None:
    row = drafted(side)
    for person in ("clerk_science", "enterprise", "administrator"):
        with pytest.raises((Proposal.DoesNotExist, NotAllowed)):
            stepped(side, row, "withdrawn", person)
        assert not queries.proposals(side.viewer(person)).exists()
    assert queries.proposals(side.viewer("officer")).get() == row
    with pytest.raises(NotAllowed):
        actions.publish(side.viewer("clerk_finance"), row.pk, seen=1, public=True)


def test_the_follower_is_reminded_on_the_desk(side: Side, signed_in: SignedIn) -> None:
    row = drafted(side)
    clerk = signed_in("clerk_finance")
    assert "Hỏi lại đề xuất" not in clerk.get("/").content.decode()
    sent(side, row)
    row.refresh_from_db()
    assert row.remind_on == today() + timedelta(days=30)
    actions.follow(side.viewer("clerk_finance"), row.pk, seen=row.version, remind_on=today())
    page = clerk.get("/").content.decode()
    assert "Hỏi lại đề xuất vào danh mục: Thiết bị sục khí" in page
    assert f"/danh-muc-hang-hoa/de-xuat/{row.pk}/" in page
    assert "Hỏi lại đề xuất" not in signed_in("officer").get("/").content.decode()
    stepped(side, row, "taken", letter="9/BTN", on=today())
    assert "Hỏi lại đề xuất" not in clerk.get("/").content.decode()


def test_only_what_was_sent_is_public_and_only_if_the_officer_says_so(
    side: Side, signed_in: SignedIn, client: Client
) -> None:
    row, officer = drafted(side), side.viewer("officer")
    path = "/cong-khai/danh-ba/de-xuat/"
    with pytest.raises(Refused, match="đã gửi"):
        actions.publish(officer, row.pk, seen=1, public=True)
    sent(side, row)
    assert row.name not in client.get(path).content.decode()
    row.refresh_from_db()
    page = f"/danh-muc-hang-hoa/de-xuat/{row.pk}/cong-khai/"
    assert signed_in("officer").post(page, {"seen": row.version, "cong-khai": "1"}).status_code == 302
    answer = client.get(path)
    assert row.name in answer.content.decode()
    assert "12/SCT" in answer.content.decode()
    assert side.people["clerk_finance"].full_name not in answer.content.decode()
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    stepped(side, row, "withdrawn")
    assert row.name not in client.get(path).content.decode()


def test_the_way_through_the_pages(side: Side, signed_in: SignedIn) -> None:
    clerk = signed_in("clerk_finance")
    party = side.parties["finance"].pk
    assert "Chưa có đề xuất nào" in clerk.get("/danh-muc-hang-hoa/de-xuat/").content.decode()
    wrong = clerk.post("/danh-muc-hang-hoa/de-xuat/them/", {"party": party, "name": "A", "reason": "B"})
    assert "Hãy ghi tên danh mục" in wrong.content.decode()
    told = {**WORDS, "party": party, "file": SimpleUploadedFile("can-cu.pdf", b"%PDF-1.7")}
    path = clerk.post("/danh-muc-hang-hoa/de-xuat/them/", told).headers["Location"]
    page = clerk.get(path).content.decode()
    assert "can-cu.pdf" in page
    assert clerk.post(f"{path}sua/", {**WORDS, "seen": "1", "name": "Thiết bị khác"}).status_code == 302
    letter = {"seen": "2", "state": "sent", "letter": "12/SCT", "on": "01/03/2026"}
    assert clerk.post(path, letter).status_code == 302
    page = clerk.get(path).content.decode()
    assert "12/SCT ngày 01/03/2026" in page
    assert "Thiết bị khác" in clerk.get("/danh-muc-hang-hoa/de-xuat/?trang_thai=sent").content.decode()
    assert "Thiết bị khác" not in clerk.get("/danh-muc-hang-hoa/de-xuat/?trang_thai=taken").content.decode()
    assert clerk.post(f"{path}nhac/", {"seen": "3", "remind_on": "01/12/2026"}).status_code == 302
