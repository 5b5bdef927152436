"""What collecting costs: a commune's form of 40 tasks, a department's of 60 rows, a province's consolidation.

    python -m bench.collecting [--communes 170] [--departments 30] [--tasks 40]

Writes a province into a database of its own in a temporary folder; prints CPU time and SQL statements, the best of
some runs of each page through Django's client, templates included.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.sizes import sizes


def main() -> None:
    """Build the province, measure, print a table."""
    asked = sizes(__doc__, communes=170, departments=30, tasks=40)
    with installation():
        from bench.province import Province

        province = Province(asked.communes, asked.departments, asked.tasks)
        for title, run in province.measured().items():
            seconds, statements = best(run)
            print(f"{title:<58} {seconds * 1000:7.0f} ms CPU  {statements:3} SQL")


@contextmanager
def installation() -> Iterator[None]:
    """Django in this process on a new SQLite database in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LUC_HOME": folder, "DJANGO_SETTINGS_MODULE": "luc.site.settings"}
        import django
        from django.conf import settings

        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        settings.ALLOWED_HOSTS = ["testserver"]
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield


def best(run: Callable[[], object], turns: int = 5) -> tuple[float, int]:
    """Seconds of CPU of the best of some runs, and how many statements one asked."""
    run()  # templates and modules are read once
    gc.collect()
    gc.freeze()  # as the web processes do (luc web): what is there for good is not gone through again
    times = []
    for _turn in range(turns):
        with statements() as counted:
            began = time.process_time()
            run()
            times.append(time.process_time() - began)
    return min(times), len(counted)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collects what is asked of the database inside."""
    from django.db import connection

    counted: list[str] = []

    def count(
        execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        counted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield counted


if __name__ == "__main__":
    main()
