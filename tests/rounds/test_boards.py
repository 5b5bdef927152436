"""The map of a round and the last rounds body by body: exact counts, the viewer's rounds only, a fixed cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.rounds.boards.queries import over_time
from luc.rounds.models import Cycle, Obligation
from luc.territory.models import Boundary
from tests.cast import Cast, Side
from tests.rounds.steps import open_for

SignIn = Callable[..., Client]


def handed_in(cycle: Cycle, side: Side, party: str, *, days_late: int | None) -> None:
    """As a first submission leaves it; the steps themselves are tested elsewhere."""
    row = Obligation.objects.get(cycle=cycle, party=side.parties[party])
    at = row.due_at + timedelta(days=(days_late or 0) - (0.5 if days_late else 1))
    with writing():
        Obligation.objects.filter(pk=row.pk).update(state="submitted", version=1, submitted_at=at)


def two_rounds(side: Side) -> tuple[Cycle, Cycle]:
    past = open_for(
        side,
        "finance",
        "environment",
        "commune_1",
        due=now() - timedelta(days=30),
        period_start=date(2024, 1, 1),
        period_until=date(2025, 1, 1),
        title="Kỳ trước",
    )
    handed_in(past, side, "finance", days_late=None)
    handed_in(past, side, "environment", days_late=3)
    return past, open_for(side, "finance", "commune_1", title="Kỳ này")


def test_the_last_rounds_are_counted_party_by_party(here: Side) -> None:
    two_rounds(here)
    whole = over_time(here.viewer("officer"))
    assert [column.cycle.title for column in whole.columns] == ["Kỳ trước", "Kỳ này"]
    assert [dict(column.counts) for column in whole.columns] == [
        {"on_time": 1, "late": 1, "missing": 1},
        {"open": 2},
    ]
    lines = {line.party.pk: [mark.words for mark in line.marks] for line in whole.lines}
    assert lines == {
        here.parties["commune_1"].pk: ["chưa gửi", "còn hạn"],
        here.parties["environment"].pk: ["muộn 3 ngày", ""],
        here.parties["finance"].pk: ["đúng hạn", "còn hạn"],
    }
    assert whole.lines[0].party == here.parties["commune_1"]
    assert (whole.lines[0].bound, whole.lines[0].missing) == (2, 1)


def test_only_a_kind_of_party_when_asked(here: Side) -> None:
    two_rounds(here)
    whole = over_time(here.viewer("officer"), kind="commune")
    assert [line.party for line in whole.lines] == [here.parties["commune_1"]]


def test_the_map_tells_how_each_commune_stands(signed_in: SignIn, here: Side) -> None:
    _past, running = two_rounds(here)
    commune = here.parties["commune_1"].unit
    assert commune is not None
    with writing():
        Boundary.objects.create(unit=commune, path="M1 1l9 0 0 9z", width=20, height=20)
    page = signed_in("officer").get(reverse("rounds:map", args=[running.pk])).content.decode()
    assert f"<title>{commune.full_name}: chưa gửi, còn hạn</title>" in page


def test_without_boundaries_the_page_says_so(signed_in: SignIn, here: Side) -> None:
    _past, running = two_rounds(here)
    page = signed_in("officer").get(reverse("rounds:map", args=[running.pk])).content.decode()
    assert "chưa có dữ liệu ranh giới" in page


@pytest.mark.parametrize("person", ["clerk_finance", "clerk_commune"])
def test_who_does_not_follow_sees_neither(signed_in: SignIn, here: Side, person: str) -> None:
    _past, running = two_rounds(here)
    client = signed_in(person)
    assert client.get(reverse("rounds:over_time")).status_code == 403
    assert client.get(reverse("rounds:map", args=[running.pk])).status_code == 403


def test_the_rounds_of_another_tenant_are_not_there(signed_in: SignIn, here: Side, cast: Cast) -> None:
    _past, running = two_rounds(here)
    other = signed_in("officer", cast.there)
    assert other.get(reverse("rounds:map", args=[running.pk])).status_code == 404
    assert "Kỳ này" not in other.get(reverse("rounds:over_time")).content.decode()


def test_more_parties_cost_no_more_statements(signed_in: SignIn, here: Side) -> None:
    two_rounds(here)
    client = signed_in("officer")
    client.get(reverse("rounds:over_time"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("rounds:over_time"))
    open_for(
        here, "science", "commune_2", "environment", period_start=date(2026, 6, 1), title="Thêm", source_id=2
    )
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("rounds:over_time"))
    assert len(more) == len(few) <= 8
