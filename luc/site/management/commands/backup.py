"""`luc backup WHERE`: everything the installation keeps, as one archive, while people work."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luc.kernel.backup import making
from luc.kernel.errors import Refused


class Command(BaseCommand):
    requires_system_checks = []  # what is wrong with pages must not keep anybody from a backup
    help = "Sao lưu toàn bộ: mọi bảng trong cùng một thời điểm, mọi tệp, thành một tệp nén."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("where", help="thư mục, hoặc tên tệp chưa có")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = making.make(making.target_for(options["where"]))
            making.checked(made.path)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except OSError as error:
            raise CommandError(f"Không ghi được bản sao lưu: {error.strerror or error}") from error
        self.stdout.write(
            f"Đã sao lưu {made.tables} bảng, {made.rows} dòng, {made.files} tệp ({made.size / 1e6:.1f} MB): {made.path}"
        )
        for path in made.lost:
            self.stderr.write(f"Tệp mất hoặc đã bị đổi trong kho, không có trong bản sao lưu: {path}")
        if made.lost:
            sys.exit(2)
