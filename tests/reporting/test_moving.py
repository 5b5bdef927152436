"""An end recorded for a later day takes hold by itself when the worker looks on that day."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from luc.agencies import actions as agencies
from luc.kernel.history import broken_links
from luc.kernel.models import Change
from luc.kernel.time import now, today
from luc.reporting import actions
from luc.rounds import moving
from luc.rounds.models import Cycle, Obligation
from tests.cast import Side
from tests.reporting import life


def end_in_five_days(side: Side, party: str, *successors: str) -> None:
    agencies.end_party(
        side.viewer("administrator"),
        side.parties[party].pk,
        on=today() + timedelta(days=5),
        successors=[side.parties[name].pk for name in successors],
    )


def test_the_day_comes_and_the_reports_move_once(here: Side) -> None:
    cycle = life.open_cycle(here)
    life.write(here, "science")
    end_in_five_days(here, "science", "environment")
    end_in_five_days(here, "industry", "finance")
    assert moving.look() == []
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        assert moving.look() == []
    with time_machine.travel(now() + timedelta(days=5), tick=False):
        moved = moving.look()
        assert set(moved) == {here.parties["science"].pk, here.parties["industry"].pk}
        assert moving.look() == []
    row = Obligation.objects.get(cycle=cycle, party=here.parties["science"])
    assert row.state == Obligation.State.HANDED_ON
    assert Cycle.objects.get(pk=cycle.pk).collector_id == here.parties["finance"].pk
    assert Change.objects.filter(actor_name="Hệ thống", act="agencies.manage").exists()
    assert broken_links(here.tenant.pk) == []


def test_what_nobody_takes_over_waits(here: Side) -> None:
    life.open_cycle(here)
    end_in_five_days(here, "science")
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        assert moving.look() == []


def test_what_comes_back_to_an_ended_party_goes_to_its_successor_at_once(here: Side) -> None:
    life.open_cycle(here)
    (sent,) = life.report(here, "science")
    agencies.end_party(
        here.viewer("administrator"),
        here.parties["science"].pk,
        on=today(),
        successors=[here.parties["environment"].pk],
    )
    assert Obligation.objects.get(party=here.parties["science"]).state == Obligation.State.SUBMITTED
    actions.give_back(here.viewer("officer"), sent.pk, remarks="sửa phần chung")
    assert Obligation.objects.get(party=here.parties["science"]).state == Obligation.State.HANDED_ON
    kept = [line.values.get("result") for line in life.draft_of(here, "environment").lines]
    assert "Đã hoàn thành bước một" in kept
