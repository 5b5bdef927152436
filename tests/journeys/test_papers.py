"""Papers that come after a plan: its signed paper, an amendment of three items; and a paper that was scanned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit, Visitor, answer_everything, number_in
from tests.journeys.test_thread import clerk_of, settle
from tests.plans import amending
from tests.plans.papers import PLAN
from tests.plans.scanned import as_scan
from tests.vanban.word import as_word

pytestmark = pytest.mark.browser
TASK = "Mở lớp tập huấn phân loại rác tại nguồn"


def upload(officer: Visitor, name: str, data: bytes) -> int:
    """A paper brought and read; returns its reading."""
    officer.go("/ke-hoach/tai-len/")
    officer.page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": data})
    officer.press("Tải lên và đọc")
    officer.page.wait_for_url("**/ra-soat/**", timeout=90_000)
    return number_in(r"/ra-soat/(\d+)/", officer.path)


def adopt(officer: Visitor, reading: int) -> int:
    settle(officer, reading)
    officer.press("Thông qua kế hoạch")
    officer.press("Thông qua", exact=True)
    officer.page.wait_for_url(re.compile(r"/ke-hoach/\d+/$"))
    return number_in(r"/ke-hoach/(\d+)/", officer.path)


def other(text: str, number: str, subject: str) -> str:
    """The invented plan under another number and about something else, so that papers do not meet."""
    return text.replace("31/KH-UBND", f"{number}/KH-UBND").replace("công nghiệp môi trường", subject)


def test_a_draft_is_replaced_by_its_signed_paper(visit: Visit) -> None:
    officer = visit("soct.officer")
    page = officer.page
    plan = adopt(officer, upload(officer, "du-thao.docx", as_word(amending.DRAFT)))
    officer.reads("chưa có số")
    clerk, report = a_report_is_sent(visit, officer, plan)

    reading = upload(officer, "ban-ky.docx", as_word(amending.SIGNED))
    officer.reads("Có vẻ đây là bản đã ký của một dự thảo")
    officer.look("papers-01-signed-proposed")
    officer.press("Đúng, so sánh hai bản")
    page.wait_for_url("**/so-sanh/")
    officer.look("papers-02-signed-compared")
    changed = page.locator("article.difference")
    assert changed.count() >= 4
    for n in range(changed.count()):
        item = changed.nth(n)
        item.get_by_role("button", name="Chấp nhận", exact=True).click()
    officer.look("papers-03-signed-decided")
    lit_together(officer)
    settle_names(officer, reading)
    officer.press("Áp dụng vào kế hoạch")
    officer.look("papers-04-signed-apply")
    officer.press("Áp dụng", exact=True)
    page.wait_for_url(re.compile(r"/sua-doi/\d+/$"))
    officer.look("papers-05-signed-applied")
    officer.go(f"/ke-hoach/{plan}/")
    officer.reads("31/KH-UBND")
    officer.go(f"/ke-hoach/{plan}/nhiem-vu/")
    page.get_by_role("link", name=TASK).click()
    officer.reads("Đã sửa đổi")
    officer.look("papers-06-signed-task")
    clerk.go(report)
    clerk.reads("Đã thực hiện theo kế hoạch trong kỳ")
    complaints = [*officer.complaints, *clerk.complaints]
    assert complaints == [], "\n".join(complaints)


def a_report_is_sent(visit: Visit, officer: Visitor, plan: int) -> tuple[Visitor, str]:
    """A round is opened and a department hands in; returns its clerk and where the report stands."""
    officer.go(f"/ke-hoach/{plan}/")
    officer.go("/ky-bao-cao/")
    opening = officer.page.locator("a[href^='/ky-bao-cao/mo/']")
    opening.last.click()
    officer.press("Mở kỳ báo cáo", exact=True)
    officer.page.wait_for_url(re.compile(r"/ky-bao-cao/\d+/$"))
    clerk = visit(clerk_of(officer, "Sở Nông nghiệp và Môi trường"))
    clerk.page.locator("main a[href^='/bao-cao/']").first.click()
    answer_everything(clerk, "Đã thực hiện theo kế hoạch trong kỳ")
    clerk.press("Xem lại và gửi")
    clerk.press("Gửi báo cáo")
    clerk.page.wait_for_url("**/da-gui/**")
    return clerk, clerk.path


def lit_together(officer: Visitor) -> None:
    """The row, its words in the plan and its words in the new paper light up together."""
    page = officer.page
    row = page.locator("article.difference[id^='task-']").first
    row.hover()
    name = row.get_attribute("id")
    for side in ("cu", "moi"):
        assert "is-lit" in (page.locator(f"#{side}-{name}").get_attribute("class") or ""), (side, name)


def settle_names(officer: Visitor, reading: int) -> None:
    """What the signed paper still leaves open is accepted as proposed."""
    page = officer.page
    officer.go(f"/ke-hoach/ra-soat/{reading}/co-quan/")
    missing = page.get_by_role("button", name="Thêm tất cả vào danh mục")
    if missing.count():
        missing.click()
    officer.go(f"/ke-hoach/ra-soat/{reading}/dau-van-ban/")
    suggested = page.get_by_role("button", name=re.compile(r"Chấp nhận \d+ gợi ý"))
    if suggested.count():
        suggested.first.click()
    officer.go(f"/ke-hoach/ra-soat/{reading}/so-sanh/")


def test_an_amendment_of_three_items(visit: Visit) -> None:
    officer = visit("soct.officer")
    page = officer.page
    plan = adopt(officer, upload(officer, "ke-hoach.docx", as_word(other(PLAN, "52", "tái chế nhựa"))))
    paper = amending.AMENDMENT.replace("31/KH-UBND", "52/KH-UBND")
    reading = upload(officer, "sua-doi.docx", as_word(paper))
    officer.press("Đúng, so sánh hai bản")
    page.wait_for_url("**/so-sanh/")
    officer.look("papers-11-amendment-compared")
    assert page.locator("article.difference").count() == 3
    page.locator("article.difference").nth(0).get_by_role("button", name="Chấp nhận", exact=True).click()
    page.locator("article.difference").nth(2).get_by_role("button", name="Không chấp nhận").click()
    page.locator("article.difference").nth(2).get_by_role("button", name="Quyết định lại").click()
    page.locator("article.difference").nth(2).get_by_role("button", name="Chấp nhận", exact=True).click()
    page.get_by_role("button", name="Chấp nhận 1 mục thêm").first.click()
    settle_names(officer, reading)
    officer.press("Áp dụng vào kế hoạch")
    officer.look("papers-12-amendment-apply")
    officer.press("Áp dụng", exact=True)
    page.wait_for_url(re.compile(r"/sua-doi/\d+/$"))
    officer.look("papers-13-amendment-applied")
    officer.go(f"/ke-hoach/{plan}/sua-doi/")
    officer.look("papers-14-amendments")
    officer.go(f"/ke-hoach/{plan}/nhiem-vu/")
    assert page.get_by_role("link", name=TASK).count() == 0
    assert page.get_by_role("link", name="Thí điểm thu gom dầu ăn thải").count() == 1
    page.get_by_role("link", name="Lập sổ tay kỹ thuật").click()
    officer.look("papers-15-amended-task")
    correct_a_misreading(officer)
    assert officer.complaints == [], "\n".join(officer.complaints)


def correct_a_misreading(officer: Visitor) -> None:
    officer.press("Đính chính chỗ đọc sai")
    page = officer.page
    page.get_by_label("Kết quả, sản phẩm").fill("Sổ tay kỹ thuật")
    page.get_by_label("Lý do đính chính").fill("Máy bỏ sót cột kết quả")
    officer.look("papers-16-correcting")
    officer.press("Đính chính", exact=True)
    officer.reads("Máy bỏ sót cột kết quả")
    officer.look("papers-17-corrected")


def test_a_scan_is_looked_through_item_by_item(visit: Visit, tmp_path: Path) -> None:
    officer = visit("soct.officer")
    page = officer.page
    reading = upload(officer, "ban-quet.pdf", as_scan(other(PLAN, "64", "xử lý phế thải xây dựng")))
    officer.reads("đọc bằng OCR, cần kiểm tra")
    officer.look("papers-21-scan-head")
    officer.go(f"/ke-hoach/ra-soat/{reading}/nhiem-vu/")
    first = page.locator("article.item").first
    first.get_by_text("cần kiểm tra").wait_for()
    officer.look("papers-22-scan-tasks")
    first.get_by_role("button", name="Đã đối chiếu, đúng").click()
    for slug in ("dau-van-ban", "can-cu", "chi-tieu", "nhiem-vu", "to-chuc-thuc-hien", "che-do-bao-cao"):
        officer.go(f"/ke-hoach/ra-soat/{reading}/{slug}/")
        whole = page.get_by_role("button", name="Tôi đã đối chiếu cả phần này")
        if whole.count():
            whole.click()
    officer.go(f"/ke-hoach/ra-soat/{reading}/phat-hien/")
    officer.look("papers-23-scan-findings")
    settle(officer, reading)
    officer.look("papers-24-scan-left")
    officer.press("Thông qua kế hoạch")
    officer.look("papers-25-scan-adopt")
    officer.press("Thông qua", exact=True)
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/$"))
    assert officer.complaints == [], "\n".join(officer.complaints)
