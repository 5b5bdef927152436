"""`luc worker`: runs the jobs of the queue, also those that a worker which died has left; waits for a lost database."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connections

from luc.kernel.jobs import keep_picking_up

log = logging.getLogger(__name__)
AGAIN = 2  # seconds between two tries while the database is gone


class Command(BaseCommand):
    help = "Chạy các việc dài trong hàng đợi."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=keep_picking_up, daemon=True).start()
        while True:
            try:
                call_command(
                    "db_worker", interval=0.5, startup_delay=False, reload=False, queue_name="*", verbosity=0
                )
            except (OperationalError, InterfaceError):
                log.warning("the database does not answer; the worker tries again")
                connections.close_all()
                time.sleep(AGAIN)
            else:
                return
