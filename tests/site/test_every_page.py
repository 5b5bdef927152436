"""Every page there is, in a real browser: axe in light and dark, phones, twice the size, the keyboard's first stop.

No server stands between: the browser lives in a thread of its own, and what it asks is answered by the application in
the thread of the test, as whoever may see the page.
"""

from __future__ import annotations

import mimetypes
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Playwright, Route, sync_playwright

from tests.cast import PEOPLE
from tests.journeys.conftest import RULES
from tests.world import FREE, OURS, Step, World, client_of

pytestmark = pytest.mark.browser
HOST = "http://luc.test"
LOOKS: list[dict[str, Any]] = [
    {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    {"viewport": {"width": 640, "height": 400}, "color_scheme": "light"},  # 1280 points at 200 %
]
FOCUS = "() => document.activeElement && getComputedStyle(document.activeElement).outlineStyle"
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Windows:
    """A browser with one window a look, in its own thread; what it asks waits in `asked`."""

    thread: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, max_workers=1))
    asked: Queue[tuple[str, Future[Answer]]] = field(default_factory=Queue)
    pages: list[Page] = field(default_factory=list)
    playwright: Playwright | None = None

    def open(self) -> None:
        """In the browser's thread."""
        self.playwright = sync_playwright().start()
        browser = self.playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for look in LOOKS:
            page = browser.new_context(**look, reduced_motion="reduce", locale="vi-VN").new_page()
            page.route("**/*", self._ask)
            self.pages.append(page)

    def close(self) -> None:
        """In the browser's thread."""
        assert self.playwright
        self.playwright.stop()

    def _ask(self, route: Route) -> None:
        waiting: Future[Answer] = Future()
        self.asked.put((route.request.url, waiting))
        status, heads, body = waiting.result(60)
        route.fulfill(status=status, headers=heads, body=body)

    def faults(self, path: str, client: Client) -> list[str]:
        """What is wrong with a page as a client sees it, in any of the windows."""
        looking = self.thread.submit(self._look, path)
        while not looking.done():
            with suppress(Empty):
                address, waiting = self.asked.get(timeout=0.02)
                try:
                    waiting.set_result(answer(client, address))
                except Exception as error:
                    waiting.set_exception(error)
        return looking.result()

    def _look(self, path: str) -> list[str]:
        return [fault for page in self.pages for fault in looked_at(page, HOST + path)]


def answer(client: Client, address: str) -> Answer:
    """What the application says; files of the look as they lie in the rooms."""
    asked = urlsplit(address)
    if asked.path.startswith("/tinh/"):
        found = finders.find(asked.path.removeprefix("/tinh/"))
        kind = mimetypes.guess_type(asked.path)[0] or "application/octet-stream"
        return 200 if found else 404, {"Content-Type": kind}, Path(found).read_bytes() if found else b""
    said = client.get(f"{asked.path}?{asked.query}")
    return said.status_code, dict(said.headers.items()), b"".join(said)


def looked_at(page: Page, address: str) -> list[str]:
    """What is wrong with one page in one window."""
    assert page.viewport_size
    width, errors = page.viewport_size["width"], list[str]()

    def complain(error: object) -> None:
        errors.append(f"script: {error}")

    page.on("pageerror", complain)
    page.goto(address)
    for found in Axe().run(page, options=RULES).response["violations"]:
        places = [(node["target"], node["html"][:120]) for node in found["nodes"][:3]]
        errors.append(f"{width} px: {found['id']} {places}")
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        errors.append(f"{wide} px wide on {width}")
    page.keyboard.press("Tab")
    if page.evaluate(FOCUS) in {"none", None}:
        errors.append(f"{width} px: the keyboard's first stop is not to be seen")
    page.remove_listener("pageerror", complain)
    return errors


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    """One browser for all pages."""
    there = Windows()
    there.thread.submit(there.open).result()
    yield there
    there.thread.submit(there.close).result()
    there.thread.shutdown()


def seen_by(world: World, step: Step) -> Client | None:
    """Somebody for whom an address is a page; None where it is none for anybody (a file, a feed, only for sending)."""
    clients = [Client()] if step in FREE else []
    for client in [*clients, *(client_of(world.cast.here.people[person]) for person in PEOPLE)]:
        said = client.get(world.address(step))
        if said.status_code == 200:
            return client if said.headers.get("Content-Type", "").startswith("text/html") else None
        if said.status_code == 405:
            return None
    return None


@pytest.mark.parametrize("room", sorted({step[0].partition(":")[0] for step in OURS}))
def test_nothing_is_wrong_with_any_page(room: str, world: World, windows: Windows) -> None:
    faults: list[str] = []
    for step in OURS:
        if step[0].partition(":")[0] == room and (client := seen_by(world, step)):
            faults += [f"{step[0]}: {fault}" for fault in windows.faults(world.address(step), client)]
    assert not faults, "\n".join(faults)
