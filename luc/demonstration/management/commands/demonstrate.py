"""`luc demonstrate`: makes the demonstration once; with --plans reads every paper of a folder instead."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_scopes import scope

from luc.agencies.actions.founding import set_up
from luc.agencies.founding import start_of
from luc.agencies.models import Role
from luc.demonstration import papers, people, story
from luc.kernel.models import Tenant
from luc.kernel.time import today
from luc.plans.models import Reading
from luc.territory.models import Unit
from luc.territory.queries import unit_by_code

PROVINCE = "92"


class Command(BaseCommand):
    help = "Lập dữ liệu trình diễn (người và báo cáo hư cấu trong một tỉnh có thật)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--plans", type=Path, help="thư mục có các kế hoạch cần đọc")

    def handle(self, *args: Any, **options: Any) -> None:
        self.begun = time.monotonic()
        if options["plans"]:
            self.read(options["plans"])
        elif not Tenant.objects.filter(code=PROVINCE).exists():
            province = unit_by_code(Unit.Level.PROVINCE, PROVINCE, today())
            if province is None:
                raise CommandError("Chưa nạp dữ liệu nền: hãy chạy “luc load” trước.")
            # whole or not at all; nobody is served yet who would wait for the one long transaction
            with transaction.atomic():
                tenant = self.province(province)
                with scope(tenant=[tenant.pk]):
                    story.tell(tenant, self.say)
        self.accounts()

    def province(self, unit: Unit) -> Tenant:
        """A province with its communes, departments and invented people."""
        start = start_of(unit, settings.REFDATA)
        self.say(f"lập {start.name}")
        with scope(tenant=[]):
            tenant = set_up(unit.code, start).tenant
        with scope(tenant=[tenant.pk]):
            story.meet_ministry(tenant)
            people.people_for(tenant)
        return tenant

    def read(self, folder: Path) -> None:
        """Every paper of the folder that was not read before, up to its review."""
        if not folder.is_dir():
            raise CommandError(f"Không có thư mục {folder}.")
        for paper in papers.papers_in(folder):
            if isinstance(paper, str):
                self.stdout.write(paper)
                continue
            tenant = Tenant.objects.filter(code=paper.province.code).first() or self.province(paper.province)
            with scope(tenant=[tenant.pk]):
                known = (
                    Reading.objects.filter(file__name=paper.path.name).select_related("file", "job").first()
                )
                officer = story.holder(tenant, "Sở Công Thương", Role.OFFICER)
                reading = known or story.read_paper(officer, tenant, paper.path)
                self.stdout.write("\n".join(papers.told(reading)))

    def accounts(self) -> None:
        """Print who can sign in."""
        for tenant in Tenant.objects.order_by("code"):
            self.stdout.write(f"\nTài khoản của {tenant.name} (mật khẩu chung: {people.PASSWORD})")
            with scope(tenant=[tenant.pk]):
                for account in people.worth_showing(tenant):
                    role = f"{Role(account.role).label}:"
                    self.stdout.write(f"  {account.username:<44}{role:<36}{account.party}")

    def say(self, words: str) -> None:
        """One line of progress, with the seconds since the beginning."""
        self.stdout.write(f"· [{time.monotonic() - self.begun:4.0f} s] {words}")
        self.stdout.flush()
