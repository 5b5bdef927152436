"""`luc doctor`: is everything well? One line a thing, with the way out; the exit code says the worst."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from luc.kernel.health.findings import Level, examine

MARKS = {Level.GOOD: "·", Level.WARN: "!", Level.BAD: "✗"}


class Command(BaseCommand):
    help = "Khám cả hệ thống. Mã thoát: 0 tốt, 1 có việc nên làm, 2 có lỗi."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="kiểm mọi tệp và mọi dòng nhật ký, không chỉ một mẫu"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worst = Level.GOOD
        try:
            for title, finding in examine(options["all"]):
                self.stdout.write(f"{MARKS[finding.level]} {title}: {finding.words}")
                self.stdout.flush()
                worst = max(worst, finding.level, key=list(Level).index)
        except DatabaseError as error:
            self.stderr.write(f"Không vào được cơ sở dữ liệu (LUC_DATABASE): {str(error).splitlines()[0]}")
            worst = Level.BAD
        if worst is not Level.GOOD:
            sys.exit(list(Level).index(worst))
