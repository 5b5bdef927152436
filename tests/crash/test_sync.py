"""What the page said is saved is on disk: at least one disk sync for every acknowledged save, on SQLite."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.crash.load import Told, Writer
from tests.server import Server

SAVES = 12
pytestmark = pytest.mark.crash


def test_every_acknowledged_save_is_synced(tmp_path: Path) -> None:
    home = tmp_path / "home"
    # whatever the other tests run on: this law is SQLite's
    server = Server(home, database=f"sqlite:///{home / 'luc.sqlite3'}")
    server.story("round")
    server.luc("collectstatic", "--noinput", "-v0")
    trace = tmp_path / "syncs"
    tracer = shutil.which("strace")
    assert tracer, "apt-get install strace"
    watched = [
        tracer,
        "-f",
        "-y",
        "-qq",
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        "signal=none",
        "-o",
        str(trace),
    ]
    server.run([*watched, sys.executable, "-m", "luc", "web", "--port", str(server.port), "--web", "1"])
    told = Told()
    clerk = Writer(server, "clerk_finance", told)
    work = clerk.work()
    saved = 0
    while saved < SAVES:
        words, files = len(told.words), len(told.files)
        before = syncs(trace)
        next(work)
        after = syncs(trace)
        if len(told.words) > words:
            saved += 1
            assert log_syncs(after) > log_syncs(before)
        if len(told.files) > files:
            # the bytes, their folder, and the row
            assert sum("/files/" in line for line in after) >= 2 + sum("/files/" in line for line in before)
            assert log_syncs(after) > log_syncs(before)
    server.kill()
    assert log_syncs(syncs(trace)) >= SAVES + len(told.files)
    sys.stdout.write(f"\n{SAVES} saves, {len(told.files)} files: {len(syncs(trace))} syncs\n")


def syncs(trace: Path) -> list[str]:
    return [line for line in trace.read_text().splitlines() if "sync(" in line and "= 0" in line]


def log_syncs(lines: list[str]) -> int:
    """Syncs of the database and its log."""
    return sum("luc.sqlite3" in line for line in lines)
