"""The table of rights says who adds parties: administrators any, focal agencies what a paper names."""

from __future__ import annotations

import pytest

from luc.agencies.actions import adding
from luc.agencies.models import Party
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import action
from luc.kernel.rights import known_acts
from tests.cast import Side


def add(here: Side, person: str, kind: str) -> Party:
    viewer = here.viewer(person)
    with action(viewer, "agencies.view", tenant=here.tenant.pk) as acting:
        return adding.party(acting, tenant=here.tenant.pk, kind=kind, name="Hội Doanh nghiệp trẻ")


@pytest.mark.parametrize("person", ["clerk_finance", "administrator", "leader"])
def test_who_reviews_no_papers_adds_no_named_bodies(here: Side, person: str) -> None:
    with pytest.raises(NotAllowed):
        add(here, person, "association")
    assert not Party.objects.filter(name="Hội Doanh nghiệp trẻ").exists()


def test_a_paper_brings_no_second_province(here: Side) -> None:
    with pytest.raises(Refused):
        add(here, "officer", "province")
    assert add(here, "officer", "association").kind == "association"
    assert known_acts()["agencies.add_named"].roles == {"officer", "focal_head"}
