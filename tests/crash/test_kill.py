"""kill -9 under load, twenty-five times: nothing that was acknowledged is missing, nothing is half there."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.load import Crowd, Told
from tests.server import Server

# on PostgreSQL, whose own promise this is, it is asked whether we ask for it: fewer of them
KILLS = 5 if os.environ.get("LUC_DATABASE", "").startswith("postgres") else 25
pytestmark = pytest.mark.crash


def test_nothing_acknowledged_is_missing(tmp_path: Path) -> None:
    sys.stdout.write(f"\n{KILLS} kills, {survive(Server(tmp_path), KILLS)}\n")


def survive(server: Server, kills: int) -> str:
    """Work, kill, look, so many times; returns what was acknowledged, in words (also for bench.kills)."""
    server.story("round")
    server.luc("collectstatic", "--noinput", "-v0")
    server.start_web()
    crowd, chance = Crowd(server), random.Random(20260715)
    crowd.start()
    acknowledged = []
    for _ in range(kills):
        # into the middle of the work, each time at another moment of it
        wait_for(crowd, len(crowd.told) + chance.randint(0, 6))
        time.sleep(chance.uniform(0, 0.05))
        server.kill()
        told = crowd.told.copy()
        acknowledged.append(len(told))
        check_told(server, told)
        check_whole(server)
        server.start_web()
        crowd.check()
    wait_for(crowd, len(crowd.told) + 10)
    crowd.stop()
    check_told(server, crowd.told)
    check_whole(server)
    server.kill()
    server.story("chains")
    worked = sum(after > before for before, after in zip([0, *acknowledged], acknowledged, strict=False))
    assert worked > kills // 2, f"there was no load: {acknowledged}"
    return f"acknowledged {len(crowd.told)}: {kinds(crowd.told)}"


def wait_for(crowd: Crowd, count: int) -> None:
    """Until so much was acknowledged, or people are stuck."""
    until = time.monotonic() + 10
    while len(crowd.told) < count and time.monotonic() < until:
        time.sleep(0.01)


def kinds(told: Told) -> dict[str, int]:
    return {name: len(getattr(told, name)) for name in ("words", "files", "handed_in", "judged")}


def check_told(server: Server, told: Told) -> None:
    """Every acknowledged word is in the history, every file on disk, every report frozen, every verdict there."""
    lines, files, submissions, verdicts = server.rows(
        "SELECT after FROM kernel_change WHERE kind = 'reporting.report'",
        "SELECT name, sha256, path FROM papers_storedfile f JOIN reporting_evidence e ON e.file_id = f.id",
        "SELECT id FROM rounds_submission",
        "SELECT submission_id, kind FROM rounds_verdict",
    )
    written = {word for (after,) in lines for word in re.findall(r"\[[a-z_]+-\d+\]", json.dumps(after))}
    assert told.words - written == set()
    assert told.files.items() - {(name, sha) for name, sha, _ in files} == set()
    assert told.handed_in - {pk for (pk,) in submissions} == set()
    assert told.judged.items() - set(verdicts) == set()
    for _, sha, path in files:
        assert hashlib.sha256((server.home / "files" / path).read_bytes()).hexdigest() == sha


def check_whole(server: Server) -> None:
    """No act is there by half: states, frozen versions, verdicts, figures and history agree."""
    obligations, submissions, figures, reports, saves, lines = server.rows(
        "SELECT id, state, version FROM rounds_obligation WHERE version > 0 OR state <> 'open'",
        "SELECT s.id, s.obligation_id, s.version, s.content, v.kind FROM rounds_submission s "
        "LEFT JOIN rounds_verdict v ON v.submission_id = s.id ORDER BY s.version",
        "SELECT f.source_id, s.kind FROM figures_figure f JOIN figures_standing s ON s.figure_id = f.id",
        "SELECT id, version FROM reporting_report WHERE version > 0",
        "SELECT object_id FROM kernel_change WHERE kind = 'reporting.report' AND act = 'reporting.write' "
        "UNION ALL SELECT CAST(e.report_id AS VARCHAR(20)) FROM kernel_change c JOIN reporting_evidence e "
        "ON c.object_id = CAST(e.id AS VARCHAR(20)) WHERE c.kind = 'reporting.evidence'",
        "SELECT tenant_id, count(*), max(sequence) FROM kernel_change GROUP BY tenant_id",
    )
    last = {obligation: (version, kind) for _, obligation, version, _, kind in submissions}
    assert {pk: (version, state) for pk, state, version in obligations} == {
        pk: (version, kind or "submitted") for pk, (version, kind) in last.items()
    }
    assert {str(pk): version for pk, version in reports} == Counter(report for (report,) in saves)
    reported = Counter(source for source, kind in figures if kind == "reported")
    for pk, _, _, content, _ in submissions:
        rows = (content if isinstance(content, dict) else json.loads(content))["rows"]
        assert reported[pk] == sum(bool(row.get("value")) for row in rows)
    assert all(count == highest for _, count, highest in lines)
