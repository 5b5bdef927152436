"""A commune's clerk on a phone without JavaScript: two plans in five minutes, nothing to report in three touches."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
STORY = "collecting"
MINUTES = 5
# seconds: to find and touch something, for a letter on a phone, for the words of a task
TOUCH, TYPED, READ = 2.0, 0.4, 1.0


class Hand:
    """Touches and letters of a person, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.touches, self.letters, self.lines = page, 0, 0, 0

    def touch(self, selector: str) -> None:
        self.touches += 1
        self.page.locator(selector).first.click()

    def type(self, selector: str, words: str) -> None:
        self.touches += 1
        self.letters += len(words)
        self.page.locator(selector).first.fill(words)

    def read(self, selector: str) -> None:
        """Every one of these is read."""
        self.lines += self.page.locator(selector).count()

    @property
    def seconds(self) -> float:
        return self.touches * TOUCH + self.letters * TYPED + self.lines * READ


def test_a_commune_reports_in_five_minutes_and_nothing_in_three_touches(come: Visit) -> None:
    officer = come("a.officer")
    open_both(officer)
    commune = come("a.clerk_commune", phone=True)
    report_in_five_minutes(commune)
    other = come("a.clerk_commune_2", phone=True)
    nothing_in_three_touches(other)
    both_told(officer)
    complaints = [*officer.complaints, *commune.complaints, *other.complaints]
    assert complaints == [], "\n".join(complaints)


def open_both(officer: Visitor) -> None:
    """The officer puts the second plan into the same cycle, looks at a commune's form, and opens."""
    page = officer.page
    officer.go("/ky-bao-cao/")
    page.locator("a[href^='/ky-bao-cao/mo/']").last.click()
    page.locator("input[name=gop]").check()
    officer.press("Xem lại")
    officer.reads("Nội dung hai kế hoạch dùng chung")
    officer.look("60-opening-two-plans")
    with page.context.expect_page() as coming:
        page.get_by_role("button", name=re.compile("Xem biểu của Ủy ban nhân dân phường")).click()
    preview = coming.value
    preview.wait_for_load_state()
    assert "Không phát sinh ở tất cả" in preview.content()
    preview.screenshot(path=officer.pictures / "61-preview-commune.png", full_page=True)
    preview.close()
    officer.press("Mở kỳ báo cáo", exact=True)
    page.wait_for_url(re.compile(r"/ky-bao-cao/\d+/$"))
    officer.look("62-board-two-plans")
    officer.press("Nội dung phải trả lời")
    officer.look("63-asking")


def report_in_five_minutes(commune: Visitor) -> None:
    """Two tasks of more than 40 had something: ticked, a sentence each; the rest in one touch; looked at, sent."""
    page = commune.page
    commune.go("/")
    commune.look("64-phone-desk")
    hand = Hand(page)
    hand.touch("main a.button[href^='/bao-cao/']:not([href*='khong'])")
    assert page.locator(".fold").count() >= 40
    commune.look("65-phone-form")
    hand.touch("#rest-nil")
    hand.read(".fold .took label")
    ticks = page.locator(".fold .took input[type=checkbox]")
    for place in (0, 7):
        key = str(ticks.nth(place).get_attribute("id")).removesuffix("-state")
        assert not page.locator(f"#{key}-result").is_visible()
        hand.touch(f"#{key}-state")
        assert page.locator(f"#{key}-result").is_visible()
        hand.type(f"#{key}-result", "Phát 200 tờ rơi, họp dân ở 12 tổ, 640 hộ tham gia.")
    page.screenshot(path=commune.pictures / "66-phone-ticked.png", full_page=True)
    hand.touch("#obstacle-99-nil")
    hand.touch(".save-bar button[value=review]")
    commune.look("67-phone-review")
    hand.touch("main form.sheet button")
    assert "/da-gui/" in commune.path
    commune.look("68-phone-sent")
    assert hand.seconds <= MINUTES * 60, (hand.seconds, hand.touches, hand.letters, hand.lines)


def nothing_in_three_touches(commune: Visitor) -> None:
    """From the desk: "Không phát sinh", then what that says is confirmed."""
    commune.go("/")
    hand = Hand(commune.page)
    hand.touch("main a.button[href$='/khong-phat-sinh/']")
    commune.look("69-phone-nil")
    hand.touch("main form.sheet button")
    assert "/da-gui/" in commune.path
    commune.look("70-phone-nil-sent")
    assert hand.touches <= 3


def both_told(officer: Visitor) -> None:
    """Each plan has its own consolidation with the words that were said once."""
    page = officer.page
    officer.go("/ky-bao-cao/")
    page.locator("table a[href^='/ky-bao-cao/']").first.click()
    officer.press("Tổng hợp", exact=True)
    officer.reads("1/3 đơn vị phối hợp có tham gia")
    officer.look("71-consolidation-first-plan")
    page.locator("nav.tabs a[href*='ke-hoach']").nth(1).click()
    officer.reads("1/3 đơn vị phối hợp có tham gia")
    officer.look("72-consolidation-second-plan")
