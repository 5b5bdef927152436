"""`luc serve`: brings the database and files up to date, then the web processes and the worker under one command.

They are forked from this process, which has read all modules and templates: read once instead of by each of them, so
that pages are there again in half the time after a crash, and what is read is in the memory once.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from luc.kernel.backup import making, release
from luc.kernel.errors import Refused
from luc.site.management.commands.web import warm
from luc.site.settings import THIS_MACHINE
from luc.territory import loading

log = logging.getLogger(__name__)
HARDLY_LIVED, ENDS_WITHIN = 10, 60  # seconds


class Command(BaseCommand):
    help = "Khởi động Lục: trang web và bộ chạy việc, trên một máy, bằng một lệnh."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--web", type=int, default=2, help="số tiến trình web")
        parser.add_argument("--demonstration", action="store_true", help="lập dữ liệu trình diễn nếu chưa có")
        parser.add_argument("--plans", type=Path, help="lập tỉnh, đọc mọi kế hoạch trong thư mục này")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["plans"] or options["demonstration"]) and not settings.DEMONSTRATION:
            raise CommandError("Bản trình diễn chỉ lập được khi đặt LUC_DEMONSTRATION=1.")
        try:
            self.prepare()
        except OperationalError as error:
            raise CommandError(
                f"Không vào được cơ sở dữ liệu (LUC_DATABASE): {str(error).splitlines()[0]}"
            ) from error
        except Refused as refused:
            raise CommandError(refused.message) from refused
        if options["plans"]:
            call_command("demonstrate", plans=options["plans"])
        elif options["demonstration"]:
            call_command("demonstrate")
        connection.close()
        self.stdout.write(f"Lục: http://{options['host']}:{options['port']}/  (dừng: Ctrl+C)")
        if options["host"] not in THIS_MACHINE and THIS_MACHINE == settings.ALLOWED_HOSTS:
            self.stdout.write(
                "Máy khác chưa vào được: hãy đặt LUC_HOSTS là tên mà người dùng gõ vào trình duyệt."
            )
        self.stdout.flush()
        warm()
        sys.exit(keep_running([partial(web, options), worker]))

    def prepare(self) -> None:
        """Migrations, reference data and static files, each only when something is missing or newer."""
        stands = release.of_database()
        making.refuse_newer(stands)
        if stands.missing:
            self.stdout.write("· cơ sở dữ liệu")
            call_command("migrate", verbosity=0)
        if stale_static():
            self.stdout.write("· tệp giao diện")
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        if loading.is_stale(settings.REFDATA):
            self.stdout.write("· đơn vị hành chính, văn bản pháp lý")
            call_command("load")


def stale_static() -> bool:
    """Whether a source of static files is newer than what was collected."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    from django.contrib.staticfiles.finders import get_finders

    collected = manifest.stat().st_mtime
    sources = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    return any(source.stat().st_mtime > collected for source in sources)


def web(options: dict[str, Any]) -> None:
    """Serve pages until a signal comes."""
    call_command("web", **{name: options[name] for name in ("host", "port", "web")})


def worker() -> None:
    """Run jobs until a signal comes."""
    call_command("worker")


def keep_running(works: list[Callable[[], None]]) -> int:
    """Do each in a process of its own until a signal comes, then end them all; returns the exit code.

    One that ends by itself is started again; when it lived for less than HARDLY_LIVED there is something wrong that no
    start mends: all end, and it is the machine's (systemd's) to try again later.
    """
    running = {work: _started(work) for work in works}
    ending: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: ending.append(number))
    signal.signal(signal.SIGINT, lambda number, _frame: ending.append(number))
    code = 0
    while not ending and not code:
        time.sleep(0.2)
        for work, (process, began) in list(running.items()):
            if process.is_alive() or ending:
                continue
            if time.monotonic() - began < HARDLY_LIVED:
                code = 1
                break
            log.warning("a process ended (%s) and is started again", process.exitcode)
            running[work] = _started(work)
    for process, _began in running.values():
        process.terminate()
    for process, _began in running.values():
        process.join(ENDS_WITHIN)
        process.kill()
    return code


def _started(work: Callable[[], None]) -> tuple[ForkProcess, float]:
    process = multiprocessing.get_context("fork").Process(target=_alone, args=[work])
    process.start()
    return process, time.monotonic()


def _alone(work: Callable[[], None]) -> None:
    """What this process does with signals is not the child's business."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    work()
