"""Known then, known now: whatever a round came to at a moment is added up again later to the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from luc.figures.models import Figure
from luc.issuing.cells import Cells, cells
from luc.issuing.issued.models import Issued
from luc.issuing.letters import actions as letters
from luc.issuing.lineage import knowing
from luc.kernel.time import now, telling, today
from luc.reporting import actions as reporting
from luc.reporting.queries.consolidation import consolidate
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Submission
from luc.rounds.past import round_at
from tests.cast import Side
from tests.issuing.life import drafted
from tests.issuing.signing import corrected, issued
from tests.reporting import test_succession as succession
from tests.reporting.life import accept, draft_of, open_cycle, report
from tests.reporting.test_money import ASKING, LINE, POND, _send

Seen = dict[datetime, tuple[dict[bool, Cells], dict[str, int], set[str]]]


def told(side: Side, cycle: Cycle, accepted_only: bool, at: datetime | None = None) -> Cells:
    return cells(consolidate(side.viewer("officer"), cycle, accepted_only=accepted_only, at=at))


def live(side: Side, cycle: Cycle) -> tuple[dict[bool, Cells], dict[str, int], set[str]]:
    """What the round comes to now, how complete it is, who is missing."""
    officer = side.viewer("officer")
    missing = consolidate(officer, cycle, accepted_only=False).missing
    return (
        {only: told(side, cycle, only) for only in (True, False)},
        asdict(rounds.completeness(officer, [cycle.pk])[cycle.pk]),
        {f"{row.party}: {row.state}" for row in missing},
    )


@contextmanager
def minute(start: datetime, minutes: int) -> Iterator[datetime]:
    with telling(start + timedelta(minutes=minutes)):
        yield now()


def test_every_moment_of_a_round_is_added_up_again_to_what_it_was(here: Side) -> None:
    """Handed in, returned, taken back, accepted, opened again, an agency ended: each moment told afterwards as then."""
    cycle = open_cycle(here, sections=ASKING)
    cycle.refresh_from_db()
    officer, start, seen = here.viewer("officer"), now(), Seen()
    made: dict[str, Submission] = {}

    def steps() -> Iterator[None]:
        made["finance"] = _send(here, "finance", cycle, money_1=POND)
        yield
        made["environment"] = _send(here, "environment", cycle, money_1=LINE)
        yield
        reporting.give_back(officer, made["finance"].pk, remarks="Sửa số")
        yield
        made["again"] = _send(here, "finance", cycle, money_2=LINE)
        yield
        reporting.take_back(here.viewer("clerk_finance"), made["again"].pk)
        yield
        accept(here, made["environment"])
        yield
        (commune,) = report(here, "commune_1")
        accept(here, commune)
        yield
        reporting.reopen(officer, made["environment"].pk, reason="Sai đơn vị tính")
        yield
        accept(here, _send(here, "environment", cycle, money_3=POND))
        yield
        succession.end(here, "science", succession.newcomer(here, "Sở Mới"))
        yield

    for number, _step in enumerate(_timed(start, steps()), 1):
        with minute(start, 10 * number + 1) as moment:
            seen[moment] = live(here, cycle)
    sums = {found[0][False].get("kinh-phi-tong-planned") for found in seen.values()}
    assert len(sums) > 2  # the sum of money was another at several moments
    for moment, (known, counts, missing) in seen.items():
        for only, was in known.items():
            assert told(here, cycle, only, at=moment) == was, moment
        then = round_at(cycle, moment)
        assert asdict(then.completeness) == counts
        answered = {f"{row.party}: {row.state}" for row in then.obligations}
        assert missing <= answered


def _timed(start: datetime, steps: Iterator[None]) -> Iterator[None]:
    """Each step ten minutes after the one before."""
    number = 0
    while True:
        number += 1
        with telling(start + timedelta(minutes=10 * number)):
            try:
                next(steps)
            except StopIteration:
                return
        yield


@pytest.fixture
def moved(here: Side) -> Iterator[tuple[Issued, datetime]]:
    """A paper issued today, of which a report is corrected tomorrow, and one more comes the day after."""
    row = issued(here, drafted(here))
    first = now()
    with time_machine.travel(first + timedelta(days=1), tick=False):
        corrected(here)
    with time_machine.travel(first + timedelta(days=2), tick=False):
        accept(here, *report(here, "commune_1"))
        yield row, first


def test_totals_of_a_paper_are_known_then_and_now_with_what_made_them_differ(
    here: Side, moved: tuple[Issued, datetime]
) -> None:
    row, first = moved
    officer = here.viewer("officer")
    days = [first.date() + timedelta(days=n) for n in range(3)]
    found = [{one.cell: one for one in knowing.said_on(officer, row, day)} for day in days]
    heard = "don-vi-da-bao-cao"
    assert [one[heard].said for one in found] == ["2"] * 3
    assert [one[heard].then for one in found] == ["2", "2", "3"]
    assert {one[heard].now for one in found} == {"3"}
    assert found[0][heard].difference_now == "+1"
    (came,) = found[0][heard].moved_since.seen
    assert came.party == here.parties["commune_1"].name
    assert came.words.startswith("mới có báo cáo (lần 1)")
    figure = next(key for key, one in found[0].items() if one.said == "72,5")
    assert [one[figure].then for one in found] == ["72,5", "75", "75"]
    assert not found[0][figure].moved_then
    (again,) = found[1][figure].moved_then.seen
    assert (again.party, again.why) == (here.parties["environment"].name, "nhầm đơn vị tính")
    assert found[1][figure].difference_then == "+2,5"


def test_pages_say_both_with_the_difference(here: Side, moved: tuple[Issued, datetime]) -> None:
    row, first = moved
    client = Client()
    client.force_login(here.people["officer"])
    second = (first + timedelta(days=1)).date().isoformat()
    page = client.get(reverse("issued:known", args=[row.pk]), {"ngay": second}).content.decode()
    assert "<strong>75</strong>" in page
    assert "khác +2,5" in page
    assert "nhầm đơn vị tính" in page
    page = client.get(reverse("issued:day"), {"ngay": second}).content.decode()
    assert "số cộng lại khi ấy đã khác văn bản" in page
    assert "<strong>72,5</strong>" in page
    cycle = row.cycle
    assert cycle is not None
    board = client.get(reverse("reporting:consolidation", args=[cycle.pk])).content.decode()
    address = reverse("issued:round", args=[cycle.pk])
    assert address in board
    page = client.get(address, {"ngay": first.date().isoformat(), "nguon": "chap-nhan"}).content.decode()
    assert "khác +1" in page
    assert "mới có báo cáo" in page
    every = client.get(address, {"ngay": second, "xem": "tat-ca"}).content.decode()
    assert "Tổng số nhiệm vụ" in every
    before = client.get(address, {"ngay": "2020-01-01"}).content.decode()
    assert "chưa có" in before
    client.force_login(here.people["clerk_finance"])
    assert client.get(address).status_code == 403


def test_who_may_not_see_a_report_is_told_that_one_moved_and_not_whose(
    here: Side, moved: tuple[Issued, datetime]
) -> None:
    row, first = moved
    found = {one.cell: one for one in knowing.said_on(here.viewer("clerk_finance"), row, first.date())}
    one = found["don-vi-da-bao-cao"]
    assert one.now == "3"
    assert (one.moved_since.seen, one.moved_since.hidden) == ((), 1)


def test_a_day_costs_the_same_however_many_reported(here: Side, moved: tuple[Issued, datetime]) -> None:
    row, first = moved
    officer = here.viewer("officer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as statements:
            knowing.said_on(officer, row, first.date())
        return len(statements)

    before = asked()
    accept(here, *report(here, "science"))
    assert asked() == before <= 40


def test_a_reminder_speaks_of_its_moment_for_ever(here: Side) -> None:
    """Who was late when it was said is late in it still, though all have reported since."""
    cycle = open_cycle(here)
    with scope(tenant=[here.tenant.pk]):
        row = issued(here, letters.start_reminder(here.viewer("officer"), cycle.pk))
    accept(here, *report(here, "finance"))
    assert draft_of(here, "finance").report.saved_at is not None
    said = {one.cell: one for one in knowing.said_on(here.viewer("officer"), row, today())}
    assert said["don-vi-chua-co"].said == said["don-vi-chua-co"].now != ""
    assert knowing.restated(here.viewer("officer"), [row]) == []


def test_a_figure_of_the_ledger_says_what_counted_on_a_day_and_what_counts_now(
    here: Side, moved: tuple[Issued, datetime]
) -> None:
    _row, first = moved
    figure = Figure.objects.filter(party=here.parties["environment"]).order_by("pk")[0]
    client = Client()
    client.force_login(here.people["officer"])
    address = reverse("figures:figure", args=[figure.pk])
    told = [
        re.findall(r"<strong>([\d,]+) ", client.get(address, {"ngay": day}).content.decode())
        for day in (first.date() - timedelta(days=1), first.date(), first.date() + timedelta(days=1), "x")
    ]
    assert told == [["75"], ["72,5", "75"], ["75", "75"], ["75", "75"]]
