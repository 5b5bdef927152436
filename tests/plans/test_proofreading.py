"""The proof-reader of the web says what `luc check` says, with the registers of the tenant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from luc.agencies.models import Party, PartyName, PartySuccession
from luc.kernel.models import Tenant
from luc.kernel.text import search_key
from luc.kernel.writing import writing
from luc.plans import proofreading
from luc.territory.models import Unit
from tests.cast import MERGER, Side
from tests.conftest import SHARED, needs_plans
from tests.plans.papers import PLAN
from tests.plans.test_reading import read
from vanban.checks import check
from vanban.checks.registers import from_folder
from vanban.reading import read_file
from vanban.understanding import understand

PAPERS = sorted((SHARED / "plans").glob("*.txt"))


@pytest.mark.parametrize("printed", ["UBND các quận, huyện", "Ủy ban nhân dân các huyện, thị xã"])
def test_an_ended_group_is_named_with_its_successor(
    here: Side, signed_in: Callable[..., Client], printed: str
) -> None:
    with writing():
        districts = Party.objects.create(
            tenant=here.tenant, kind="group", name="Ủy ban nhân dân quận, huyện", valid_to=MERGER
        )
        name = "Ủy ban nhân dân huyện, thị xã"
        PartyName.objects.create(tenant=here.tenant, party=districts, name=name, search_key=search_key(name))
        PartySuccession.objects.create(
            tenant=here.tenant, old=districts, new=here.parties["communes"], on=MERGER
        )
    reading = read(here, PLAN.replace("UBND các xã, phường", printed))
    ended = [found for found in reading.findings if found["code"] == "agency_ended"]
    assert [found["words"] for found in ended] == [printed]
    page = signed_in("officer").get(reverse("plans:section", args=[reading.pk, "phat-hien"])).content.decode()
    assert "Giao lại cho cơ quan kế thừa: Ủy ban nhân dân các xã, phường." in page


def _of_province(paper: Path) -> Tenant:
    """A tenant set up for the province that a paper says it is of."""
    issuer = understand(read_file(paper.read_bytes(), paper.name))["issuer"].casefold()
    provinces = Unit.objects.filter(level=Unit.Level.PROVINCE, valid_to=None)
    code = next(unit.code for unit in provinces if unit.name.casefold() in issuer)
    call_command("init", province=code, verbosity=0)
    return Tenant.objects.get(code=code)


def _told(findings: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {(found["code"], found["severity"], found["words"]) for found in findings}


@needs_plans
@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_both_ways_say_the_same(db: None, paper: Path) -> None:
    call_command("load", verbosity=0)
    tenant = _of_province(paper)
    document = read_file(paper.read_bytes(), paper.name)
    content = understand(document)
    plain = check(document, content, from_folder(settings.REFDATA), date.today())
    with scope(tenant=[tenant.pk]):
        web = proofreading.findings(tenant.pk, document, content)
    assert _told(web) == _told([found.as_json() for found in plain])
