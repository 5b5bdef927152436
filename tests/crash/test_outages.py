"""Full disk, lost store, lost database, dead worker: a clear page, nothing half-written, and back without hands."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.crash.load import Told, Writer, found
from tests.crash.test_ending import state
from tests.crash.test_kill import check_told, check_whole
from tests.database import Postgres
from tests.plans.papers import PLAN
from tests.server import Person, Server, fresh_database

pytestmark = pytest.mark.crash


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An installation in which a round runs; ended with its test."""
    made = Server(tmp_path / "home")
    made.story("round")
    made.luc("collectstatic", "--noinput", "-v0")
    yield made
    made.kill()


def members(group: int) -> list[int]:
    """The living processes of a group."""
    numbers = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[2]) == group:
            numbers.append(int(stat.parent.name))
    return numbers


def children(number: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def let_write(server: Server, size: int) -> None:
    """How long a file the server's processes may make: a few pages are a disk without room, for them alone."""
    assert server.process is not None
    for number in members(server.process.pid):
        resource.prlimit(number, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def save(clerk: Writer, number: int) -> tuple[int, str]:
    """Save one row with words of its own; status and page. What is acknowledged is kept in `told`."""
    page = clerk.person.get(clerk.form)
    row, words = found(r'name="((?:part|duty)-\d+)-result"', page), f"[{clerk.name}-{number}]"
    values = {"version": found(r'name="version" value="(\d+)"', page), f"{row}-result": words}
    answer = clerk.person.post(clerk.form, values | {f"{row}-state": "on_time", f"{row}-nil": ""})
    if answer.status == 302:
        clerk.told.words.add(words)
    return answer.status, answer.page


def attach(clerk: Writer, number: int) -> tuple[int, str]:
    data = b"%PDF-1.4\n" + f"{number}".encode() * 60_000
    answer = clerk.person.post(f"{clerk.form}minh-chung/", {}, {"file": (f"{number}.pdf", data)})
    return answer.status, answer.page


def test_a_full_disk_is_said_and_nothing_is_half_written(server: Server) -> None:
    server.start_web()
    told = Told()
    clerk = Writer(server, "clerk_finance", told)
    assert save(clerk, 1)[0] == 302
    let_write(server, 40_000)
    status, page = attach(clerk, 2)
    assert status == 503
    assert "hết chỗ trống" in page
    if not server.database:  # PostgreSQL writes in processes of its own
        status, page = save(clerk, 3)
        assert status == 503
        assert "hết chỗ trống" in page
        assert "Đã lưu" in page
    assert "-result" in clerk.person.get(clerk.form)  # what is there can be read
    check_told(server, told)
    check_whole(server)
    let_write(server, resource.RLIM_INFINITY)
    assert save(clerk, 4)[0] == 302
    assert attach(clerk, 5)[0] == 302
    check_told(server, told)
    check_whole(server)
    left = [file for file in (server.home / "files").rglob("tmp*") if file.is_file()]
    assert left == []


def test_a_store_that_is_gone_is_said_and_comes_back(server: Server) -> None:
    server.start_web()
    told = Told()
    clerk = Writer(server, "clerk_finance", told)
    clerk.add_file(1)
    files, away = server.home / "files", server.home / "away"
    link = found(
        r'href="(/bao-cao/minh-chung/\d+/[^"]*|/[^"]*minh-chung[^"]*)"', clerk.person.get(clerk.form)
    )
    files.rename(away)
    files.write_text("no folder any more")
    status, page = attach(clerk, 2)
    assert status == 503
    assert "Kho tệp chưa trả lời" in page
    assert save(clerk, 3)[0] == 302  # what needs no file goes on
    files.unlink()
    away.rename(files)
    assert attach(clerk, 4)[0] == 302
    assert link
    check_told(server, told)
    check_whole(server)


def test_a_file_that_is_lost_is_said_by_its_page(server: Server) -> None:
    server.start_web()
    clerk = Writer(server, "clerk_finance", Told())
    clerk.add_file(1)
    page = clerk.person.get(clerk.form)
    link = found(r'href="(/[^"]*minh-chung/\d+/)"', page)
    shutil.rmtree(server.home / "files")
    answer = clerk.person.ask(link)
    assert answer.status == 503
    assert "mất hoặc hỏng" in answer.page


@pytest.mark.postgres
def test_a_lost_database_is_said_and_comes_back_without_hands(tmp_path: Path) -> None:
    with Postgres() as postgres:
        server = Server(tmp_path / "home", database=fresh_database(postgres.address))
        server.story("round")
        server.luc("collectstatic", "--noinput", "-v0")
        server.start("--web", "1")
        try:
            lose_and_find(server, postgres)
        finally:
            server.kill()


def lose_and_find(server: Server, postgres: Postgres) -> None:
    told, probe = Told(), Person(server)  # what asks for health has no session
    clerk = Writer(server, "clerk_finance", told)
    assert save(clerk, 1)[0] == 302
    page = clerk.person.get(clerk.form)
    postgres.stop()
    version = found(r'name="version" value="(\d+)"', page)
    answer = clerk.person.post(clerk.form, {"version": version})
    assert answer.status == 503
    assert "Cơ sở dữ liệu chưa trả lời" in answer.page
    assert probe.ask("/suc-khoe/").status == 503
    assert probe.ask("/suc-khoe/song/").status == 200
    time.sleep(5)  # the worker meets it too
    postgres.start()
    wait(lambda: probe.ask("/suc-khoe/").status == 200)
    assert save(clerk, 2)[0] == 302
    check_told(server, told)
    check_whole(server)
    upload(server)
    wait(lambda: state(server) == "done")


def upload(server: Server) -> None:
    officer = Person(server)
    officer.sign_in("a.officer", PASSWORD)
    answer = officer.post("/ke-hoach/tai-len/", {}, {"file": ("ke-hoach.txt", PLAN.encode())})
    assert answer.to.startswith("/viec/"), answer


def test_a_dead_worker_is_started_again(server: Server) -> None:
    server.start("--web", "1")
    assert server.process is not None
    time.sleep(11)  # what ends sooner is not started again
    before = children(server.process.pid)
    assert len(before) == 2
    worker = before[1]
    os.kill(worker, signal.SIGKILL)
    upload(server)
    wait(lambda: state(server) == "done")
    assert len(set(children(server.process.pid)) - set(before)) == 1
    os.kill(before[0], signal.SIGKILL)  # and so are the web processes
    wait(lambda: len(children(server.process.pid)) == 2 and before[0] not in children(server.process.pid))  # type: ignore[union-attr]
    server.wait()
    server.stop()
    assert server.ended == 0


def wait(until: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
