"""`luc search rebuild [kind]`: make documents anew, while everybody goes on working."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luc.kernel.search.indexing import forget_strange, rebuild
from luc.kernel.search.registering import kinds
from luc.kernel.search.vocabulary import recount


class Command(BaseCommand):
    help = "Làm lại các mục tìm kiếm; không làm ai phải chờ."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["rebuild"])
        parser.add_argument("kind", nargs="?", help="một loại; không ghi: mọi loại")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["kind"]
        if asked and asked not in kinds():
            raise CommandError(f"Không có loại {asked}. Các loại: {', '.join(kinds()) or 'chưa có'}")
        for kind in [asked] if asked else kinds():
            done = rebuild(kind)
            self.stdout.write(f"{kind}: {done.changed} mục viết lại, {done.same} giữ nguyên, {done.gone} bỏ")
        if not asked and (gone := forget_strange()):
            self.stdout.write(f"{gone} mục của loại không còn: bỏ")
        self.stdout.write(f"{recount()} từ")
