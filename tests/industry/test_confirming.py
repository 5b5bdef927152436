"""Once a year every public enterprise says that its entry is still true: a round, its answers, its board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from luc.industry import actions, queries
from luc.industry.confirming import actions as confirming
from luc.industry.confirming.queries import board, on_desk
from luc.industry.health import entries
from luc.industry.models import Enterprise, Value
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import User
from luc.kernel.time import end_of, now, telling, today
from luc.kernel.writing import writing
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import owed_now
from luc.rounds.reminders.ladder import ladder_of
from luc.rounds.reminders.models import Rung
from tests.cast import Side
from tests.industry import life

SignedIn = Callable[..., Client]
DAYS = timedelta(days=1)


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def opened(side: Side, *, days: int = 30) -> Cycle:
    """The officer asks, with so many days to answer."""
    return confirming.open_round(
        side.viewer("officer"), year=today().year, last_day=today() + timedelta(days=days)
    )


def owing(row: Enterprise) -> Obligation:
    return Obligation.objects.get(party=row.party_id)


def test_all_is_still_true_in_one_act(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    life.register(side, life.OTHER_CODE, "b@xanh.example.vn")  # never verified: owes nothing
    cycle = opened(side)
    assert (owing(row).state, cycle.obligations.count()) == (Obligation.State.OPEN, 1)
    confirming.confirm(viewer, row.pk)
    done = owing(row)
    assert (done.state, done.submitted_at is not None) == (Obligation.State.ACCEPTED, True)
    frozen = done.submissions.get()
    assert (frozen.is_late, [one["id"] for one in frozen.content["entries"]]) == (False, [row.pk, offer.pk])
    assert frozen.content["entries"][1]["values"]["about"] == "Bồn lọc ba lớp."
    confirming.confirm(viewer, row.pk)  # again, when nothing is owed: only the day is kept
    assert owing(row).submissions.count() == 1
    assert broken_links(side.tenant.pk) == []


def test_block_by_block_and_what_is_not_true_is_corrected(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    opened(side)
    actions.save(viewer, "offer", offer.pk, values={"about": "Bồn lọc bốn lớp."})
    confirming.confirm(viewer, row.pk)  # the offer is being corrected: left out
    assert owing(row).state == Obligation.State.OPEN
    with pytest.raises(Refused, match="chưa gửi"):
        confirming.confirm(viewer, row.pk, blocks=[("offer", offer.pk)])
    actions.hand_in(viewer, row.pk)
    assert owing(row).state == Obligation.State.ACCEPTED
    told = owing(row).submissions.get().content["entries"]
    assert [one["confirmed"] for one in told] == [True, False]
    life.accept(side, offer)
    assert queries.public_offers().get().about == "Bồn lọc bốn lớp."


def test_late_is_said_and_taken_and_the_public_page_says_so_meanwhile(side: Side) -> None:
    with telling(now() - 60 * DAYS):
        viewer, row, offer = life.verified(side)
    with telling(now() - 40 * DAYS):
        cycle = opened(side)
    day = f"{now() - 60 * DAYS:%d/%m/%Y}"
    entry, listed = f"/cong-khai/danh-ba/doanh-nghiep/{row.pk}/", "/cong-khai/danh-ba/tim/"
    for path in (entry, f"/cong-khai/danh-ba/hang-hoa/{offer.pk}/", listed):
        assert f"Chưa xác nhận lại từ {day}" in Client().get(path).content.decode()
    assert (board(cycle).total.overdue, board(cycle).total.late) == (1, 0)
    confirming.confirm(viewer, row.pk)
    assert owing(row).submissions.get().is_late
    assert (board(cycle).total.overdue, board(cycle).total.late) == (0, 1)
    page = Client().get(entry).content.decode()
    assert "Chưa xác nhận lại" not in page + Client().get(listed).content.decode()
    assert f"Xác nhận còn đúng ngày {today():%d/%m/%Y}" in page


def test_a_year_is_opened_once_and_closes_the_one_before(side: Side) -> None:
    with pytest.raises(Refused, match="Chưa có doanh nghiệp"):
        opened(side)
    viewer, row, _offer = life.verified(side)
    first = opened(side)
    with pytest.raises(Refused, match="đã được mở"):
        opened(side)
    with pytest.raises(Refused, match="Ngày cuối đã qua"):
        confirming.open_round(side.viewer("officer"), year=today().year + 1, last_day=today() - DAYS)
    later = confirming.open_round(side.viewer("officer"), year=today().year + 1, last_day=today() + DAYS)
    first.refresh_from_db()
    assert first.closed_at is not None
    assert later.due_at == end_of(today() + DAYS)
    confirming.confirm(viewer, row.pk)
    assert [one.state for one in Obligation.objects.order_by("pk")] == ["open", "accepted"]


def test_only_who_speaks_for_an_enterprise_confirms_and_only_the_focal_agency_opens(side: Side) -> None:
    _viewer, row, _offer = life.verified(side)
    opened(side)
    for name in ("clerk_finance", "approver_finance"):
        with pytest.raises(NotAllowed):
            confirming.open_round(side.viewer(name), year=2030, last_day=today())
        with pytest.raises(Enterprise.DoesNotExist):
            confirming.confirm(side.viewer(name), row.pk)
    stranger = life.joined(side, side.people["enterprise"])
    with pytest.raises(Refused, match="chưa công khai"):
        confirming.confirm(side.viewer("enterprise"), stranger.pk)


def test_who_is_public_no_more_owes_nothing(side: Side) -> None:
    viewer, row, _offer = life.verified(side)
    opened(side)
    actions.withdraw(viewer, "enterprise", row.pk)
    assert (owing(row).state, owing(row).is_nil) == (Obligation.State.ACCEPTED, True)


def test_the_doctor_sees_an_entry_whose_source_is_gone_and_who_is_asked_for_nothing(side: Side) -> None:
    _viewer, row, offer = life.verified(side)
    opened(side)
    assert [one.level for one in entries(False)] == ["good"]
    with writing():
        Value.objects.filter(offer=offer, field="name").delete()
        Enterprise.objects.filter(pk=row.pk).update(is_public=False)
    told = [one.words for one in entries(False)]
    assert told[0].startswith("0 doanh nghiệp, 1 hàng hóa")
    assert told[1].startswith("1 doanh nghiệp không còn công khai")


def test_the_agency_that_entered_it_answers_for_an_enterprise_without_people(
    side: Side, signed_in: SignedIn
) -> None:
    clerk, keeper = side.viewer("clerk_finance"), side.parties["finance"].pk
    row = actions.add_enterprise(clerk, tax_code=life.CODE, name="Công ty Xanh", keeper=keeper)
    actions.save(clerk, "enterprise", row.pk, values=life.entry(side))
    actions.hand_in(clerk, row.pk)
    life.accept(side, row)
    cycle = opened(side)
    assert owing(row).answerer_id == keeper
    assert [one.by for one in board(cycle).rows] == [side.parties["finance"].name]
    assert len(owed_now(clerk)) == 1
    (line,) = on_desk(clerk, 0)
    assert line.title.startswith("Xác nhận hồ sơ thay Công ty Xanh, trước ngày")
    assert line.address == f"/ho-so-doanh-nghiep/{row.pk}/xac-nhan/"
    assert line.title in signed_in("clerk_finance").get("/").content.decode()
    assert on_desk(side.viewer("clerk_science"), 0) == []
    confirming.confirm(clerk, row.pk)
    assert not owed_now(clerk)
    assert on_desk(clerk, 0) == []


def test_reminders_reach_the_people_of_the_enterprise(side: Side) -> None:
    _viewer, row, _offer = life.verified(side)
    cycle = opened(side, days=2)
    told = ladder_of(side.tenant.pk, today()).told(
        row.party_id, cycle.collector_id, Rung.CONTACT, overdue=False
    )
    assert [one.person and one.person.address for one in told] == [life.MAIL]
    person = Client()
    person.force_login(User.objects.get(email=life.MAIL))
    answer = person.get(f"/nghia-vu/{owing(row).pk}/")
    assert answer.headers["Location"] == f"/ho-so-doanh-nghiep/{row.pk}/xac-nhan/"
    assert Client().get(f"/nghia-vu/{owing(row).pk}/").status_code == 302


def test_the_pages(side: Side, signed_in: SignedIn) -> None:
    viewer, row, offer = life.verified(side)
    officer = signed_in("officer")
    assert "Chưa mở đợt nào" in officer.get("/doanh-nghiep/xac-nhan/").content.decode()
    assert "1 doanh nghiệp đang công khai" in officer.get("/doanh-nghiep/xac-nhan/mo/").content.decode()
    said = {"year": today().year, "last_day": f"{today() + 30 * DAYS:%d/%m/%Y}"}
    address = officer.post("/doanh-nghiep/xac-nhan/mo/", said).headers["Location"]
    page = officer.get(address).content.decode()
    assert "Công ty Xanh" in page
    assert "chưa xác nhận, còn hạn" in page
    person = Client()
    person.force_login(User.objects.get(pk=viewer.user))
    assert "Đến lượt xác nhận hằng năm" in person.get(f"/ho-so-doanh-nghiep/{row.pk}/").content.decode()
    path = f"/ho-so-doanh-nghiep/{row.pk}/xac-nhan/"
    assert "Mọi thông tin vẫn đúng" in person.get(path).content.decode()
    person.post(path, {"muc": f"offer-{offer.pk}"})
    assert "đã xác nhận" in person.get(path).content.decode()
    person.post(path, {})
    assert owing(row).state == Obligation.State.ACCEPTED
    unit = side.province.code
    assert "Công ty Xanh" in officer.get(f"{address}?da=1&tinh={unit}&linh-vuc=nuoc_thai").content.decode()
    assert "Công ty Xanh" not in officer.get(f"{address}?da=1&linh-vuc=khi_thai").content.decode()
