"""The officer's report from the consolidation to a version ready to sign; a report is opened again meanwhile, an
agency gives its opinion on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit, Visitor, number_in

pytestmark = pytest.mark.browser
STORY = "paper"


def test_the_official_report_is_written_until_it_can_be_signed(come: Visit) -> None:
    officer = come("a.officer")
    page = officer.page
    officer.go("/soan-thao/")
    officer.look("100-papers-out")
    page.get_by_role("link", name="Báo cáo năm").first.click()
    officer.look("101-new-paper")
    officer.press("Soạn dự thảo")
    officer.reads("Mọi con số khớp số liệu hiện có")
    paper = number_in(r"/soan-thao/(\d+)/", officer.path)
    officer.look("102-draft")
    a_figure_by_hand(officer, page)
    a_report_is_opened_again(officer, page, paper)
    clerk = opinions(officer, page, paper, come)
    officer.go(f"/soan-thao/{paper}/phien-ban/")
    page.get_by_label("Ghi chú").fill("trình ký")
    officer.press("Giữ phiên bản hiện nay")
    officer.reads("Đủ điều kiện để trình ký")
    officer.look("112-ready")
    officer.press("Lập tệp Word")
    officer.go(f"/soan-thao/{paper}/phien-ban/")
    complaints = [words for visitor in (officer, clerk) for words in visitor.complaints]
    assert complaints == [], "\n".join(complaints)


def a_figure_by_hand(officer: Visitor, page: Page) -> None:
    """A sentence is added to; the figure typed in it is flagged, then bound to its cell."""
    page.locator(".block-tools a").first.click()
    box = page.locator(".block.is-open textarea[id^=chu-]")
    box.fill(f"{box.input_value()} Tỷ lệ nước thải sinh hoạt được xử lý đạt 72,5%.")
    page.locator("details.cells summary").click()
    officer.look("103-editing")
    officer.press("Lưu đoạn này")
    officer.reads("gõ tay: chưa biết lấy từ đâu")
    officer.look("104-by-hand")
    officer.press("Gắn với số liệu này")
    page.locator("#tinh-trang").get_by_text("Mọi con số khớp").wait_for()


def a_report_is_opened_again(officer: Visitor, page: Page, paper: int) -> None:
    """The report that the figure comes from is opened again: what rests on it is stale, and taken anew."""
    officer.go(f"/soan-thao/{paper}/")
    page.goto(page.url)
    officer.go("/ky-bao-cao/")
    page.get_by_role("link", name="Báo cáo năm").first.click()
    page.get_by_role("link", name="Sở Nông nghiệp và Môi trường").first.click()
    page.get_by_text("Mở lại để sửa").first.click()
    page.locator("textarea:visible").first.fill("nhầm số liệu nước thải")
    page.locator("form:has(textarea:visible) button:visible").last.click()
    officer.go(f"/soan-thao/{paper}/")
    officer.reads("Chưa ban hành được")
    officer.look("105-stale")
    officer.press("Lấy lại số liệu")
    officer.look("106-refresh")
    officer.press("Lấy lại tất cả")
    page.get_by_text("Đã lấy lại").first.wait_for()
    left = page.locator(".block.is-stale")
    assert left.count() == 1  # the sentence that was written by hand: its figure is no more
    left.get_by_role("link").first.click()
    box = page.locator(".block.is-open textarea[id^=chu-]")
    box.fill(box.input_value().split(" Tỷ lệ nước thải")[0])
    officer.press("Lưu đoạn này")
    page.locator("#tinh-trang").get_by_text("Mọi con số khớp").wait_for()


def opinions(officer: Visitor, page: Page, paper: int, come: Visit) -> Visitor:
    """Two agencies are asked; one answers on a phone without JavaScript; it is explained and put into the paper."""
    officer.go(f"/soan-thao/{paper}/phien-ban/")
    page.get_by_label("Ghi chú").fill("lấy ý kiến")
    officer.press("Giữ phiên bản hiện nay")
    officer.press("Lấy ý kiến các đơn vị")
    page.get_by_label("Góp ý đến hết ngày").fill("31/12/2030")
    for name in ("Sở Tài chính", "Sở Khoa học và Công nghệ"):
        page.get_by_label(name, exact=True).check()
    officer.look("107-ask")
    officer.press("Gửi lấy ý kiến")
    clerk = come("a.clerk_finance", phone=True)
    clerk.go("/gop-y/")
    clerk.look("108-asked-phone")
    clerk.page.locator("article a").first.click()
    clerk.page.locator("details.give summary").first.click()
    clerk.page.locator("details.give textarea").first.fill("Đề nghị nêu rõ căn cứ lập báo cáo.")
    clerk.page.get_by_label("Thống nhất, có ý kiến").check()
    clerk.look("109-give-phone")
    clerk.press("Gửi ý kiến của đơn vị")
    clerk.reads("Đã gửi ý kiến")
    officer.go(f"/soan-thao/{paper}/y-kien/")
    officer.look("110-opinions")
    page.get_by_label("Tiếp thu", exact=True).check()
    page.get_by_label("Giải trình, cách tiếp thu").fill("Đã nêu ở câu mở đầu")
    officer.press("Lưu", exact=True)
    officer.press("Đưa bảng ý kiến vào phụ lục")
    officer.reads("Tổng hợp ý kiến góp ý")
    officer.look("111-opinions-annex")
    return clerk
