"""A report from the form to the board with the keyboard alone: every stop is seen, nothing is out of reach."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
STORY = "round"
FURTHEST = 400  # so many stops no page has
WORDS = "Đã làm xong phần việc trong kỳ."
HERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect()
  const label = one.closest("label") || (one.labels && one.labels[0]) || one
  const ring = node => { const s = getComputedStyle(node); return s.outlineStyle !== "none" || s.boxShadow !== "none" }
  return {
    tag: one.tagName, type: one.type || "", name: one.name || "", value: one.value || "",
    href: one.getAttribute("href") || "", words: (one.innerText || "").trim(),
    seen: ring(one) || ring(label) || [...label.children].some(ring),
    inside: box.bottom > 0 && box.top < innerHeight,
  }
}"""


class Keys:
    """Tab, Enter, the space bar and letters; each stop has to be seen."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def stop(self) -> dict[str, Any]:
        """The next stop."""
        self.page.keyboard.press("Tab")
        here: dict[str, Any] = self.page.evaluate(HERE)
        if here["tag"] != "BODY":
            assert here["seen"], f"{self.visitor.path}: no ring around {here}"
            assert here["inside"], f"{self.visitor.path}: out of sight {here}"
        return here

    def follow(self, href: str = "", words: str = "") -> None:
        """Go to the link or button whose address or words match, and press it."""
        for _ in range(FURTHEST):
            here = self.stop()
            if (href and re.search(href, here["href"])) or (words and re.fullmatch(words, here["words"])):
                self.press()
                return
        told = self.page.inner_text("main")[:2000]
        raise AssertionError(f"{self.page.url}: the keyboard does not come to {href or words}: {told}")

    def press(self) -> None:
        """Press what is at hand; it leads to a page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")


def test_a_report_is_written_sent_and_accepted_without_a_mouse(come: Visit) -> None:
    clerk, officer = come("a.clerk_finance"), come("a.officer")
    keys = Keys(clerk)
    clerk.go("/")
    assert keys.stop()["href"].startswith("#")  # first comes the way past the head of the page
    keys.follow(href=r"^/bao-cao/\d+/$")
    fill(keys)
    keys.follow(words="Gửi báo cáo")
    assert clerk.path.startswith("/bao-cao/da-gui/")
    clerk.look("95-keyboard-sent")
    keys = Keys(officer)
    officer.go("/")
    keys.follow(href=r"^/ky-bao-cao/\d+/$")
    keys.follow(href=r"^/bao-cao/da-gui/\d+/$")
    keys.follow(words="Chấp nhận( báo cáo)?")
    officer.reads("đã chấp nhận")
    officer.look("96-keyboard-accepted")
    assert [*clerk.complaints, *officer.complaints] == []


def fill(keys: Keys) -> None:
    """From stop to stop: a state, words, a value for every row; then on to the last look."""
    groups: set[str] = set()
    for _ in range(FURTHEST):
        here = keys.stop()
        name, kind = here["name"], here["type"]
        if kind == "radio" and name.endswith("-state") and name not in groups:
            groups.add(name)
            keys.page.keyboard.press("Space")
        elif kind == "textarea" and name.endswith("-result"):
            keys.page.keyboard.type(WORDS)
        elif name.endswith("-value"):
            keys.page.keyboard.type("41,5")
        elif kind == "checkbox" and name in {"rest-nil", "obstacle-99-nil"}:
            keys.page.keyboard.press("Space")
        elif here["value"] == "review":
            keys.press()
            return
    raise AssertionError("the keyboard does not come to the end of the form")
