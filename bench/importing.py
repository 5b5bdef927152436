"""Enterprises and goods out of a file: 10,000 rows read, judged, put in, undone.

    python -m bench.importing [--rows 10000]

A small province in a database of its own in a temporary folder. Prints seconds by the clock (of the machine as it is)
of the preview, the job and the undoing, and of the longest write transaction; exit code 1 when a bound is not kept:
20 s from the file to the last row, 500 ms a write transaction. Not measured: the upload, the worker's start.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
        began = time.perf_counter()
        row = actions.bring(officer, keeper=side.parties["industry"].pk, name="ds.csv", data=data)
        told = {"sheet": row.sheet, "head": row.head, "columns": row.columns, "numbers": "vi"}
        row = actions.match(officer, row.pk, **told)
        assert row.looked is not None
        assert row.looked["good"] == count, row.looked
        preview = time.perf_counter()
        job = actions.confirm(officer, row.pk, only_good=False)
        jobs.run.call(job.pk)
        put = time.perf_counter()
        longest = max(lasted)
        lasted.clear()
        back = actions.undo(officer, row.pk)
        jobs.run.call(back.pk)
        undone = time.perf_counter()
        assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    for title, seconds, bound in [
        ("read, judged, shown", preview - began, WHOLE),
        ("put in by the job", put - preview, WHOLE),
        ("from the file to the last row", put - began, WHOLE),
        ("longest write transaction of it", longest, TRANSACTION),
        ("undone", undone - put, WHOLE),
        ("longest write transaction of the undoing", max(lasted), TRANSACTION),
    ]:
        over += seconds > bound
        mark = "" if seconds <= bound else "  OVER"
        sys.stdout.write(f"{title:<45} {seconds * 1000:8.0f} ms of {bound * 1000:6.0f}{mark}\n")
    sys.stdout.write(f"{count} rows; every bound is kept\n" if not over else f"{over} over the bound\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
