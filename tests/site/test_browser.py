"""The look in a real browser against a real server: axe, phones, the policy, the keyboard, the weight."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.axe import wrong
from tests.kept import EMPTY
from tests.server import Server

LOOK, LOGIN = "/phat-trien/giao-dien/", "/tai-khoan/login/"
PAGES = [LOOK, LOGIN, "/tai-khoan/password/reset/", "/tai-khoan/signup/", "/tiep-can/"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation of its own, as `luc serve` starts it."""
    server = Server(tmp_path_factory.mktemp("look"), demonstration=True)
    server.story(EMPTY)
    server.start()
    yield server.address
    server.stop()


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light", "width": 1280}, {"color_scheme": "dark", "width": 360}]
)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, look: dict[str, Any]) -> None:
    width = look["width"]
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=look["color_scheme"])
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path)
    found = wrong(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found == []
    assert complaints == []
    assert wide <= width
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


@pytest.mark.parametrize("path", [LOOK, LOGIN])
def test_nothing_is_lost_at_twice_the_size(browser: Browser, address: str, path: str) -> None:
    """WCAG 2.2, 1.4.4 and 1.4.10: 1280 points at 200 % are 640, at 400 % 320."""
    for width in (640, 320):
        context = browser.new_context(viewport={"width": width, "height": 400})
        page = context.new_page()
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_first_page_weighs_less_than_100_kb(browser: Browser, address: str) -> None:
    """Every byte of a first visit that comes over the wire, heads included."""
    context = browser.new_context()
    page = context.new_page()
    weights: list[int] = []
    session = context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(address + LOGIN, wait_until="networkidle")
    context.close()
    assert len(weights) > 6
    assert sum(weights) < 100_000


def test_a_keyboard_opens_the_menu_and_changes_the_look(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address + LOGIN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("summary")
    page.keyboard.press("Enter")
    with page.expect_response("**/sang-toi/"):
        page.click("button[value=dark]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('details[data-menu]').open")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()


def test_without_javascript_the_menu_opens_and_the_look_changes(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + LOGIN)
    page.click("summary")
    page.click("button[value=dark]")
    assert page.url == address + LOGIN
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_an_item_lights_its_words_in_the_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address + LOOK)
    words = page.locator("#sang-noi-1")
    assert words.get_attribute("class") is None
    page.hover("#sang-muc-1")
    assert words.get_attribute("class") == "is-lit"
    page.click("#sang-muc-2 a")
    assert page.locator("#sang-noi-2").get_attribute("class") == "is-lit"
    context.close()


def test_on_paper_there_is_the_content_and_nothing_to_press(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + LOOK)
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".button").first.is_visible()
    assert page.locator(".print-head").is_visible()
    sticky = "[...document.querySelectorAll('th, td')].filter(c => getComputedStyle(c).position !== 'static').length"
    assert page.evaluate(sticky) == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
