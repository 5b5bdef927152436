"""Every journey without a mouse: what a journey clicks, ticks, chooses or fills is come to with Tab and pressed.

`by_keyboard` stands in for the mouse of Playwright. From where the keyboard stands it goes on (or back) with Tab until
it is at the control, looks at every stop on the way (a ring around it, nothing before it), and presses Enter, the space
bar or an arrow. On a phone it comes to the control in the same way, and then the finger touches it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ElementHandle, Locator, Page

FURTHEST = 2500  # so many stops no page has
# what the keyboard stands on when somebody who sees points at this
STANDS = """one => {
  const takes = "a[href], button, summary, input, select, textarea, [tabindex='0']"
  const found = one.matches(takes) ? one : one.closest("label")?.control || one.closest(takes)
  return found
}"""
# where the keyboard stands, and how it is to the one it looks for
HERE = """wanted => {
  const one = document.activeElement
  if (!one || one === document.body || one === document.documentElement) return {at: "nowhere"}
  const label = one.labels && one.labels[0]
  const ring = node => getComputedStyle(node).outlineStyle !== "none"
  const around = [one, ...(label ? [label, ...label.children] : [])]
  const small = node => node.getBoundingClientRect().width <= 1
  const boxes = around.filter(node => !small(node)).flatMap(node => [...node.getClientRects()])
  const open = box => [[.5, .5], [.05, .5], [.95, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)
    return top && around.some(node => node.contains(top) || top.contains(node))
  })
  const group = wanted.type === "radio" && one.type === "radio" && one.name === wanted.name && one.form === wanted.form
  return {
    at: one === wanted ? "there" : group ? "group" : "elsewhere",
    seen: around.some(ring), inside: boxes.some(open),
    back: Boolean(one.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING),
    html: one.outerHTML.slice(0, 160),
  }
}"""
PLACE = """(one, [value, label, index]) => index ?? [...one.options].findIndex(
  option => label === null ? option.value === value || option.label === value : option.label === label)"""
KIND = "one => one.matches('select') ? 'select' : one.matches('input') ? one.type : one.localName"


class OutOfReach(AssertionError):
    """The keyboard does not come there, or nobody sees where it stands."""


def control_of(locator: Locator) -> ElementHandle:
    """What the keyboard has to come to, visible. Raises OutOfReach when nothing there takes the keyboard."""
    locator.wait_for(state="visible")
    told = locator.element_handle()
    found = told.evaluate_handle(STANDS).as_element()
    if found is None:
        raise OutOfReach(
            f"{locator.page.url}: only a mouse can use {told.evaluate('one => one.outerHTML')[:200]}"
        )
    return found


def go_to(page: Page, wanted: ElementHandle) -> str:
    """Walk there with Tab; "there", or "group" at another button of its radio group.

    Raises OutOfReach when the keyboard does not come there, and for a stop that is not seen.
    """
    here = page.evaluate(HERE, wanted)
    key, around = ("Shift+Tab" if here.get("back") else "Tab"), 0
    for _ in range(FURTHEST):
        if here["at"] in {"there", "group"}:
            return str(here["at"])
        page.keyboard.press(key)
        here = page.evaluate(HERE, wanted)
        if here["at"] == "nowhere":
            around += 1
            if around > 2:
                break
        elif not here["seen"] or not here["inside"]:
            raise OutOfReach(f"{page.url}: {'out of sight' if here['seen'] else 'no ring'}: {here['html']}")
    raise OutOfReach(
        f"{page.url}: the keyboard does not come to {wanted.evaluate('one => one.outerHTML')[:200]}"
    )


def touched(page: Page) -> bool:
    """Whether it is a phone, where a finger touches."""
    return bool(page.viewport_size and page.viewport_size["width"] < 600)


def press(locator: Locator) -> None:
    """What a click does: a link is followed, a button pressed, a box ticked, a field stood in."""
    page, wanted = locator.page, control_of(locator)
    at, kind = go_to(page, wanted), wanted.evaluate(KIND)
    if kind == "radio":
        choose(page, wanted, at)
    elif kind == "checkbox":
        page.keyboard.press("Space")
    elif kind in {"a", "button", "summary", "submit"}:
        wanted.press("Enter")


def choose(page: Page, wanted: ElementHandle, at: str) -> None:
    """A button of a radio group: by the arrows, or the space bar on the first."""
    for _ in range(50):
        if at == "there":
            break
        page.keyboard.press("ArrowDown")
        at = page.evaluate(HERE, wanted)["at"]
    if not wanted.is_checked():
        page.keyboard.press("Space")
    if not wanted.is_checked():
        raise OutOfReach(
            f"{page.url}: the arrows do not choose {wanted.evaluate('one => one.outerHTML')[:200]}"
        )


def tick(locator: Locator, wish: bool) -> None:
    """Leave the box or button as wished."""
    locator.wait_for(state="visible")
    box = locator.element_handle()  # which one it is may hang on whether it is ticked
    if box.is_checked() != wish:
        locator.click()
        if box.is_checked() != wish:
            raise OutOfReach(f"{locator.page.url}: the space bar does not change {locator}")


def pick(
    locator: Locator, value: str | None = None, *, label: str | None = None, index: int | None = None
) -> None:
    """An entry of a list, by the arrows."""
    page, wanted = locator.page, control_of(locator)
    place: int = wanted.evaluate(PLACE, [value, label, index])
    go_to(page, wanted)
    away = place - wanted.evaluate("one => one.selectedIndex")
    for _ in range(abs(away)):
        page.keyboard.press("ArrowDown" if away > 0 else "ArrowUp")
    if wanted.evaluate("one => one.selectedIndex") != place:
        raise OutOfReach(f"{page.url}: the arrows do not choose in {locator}")


def stand_at(locator: Locator) -> None:
    """Come to the first thing in there that takes the keyboard."""
    inside = locator.locator("a[href], button, summary, input, select, textarea").first
    go_to(locator.page, control_of(inside))


def by_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no journey has a mouse."""
    click, fill, bring = Locator.click, Locator.fill, Locator.set_input_files

    def pressed(locator: Locator) -> None:
        if not touched(locator.page):
            return press(locator)
        go_to(locator.page, control_of(locator))
        return click(locator)

    def filled(locator: Locator, value: str) -> None:
        go_to(locator.page, control_of(locator))
        fill(locator, value)

    def brought(locator: Locator, files: Any) -> None:
        go_to(locator.page, control_of(locator))
        bring(locator, files)  # the window in which files are chosen is the browser's own

    own: dict[str, Callable[..., None]] = {
        "click": pressed,
        "fill": filled,
        "check": lambda locator: tick(locator, True),
        "uncheck": lambda locator: tick(locator, False),
        "select_option": pick,
        "set_input_files": brought,
        "hover": stand_at,
    }
    for name, act in own.items():
        monkeypatch.setattr(Locator, name, act)
        monkeypatch.setattr(Page, name, on_page(act))


def on_page(act: Callable[..., None]) -> Callable[..., None]:
    """The same, said of a page and a selector."""

    def done(page: Page, selector: str, *told: Any, **more: Any) -> None:
        act(page.locator(selector).first, *told, **more)

    return done
