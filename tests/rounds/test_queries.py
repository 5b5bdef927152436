"""Who sees which round, and how complete a round is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from luc.kernel.rights import STRANGER
from luc.kernel.time import now
from luc.rounds import actions, queries
from luc.rounds.models import Cycle, Obligation
from luc.rounds.queries import Completeness
from tests.cast import Cast, Side
from tests.rounds.steps import acting, open_for

NAMES = ("finance", "board", "science", "commune_1", "commune_2")


def _hand_in(side: Side, name: str, is_nil: bool = False) -> int:
    owed = Obligation.objects.get(party=side.parties[name])
    with acting(side, "clerk_finance", "rounds.answer") as frame:
        return actions.freeze(frame, owed.pk, content={}, is_nil=is_nil).pk


def _mixed(side: Side) -> Cycle:
    cycle = open_for(side, *NAMES, due=now() - timedelta(hours=1))
    rows = [_hand_in(side, name, name == "science") for name in NAMES[:4]]
    with acting(side, "officer", "rounds.collect") as frame:
        actions.accept(frame, rows[:1])
    with acting(side, "officer", "rounds.collect") as frame:
        actions.give_back(frame, rows[1], remarks="sửa")
    return cycle


def test_counts_of_a_round(here: Side, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cycle = _mixed(here)
    viewer = here.viewer("officer")
    with django_assert_num_queries(1):
        counts = queries.completeness(viewer, [cycle.pk, 0])
    assert counts[cycle.pk] == Completeness(
        bound=5, waiting=2, accepted=1, returned=1, untouched=1, nil=1, late=3, overdue=2
    )
    assert (counts[cycle.pk].answered, counts[cycle.pk].missing, counts[cycle.pk].percent) == (3, 2, 60)
    assert counts[0] == Completeness()


@pytest.mark.parametrize(
    ("person", "boards", "owed"),
    [
        ("officer", 1, 0),
        ("focal_head", 1, 0),
        ("leader", 1, 0),
        ("secretariat", 1, 0),
        ("ministry_reader", 1, 0),
        ("administrator", 1, 0),
        ("clerk_finance", 0, 1),
        ("approver_finance", 0, 1),
        ("head_finance", 0, 1),
        ("clerk_environment", 0, 0),
        ("appraiser", 0, 0),
    ],
)
def test_who_sees_what(here: Side, person: str, boards: int, owed: int) -> None:
    _mixed(here)
    viewer = here.viewer(person)
    assert queries.cycles(viewer).count() == boards
    assert queries.own_obligations(viewer).count() == owed
    assert queries.owed_cycles(viewer).count() == owed
    assert queries.obligations(viewer).count() == (5 if boards else owed)
    handed_in = 1 if person == "ministry_reader" else 4  # it reads what was accepted
    assert queries.submissions(viewer).count() == (handed_in if boards else owed)


def test_a_focal_agency_does_not_see_the_rounds_of_another(here: Side) -> None:
    open_for(here, "board", collector=here.parties["finance"].pk)
    assert not queries.cycles(here.viewer("officer")).exists()
    assert not queries.overseen_obligations(here.viewer("officer")).exists()


def test_strangers_and_other_tenants_see_nothing(cast: Cast, here: Side) -> None:
    _mixed(here)
    for viewer in (STRANGER, cast.there.viewer("officer"), cast.there.viewer("leader")):
        with scope(tenant=sorted(viewer.tenants)):
            assert not queries.obligations(viewer).exists()
            assert not queries.cycles(viewer).exists()
            assert not queries.submissions(viewer).exists()
