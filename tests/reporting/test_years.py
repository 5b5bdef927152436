"""Done by the cut-off and estimated for the year; the next cycle asks for the final figure and lists the difference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luc.figures.models import Figure
from luc.figures.queries import counting_on, value_of
from luc.issuing.actions.at_once import keep_paper
from luc.kernel.errors import Refused
from luc.kernel.time import now, today
from luc.plans.models import Plan
from luc.plans.queries import target_rows
from luc.reporting import actions, years
from luc.reporting.content import differences
from luc.reporting.models import Report
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle, Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import accept, full_answers, open_cycle, report_of
from tests.reporting.test_excel import bring, keep, take
from tests.workbook import retyped

SignIn = Callable[..., Client]
EVERYTHING = ["lead", "coordinate", "duty", "figure", "estimate", "obstacle", "evidence"]
ASKING = dict.fromkeys(("leading", "coordinating", "commune", "other"), EVERYTHING)


def _last_year(side: Side, plan: Plan, **more: Any) -> Cycle:
    """A cycle of a year that is over by the cut-off of this one."""
    day = today()
    return open_cycle(
        side,
        plan,
        title="Báo cáo năm trước",
        period_start=day - timedelta(days=720),
        last_day=day - timedelta(days=356),
        cutoff=day - timedelta(days=370),
        **more,
    )


def _answers(whole: Draft, **cells: str) -> dict[str, dict[str, str]]:
    rows = full_answers(whole)
    rows[whole.section("figure")[0].row.key] |= cells
    return rows


def _hand_in(side: Side, cycle: Cycle, **cells: str) -> Submission:
    row = report_of(side, "environment", cycle)
    viewer = side.viewer("clerk_environment")
    saved = actions.save_draft(
        viewer, row.pk, version=row.version, rows=_answers(draft(row), **cells), rest_nil=None
    )
    assert not saved.problems
    return actions.submit(viewer, row.pk, version=saved.version)


def _figures(side: Side) -> set[tuple[Decimal, str, date, date, str]]:
    rows = counting_on(side.viewer("officer"), now())
    return {(value_of(row), row.kind, row.period_start, row.period_until, row.standing) for row in rows}


@pytest.fixture
def both_years(here: Side) -> tuple[Cycle, Cycle]:
    """Last year was estimated as 80 % and accepted; this year asks done, estimate and the final of last year."""
    plan = make_plan(here)
    before = _last_year(here, plan, sections=ASKING)
    accept(here, _hand_in(here, before, value="60", estimate="80"))
    return before, open_cycle(here, plan, sections=ASKING)


def test_done_and_estimated_go_to_the_ledger_each_with_its_kind_and_period(here: Side) -> None:
    cycle = _last_year(here, make_plan(here), sections=ASKING)
    sent = _hand_in(here, cycle, value="60", estimate="80", kind="estimate")
    done = (Decimal(60), "actual", cycle.period_start, cycle.cutoff + timedelta(days=1))
    whole_year = (Decimal(80), "estimate", cycle.period_start, cycle.period_until)
    assert _figures(here) == {(*done, "reported"), (*whole_year, "reported")}
    accept(here, sent)
    assert _figures(here) == {(*done, "accepted"), (*whole_year, "accepted")}


def test_what_is_done_is_the_level_of_a_target_not_what_is_estimated(here: Side) -> None:
    plan = make_plan(here)
    accept(here, _hand_in(here, _last_year(here, plan, sections=ASKING), value="60", estimate="80"))
    (told,) = [row for row in target_rows(here.viewer("leader"), plan) if row.value is not None]
    assert told.value == Decimal(60)


def test_an_estimate_is_asked_only_where_the_officer_says_so(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row = report_of(here, "environment")
    page = signed_in("clerk_environment").get(f"/bao-cao/{row.pk}/").content.decode()
    assert "-estimate" not in page
    asked = signed_in("officer").get(f"/ky-bao-cao/{row.obligation.cycle_id}/bieu/").content.decode()
    assert 'value="estimate" id="hoi-leading-estimate">' in asked


def test_the_next_cycle_is_proposed_as_the_one_before_was_asked(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here, sections=ASKING, money_unit="tỷ đồng")
    page = signed_in("officer").get(f"/ky-bao-cao/mo/{cycle.source_id}/").content.decode()
    assert 'value="estimate" id="hoi-leading-estimate" checked' in page
    assert 'value="money" id="hoi-leading-money">' in page
    assert "<option selected>tỷ đồng</option>" in page


def test_an_estimate_that_is_asked_has_to_be_given(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here, sections=ASKING)
    row = report_of(here, "environment")
    clerk = signed_in("clerk_environment")
    page = clerk.get(f"/bao-cao/{row.pk}/").content.decode()
    assert f"Đã thực hiện đến {cycle.cutoff:%d/%m/%Y}" in page
    with pytest.raises(Refused, match="1 mục chưa trả lời"):
        _hand_in(here, cycle, value="60")
    assert "chưa ghi ước cả năm" in clerk.get(f"/bao-cao/{row.pk}/xem-lai/").content.decode()


def test_a_year_that_is_over_by_the_cut_off_is_not_estimated(here: Side) -> None:
    day = today()
    cycle = open_cycle(
        here,
        sections=ASKING,
        period_start=day - timedelta(days=370),
        last_day=day - timedelta(days=5),
        cutoff=day - timedelta(days=1),
    )
    sent = _hand_in(here, cycle, value="60")
    (row,) = (row for row in sent.content["rows"] if row["section"] == "figure")
    assert "estimate" not in row
    assert _figures(here) == {(Decimal(60), "actual", cycle.period_start, cycle.period_until, "reported")}


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ((date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 1, 1), date(2027, 1, 1))),
        ((date(2025, 12, 15), date(2026, 12, 15)), (date(2025, 12, 15), date(2026, 12, 15))),
        ((date(2026, 10, 1), date(2027, 1, 1)), (date(2026, 1, 1), date(2027, 1, 1))),
        ((date(2025, 12, 15), date(2026, 6, 15)), (date(2026, 1, 1), date(2027, 1, 1))),
    ],
)
def test_the_year_of_a_period(period: years.Period, year: years.Period) -> None:
    assert years.year_of(period) == year


def test_the_final_figure_is_asked_kept_and_compared(here: Side, both_years: tuple[Cycle, Cycle]) -> None:
    before, cycle = both_years
    with pytest.raises(Refused, match="1 mục chưa trả lời"):
        _hand_in(here, cycle, value="50", estimate="82")
    sent = _hand_in(here, cycle, value="50", estimate="82", final="78,5")
    accept(here, sent)
    settled = (Decimal("78.5"), "actual", before.period_start, before.period_until, "accepted")
    assert settled in _figures(here)
    (found,) = consolidate(here.viewer("officer"), cycle, accepted_only=True).settled
    assert (found[1].final, found[1].difference) == (Decimal("78.5"), Decimal("-1.5"))


def test_the_difference_is_on_the_page_and_in_the_paper(
    here: Side, both_years: tuple[Cycle, Cycle], signed_in: SignIn
) -> None:
    _before, cycle = both_years
    sent = _hand_in(here, cycle, value="50", estimate="82", final="78,5")
    page = signed_in("officer").get(f"/ky-bao-cao/{cycle.pk}/tong-hop/").content.decode()
    table = page[page.index('id="so-chinh-thuc"') :]
    assert [words in table for words in ("80", "78,5", "-1,5")] == [True] * 3
    assert "ước cả năm: 82" in page
    made = keep_paper(here.viewer("officer"), cycle.pk, accepted_only=False)
    told = {line["words"]: line["rows"] for line in made.content["sources"]}
    key = next(row["key"] for row in sent.content["rows"] if row["section"] == "figure")
    assert told["-1,5"] == told["82"] == [[sent.pk, key]]


def test_the_next_version_corrects_each_of_the_three_numbers(
    here: Side, both_years: tuple[Cycle, Cycle]
) -> None:
    _before, cycle = both_years
    first = _hand_in(here, cycle, value="50", estimate="82", final="78,5")
    actions.give_back(here.viewer("officer"), first.pk, remarks="sửa")
    second = _hand_in(here, cycle, value="51", estimate="83", final="78")
    said = {(one.label, one.before, one.after) for one in differences(first.content, second.content)}
    assert {("Ước cả năm", "82", "83"), ("Số chính thức kỳ trước", "78,5", "78")} < said
    of_second = Figure.objects.filter(source_id=second.pk).select_related("corrects")
    assert {(value_of(row), value_of(row.corrects)) for row in of_second if row.corrects} == {
        (Decimal(51), Decimal(50)),
        (Decimal(83), Decimal(82)),
        (Decimal(78), Decimal("78.5")),
    }


def test_a_quarter_estimates_the_year_and_only_the_next_year_settles_it(here: Side) -> None:
    plan, year = make_plan(here), today().year - 1

    def quarter(start: date, last: date, cutoff: date) -> Cycle:
        return open_cycle(
            here,
            plan,
            period_start=start,
            last_day=last,
            cutoff=cutoff,
            sections=ASKING,
            title=f"Quý {start}",
        )

    third = quarter(date(year, 7, 1), date(year, 9, 30), date(year, 9, 25))
    accept(here, _hand_in(here, third, value="60", estimate="80"))
    fourth = quarter(date(year, 10, 1), date(year, 12, 31), date(year, 12, 25))
    assert draft(report_of(here, "environment", fourth)).section("figure")[0].earlier is None
    accept(here, _hand_in(here, fourth, value="70", estimate="81"))
    first = quarter(date(year + 1, 1, 1), date(year + 1, 3, 31), date(year + 1, 3, 25))
    earlier = draft(report_of(here, "environment", first)).section("figure")[0].earlier
    assert earlier is not None
    assert (earlier.value, earlier.words) == ("81", f"năm {year}")


def test_the_workbook_asks_the_same_and_brings_it_back(
    here: Side, both_years: tuple[Cycle, Cycle], signed_in: SignIn
) -> None:
    _before, cycle = both_years
    row = Report.objects.get(pk=report_of(here, "environment", cycle).pk)
    key = draft(row).section("figure")[0].row.key
    clerk = signed_in("clerk_environment")
    data = retyped(
        take(clerk, row),
        {
            ("Chỉ tiêu", key, "value"): 50,
            ("Chỉ tiêu", key, "estimate"): "82,5",
            ("Chỉ tiêu", key, "final"): 78.5,
        },
    )
    status, page = bring(clerk, row, data)
    assert status == 200, page
    assert keep(clerk, row, page) == 302
    values = draft(report_of(here, "environment", cycle)).section("figure")[0].values
    assert [values[name] for name in ("value", "estimate", "final")] == ["50", "82,5", "78,5"]


def test_a_wrong_estimate_is_named_at_its_field(here: Side, signed_in: SignIn) -> None:
    open_cycle(here, sections=ASKING)
    row = report_of(here, "environment")
    key = draft(row).section("figure")[0].row.key
    answer = signed_in("clerk_environment").post(
        f"/bao-cao/{row.pk}/", {"version": "0", f"{key}-estimate": "1,234.5", f"{key}-value": "60"}
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{key}-estimate-error"' in body
    assert f'href="#{key}-estimate"' in body
    assert draft(report_of(here, "environment")).section("figure")[0].values["value"] == "60"
