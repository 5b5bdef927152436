"""Each of the five real plans, from its file to forms that ask something, in its province as it is in 2026."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django_scopes import scope
from pytest_django import DjangoDbBlocker

from luc.agencies.actions.founding import set_up
from luc.agencies.founding import start_of as start_of_province
from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import viewer_of
from luc.demonstration.papers import Paper, papers_in
from luc.demonstration.people import people_for
from luc.kernel.models import Tenant, User
from luc.kernel.time import start_of, telling
from luc.plans import actions
from luc.plans.models import Plan
from luc.reporting.models import Report
from luc.reporting.queries import binding as bindings
from luc.reporting.queries import plans as openings
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle, Obligation
from tests.conftest import SHARED, needs_plans, quick
from tests.journeys.bodies import adopt_in_a_hurry

pytestmark = needs_plans
PAPERS = sorted(path.stem for path in (SHARED / "plans").glob("*.txt"))
TODAY = date(2026, 10, 5)


@pytest.fixture(scope="module")
def provinces(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[None]:
    """The provinces of the papers with their communes, departments and people, written once for all papers."""
    with ExitStack() as open_:
        with django_db_blocker.unblock(), override_settings(**quick(tmp_path_factory.mktemp("provinces"))):
            open_.enter_context(transaction.atomic())
            call_command("load", verbosity=0)
            for unit in {p.province.code: p.province for p in papers().values()}.values():
                with scope(tenant=[]):
                    start = start_of_province(unit, django_settings.REFDATA)
                    tenant = set_up(unit.code, start).tenant
                with scope(tenant=[tenant.pk]):
                    people_for(tenant)
        yield
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            open_.close()


def papers() -> dict[str, Paper]:
    return {p.path.stem: p for p in papers_in(SHARED / "plans") if isinstance(p, Paper)}


@pytest.fixture
def year_2026(db: None, provinces: None) -> Iterator[None]:
    with telling(start_of(TODAY)):
        yield


def holder(party: str, role: Role) -> User:
    found = Membership.objects.filter(party__name=party, role=role).select_related("user").first()
    assert found is not None, (party, role)
    return found.user


def adopt(paper: Paper) -> Plan:
    """Uploaded by the officer of Công Thương, reviewed in a hurry, adopted."""
    tenant = Tenant.objects.get(code=paper.province.code)
    officer = viewer_of(holder("Sở Công Thương", Role.OFFICER).pk)
    name, data = paper.path.name, paper.path.read_bytes()
    reading = actions.upload(officer, tenant=tenant.pk, name=name, data=data)
    return adopt_in_a_hurry(officer, reading)


def open_a_cycle(plan: Plan) -> Cycle:
    """By whoever's agency collects today, the regime that binds most, as the page proposes it for 2026."""
    officers = [row.user_id for row in Membership.objects.filter(role=Role.OFFICER)]
    found = [
        (len(bindings.binding(regime, TODAY).bound), regime.pk, officer)
        for officer in officers
        for regime in openings.regimes(viewer_of(officer)).filter(plan=plan)
    ]
    assert found, "nobody can ask for the reports of this plan"
    _, regime, officer = max(found)
    client = Client()
    client.force_login(User.objects.get(pk=officer))
    address = f"/ky-bao-cao/mo/{regime}/?nam=2026"
    page = client.get(address)
    if page.context["binding"].orphans:  # the regime does not name everybody whom the plan asks
        address += "".join(f"&them={line.party.pk}" for line in page.context["binding"].left_out)
        page = client.get(address)
    assert page.context["binding"].orphans == []
    proposed = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    typed = {"period_start": date(2025, 12, 10), "last_day": date(2026, 12, 9), "cutoff": date(2026, 12, 9)}
    typed |= {"due_day": date(2027, 1, 15), "includes_day": "0"}
    values = {n: f"{v:%d/%m/%Y}" if isinstance(v, date) else v for n, v in (typed | proposed).items()}
    extra = [line.party.pk for line in page.context["binding"].bound] if "them" in address else []
    answer = client.post(f"/ky-bao-cao/mo/{regime}/", values | {"them": extra})
    assert answer.status_code == 302, answer.context["form"].errors
    return Cycle.objects.get(source_id=regime)


@pytest.mark.parametrize("name", PAPERS)
def test_a_real_plan_asks_somebody(name: str, year_2026: None) -> None:
    paper = papers()[name]
    with scope(tenant=list(Tenant.objects.filter(code=paper.province.code).values_list("pk", flat=True))):
        plan = adopt(paper)
        cycle = open_a_cycle(plan)
        asked = {
            report.obligation.party: draft(report).lines
            for report in Report.objects.filter(obligation__cycle=cycle)
            .select_related("obligation__cycle__collector", "obligation__party", "plan")
            .order_by("pk")[:20]
        }
        party, lines = max(asked.items(), key=lambda pair: len(pair[1]))
        assert lines, f"{name}: nobody is asked anything"
        client = Client()
        client.force_login(holder(party.name, Role.CLERK))
        report = Report.objects.get(obligation__cycle=cycle, obligation__party=party)
        page = client.get(f"/bao-cao/{report.pk}/").content.decode()
        assert all(f'name="{line.row.key}-result"' in page for line in lines)


def test_a_plan_of_2022_is_reported_by_the_successors_in_the_merged_province(year_2026: None) -> None:
    """Cần Thơ took in Hậu Giang and Sóc Trăng in 2025: their communes owe nothing to the plan of the old Cần Thơ."""
    paper = next(p for name, p in papers().items() if "-200-" in name)
    with scope(tenant=list(Tenant.objects.filter(code=paper.province.code).values_list("pk", flat=True))):
        plan = adopt(paper)
        assert plan.territory.valid_to == date(2025, 7, 1)
        cycle = open_a_cycle(plan)
        assert cycle.collector.name == "Sở Tài chính"
        owing = Obligation.objects.filter(cycle=cycle)
        communes = set(
            owing.filter(party__kind=Party.Kind.COMMUNE).values_list("party__unit__code", flat=True)
        )
        assert communes == communes_that_lay_in(paper.province.code)
        assert len(communes) < Party.objects.filter(kind=Party.Kind.COMMUNE).count()
        assert not owing.filter(party__valid_to__isnull=False).exists()
        heir = draft(Report.objects.get(obligation=owing.get(party__name="Sở Tài chính")))
        reasons = {line.row.why for line in heir.lines}
        assert any("kế thừa Sở Kế hoạch và Đầu tư" in why for why in reasons), reasons


def communes_that_lay_in(old_province: str) -> set[str]:
    """Today's communes with land of a province of before July 2025, straight from the table of sources."""
    table = Path(django_settings.REFDATA) / "succession" / "ward_mapping_2025.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        return {r["new_code"] for r in csv.DictReader(lines) if r["old_province_code"] == old_province}
