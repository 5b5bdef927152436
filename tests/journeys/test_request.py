"""An ad-hoc request through Chromium: from "Yêu cầu mới" to results with 82 of 103 communes, accepted, as paper.

The officer works at a desk; the commune's clerk on a phone of 360 px without JavaScript.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from tests.journeys.conftest import Visit, Visitor, number_in
from tests.server import Server

pytestmark = pytest.mark.browser
OFFICER, COMMUNE = "soct.officer", "anbinh31150.clerk"
TITLE = "Rà soát điểm tập kết rác thải xây dựng"


def test_from_new_to_results_with_82_of_103(visit: Visit, province: Server) -> None:
    officer = visit(OFFICER)
    request = ask(officer)
    commune = visit(COMMUNE, phone=True)
    answer(commune)
    province.story("answers")
    look_at_results(officer, request)
    submission = judge(officer, request)
    correct(commune, submission)
    change(officer, request)
    download(officer, request)
    assert officer.complaints == []
    assert commune.complaints == []


def test_one_question_to_all_communes_in_seven_touches(visit: Visit) -> None:
    officer = visit(OFFICER)
    officer.go("/yeu-cau/")
    page = officer.page
    touches: list[Callable[[], object]] = [
        lambda: officer.press("Yêu cầu mới"),
        lambda: page.fill("#title", "Số hộ dùng bể biogas"),
        lambda: page.fill("#q0-text", "Số hộ đang dùng bể biogas"),
        lambda: page.check("input[name=q0-kind][value=number]"),
        page.locator(".pick").first.click,
        lambda: officer.press("Xem trước và gửi"),
        lambda: officer.press("Gửi cho 103 đơn vị"),
    ]
    for touch in touches:
        touch()
    officer.reads("Đã gửi yêu cầu cho 103 đơn vị")
    assert len(touches) == 7


def ask(officer: Visitor) -> int:
    """Five questions of five kinds on one page, previewed as a commune sees it, sent to all communes."""
    page = officer.page
    officer.go("/yeu-cau/")
    officer.look("60-requests-empty")
    officer.press("Yêu cầu mới")
    officer.look("61-request-new")
    page.fill("#title", TITLE)
    page.fill("#q0-text", "Số điểm tập kết đang hoạt động")
    page.check("input[name=q0-kind][value=number]")
    page.fill("#q0-unit", "điểm")
    page.fill("#q0-lowest", "0")
    officer.press("Có / Không")
    page.fill("#q1-text", "Có điểm đổ thải tự phát không?")
    page.locator("button[name=do][value=add-table]").click()
    page.fill("#q2-text", "Danh sách các điểm")
    page.fill("#q2-c0-text", "Vị trí")
    page.fill("#q2-c1-text", "Diện tích")
    page.select_option("select[name=q2-c1-kind]", "number")
    page.fill("input[name=q2-c1-unit]", "m2")
    page.uncheck("#q2-required")
    page.get_by_text("Dán danh sách câu hỏi từ Word, Excel").click()
    page.fill("#paste", "1. Khó khăn lớn nhất hiện nay\n2. Ngày kiểm tra gần nhất\tNgày")
    officer.press("Thêm các câu hỏi này")
    page.locator("#q4").wait_for()
    for at in (3, 4):
        page.uncheck(f"#q{at}-required")
    officer.press("Xem trước và gửi")
    officer.reads("Chưa chọn đơn vị nào")
    officer.look("62-request-lacks")
    page.locator(".pick").first.click()
    officer.look("63-request-edit")
    officer.press("Xem trước và gửi")
    officer.look("64-request-preview")
    officer.press("Gửi cho 103 đơn vị")
    officer.reads("Đã gửi yêu cầu cho 103 đơn vị")
    officer.look("65-request-sent")
    return number_in(r"/yeu-cau/(\d+)/", officer.path)


def answer(commune: Visitor) -> None:
    """The clerk on a phone: from the desk to the acknowledgement, with a number asked back on the way."""
    page = commune.page
    commune.go("/")
    commune.look("66-phone-desk")
    commune.press("Trả lời", exact=True)
    commune.look("67-phone-request")
    values = page.locator("input[id$=-value]")
    values.first.fill("2.5")
    page.get_by_label("Có", exact=True).check()
    page.locator("input[id*=-r0-]").first.fill("Bãi ven kênh")
    page.locator("input[id*=-r0-]").nth(1).fill("1.200")
    commune.press("Xem lại và gửi")
    commune.reads("2,5 hoặc 25")
    commune.look("68-phone-asked-back")
    values.first.fill("25")
    commune.press("Xem lại và gửi")
    commune.look("69-phone-review")
    commune.press("Gửi", exact=True)
    commune.reads("Đã gửi lúc")
    commune.look("70-phone-sent")


def look_at_results(officer: Visitor, request: int) -> None:
    """82 of 103, said to be partial, by question and as a table."""
    officer.go(f"/yeu-cau/{request}/")
    officer.reads("82/103 đơn vị đã trả lời (79%)")
    officer.look("71-results")
    officer.press("Bảng trả lời")
    assert officer.page.locator("tbody tr").count() == 103
    officer.look("72-results-table")


def judge(officer: Visitor, request: int) -> int:
    """One answer goes back with remarks, all others are accepted in one act."""
    officer.page.locator("tbody a").filter(has_text="Phường An Bình").first.click()
    officer.look("73-answer")
    submission = number_in(r"/da-gui/(\d+)/", officer.path)
    officer.page.get_by_text("Trả lại để sửa").click()
    officer.page.fill("textarea[name=remarks]", "Số điểm chưa khớp với danh sách kèm theo.")
    officer.press("Trả lại", exact=True)
    officer.reads("Đã trả lại")
    officer.go(f"/yeu-cau/{request}/bang/")
    officer.press("Chấp nhận cả 81 câu trả lời chờ xem")
    officer.reads("Đã chấp nhận 81 câu trả lời")
    officer.look("74-accepted")
    return submission


def correct(commune: Visitor, before: int) -> None:
    """The clerk sees what to correct, corrects it, and both versions stay."""
    commune.go("/")
    commune.reads("Số điểm chưa khớp")
    commune.press("Sửa câu trả lời")
    commune.look("75-phone-returned")
    commune.page.locator("input[id$=-value]").first.fill("1")
    commune.press("Xem lại và gửi")
    commune.press("Gửi", exact=True)
    commune.reads("Thay đổi so với bản gửi lần 1")
    commune.look("76-phone-versions")
    commune.go(f"/yeu-cau/da-gui/{before}/")
    commune.reads("Đây là bản cũ")


def change(officer: Visitor, request: int) -> None:
    """The due moment moves, two departments are asked too, a question's words are corrected: all in the history."""
    page = officer.page
    officer.go(f"/yeu-cau/{request}/noi-dung/")
    officer.press("Đổi hạn")
    page.fill("input[name=due_time]", "20:30")
    page.fill("input[name=reason]", "Nhiều xã đang có mưa lớn")
    officer.look("77-due")
    officer.page.locator("main form button").first.click()
    officer.press("Hỏi thêm đơn vị")
    page.get_by_text("Sở, ngành").first.click()
    page.locator(".pick-list input").first.check()
    page.locator(".pick-list input").nth(1).check()
    officer.look("78-more")
    officer.press("Gửi thêm")
    officer.reads("Đã gửi thêm cho 2 đơn vị")
    officer.press("Sửa lời câu hỏi")
    page.fill("input[name=note]", "Chỉ tính điểm đã được chấp thuận")
    page.fill("textarea[name=text]", "Số điểm tập kết được chấp thuận đang hoạt động")
    officer.look("79-correct")
    officer.press("Lưu câu hỏi")
    officer.look("80-content")


def download(officer: Visitor, request: int) -> None:
    """The workbook and the paper as the pages show them."""
    officer.go(f"/yeu-cau/{request}/")
    for name, part in (("Tải Excel", "xl/workbook.xml"), ("Báo cáo (.docx)", "word/document.xml")):
        with officer.page.expect_download() as waiting:
            officer.press(name)
        data = waiting.value.path().read_bytes()
        assert part in zipfile.ZipFile(io.BytesIO(data)).namelist()
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    assert "82/105 đơn vị" in words
