"""`luc serve` ends when it is asked to, and what a killed worker left is done by the next one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.plans.papers import PLAN
from tests.server import Person, Server

pytestmark = pytest.mark.crash


@pytest.fixture
def server(tmp_path: Path) -> Server:
    found = Server(tmp_path)
    found.story("round")
    return found


def test_it_ends_when_asked(server: Server) -> None:
    server.start("--web", "1")
    assert server.process is not None
    group = server.process.pid
    server.stop()
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)
    assert server.ended == 0
    log = (server.home / "server.log").read_text()
    assert "Traceback" not in log, log


def test_a_killed_workers_job_is_done_by_the_next(server: Server) -> None:
    server.start("--web", "1")
    officer = Person(server)
    officer.sign_in("a.officer", PASSWORD)
    # long enough to be caught in the middle of it
    answer = officer.post("/ke-hoach/tai-len/", {}, {"file": ("ke-hoach.txt", long_plan())})
    assert answer.to.startswith("/viec/"), answer
    wait(lambda: state(server) == "running")
    server.kill()
    assert state(server) == "running"
    server.start("--web", "1")
    # as if its last beat were long ago, so that nobody waits here for what LOST_AFTER allows
    server.execute("UPDATE kernel_job SET beat_at = '2026-01-01 00:00:00+00:00'")
    wait(lambda: state(server) == "done")
    assert "/ra-soat/" in officer.get(answer.to)
    server.stop()


def long_plan() -> bytes:
    head, _, rows = PLAN.rpartition("| 3 |")
    row = f"| 3 |{rows}"
    return (head + row * 400).encode()


def state(server: Server) -> str:
    return str(server.rows("SELECT state FROM kernel_job ORDER BY id DESC")[0][0][0])


def wait(until: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
