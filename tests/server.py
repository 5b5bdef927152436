"""A real `luc serve` in its own processes, with a folder and a database of its own, for tests from outside."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).parents[1]


@dataclass
class Server:
    """One installation. `make` its database with management commands, then `start`, `kill`, `start` again."""

    home: Path
    database: str = ""
    port: int = 0
    demonstration: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
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
        return inherited | own | database | {"DJANGO_SETTINGS_MODULE": "luc.site.settings"}

    def luc(self, *words: str, timeout: int = 300) -> str:
        """Run a `luc` command of this installation; returns what it printed, raises with it when it failed."""
        return self._run([sys.executable, "-m", "luc", *words], timeout)

    def story(self, name: str) -> str:
        """Write one of the stories of tests/stories.py into this installation."""
        return self._run([sys.executable, "-m", "tests.stories", name], 300)

    def _run(self, command: list[str], timeout: int) -> str:
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self, *words: str) -> None:
        """Start `luc serve` and wait until it answers."""
        command = [sys.executable, "-m", "luc", "serve", "--port", str(self.port), *words]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()

    def wait(self, seconds: float = 60) -> None:
        """Return when the sign-in page is served."""
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
        raise AssertionError("the server did not start:\n" + (self.home / "server.log").read_text())

    def kill(self) -> None:
        """kill -9 on every process of the installation at once."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def copy(self, home: Path) -> Server:
        """Another installation with the same content (SQLite only: the folder is copied)."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        return Server(home, demonstration=self.demonstration)


class Person:
    """Somebody at a browser without JavaScript: keeps cookies, signs in, reads pages, sends forms."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        with self.opener.open(self.server.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, values: dict[str, str]) -> tuple[int, str]:
        """Send a form, follow the redirect; status and the final address' path."""
        token = next((c.value or "" for c in self.cookies if c.name == "csrftoken"), "")
        data = urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        address = self.server.address + path
        request = urllib.request.Request(address, data, {"Referer": address})
        with self.opener.open(request, timeout=30) as answer:
            answer.read()
            return int(answer.status), urlsplit(answer.url).path

    def sign_in(self, username: str, password: str) -> None:
        self.get("/tai-khoan/login/")
        status, path = self.post("/tai-khoan/login/", {"login": username, "password": password})
        if status != 200 or path.startswith("/tai-khoan/login"):
            raise AssertionError(f"{username} could not sign in")


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
