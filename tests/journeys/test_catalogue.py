"""An officer takes an official list in and supersedes it, a board puts a good on an item, a proposal is followed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload

from tests.industry.listed import LATER, NAME, paper
from tests.journeys.conftest import Visit, Visitor
from tests.vanban.word import as_word

pytestmark = pytest.mark.browser
STORY = "registry"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GOOD = "Tháp hấp thụ khí axit kiểu A"


def test_a_list_comes_in_goods_stand_on_it_and_a_later_one_supersedes(come: Visit) -> None:
    officer, board = come("a.officer"), come("a.board")
    officer.go("/danh-muc-hang-hoa/")
    officer.look("catalogue-01-none")
    bring(officer, paper().decode(), first=True)
    officer.reads("Đọc được 4 mục")
    officer.look("catalogue-02-review")
    officer.press("Sửa các bảng và cột được dùng")
    officer.look("catalogue-03-columns")
    officer.page.go_back()
    mend(officer)
    officer.press("Xem lại và thông qua")
    officer.look("catalogue-04-adopt")
    officer.press("Thông qua", exact=True)
    officer.reads("Danh mục này có hiệu lực")
    officer.look("catalogue-05-list")
    put_on_an_item(board, officer)
    officer.go("/danh-muc-hang-hoa/")
    bring(officer, paper(LATER, "2/QĐ-BTN", 9).decode(), first=False)
    supersede(officer)
    complaints = [*officer.complaints, *board.complaints]
    assert complaints == [], "\n".join(complaints)


def bring(officer: Visitor, text: str, *, first: bool) -> None:
    """The decision as a Word file, of a new list or of the one that is there."""
    officer.press("Đưa danh mục vào")
    if first:
        officer.page.fill("input[name=name]", NAME)
    else:
        officer.page.select_option("select[name=catalogue]", label=NAME)
    file = FilePayload(name="quyet-dinh.docx", mimeType=WORD, buffer=as_word(text))
    officer.page.set_input_files("input[name=file]", [file])
    officer.press("Tải lên và đọc")
    officer.page.wait_for_url(re.compile(r"/ban/\d+/$"), timeout=60_000)


def mend(officer: Visitor) -> None:
    """One line is corrected beside its place in the paper."""
    officer.page.get_by_role("link", name="Sửa", exact=True).nth(1).click()
    officer.reads("Bảng 1, dòng 2")
    officer.page.fill("textarea[name=note]", "Kể cả phụ kiện")
    officer.look("catalogue-06-line")
    officer.press("Lưu", exact=True)
    officer.reads("đã sửa tay")


def put_on_an_item(board: Visitor, officer: Visitor) -> None:
    """The board of a park adds a good of an enterprise and says its item; the officer verifies both."""
    board.go("/doanh-nghiep/")
    board.press("Công ty Trong Khu")
    board.press("Thêm", exact=True)
    board.page.fill("input[name=name]", GOOD)
    board.press("Thêm", exact=True)
    board.page.select_option("select[name=field]", "khi_thai")
    board.page.select_option("select[name=kind]", "thiet_bi")
    board.page.fill("textarea[name=about]", "Tháp đệm hai tầng.")
    board.press("Lưu", exact=True)
    board.press("Chọn mục trong danh mục")
    board.reads("Xử lý khí thải › 1 Tháp hấp thụ khí axit")
    board.look("catalogue-07-choose")
    board.page.fill("input[name=q]", "quat hut")
    board.press("Tìm", exact=True)
    board.reads("Quạt hút chịu ăn mòn")
    board.page.check("input[name=item]")
    board.press("Lưu", exact=True)
    board.look("catalogue-08-good")
    board.page.locator("nav.crumbs a").first.click()
    board.press("Gửi để kiểm tra")
    officer.go("/doanh-nghiep/cho-kiem-tra/")
    officer.press("Công ty Trong Khu")
    officer.look("catalogue-09-check")
    officer.press("Xác minh hoặc trả lại")
    officer.reads("Đã xác minh")


def supersede(officer: Visitor) -> None:
    """The later list beside the one in force: what is only alike is decided; a good on a gone item is moved."""
    officer.press("So sánh với bản đang có")
    officer.reads("Dòng này là mục cũ nào?")
    officer.look("catalogue-10-compare")
    officer.page.locator("fieldset input[type=radio]").first.check()
    officer.press("Ghi quyết định")
    officer.reads("Đã ghi các quyết định")
    officer.press("Xem lại và thông qua")
    officer.look("catalogue-11-adopt")
    officer.press("Thông qua", exact=True)
    officer.reads("Danh mục này có hiệu lực")
    officer.press("Xem thay đổi")
    officer.look("catalogue-12-changes")
    officer.go("/danh-muc-hang-hoa/")
    officer.reads("1 hàng hóa đứng ở mục")
    officer.look("catalogue-13-lists")
    officer.press("Xem lại")
    officer.look("catalogue-14-stranded")
    officer.page.locator("input[name=item]").first.check()
    officer.press("Xếp vào mục đã chọn")
    officer.reads(f"Đã xếp {GOOD}.")


def test_a_proposal_is_followed(come: Visit) -> None:
    clerk, officer = come("a.clerk_finance"), come("a.officer")
    clerk.go("/danh-muc-hang-hoa/de-xuat/")
    clerk.press("Đề xuất mới")
    clerk.page.fill("input[name=list_name]", "Danh mục sản phẩm quốc gia thử")
    clerk.page.fill("input[name=name]", "Thiết bị sục khí siêu mịn")
    clerk.page.fill("textarea[name=reason]", "Hai doanh nghiệp trong tỉnh đã sản xuất.")
    clerk.look("catalogue-15-proposal")
    clerk.press("Lưu", exact=True)
    clerk.page.fill("input[name=letter]", "12/STC")
    clerk.page.fill("input[name=on]", "02/11/2026")
    clerk.press("Ghi", exact=True)
    clerk.reads("12/STC ngày 02/11/2026")
    clerk.look("catalogue-16-followed")
    clerk.page.fill("input[name=remind_on]", "20/11/2026")
    clerk.press("Tôi theo dõi đề xuất này")
    clerk.go("/")
    clerk.reads("Hỏi lại đề xuất vào danh mục")
    clerk.look("catalogue-17-desk")
    officer.go("/danh-muc-hang-hoa/de-xuat/")
    officer.look("catalogue-18-proposals")
    officer.press("Thiết bị sục khí siêu mịn")
    officer.press("Công khai", exact=True)
    officer.reads("Mọi người đang xem được")
    officer.go("/cong-khai/danh-ba/de-xuat/")
    officer.reads("Thiết bị sục khí siêu mịn")
    officer.look("catalogue-19-public")
    complaints = [*officer.complaints, *clerk.complaints]
    assert complaints == [], "\n".join(complaints)
