"""The leader's one page: what waits, who is late, how far; read, decided, printed; and the desks of the others."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit, Visitor, number_in

pytestmark = pytest.mark.browser
STORY = "desk"


def test_the_leader_reads_one_page_and_decides(come: Visit) -> None:
    desks = [come(name) for name in ("a.approver_finance", "a.officer")]
    for visitor, place in zip(desks, ("80-desk-approver", "81-desk-officer"), strict=True):
        visitor.go("/")
        visitor.look(place)
    assert desks[0].page.get_by_role("heading", name="Chờ bạn duyệt").is_visible()
    assert desks[1].page.get_by_role("heading", name="Vướng mắc, hỏi đáp chờ bạn").is_visible()
    leader = come("a.leader")
    page = leader.page
    leader.go("/")
    leader.look("82-desk-leader")
    leader.press("Trang lãnh đạo")
    assert page.locator("#cho-y-kien h2 .count").inner_text() == "2"
    leader.look("83-leader")
    paper = page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") <= 2, "more than a sheet, both sides"
    page.emulate_media(media="print")
    page.screenshot(path=leader.pictures / "84-leader-print.png", full_page=True)
    page.emulate_media(media="screen")
    page.locator("#cho-y-kien").get_by_role("link", name="Chưa có đơn giá").first.click()
    page.get_by_role("textbox").fill("Đồng ý. Giao Sở Xây dựng ban hành đơn giá trước ngày 30.")
    leader.look("85-leader-decides")
    leader.press("Trả lời", exact=True)
    leader.go("/lanh-dao/")
    assert page.locator("#cho-y-kien h2 .count").inner_text() == "1"
    phone = an_answer_goes_its_way(*desks, come("a.clerk_finance", phone=True))
    complaints = [words for visitor in (*desks, leader, phone) for words in visitor.complaints]
    assert complaints == [], "\n".join(complaints)


def an_answer_goes_its_way(approver: Visitor, officer: Visitor, clerk: Visitor) -> Visitor:
    """An answer to an ad-hoc request: confirmed, returned with a remark at one question, corrected on a phone."""
    approver.go("/")
    approver.page.locator("main a[href^='/yeu-cau/trinh/']").first.click()
    approver.look("86-answer-to-approve")
    approver.press("Xác nhận và gửi")
    approver.reads("Đã xác nhận và gửi đúng bản được trình")
    submission = number_in(r"/da-gui/(\d+)/", approver.path)
    officer.go(f"/yeu-cau/da-gui/{submission}/")
    officer.page.locator(".said-row details summary").first.click()
    officer.page.locator(".said-row details textarea").first.fill("Đếm lại: còn bãi ở chợ cũ")
    officer.look("87-answer-remarks")
    officer.page.get_by_text("Trả lại để sửa", exact=True).click()
    officer.press("Trả lại", exact=True)
    officer.reads("Đã trả lại kèm nội dung cần sửa")
    clerk.go("/")
    clerk.press("Sửa câu trả lời")
    clerk.reads("Đếm lại: còn bãi ở chợ cũ")
    clerk.look("88-answer-returned-phone")
    return clerk
