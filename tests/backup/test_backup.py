"""`luc backup` and `luc restore` from outside: under load, elsewhere, on the other database, cut off, of old days."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from luc.kernel.backup.rows import Counted
from tests.cast import PASSWORD
from tests.crash.load import Crowd, Writer, found
from tests.crash.test_kill import check_told, check_whole, wait_for
from tests.database import Postgres
from tests.server import ROOT, Person, Server, fresh_database

OLD = Path(__file__).with_name("release-0.zip")
ON_POSTGRES = os.environ.get("LUC_DATABASE", "").startswith("postgres")
pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A small province in which clerks write, with files."""
    server = Server(tmp_path_factory.mktemp("served"))
    server.story("round")
    server.luc("collectstatic", "--noinput", "-v0")
    server.start_web()
    clerk = Writer(server, "clerk_finance", Crowd(server).told)
    for _, _ in zip(range(6), clerk.work(), strict=False):
        pass
    server.kill()
    return server


def backup(server: Server, target: Path) -> dict[str, Any]:
    """Make an archive; the story's plans name a paper that was never on disk, which is said and no fault."""
    done = server.attempt("backup", str(target))
    assert done.returncode == 2, done.stderr
    assert "ke-hoach" in done.stderr
    return manifest(target)


def manifest(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        said: dict[str, Any] = json.loads(opened.read("manifest.json"))
        return said


def everything(server: Server) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables as the database has them, but the sign-ins."""
    if server.database.startswith("postgres"):
        names = server.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")[0]
    else:
        names = server.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )[0]
    passing = {"django_session", "django_migrations", "kernel_cache"}
    tables = sorted(name for (name,) in names if name not in passing)
    rows = server.rows(*(f'SELECT * FROM "{name}"' for name in tables))
    return {name: sorted(found, key=repr) for name, found in zip(tables, rows, strict=True)}


def files(server: Server) -> dict[str, bytes]:
    folder = server.home / "files"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_restored_elsewhere_equals_the_source_row_by_row_and_file_by_file(
    served: Server, tmp_path: Path
) -> None:
    said = backup(served, tmp_path / "one.zip")
    other = Server(tmp_path / "other")
    other.luc("restore", str(tmp_path / "one.zip"))
    assert everything(other) == everything(served)
    assert files(other) == files(served) != {}
    again = backup(other, tmp_path / "two.zip")
    assert [again[part] for part in ("tables", "files", "chains")] == [
        said[part] for part in ("tables", "files", "chains")
    ]
    served.story("chains")
    other.story("chains")


def test_a_backup_under_load_holds_all_that_was_acknowledged_before_it(tmp_path: Path) -> None:
    server = Server(tmp_path / "source")
    server.story("round")
    server.luc("collectstatic", "--noinput", "-v0")
    server.start_web()
    crowd = Crowd(server)
    crowd.start()
    wait_for(crowd, 15)
    before = crowd.told.copy()
    backup(server, tmp_path / "load.zip")
    meanwhile = len(crowd.told) - len(before)
    crowd.stop()
    server.kill()
    other = Server(tmp_path / "other")
    other.luc("restore", str(tmp_path / "load.zip"))
    check_told(other, before)
    check_whole(other)
    other.story("chains")
    assert meanwhile, "nobody could work while the backup was made"
    other.luc("collectstatic", "--noinput", "-v0")
    other.start_web()  # and people go on where they were
    clerk = Writer(other, "clerk_finance", before)
    next(clerk.work())
    other.kill()
    check_told(other, before)


@pytest.fixture
def on_the_other_database(tmp_path: Path) -> Iterator[Server]:
    """An empty installation on PostgreSQL when these tests run on SQLite, and the other way round."""
    home = tmp_path / "across"
    if ON_POSTGRES:
        yield Server(home, database=f"sqlite:///{home / 'luc.sqlite3'}")
        return
    with Postgres() as postgres:
        yield Server(home, database=fresh_database(postgres.address))


def test_either_database_takes_the_other_ones_archive(
    served: Server, on_the_other_database: Server, tmp_path: Path
) -> None:
    said = backup(served, tmp_path / "one.zip")
    other = on_the_other_database
    other.luc("restore", str(tmp_path / "one.zip"))
    assert files(other) == files(served)
    again = backup(other, tmp_path / "two.zip")
    assert again["tables"] == said["tables"]
    assert again["chains"] == said["chains"]
    assert again["database"] != said["database"]
    other.luc("collectstatic", "--noinput", "-v0")
    other.start_web()  # the next row gets a number of its own there too
    clerk = Writer(other, "clerk_science", Crowd(other).told)
    next(clerk.work())
    other.kill()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An empty installation, ended with its test."""
    made = Server(tmp_path / "home")
    yield made
    made.kill()


def test_an_older_releases_archive_is_upgraded_and_people_work_on_in_it(server: Server) -> None:
    """Made by the code of 21 November 2026, 12:00 (commit f736682): one of everything, two tenants."""
    said = manifest(OLD)
    told = server.luc("restore", str(OLD))
    assert "nâng cấp" in told
    assert server.luc("showmigrations", "--plan").count("[ ]") == 0
    server.story("chains")
    (lines,), (people,) = server.rows(
        "SELECT count(*) FROM kernel_change", "SELECT count(*) FROM kernel_user"
    )
    assert (lines[0], people[0]) == (
        said["tables"]["kernel_change"]["rows"],
        said["tables"]["kernel_user"]["rows"],
    )
    server.luc("collectstatic", "--noinput", "-v0")
    server.start_web()
    clerk = Person(server)
    clerk.sign_in("a.clerk_commune", PASSWORD)
    form = found(r'href="(/bao-cao/\d+/)"', clerk.get("/bao-cao/"))
    version = found(r'name="version" value="(\d+)"', clerk.get(form))
    assert clerk.post(form, {"version": version}).status == 302
    officer = Person(server)
    officer.sign_in("a.officer", PASSWORD)
    handed = server.rows("SELECT min(id) FROM rounds_submission WHERE tenant_id = 1")[0][0][0]
    assert "/tra-lai/" in officer.get(f"/bao-cao/da-gui/{handed}/")
    server.kill()


def test_what_is_not_empty_is_not_overwritten(served: Server) -> None:
    before = everything(served)
    refused = served.attempt("restore", str(OLD))
    assert refused.returncode == 1
    assert "không trống" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert everything(served) == before


def test_a_backup_overwrites_nothing(served: Server, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_text("mine")
    refused = served.attempt("backup", str(tmp_path / "there.zip"))
    assert refused.returncode == 1
    assert (tmp_path / "there.zip").read_text() == "mine"


def rewritten(target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The old archive with its members changed."""
    with zipfile.ZipFile(OLD) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def newer(name: str, data: bytes) -> bytes:
    if name != "manifest.json":
        return data
    said = json.loads(data)
    said["migrations"].append(["kernel", "9999_of_tomorrow"])
    return json.dumps(said).encode()


def one_letter(name: str, data: bytes) -> bytes:
    return (
        data.replace("Sở Tài chính".encode(), "Sở Tài chánh".encode(), 1)
        if "agencies_party." in name
        else data
    )


def one_byte_of_a_file(name: str, data: bytes) -> bytes:
    return data[:-1] + b"?" if name.startswith("files/") else data


def dangling(name: str, data: bytes) -> bytes:
    """All sums are right, but every role belongs to a user that is not there: only the database can see it."""
    if name == "tables/agencies_membership.jsonl":
        return _moved(data)
    if name == "manifest.json":
        said = json.loads(data)
        with zipfile.ZipFile(OLD) as old:
            lines = _moved(old.read("tables/agencies_membership.jsonl")).decode().splitlines()[1:]
        counted = Counted()
        for line in lines:
            counted.add(line)
        said["tables"]["agencies_membership"] |= {"hash": counted.hash}
        return json.dumps(said).encode()
    return data


def _moved(data: bytes) -> bytes:
    head, *lines = data.decode().splitlines()
    place = json.loads(head).index("user_id")
    rows = [json.loads(line) for line in lines]
    for row in rows:
        row[place] = 987654
    return "".join(
        line + "\n"
        for line in [head, *(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)]
    ).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (newer, "mới hơn"),
        (one_letter, "không phải bản sao lưu còn nguyên"),
        (one_byte_of_a_file, "không phải bản sao lưu còn nguyên"),
        (dangling, "Không có gì được ghi"),
    ],
)
def test_what_cannot_be_taken_in_whole_is_not_taken_in(
    change: Callable[[str, bytes], bytes], said: str, tmp_path: Path
) -> None:
    server = Server(tmp_path / "home")
    refused = server.attempt("restore", str(rewritten(tmp_path / "changed.zip", change)))
    assert refused.returncode == 1, refused.stdout
    assert said in refused.stderr, refused.stderr
    assert "Traceback" not in refused.stderr
    assert tables(server) == 0


def tables(server: Server) -> int:
    of = "pg_tables WHERE schemaname = 'public'" if ON_POSTGRES else "sqlite_master WHERE type = 'table'"
    return int(server.rows(f"SELECT count(*) FROM {of}")[0][0][0])


def test_a_cut_off_archive_is_none(tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(OLD.read_bytes()[: OLD.stat().st_size * 2 // 3])
    refused = Server(tmp_path / "home").attempt("restore", str(cut))
    assert refused.returncode == 1
    assert "bản sao lưu còn nguyên" in refused.stderr


def test_a_restore_that_is_killed_leaves_an_empty_installation_that_can_be_restored(tmp_path: Path) -> None:
    server = Server(tmp_path / "home")
    command = [sys.executable, "-m", "luc", "restore", str(OLD)]
    going = subprocess.Popen(
        command, env=server.environment, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 120
    while not files_there(server) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.7)  # into the middle of the transaction
    os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    assert tables(server) == 0
    server.luc("restore", str(OLD))
    server.story("chains")


def files_there(server: Server) -> bool:
    return any((server.home / "files").rglob("*"))


def test_a_database_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    server = Server(tmp_path / "home")
    server.luc("migrate", "-v0")
    server.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_of_tomorrow', '2027-01-01')"
    )
    for words in (["backup", str(tmp_path)], ["serve", "--port", "1"], ["upgrade", "--check"]):
        refused = server.attempt(*words)
        assert refused.returncode == 1, words
        assert "mới hơn" in refused.stderr
        assert "Traceback" not in refused.stderr
