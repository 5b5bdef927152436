"""Enterprises and goods out of a file: 10,000 rows read, judged, put in, undone.

    python -m bench.importing [--rows 10000]

A small province in a database of its own in a temporary folder. Prints seconds by the clock (of the machine as it is)
and of own CPU of the preview, the job and the undoing, and the longest write transaction; beside them what the rows
that came out of it cost bare: read from the tables, written by sqlite3's executemany into an empty database of the
same tables and indexes. Exit code 1 when a bound is not kept: 20 s from the file to the last row, 500 ms a write
transaction. Not measured: the upload, the worker's start.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from bench.collecting import installation
from bench.sizes import sizes

WHOLE, TRANSACTION = 20.0, 0.5


@contextmanager
def transactions() -> Iterator[list[float]]:
    """Collects how long each transaction of SQLite lasted, from BEGIN to after its commit."""
    from django.db import connection, transaction

    lasted: list[float] = []

    def watch(
        execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        if sql.startswith("BEGIN"):
            connection.run_on_commit.append(
                (set(), lambda: lasted.append(time.perf_counter() - began), False)
            )
        return answer

    assert transaction.get_autocommit()
    with connection.execute_wrapper(watch):
        yield lasted


def bare() -> tuple[float, int]:
    """Seconds of CPU that the rows of the import cost where nothing but SQLite writes them, and how many they are."""
    from django.db import connection

    from luc.agencies.models import Party
    from luc.industry.models import Enterprise, ImportedEntry, Offer, Value
    from luc.kernel.models import Change

    count, began, spent = 0, 0.0, 0.0
    tables = [one._meta.db_table for one in (Party, Enterprise, Offer, Value, ImportedEntry, Change)]
    with tempfile.TemporaryDirectory() as folder, connection.cursor() as cursor:
        there = sqlite3.connect(f"{folder}/bare.sqlite3")
        there.execute("PRAGMA journal_mode=WAL")
        for table in tables:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type != 'trigger'", [table])
            for (sql,) in cursor.fetchall():
                if sql:
                    there.execute(sql)
            cursor.execute(f"SELECT * FROM {table}")
            rows = cursor.fetchall()
            marks = ", ".join("?" * len(rows[0]))
            began = time.process_time()
            with there:
                there.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            spent, count = spent + time.process_time() - began, count + len(rows)
        there.close()
    return spent, count


def main() -> int:
    """Build, go through it, print; 1 when a bound is not kept."""
    asked = sizes(__doc__, rows=10000)
    with installation():
        from django.test import override_settings

        at_once = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        with override_settings(TASKS=at_once):
            return measured(int(asked.rows))


def measured(count: int) -> int:
    """The steps one after the other, as an officer takes them."""
    from django_scopes import scope

    from luc.industry.importing import actions
    from luc.kernel import jobs
    from luc.kernel.models import Job
    from tests.cast import make_cast
    from tests.industry import filled, life

    side = make_cast().here
    life.axes()
    data = filled.csv(filled.rows(count))
    over = 0
    with scope(tenant=[side.tenant.pk]), transactions() as lasted:
        officer = side.viewer("officer")
        began, own = time.perf_counter(), [time.process_time()]
        row = actions.bring(officer, keeper=side.parties["industry"].pk, name="ds.csv", data=data)
        told = {"sheet": row.sheet, "head": row.head, "columns": row.columns, "numbers": "vi"}
        row = actions.match(officer, row.pk, **told)
        assert row.looked is not None
        assert row.looked["good"] == count, row.looked
        preview = time.perf_counter()
        own.append(time.process_time())
        job = actions.confirm(officer, row.pk, only_good=False)
        jobs.run.call(job.pk)
        put = time.perf_counter()
        own.append(time.process_time())
        beside, written = bare()
        longest = max(lasted)
        lasted.clear()
        undoing = time.perf_counter()
        own.append(time.process_time())
        back = actions.undo(officer, row.pk)
        jobs.run.call(back.pk)
        undone = time.perf_counter()
        own.append(time.process_time())
        assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    for title, seconds, bound in [
        ("read, judged, shown", preview - began, WHOLE),
        ("put in by the job", put - preview, WHOLE),
        ("from the file to the last row", put - began, WHOLE),
        ("longest write transaction of it", longest, TRANSACTION),
        ("undone", undone - undoing, WHOLE),
        ("longest write transaction of the undoing", max(lasted), TRANSACTION),
    ]:
        over += seconds > bound
        mark = "" if seconds <= bound else "  OVER"
        sys.stdout.write(f"{title:<45} {seconds * 1000:8.0f} ms of {bound * 1000:6.0f}{mark}\n")
    shown, put_in, _bare, back_out = (b - a for a, b in pairwise(own))
    sys.stdout.write(f"own CPU: shown {shown:.1f} s, put in {put_in:.1f} s, undone {back_out:.1f} s\n")
    sys.stdout.write(f"bare SQLite, the same {written} rows: {beside:.1f} s of CPU\n")
    sys.stdout.write(f"{count} rows; every bound is kept\n" if not over else f"{over} over the bound\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
