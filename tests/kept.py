"""What takes minutes to make and is the same for every test of a run: made once, by who needs it first, then copied.

`empty` is a migrated database, every other name a story of tests/stories.py told into one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
EMPTY = "empty"
FOLDER = "LUC_TESTS_KEPT"  # of the run: set before its workers start
DATABASE = "luc.sqlite3"  # in the home of an installation without PostgreSQL
_PATIENCE = 900  # seconds, on a machine that has much else to do


def begin() -> None:
    """Make the folder of a run."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="luc-kept-")


def end() -> None:
    """Take it away."""
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def copy_into(home: Path, name: str = EMPTY) -> None:
    """An installation on SQLite: its home gets what is kept under a name."""
    shutil.copytree(_kept(name, ""), home, dirs_exist_ok=True)


def copy_onto(address: str, home: Path, name: str = EMPTY) -> None:
    """An installation on PostgreSQL: its empty database and its home become what is kept under a name."""
    server, database = _parts(address)
    source = _kept(name, server)
    with psycopg.connect(server, autocommit=True) as there:
        one, other = sql.Identifier(database), sql.Identifier(_of(name))
        there.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(one))
        there.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(one, other))
    shutil.copytree(source, home, dirs_exist_ok=True)


def template(address: str) -> str:
    """The name of a migrated database on a PostgreSQL server, to copy."""
    _kept(EMPTY, _parts(address)[0])
    return _of(EMPTY)


def _parts(address: str) -> tuple[str, str]:
    """The address of the server's own database and the name of the one that is meant."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path="/postgres")), parts.path.lstrip("/")


def _of(name: str) -> str:
    return f"luc_kept_{name}"


def _kept(name: str, server: str) -> Path:
    """The home that is kept under a name; made where it is not there yet. server: "" for SQLite."""
    folder = Path(os.environ[FOLDER]) / ("postgresql" if server else "sqlite")
    folder.mkdir(exist_ok=True)
    home = folder / name
    with _alone(folder / f"{name}.lock"):
        if not home.exists():
            making = folder / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            _make(name, making, server)
            making.rename(home)
    return home


def _make(name: str, home: Path, server: str) -> None:
    database = urlunsplit(urlsplit(server)._replace(path=f"/{_of(name)}")) if server else ""
    if name != EMPTY:
        copy_onto(database, home) if server else copy_into(home)
    elif server:
        with psycopg.connect(server, autocommit=True) as there:
            there.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(_of(name))))
            there.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_of(name))))
    own = {"LUC_HOME": str(home), "DJANGO_SETTINGS_MODULE": "luc.site.settings"}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("LUC_")}
    words = ["luc", "migrate", "-v0"] if name == EMPTY else ["tests.stories", name]
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=inherited | own | ({"LUC_DATABASE": database} if server else {}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{words}\n{done.stdout}\n{done.stderr}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
