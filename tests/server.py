"""A real `luc serve` in its own processes, with a folder and a database of its own, for tests from outside."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from tests import kept

ROOT = Path(__file__).parents[1]
PATIENCE = 900  # seconds for a command, on a machine that has much else to do


@dataclass
class Server:
    """One installation. `make` its database with management commands, then `start`, `kill`, `start` again."""

    home: Path
    database: str = ""
    port: int = 0
    demonstration: bool = False
    more: dict[str, str] = field(default_factory=dict)  # of the environment
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    ended: int | None = None
    _is_new: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        # what is copied goes into the database that an installation gets here by itself
        self._is_new = not (self.database or any(self.home.glob("*.sqlite3")))
        self.port = self.port or free_port()
        if not self.database and os.environ.get("LUC_DATABASE", "").startswith("postgres"):
            self.database = fresh_database(os.environ["LUC_DATABASE"])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"LUC_HOME": str(self.home), "LUC_DEMONSTRATION": "true" if self.demonstration else "false"}
        database = {"LUC_DATABASE": self.database} if self.database else {}
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("LUC_")}
        return inherited | own | database | self.more | {"DJANGO_SETTINGS_MODULE": "luc.site.settings"}

    def luc(self, *words: str, timeout: int = PATIENCE) -> str:
        """Run a `luc` command of this installation; returns what it printed, raises with it when it failed."""
        self._is_new = False
        return self._run([sys.executable, "-m", "luc", *words], timeout)

    def story(self, name: str) -> str:
        """Write one of the stories of tests/stories.py into this installation; into a new one it is copied.

        What it printed, when it was told here and now.
        """
        is_new, self._is_new = self._is_new, False
        there = kept.EMPTY if "LUC_FILES" in self.more else name  # the files of a story are kept in a home
        if is_new and self.database:
            kept.copy_onto(self.database, self.home, there)
        elif is_new:
            kept.copy_into(self.home, there)
        if is_new and there == name:
            return ""
        return self._run([sys.executable, "-m", "tests.stories", name], PATIENCE)

    def attempt(
        self, *words: str, timeout: int = PATIENCE, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a `luc` command that may fail, with more in its environment."""
        return self._ask([sys.executable, "-m", "luc", *words], timeout, environment)

    def _run(self, command: list[str], timeout: int) -> str:
        done = self._ask(command, timeout, {})
        if done.returncode:
            raise AssertionError(f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def _ask(
        self, command: list[str], timeout: int, more: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env={**self.environment, **more},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def start(self, *words: str) -> None:
        """Start `luc serve` and wait until it answers."""
        self.run([sys.executable, "-m", "luc", "serve", "--port", str(self.port), *words])

    def start_web(self) -> None:
        """Start the web processes alone: for tests that start often."""
        self.run([sys.executable, "-m", "luc", "web", "--port", str(self.port), "--web", "1"])

    def run(self, command: list[str]) -> None:
        """Start a command that serves this installation, in a process group of its own; wait until it answers."""
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()

    def wait(self, seconds: float = 300) -> None:
        """Return when the sign-in page is served; what does not come is killed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process and self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.address + "/tai-khoan/login/", timeout=5)
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        self.kill()
        raise AssertionError("the server did not start:\n" + (self.home / "server.log").read_text())

    def rows(self, *statements: str) -> list[list[tuple[Any, ...]]]:
        """What the database holds, all statements seeing the same moment."""
        if self.database.startswith("postgres"):
            with psycopg.connect(self.database) as there:
                there.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                return [there.execute(statement).fetchall() for statement in statements]
        with closing(sqlite3.connect(self.home / "luc.sqlite3", timeout=30, isolation_level=None)) as there:
            there.execute("BEGIN")
            return [there.execute(statement).fetchall() for statement in statements]

    def execute(self, statement: str) -> None:
        """Change the database from outside, as time or a disk would."""
        if self.database.startswith("postgres"):
            with psycopg.connect(self.database) as there:
                there.execute(statement)
            return
        with closing(sqlite3.connect(self.home / "luc.sqlite3", timeout=30)) as there, there:
            there.execute(statement)

    def kill(self) -> None:
        """kill -9 on every process of the installation at once."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does."""
        if self.process:
            self.process.terminate()
            self.ended = self.process.wait(timeout=120)
            self.process = None

    def copy(self, home: Path) -> Server:
        """Another installation with the same content (SQLite only: the folder is copied)."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        return Server(home, demonstration=self.demonstration)


@dataclass(frozen=True)
class Answer:
    """What came back: status, where a redirect leads ("" without one), and the page."""

    status: int
    to: str
    page: str


class Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at, not followed: what a 302 acknowledges is acknowledged."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


class Person:
    """Somebody at a browser without JavaScript: keeps cookies, signs in, reads pages, sends forms."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)

    def get(self, path: str) -> str:
        """A page, after redirects. Raises AssertionError with its status when it is not shown."""
        answer = self._ask(urllib.request.Request(self.server.address + path))
        for _ in range(5):
            if not answer.to:
                break
            answer = self._ask(urllib.request.Request(urljoin(self.server.address, answer.to)))
        assert answer.status == 200, (path, answer.status)
        return answer.page

    def post(
        self, path: str, values: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Answer:
        """Send a form, with files (field: name, bytes) as multipart; whatever comes back."""
        token = next((c.value or "" for c in self.cookies if c.name == "csrftoken"), "")
        values = {**values, "csrfmiddlewaretoken": token}
        address = self.server.address + path
        heads = {"Referer": address}
        data = urlencode(values).encode()
        if files:
            heads["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
            data = multipart(values, files)
        return self._ask(urllib.request.Request(address, data, heads))

    def ask(self, path: str) -> Answer:
        """Whatever an address answers."""
        return self._ask(urllib.request.Request(self.server.address + path))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            answer = self.opener.open(request, timeout=120)
        except urllib.error.HTTPError as error:  # a redirect or a refusal is an answer too
            answer = error
        with answer:
            page = answer.read().decode(errors="replace")
            return Answer(answer.status, answer.headers.get("Location", ""), page)

    def sign_in(self, username: str, password: str) -> None:
        """Raises AssertionError when the sign-in page does not let them in."""
        self.get("/tai-khoan/login/")
        answer = self.post("/tai-khoan/login/", {"login": username, "password": password})
        if answer.status != 302 or answer.to.startswith("/tai-khoan/login"):
            raise AssertionError(f"{username} could not sign in")


BOUNDARY = "luc-tests-boundary"


def multipart(values: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Values and files as a browser sends them."""
    parts = [(f'name="{name}"', value.encode()) for name, value in values.items()]
    parts += [(f'name="{name}"; filename="{file}"', data) for name, (file, data) in files.items()]
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
        for head, data in parts
    )
    return body + f"--{BOUNDARY}--\r\n".encode()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def fresh_database(address: str) -> str:
    """A new empty database on the PostgreSQL server of an address; returns its own address."""
    name = f"luc_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
