"""The accounts that are printed at start have something to do; invented values fit their units."""

from __future__ import annotations

from luc.demonstration.people import worth_showing
from luc.reporting import actions
from tests.cast import Side
from tests.reporting.life import open_cycle, report


def _shown(side: Side, role: str) -> list[str]:
    return [one.username for one in worth_showing(side.tenant) if one.role == role]


def test_clerks_who_have_something_to_do_are_shown(here: Side) -> None:
    open_cycle(here)
    _commune, _finance, science = report(here, "commune_1", "finance", "science")
    actions.give_back(here.viewer("officer"), science.pk, remarks="Bổ sung")
    assert _shown(here, "clerk") == ["a.clerk_commune_2", "a.clerk_science"]


def test_every_role_is_shown_once_the_focal_agency_first(here: Side) -> None:
    shown = worth_showing(here.tenant)
    assert _shown(here, "officer") == ["a.officer"]
    assert _shown(here, "ministry_reader") == ["a.ministry_reader"]
    assert len({one.role for one in shown}) == len(shown) - 1
