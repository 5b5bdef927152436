"""A province of its own, served as `luc serve` does, and people who look at it through Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from luc.demonstration.people import PASSWORD
from tests import cast
from tests.axe import wrong
from tests.journeys.guides import PICTURES
from tests.journeys.keyboard import by_keyboard
from tests.server import Server

PHONE = {"width": 360, "height": 740}


@pytest.fixture(autouse=True)
def _without_a_mouse(monkeypatch: pytest.MonkeyPatch) -> None:
    by_keyboard(monkeypatch)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])


@contextmanager
def served(home: Path, story: str) -> Iterator[Server]:
    """An installation in which a story of tests/stories.py was told, web and worker running."""
    server = Server(home)
    server.story(story)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real province with people and no plan."""
    with served(tmp_path_factory.mktemp("province"), "province") as server:
        yield server


@pytest.fixture(scope="module")
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """What the story of a module (its STORY) tells of."""
    with served(tmp_path_factory.mktemp(request.module.STORY), request.module.STORY) as server:
        yield server


@dataclass
class Visitor:
    """Somebody signed in at a browser; every page is looked at in light, and in dark on a phone.

    `twin` shows the same pages with JavaScript, without which axe cannot run, where the own page has none.
    """

    page: Page
    server: Server
    pictures: Path
    twin: Page | None = None
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.server.address + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server.address)

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the button, or follow the link, of that name."""
        self.page.get_by_role("button", name=name, exact=exact).or_(
            self.page.get_by_role("link", name=name, exact=exact)
        ).first.click()

    def reads(self, words: str) -> None:
        """Raises when the words are not on the page."""
        self.page.get_by_text(words).first.wait_for(timeout=20_000)

    def look(self, name: str) -> None:
        """A picture of the page as it is; axe there, and in dark at 360 px, where nothing sticks out either."""
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
        if self.twin:
            self.twin.context.add_cookies(self.page.context.cookies())
            self.twin.goto(self.page.url)
        page = self.twin or self.page
        size = page.viewport_size or PHONE
        self.axe(page, name)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        self.axe(page, f"{name}, dark, 360 px")
        page.screenshot(path=self.pictures / f"{name}-360.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > PHONE["width"]:
            self.complaints.append(f"{name}: {wide} px wide on a phone")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(size)

    def axe(self, page: Page, where: str) -> None:
        self.complaints += [f"{where}: {found}" for found in wrong(page)]


Visit = Callable[..., Visitor]


@contextmanager
def visitors(browser: Browser, server: Server, password: str) -> Iterator[Visit]:
    """come("a.officer"), come("...", phone=True) for a phone without JavaScript: somebody, signed in."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    there: list[Visitor] = []

    def come(username: str, *, phone: bool = False) -> Visitor:
        size = PHONE if phone else {"width": 1280, "height": 800}
        options: dict[str, Any] = {"viewport": size, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
        options["reduced_motion"] = "reduce"  # colours are measured, not on their way
        touch = {"java_script_enabled": False, "is_mobile": True, "has_touch": True} if phone else {}
        context = browser.new_context(**options, **touch)
        context.set_default_timeout(60_000)
        twin = browser.new_context(**options).new_page() if phone else None
        visitor = Visitor(context.new_page(), server, PICTURES, twin)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.go("/tai-khoan/login/")
        visitor.page.fill("input[name=login]", username)
        visitor.page.fill("input[name=password]", password)
        visitor.page.click("main form button[type=submit], main form button:not([type])")
        assert "/login/" not in visitor.path, f"{username} could not sign in"
        there.append(visitor)
        return visitor

    yield come
    for visitor in there:
        visitor.page.context.close()


@pytest.fixture
def visit(browser: Browser, province: Server) -> Iterator[Visit]:
    """visit("soct.officer"): somebody of the province."""
    with visitors(browser, province, PASSWORD) as come:
        yield come


@pytest.fixture
def come(browser: Browser, installation: Server) -> Iterator[Visit]:
    """come("a.officer"): somebody of the cast, in a module with a STORY."""
    with visitors(browser, installation, cast.PASSWORD) as visit:
        yield visit


def number_in(pattern: str, text: str) -> int:
    """The number in an address. Raises AssertionError when the address is another one."""
    match = re.search(pattern, text)
    assert match, (pattern, text)
    return int(match[1])


def answer_everything(clerk: Visitor, words: str) -> None:
    """Every row gets its state, its words or its value, the shared tasks are ticked first; nothing hinders.

    Words that already stand are left.
    """
    page = clerk.page
    for state in page.locator("label:has(input[type=radio][value=on_time])").all():
        state.click()
    for took in page.locator("input[type=checkbox][value=took_part]").all():
        took.check()
    for box in page.locator("textarea[name$='-result']").all():
        if not box.input_value():
            box.fill(words)
    for value in page.locator("input[name$='-value']").all():
        value.fill("41,5")
    page.locator("#obstacle-99-nil").check()
