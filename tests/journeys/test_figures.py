"""Done and estimated, the final of last year, money by source: from the form to the consolidation, with checks."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
STORY = "figures"


def test_a_figure_and_its_money_from_the_form_to_the_consolidation(come: Visit) -> None:
    clerk = come("a.clerk_environment", phone=True)
    clerk.go("/bao-cao/")
    clerk.page.locator("tbody a").first.click()
    clerk.look("figures-01-form")
    page = clerk.page
    for radio in page.locator('input[name$="-state"][value="on_time"]').all():
        radio.check()
    for area in page.locator('textarea[id^="part-"][id$="-result"], textarea[id^="duty-"]').all():
        if area.is_visible():
            area.fill("Đã làm xong bước một")
    page.check("#rest-nil")
    for name, value in (("final", "78,5"), ("value", "50"), ("estimate", "82")):
        page.locator(f'input[name^="figure-"][name$="-{name}"]').fill(value)
    for name, value in (("disbursed", "500"), ("cumulative", "450,75")):
        for cell in page.locator(f'input[name^="money-"][name$="-{name}"]').all():
            if cell.is_visible():
                cell.fill(value)
    page.check("#obstacle-99-nil")
    clerk.press("Xem lại và gửi")
    clerk.reads("lớn hơn lũy kế từ đầu năm")
    clerk.reads("Chưa kèm tệp minh chứng.")
    clerk.look("figures-02-asked-back")
    for box in page.locator('textarea[name^="explain-"]').all():
        box.fill("Thu hồi tạm ứng của năm trước")
    clerk.press("Gửi báo cáo", exact=True)
    clerk.reads("Đã gửi báo cáo")
    clerk.look("figures-03-handed-in")

    officer = come("a.officer")
    officer.go("/ky-bao-cao/")
    officer.page.locator("tbody a").first.click()
    cycle = re.search(r"/ky-bao-cao/(\d+)/", officer.path)
    assert cycle
    officer.go(f"/ky-bao-cao/{cycle[1]}/kiem-tra/")
    officer.look("figures-04-checks")
    officer.go(f"/ky-bao-cao/{cycle[1]}/tong-hop/")
    officer.reads("Số chính thức so với số đã ước ở kỳ trước")
    officer.look("figures-05-consolidation")
