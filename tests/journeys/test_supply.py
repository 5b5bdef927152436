"""The share of demand that is met: worked out, on the plan's page with its method, moving when supply moves."""

from __future__ import annotations

import pytest

from tests.industry import life
from tests.journeys.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
STORY = "supply"
GOOD = "Bồn lọc nước thải"


def test_the_share_moves_when_supply_moves(come: Visit) -> None:
    officer = come("a.officer")
    say_demand(officer)
    work_out(officer, "73")
    officer.look("supply-03-share")
    demand = officer.path
    on_the_plan(officer, "7.300 / 10.000 m³/năm", "73")
    more(come)
    officer.go("/doanh-nghiep/cho-kiem-tra/")
    officer.press("Công ty Xanh")
    officer.press("Xác minh hoặc trả lại")
    officer.reads("Đã xác minh")
    officer.go(demand)
    officer.reads("Cần tính lại")
    officer.look("supply-05-moved")
    work_out(officer, "91,25")
    on_the_plan(officer, "9.125 / 10.000 m³/năm", "91,25")
    officer.look("supply-06-target")
    officer.press("Cách tính")
    assert officer.path == demand
    assert officer.complaints == [], "\n".join(officer.complaints)


def say_demand(officer: Visitor) -> None:
    """10,000 m³ a year are needed for waste water, after a survey."""
    page = officer.page
    officer.go("/doanh-nghiep/")
    officer.press("Cung cầu theo lĩnh vực")
    officer.press("Ghi nhu cầu")
    page.select_option("select[name=field]", "nuoc_thai")
    page.fill("input[name=amount]", "10.000")
    page.select_option("select[name=unit]", "m³/năm")
    page.fill("input[name=source]", "Khảo sát các khu công nghiệp, tháng 3/2026")
    officer.look("supply-01-demand")
    officer.press("Lưu", exact=True)
    officer.reads("Sổ số liệu chưa có con số này")
    officer.look("supply-02-not-yet")


def work_out(officer: Visitor, percent: str) -> None:
    """The share goes into the ledger."""
    officer.press("Tính và ghi vào sổ số liệu")
    officer.reads(f"Đáp ứng {percent} % nhu cầu")


def on_the_plan(officer: Visitor, method: str, percent: str) -> None:
    """The target of the plan has it, with the way to it."""
    officer.go("/ke-hoach/1/chi-tieu/")
    officer.reads(method)
    assert officer.page.locator("a[href^='/so-lieu/']").first.inner_text() == percent


def more(come: Visit) -> None:
    """The enterprise can do more now, and says so on its phone."""
    phone = come("a.officer", phone=True)
    phone.page.context.clear_cookies()
    phone.go("/tai-khoan/login/")
    phone.page.fill("input[name=login]", life.MAIL)
    phone.page.fill("input[name=password]", life.PASSWORD)
    phone.press("Đăng nhập", exact=True)
    phone.press(GOOD)
    phone.press("Sửa: Kỹ thuật, chứng nhận")
    phone.page.fill("input[name=capacity]", "25")
    phone.look("supply-04-more")
    phone.press("Lưu", exact=True)
    phone.page.locator("nav.crumbs a").first.click()
    phone.press("Gửi để kiểm tra")
    phone.reads("Đã gửi 1 mục")
