"""`luc upgrade`: what this release changes in the data, said first, backed up first, then done."""

from __future__ import annotations

import argparse
import contextlib
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from luc.kernel.backup import making, release
from luc.kernel.errors import Refused
from luc.territory import loading


class Command(BaseCommand):
    help = "Nâng cấp dữ liệu lên bản này: xem trước (--check), sao lưu (--backup), rồi nâng cấp."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ xem sẽ làm gì, không đổi gì")
        parser.add_argument("--backup", help="sao lưu trước vào thư mục hoặc tệp này")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            stands = release.of_database()
            making.refuse_newer(stands)
            if options["check"]:
                self.say(stands)
                return
            if options["backup"] and stands.applied and stands.missing:
                self.back_up(options["backup"])
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except OperationalError as error:
            said = str(error).splitlines()[0]
            raise CommandError(f"Không vào được cơ sở dữ liệu (LUC_DATABASE): {said}") from error
        call_command("migrate", verbosity=0)
        if loading.is_stale(settings.REFDATA):
            call_command("load", stdout=self.stdout)
        self.stdout.write(f"Đã nâng cấp dữ liệu: {len(stands.missing)} bước.")

    def back_up(self, where: str) -> None:
        """Files that were lost before are named; they keep nobody from upgrading."""
        with contextlib.suppress(SystemExit):
            call_command("backup", where, stdout=self.stdout, stderr=self.stderr)

    def say(self, stands: release.Release) -> None:
        """What would be done."""
        if stands.is_current:
            self.stdout.write("Dữ liệu đã ở đúng bản này.")
            return
        self.stdout.write(f"Dữ liệu ở bản cũ hơn; nâng cấp gồm {len(stands.missing)} bước:")
        for app, name in stands.missing:
            self.stdout.write(f"  {app} {name}")
        self.stdout.write("Hãy sao lưu trước: luc upgrade --backup THƯ_MỤC")
