"""Every page there is, in a real browser: axe in light and dark, phones, twice the size, the keyboard's first stop.

The browser lives in a thread of its own; the pages it asks for are answered by the application in the thread of the
test, as whoever may see the page.
"""

from __future__ import annotations

import mimetypes
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Playwright, ViewportSize, sync_playwright

from tests.axe import wrong
from tests.cast import PEOPLE
from tests.world import FREE, OURS, Step, World, client_of

pytestmark = pytest.mark.browser
WINDOWS: list[dict[str, Any]] = [
    {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
]
TWICE: dict[int, ViewportSize] = {1280: {"width": 640, "height": 400}}  # a window's points at 200 %
FOCUS = "() => document.activeElement && getComputedStyle(document.activeElement).outlineStyle"
Answer = tuple[int, dict[str, str], bytes]


class Asked(BaseHTTPRequestHandler):
    """What the browser asks for: a file of the look is given at once and kept by it, a page is waited for."""

    protocol_version = "HTTP/1.1"
    waiting: Queue[tuple[str, Future[Answer]]]

    def do_GET(self) -> None:
        if self.path.startswith("/tinh/"):
            status, heads, body = file_of_look(urlsplit(self.path).path.removeprefix("/tinh/"))
        else:
            page: Future[Answer] = Future()
            self.waiting.put((self.path, page))
            status, heads, body = page.result(60)
        self.send_response(status)
        for name, value in {**heads, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Nothing: a test says what is wrong."""


@dataclass
class Windows:
    """A browser with its windows, in its own thread; the pages it asks for wait in `asked`."""

    thread: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, max_workers=1))
    asked: Queue[tuple[str, Future[Answer]]] = field(default_factory=Queue)
    pages: list[Page] = field(default_factory=list)
    playwright: Playwright | None = None
    address: str = ""

    def open(self) -> None:
        """In the browser's thread."""
        self.playwright = sync_playwright().start()
        browser = self.playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for window in WINDOWS:
            self.pages.append(
                browser.new_context(**window, reduced_motion="reduce", locale="vi-VN").new_page()
            )

    def close(self) -> None:
        """In the browser's thread."""
        assert self.playwright
        self.playwright.stop()

    def faults(self, path: str, client: Client) -> list[str]:
        """What is wrong with a page as a client sees it, in any of the windows."""
        looking = self.thread.submit(self._look, path)
        while not looking.done():
            with suppress(Empty):
                asked, waiting = self.asked.get(timeout=0.02)
                try:
                    waiting.set_result(answer(client, asked))
                except Exception as error:
                    waiting.set_exception(error)
        return looking.result()

    def _look(self, path: str) -> list[str]:
        return [fault for page in self.pages for fault in looked_at(page, self.address + path)]


def answer(client: Client, path: str) -> Answer:
    """What the application says."""
    said = client.get(path)
    return said.status_code, dict(said.headers.items()), b"".join(said)


@cache
def file_of_look(path: str) -> Answer:
    """A file as it lies in its room."""
    found = finders.find(path)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    heads = {"Content-Type": kind, "Cache-Control": "max-age=3600"}
    return 200 if found else 404, heads, Path(found).read_bytes() if found else b""


def looked_at(page: Page, address: str) -> list[str]:
    """What is wrong with one page in one window, and there at twice the size."""
    assert page.viewport_size
    size, errors = page.viewport_size, list[str]()

    def complain(error: object) -> None:
        errors.append(f"script: {error}")

    page.on("pageerror", complain)
    page.goto(address)
    errors += faults_at(page, size["width"])
    if twice := TWICE.get(size["width"]):
        page.set_viewport_size(twice)
        errors += faults_at(page, twice["width"], without=["color-contrast"])  # the same colours
        page.set_viewport_size(size)
    page.keyboard.press("Tab")
    if page.evaluate(FOCUS) in {"none", None}:
        errors.append(f"{size['width']} px: the keyboard's first stop is not to be seen")
    page.remove_listener("pageerror", complain)
    return errors


def faults_at(page: Page, width: int, *, without: Sequence[str] = ()) -> list[str]:
    """What axe finds, and what sticks out."""
    found = [f"{width} px: {fault}" for fault in wrong(page, without=without)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*found, f"{wide} px wide on {width}"] if wide > width else found


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    """One browser for all pages."""
    there = Windows()
    handler = type("AskedHere", (Asked,), {"waiting": there.asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        there.address = f"http://127.0.0.1:{server.server_address[1]}"
        there.thread.submit(there.open).result()
        yield there
        there.thread.submit(there.close).result()
        there.thread.shutdown()
        server.shutdown()


def signed_in(world: World) -> dict[str, Client]:
    """Everybody of the first tenant."""
    return {person: client_of(world.cast.here.people[person]) for person in PEOPLE}


def seen_by(world: World, step: Step, people: dict[str, Client]) -> Client | None:
    """Somebody for whom an address is a page; None where it is none for anybody (a file, a feed, only for sending)."""
    may = [client for person, client in people.items() if world.cast.here.viewer(person).may(step[1])]
    for client in [Client(), *may] if step in FREE else may:
        said = client.get(world.address(step))
        if said.status_code == 200:
            return client if said.headers.get("Content-Type", "").startswith("text/html") else None
        if said.status_code == 405:
            return None
    return None


@pytest.mark.parametrize("room", sorted({step[0].partition(":")[0] for step in OURS}))
def test_nothing_is_wrong_with_any_page(room: str, world: World, windows: Windows) -> None:
    faults, people = list[str](), signed_in(world)
    for step in OURS:
        if step[0].partition(":")[0] == room and (client := seen_by(world, step, people)):
            faults += [f"{step[0]}: {fault}" for fault in windows.faults(world.address(step), client)]
    assert not faults, "\n".join(faults)
