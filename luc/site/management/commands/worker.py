"""`luc worker`: runs the jobs of the queue, first those that a worker which died has left."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from luc.kernel.jobs import pick_up_lost


class Command(BaseCommand):
    help = "Chạy các việc dài trong hàng đợi."

    def handle(self, *args: Any, **options: Any) -> None:
        pick_up_lost()
        call_command(
            "db_worker", interval=0.5, startup_delay=False, reload=False, queue_name="*", verbosity=0
        )
