"""`luc restore FILE`: an archive of `luc backup` into an empty installation, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from luc.kernel.backup.restoring import restore
from luc.kernel.errors import Refused


class Command(BaseCommand):
    requires_system_checks = []
    help = "Khôi phục một bản sao lưu vào nơi còn trống; bản của Lục cũ hơn được nâng cấp luôn."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            came = restore(options["file"])
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except OperationalError as error:
            said = str(error).splitlines()[0]
            raise CommandError(f"Không vào được cơ sở dữ liệu (LUC_DATABASE): {said}") from error
        except OSError as error:
            raise CommandError(
                f"Không ghi được: {error.strerror or error}. Cơ sở dữ liệu vẫn trống."
            ) from error
        self.stdout.write(
            f"Đã khôi phục {came.rows} dòng, {came.files} tệp từ bản sao lưu lúc {came.made_at} (Lục {came.luc})."
        )
        if came.upgraded:
            self.stdout.write(f"Đã nâng cấp dữ liệu lên bản này: {came.upgraded} bước.")
        for path in came.lost:
            self.stderr.write(f"Tệp đã mất từ trước khi sao lưu: {path}")
