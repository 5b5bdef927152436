"""A ministry's board: its round province by province, and the provinces' own rounds side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from luc.agencies.models import Membership, Role
from luc.kernel.writing import writing
from luc.plans.models import Plan, Programme
from luc.reporting import actions
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.queries.drafts import NO_OBSTACLES
from luc.reporting.queries.reports import draft, reports
from luc.reporting.totals import is_added, total
from luc.reporting.upwards.country import table
from luc.reporting.upwards.provinces import Provinces, provinces, total_words
from luc.rounds.boards.queries import on_map
from luc.rounds.models import Cycle, Submission
from luc.territory.models import Boundary
from tests.cast import Cast, Side
from tests.ministry import Ministry, make_ministry
from tests.plan import make_plan
from tests.reporting import life
from tests.reporting.test_upwards import own_round, page_of, take_all


@pytest.fixture
def ministry(cast: Cast) -> Ministry:
    return make_ministry(cast.here, cast.there)


def answer(ministry: Ministry, side: Side, share: str, count: str) -> Submission:
    """The province writes by hand what is not written yet, and hands in."""
    viewer, report = ministry.above(side), ministry.report_of(side)
    with ministry.seen_by(viewer):
        whole = draft(reports(viewer).get(pk=report.pk))
        rows = {NO_OBSTACLES: {"nil": "1"}}
        for line in whole.open_lines:
            value = share if line.row.unit == "%" else count
            said = {"value": value, "kind": "actual"}
            rows[line.row.key] = said if line.row.section == "figure" else {"state": "done", "result": "xong"}
        saved = actions.save_draft(viewer, report.pk, version=whole.report.version, rows=rows)
        return actions.submit(viewer, report.pk, version=saved.version)


def accept(ministry: Ministry, *rows: Submission) -> None:
    viewer = ministry.viewer("m.officer")
    with ministry.seen_by(viewer):
        actions.accept(viewer, [row.pk for row in rows])


def board(ministry: Ministry, person: str, cycle: Cycle, *, accepted_only: bool = False) -> Provinces:
    viewer = ministry.viewer(person)
    with ministry.seen_by(viewer):
        return provinces(viewer, cycle, ministry.plan, accepted_only=accepted_only)


@pytest.mark.parametrize(
    ("unit", "added"),
    [("doanh nghiệp", True), ("tấn", True), ("%", False), ("%/năm", False), ("kg/người", False)],
)
def test_counts_are_added_shares_are_not(unit: str, added: bool) -> None:
    assert is_added(unit) is added
    found = total([Decimal(1), Decimal(3)], unit)
    assert found is not None
    assert found.value == (Decimal(4) if added else None)
    assert (found.low, found.high) == (1, 3)
    assert total([], unit) is None
    (alone,) = [total([Decimal(7)], unit)]
    assert alone is not None
    assert alone.value == 7


def test_the_board_counts_provinces_and_what_lies_below_them(cast: Cast, ministry: Ministry) -> None:
    cycle = ministry.open_cycle()
    below = own_round(cast.here)
    take_all(ministry, cast.here, below)
    first = answer(ministry, cast.here, "0", "120")
    second = answer(ministry, cast.there, "65", "80")
    accept(ministry, first)
    found = board(ministry, "m.officer", cycle)
    lines = {line.cell.obligation.party_id: line for line in found.lines}
    mine = lines[ministry.committee(cast.here).pk]
    with scopes_disabled():
        bound = below.obligations.count()
    assert [(cover.heard, cover.bound, cover.cycle) for cover in mine.covers] == [(1, bound, None)]
    assert mine.values == [Decimal("72.5"), Decimal(120)]
    assert lines[ministry.committee(cast.there).pk].covers == []
    assert [
        total_words(one, target.unit) for one, target in zip(found.totals, found.targets, strict=True)
    ] == [
        "65 - 72,5 %",
        "200 doanh nghiệp",
    ]
    assert second.pk
    only = board(ministry, "m.officer", cycle, accepted_only=True)
    assert (found.heard, only.heard) == (2, 1)
    assert only.totals[1] is not None
    assert only.totals[1].value == 120


def test_the_way_down_is_open_only_where_the_viewer_reads_the_province(
    cast: Cast, ministry: Ministry
) -> None:
    cycle = ministry.open_cycle()
    below = own_round(cast.here)
    take_all(ministry, cast.here, below)
    accept(ministry, answer(ministry, cast.here, "70", "120"))
    line = next(one for one in board(ministry, "m.reader", cycle).lines if one.covers)
    assert line.covers[0].cycle == below.pk
    assert line.covers[0].now is not None
    assert not line.covers[0].is_outrun
    address = f"/ky-bao-cao/{below.pk}/tong-hop/"
    here = f"/ky-bao-cao/{cycle.pk}/cac-tinh/"
    officer, reader = page_of("m.officer", ministry, cast.here), page_of("m.reader", ministry, cast.here)
    assert address in reader.get(here).content.decode()
    assert reader.get(address).status_code == 200
    assert address not in officer.get(here).content.decode()
    assert officer.get(address).status_code == 404
    assert page_of("officer", ministry, cast.there).get(here).status_code == 404


def test_a_consolidation_says_what_several_values_come_to(cast: Cast, ministry: Ministry) -> None:
    cycle = ministry.open_cycle()
    for side, share, count in [(cast.here, "70", "120"), (cast.there, "65", "80")]:
        answer(ministry, side, share, count)
    viewer = ministry.viewer("m.officer")
    with ministry.seen_by(viewer):
        told = consolidate(viewer, cycle, accepted_only=False)
    assert [line.total.words if line.total else "" for line in told.targets] == ["65 - 70", "200"]
    page = page_of("m.officer", ministry, cast.here).get(f"/ky-bao-cao/{cycle.pk}/tong-hop/").content.decode()
    assert "cộng 2 số liệu" in page


def test_the_provinces_are_drawn(cast: Cast, ministry: Ministry) -> None:
    cycle = ministry.open_cycle()
    frame = {"width": 10, "height": 10, "small": "M0 0", "small_width": 5, "small_height": 5}
    with writing():
        Boundary.objects.create(unit=cast.here.province, path="M1 1", **frame)
    viewer = ministry.viewer("m.officer")
    with ministry.seen_by(viewer):
        drawn = on_map(viewer, cycle)
    assert drawn is not None
    (shape,) = drawn.shapes
    assert (shape.name, shape.said.tone) == (cast.here.province.full_name, "idle")


def test_the_country_by_province_shows_who_is_followed(cast: Cast, ministry: Ministry) -> None:
    own_round(cast.here)
    reader = ministry.viewer("m.reader")
    with ministry.seen_by(reader):
        found = table(reader)
    assert [line.unit.pk for line in found.lines] == sorted(
        [cast.here.province.pk, cast.there.province.pk],
        key=lambda pk: next(s.province.sort_key for s in (cast.here, cast.there) if s.province.pk == pk),
    )
    by_unit = {line.unit.pk: line for line in found.lines}
    mine, other = by_unit[cast.here.province.pk], by_unit[cast.there.province.pk]
    assert (mine.counts.accepted, mine.counts.answered) == (1, 2)
    assert mine.tasks.total == 6
    assert mine.tasks.states["on_time"] == 1
    assert other.cycle is None
    assert other.tone == "none"
    alone = cast.here.viewer("ministry_reader")
    with ministry.seen_by(alone):
        assert [line.unit.pk for line in table(alone).lines] == [cast.here.province.pk]


def test_a_programme_narrows_the_country(cast: Cast, ministry: Ministry) -> None:
    cycle = own_round(cast.here)
    with scope(tenant=[cast.here.tenant.pk]):
        later = life.open_cycle(cast.here, make_plan(cast.here, 2, number="9/KH"), title="Sau")
    reader = ministry.viewer("m.reader")
    with scopes_disabled(), writing():
        programme = Programme.objects.create(code="X", name="Chương trình X")
        Plan.objects.filter(number="15/KH-UBND").update(programme=programme)
    client = Client()
    with writing():
        client.force_login(ministry.people["m.reader"])
    assert f"/ky-bao-cao/{later.pk}/" in client.get("/ky-bao-cao/cac-tinh/").content.decode()
    narrowed = client.get(f"/ky-bao-cao/cac-tinh/?chuong-trinh={programme.pk}").content.decode()
    assert f"/ky-bao-cao/{cycle.pk}/" in narrowed
    assert f"/ky-bao-cao/{later.pk}/" not in narrowed
    assert reader.tenants == {cast.here.tenant.pk, cast.there.tenant.pk, ministry.tenant.pk}


def test_more_provinces_cost_no_more_statements(cast: Cast, ministry: Ministry) -> None:
    own_round(cast.here)
    counts = []
    reader = ministry.viewer("m.reader")
    for _turn in range(2):
        with ministry.seen_by(reader), CaptureQueriesContext(connection) as asked:
            table(reader)
        counts.append(len(asked))
        if not _turn:
            own_round(cast.there)
    assert counts[0] == counts[1] <= 10


def test_an_officer_of_two_provinces_is_no_reader_of_a_third(cast: Cast, ministry: Ministry) -> None:
    """A clerk in the ministry's tenant and officer at home has no table of other provinces."""
    own_round(cast.there)
    viewer = ministry.above(cast.here)
    with ministry.seen_by(viewer):
        assert [line.unit.pk for line in table(viewer).lines] == [cast.here.province.pk]
    with scopes_disabled():
        assert not Membership.objects.filter(
            user=cast.here.people["officer"], role=Role.MINISTRY_READER
        ).exists()
