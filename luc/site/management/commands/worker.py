"""`luc worker`: runs the jobs of the queue, also those that a worker which died has left."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from luc.kernel.jobs import keep_picking_up


class Command(BaseCommand):
    help = "Chạy các việc dài trong hàng đợi."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=keep_picking_up, daemon=True).start()
        call_command(
            "db_worker", interval=0.5, startup_delay=False, reload=False, queue_name="*", verbosity=0
        )
