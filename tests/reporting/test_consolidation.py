"""Consolidation: what is there now, each number with its report; flat in cost."""

from __future__ import annotations

from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from luc.agencies.models import Party
from luc.kernel.writing import writing
from luc.plans.models import Target
from luc.plans.queries.levels import is_reached
from luc.reporting import actions
from luc.reporting.queries import boards
from luc.reporting.queries.consolidation import Consolidation, consolidate
from luc.rounds.actions import freeze
from luc.rounds.models import Cycle, Obligation
from luc.territory.models import Unit
from tests.cast import MERGER, Side
from tests.plan import make_plan
from tests.reporting.life import (
    NO_OBSTACLES,
    accept,
    draft_of,
    full_answers,
    hand_in,
    open_cycle,
    report,
    write,
)


def _told(side: Side, cycle: Cycle, accepted_only: bool = False) -> Consolidation:
    return consolidate(side.viewer("officer"), cycle, accepted_only=accepted_only)


def test_coverage_says_what_is_in_it(here: Side) -> None:
    cycle = open_cycle(here)
    first, _second = report(here, "finance", "environment")
    accept(here, first)
    assert _told(here, cycle).coverage == "2/9"
    accepted = _told(here, cycle, accepted_only=True)
    assert accepted.coverage == "1/9"
    assert here.parties["environment"].pk in {row.party_id for row in accepted.missing}
    assert len(accepted.missing) == 8


def test_a_returned_report_is_not_told(here: Side) -> None:
    cycle = open_cycle(here)
    (first,) = report(here, "environment")
    actions.give_back(here.viewer("officer"), first.pk, remarks="sửa")
    told = _told(here, cycle)
    assert told.heard == 0
    assert all(not line.voices for line in told.targets)


def test_a_task_is_as_far_as_its_slowest_lead(here: Side) -> None:
    cycle = open_cycle(here)
    rows = full_answers(draft_of(here, "finance"))
    lead = next(line for line in draft_of(here, "finance").lines if line.row.role == "lead")
    rows[lead.row.key] = {
        "state": "behind",
        "result": "Chậm vì thiếu vốn",
        "obstacle": "Thiếu vốn",
        "proposal": "Bố trí vốn",
    }
    write(here, "finance", rows)
    submission = hand_in(here, "finance")
    told = _told(here, cycle)
    line = next(one for one in told.tasks if one.task.pk == lead.row.task)
    assert line.state == "behind"
    assert [(voice.party.name, voice.result) for voice in line.leads] == [
        ("Sở Tài chính", "Chậm vì thiếu vốn")
    ]
    assert line.leads[0].address == f"/bao-cao/da-gui/{submission.pk}/#{lead.row.key}"
    assert [one.voice.row["proposal"] for one in told.obstacles["Cơ quan đầu mối"]] == ["Bố trí vốn"]
    assert sum(count for _words, count, _tone in told.states) == len(told.tasks) == 6


def test_values_are_exact_and_stand_beside_the_aim(here: Side) -> None:
    cycle = open_cycle(here)
    report(here, "environment")
    line, other = _told(here, cycle).targets
    assert [voice.value for voice in line.valued] == [Decimal("72.5")]
    assert line.aim == "70 - 80 % (năm 2030)"
    assert line.is_reached is True
    assert (other.valued, other.is_reached, other.aim) == ([], None, "ít nhất 35 % (năm 2030)")


def test_obstacles_stand_by_whom_they_are_for(here: Side) -> None:
    cycle = open_cycle(here)
    for party, to in (("finance", "Bộ Công Thương"), ("science", "")):
        write(here, party)
        write(
            here,
            party,
            {NO_OBSTACLES: {"nil": ""}, "obstacle-0": {"proposal": f"đề nghị {party}", "addressee": to}},
        )
        hand_in(here, party)
    told = _told(here, cycle).obstacles
    assert {to: [one.voice.row["proposal"] for one in rows] for to, rows in told.items()} == {
        "Bộ Công Thương": ["đề nghị finance"],
        "Cơ quan đầu mối": ["đề nghị science"],
    }


def test_how_a_value_compares(here: Side) -> None:
    def target(comparator: str, low: str | None, high: str | None) -> Target:
        return Target(
            comparator=comparator,
            value_min=None if low is None else Decimal(low),
            value_max=None if high is None else Decimal(high),
        )

    seventy = Decimal(70)
    assert is_reached(target("gte", "70", None), seventy) is True
    assert is_reached(target("gt", "70", None), seventy) is False
    assert is_reached(target("lte", None, "70"), seventy) is True
    assert is_reached(target("lt", None, "70"), seventy) is False
    assert is_reached(target("range", "60", "65"), seventy) is True
    assert is_reached(target("eq", None, None), seventy) is None


def _many(side: Side, count: int) -> None:
    """More communes than a province has."""
    with writing():
        units = [
            Unit(code=f"9{n:04}", level="commune", name=f"Mẫu {n}", full_name=f"Xã Mẫu {n}")
            for n in range(count)
        ]
        for unit in units:
            unit.parent, unit.valid_from, unit.type = side.province, MERGER, "xa"
            unit.set_keys()
        Unit.objects.bulk_create(units)
        Party.objects.bulk_create(_commune(side, unit) for unit in units)


def _commune(side: Side, unit: Unit) -> Party:
    party = Party(
        tenant=side.tenant, kind="commune", name=f"UBND {unit.full_name}", unit=unit, valid_from=MERGER
    )
    party.set_keys()
    return party


def _all_report(side: Side, cycle: Cycle) -> None:
    """Every party hands in its whole report."""
    from luc.kernel.history import action
    from luc.reporting.content import compose
    from luc.reporting.models import Report
    from luc.reporting.queries.reports import draft

    reports = Report.objects.filter(obligation__cycle=cycle).select_related(
        "obligation__cycle", "obligation__party", "plan"
    )
    with action(side.viewer("officer"), "rounds.collect", tenant=side.tenant.pk) as acting:
        for row in reports:
            content = compose(draft(row))
            for said in content["rows"]:
                said |= {"result": "đã làm", "state": "on_time"} if said["section"] == "part" else {}
            freeze(acting, row.obligation_id, content=content, is_nil=False)


def test_boards_and_consolidation_cost_the_same_for_a_whole_province(
    here: Side, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer, costs = here.viewer("officer"), []
    for number, tasks, more in (("1/KH", 4, 0), ("2/KH", 40, 125)):
        _many(here, more)
        cycle = open_cycle(here, make_plan(here, tasks, number=number))
        _all_report(here, cycle)
        with django_assert_num_queries(3, exact=False):
            cells = boards.cells(viewer, cycle)
        with django_assert_num_queries(12, exact=False) as captured:
            told = consolidate(viewer, cycle, accepted_only=False)
            assert sum(len(line.voices) for line in told.tasks)
        costs.append((len(cells), len(captured)))
    assert costs[0][0] == 9
    assert costs[1][0] == 134
    assert costs[0][1] == costs[1][1]
    assert Obligation.objects.filter(cycle=cycle, state="submitted").count() == 134
    assert told.coverage == "134/134"
    assert told.missing == []
