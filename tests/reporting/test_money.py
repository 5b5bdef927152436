"""Money by source: written, checked, compared, added up with its coverage, printed, carried forward, merged."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luc.agencies import actions as agencies
from luc.figures.units import read
from luc.issuing.actions.at_once import keep_paper
from luc.kernel.errors import Refused
from luc.kernel.time import today
from luc.reporting import actions
from luc.reporting.content import differences
from luc.reporting.models import Report
from luc.reporting.money import NO_MONEY
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.reports import draft
from luc.reporting.queries.spending import Spending
from luc.rounds.models import Cycle, Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import PEOPLE, accept, draft_of, full_answers, open_cycle, report_of
from tests.reporting.test_excel import bring, keep, take
from tests.workbook import retyped

SignIn = Callable[..., Client]
WITH_MONEY = ["lead", "coordinate", "duty", "figure", "money", "obstacle", "evidence"]
ASKING = {"leading": WITH_MONEY}
POND = {
    "title": "Hồ điều hòa",
    "source": "local",
    "approved": "1.500",
    "planned": "400",
    "disbursed": "120,25",
    "cumulative": "300,5",
}
LINE = POND | {"source": "central", "approved": "500", "planned": "100", "disbursed": "0", "cumulative": "50"}


def _write(side: Side, party: str, cycle: Cycle, **money: dict[str, str]) -> Report:
    row = report_of(side, party, cycle)
    rows = full_answers(draft(row)) | {key.replace("_", "-"): cells for key, cells in money.items()}
    saved = actions.save_draft(side.viewer(PEOPLE[party]), row.pk, version=row.version, rows=rows)
    assert not saved.problems
    return report_of(side, party, cycle)


def _send(
    side: Side, party: str, cycle: Cycle, said: dict[str, str] | None = None, **money: Any
) -> Submission:
    row = _write(side, party, cycle, **money)
    return actions.submit(side.viewer(PEOPLE[party]), row.pk, version=row.version, explanations=said)


def _told(side: Side, cycle: Cycle) -> Spending:
    money = consolidate(side.viewer("officer"), cycle, accepted_only=False).money
    assert money is not None
    return money


def test_money_is_asked_only_of_whom_the_officer_says(here: Side, signed_in: SignIn) -> None:
    open_cycle(here, sections=ASKING)
    for party, asked in (("finance", True), ("commune_1", False)):
        page = signed_in(PEOPLE[party]).get(f"/bao-cao/{report_of(here, party).pk}/").content.decode()
        assert ('id="kinh-phi"' in page) is asked


def test_nothing_said_about_money_is_named(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here, sections=ASKING)
    with pytest.raises(Refused) as refused:
        _send(here, "finance", cycle)
    assert list(refused.value.fields) == [NO_MONEY]
    with pytest.raises(Refused) as refused:
        _send(here, "finance", cycle, money_1={"title": "Hồ điều hòa", "disbursed": "5"})
    assert refused.value.fields == {"money-1": "Hồ điều hòa: chưa chọn nguồn vốn"}
    page = signed_in("clerk_finance").get(f"/bao-cao/{report_of(here, 'finance').pk}/xem-lai/")
    assert "Hồ điều hòa: chưa chọn nguồn vốn" in page.content.decode()
    _write(here, "finance", cycle, money_1=POND)
    with pytest.raises(Refused, match="1 mục chưa trả lời"):
        _send(here, "finance", cycle, money_99={"nil": "1"})


def test_there_may_be_no_money(here: Side) -> None:
    cycle = open_cycle(here, sections=ASKING)
    sent = _send(here, "finance", cycle, money_99={"nil": "1"})
    assert sent.content["money"] == []
    told = _told(here, cycle)
    assert (told.lines, told.coverage) == ([], "1/5")


def test_the_form_keeps_exact_amounts_and_shows_the_share(here: Side, signed_in: SignIn) -> None:
    open_cycle(here, sections=ASKING)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    values = {"version": "0"} | {f"money-1-{name}": value for name, value in POND.items()}
    assert clerk.post(f"/bao-cao/{row.pk}/", values).status_code == 302
    page = clerk.get(f"/bao-cao/{row.pk}/").content.decode()
    assert 'value="120,25"' in page
    assert "<strong>75,1%</strong>" in page
    wrong = clerk.post(f"/bao-cao/{row.pk}/", {"version": "1", "money-1-planned": "400 tỷ đồng"})
    assert wrong.status_code == 422
    assert "«400 tỷ đồng» là 400.000 triệu đồng phải không?" in wrong.content.decode()


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [("1.500 triệu đồng", "triệu đồng", "1500"), ("1,5 triệu", "triệu đồng", "1.5"), ("12 xe", "xe", "12")],
)
def test_a_unit_behind_its_own_number_is_read(typed: str, unit: str, value: str) -> None:
    assert read(typed, unit) == Decimal(value)


def test_sums_by_source_with_who_has_told(here: Side) -> None:
    cycle = open_cycle(here, sections=ASKING)
    _send(here, "finance", cycle, money_1=POND, money_2=LINE)
    _send(here, "science", cycle, money_1=POND | {"planned": "", "cumulative": "200"})
    told = _told(here, cycle)
    assert told.coverage == "2/5"
    assert [(line.words, line.amounts["cumulative"], line.share) for line in told.by_source] == [
        ("Ngân sách trung ương", Decimal(50), Decimal("50.0")),
        ("Ngân sách địa phương", Decimal("500.5"), Decimal("75.1")),
    ]
    assert told.total.amounts["disbursed"] == Decimal("240.5")


def test_the_paper_has_form_two_with_its_sources(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here, sections=ASKING, money_unit="tỷ đồng")
    sent = _send(here, "finance", cycle, money_1=POND, money_2=LINE)
    made = keep_paper(here.viewer("officer"), cycle.pk, accepted_only=False)
    told = {line["words"]: line["rows"] for line in made.content["sources"]}
    assert told["350,5"] == [[sent.pk, key] for key in ("money-1", "money-2")]
    assert any("lũy kế từ đầu năm 350,5 tỷ đồng, đạt 70,1% kế hoạch" in words for words in told)
    page = signed_in("officer").get(f"/ky-bao-cao/{cycle.pk}/tong-hop/").content.decode()
    assert "Kinh phí theo nguồn (tỷ đồng)" in page
    assert "1/5 đơn vị được hỏi về kinh phí đã báo cáo" in page


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"cumulative": "100"}, "Giải ngân trong kỳ (120,25) lớn hơn lũy kế từ đầu năm (100)."),
        ({"planned": "2.000"}, "Kế hoạch năm (2.000) lớn hơn tổng mức được duyệt (1.500)."),
        ({"disbursed": "-5"}, "Giải ngân trong kỳ là số âm."),
    ],
)
def test_amounts_that_do_not_go_together_are_explained(
    here: Side, signed_in: SignIn, cells: dict[str, str], words: str
) -> None:
    cycle = open_cycle(here, sections=ASKING)
    row = _write(here, "finance", cycle, money_1=POND | cells)
    clerk = signed_in("clerk_finance")
    address = f"/bao-cao/{row.pk}/xem-lai/"
    assert words in clerk.get(address).content.decode()
    assert clerk.post(address, {"version": row.version}).status_code == 409
    sent = clerk.post(address, {"version": row.version, "explain-money-1": "Thu hồi tạm ứng"})
    assert sent.status_code == 302
    (kept,) = Submission.objects.get().content["money"]
    assert (kept["question"], kept["explanation"]) == (words, "Thu hồi tạm ứng")
    for page in (f"/bao-cao/da-gui/{Submission.objects.get().pk}/", f"/ky-bao-cao/{cycle.pk}/tong-hop/"):
        assert "Thu hồi tạm ứng" in signed_in("officer").get(page).content.decode()


def test_versions_are_compared_and_rows_returned(here: Side) -> None:
    cycle = open_cycle(here, sections=ASKING)
    first = _send(here, "finance", cycle, money_1=POND)
    back = actions.give_back(
        here.viewer("officer"), first.pk, remarks="", rows={"money-1": "Kiểm tra lũy kế"}
    )
    assert [(remark.key, remark.text) for remark in back.rows.all()] == [("money-1", "Kiểm tra lũy kế")]
    second = _send(here, "finance", cycle, money_1={"cumulative": "310"})
    assert [
        (one.title, one.label, one.before, one.after) for one in differences(first.content, second.content)
    ] == [("Hồ điều hòa", "Lũy kế từ đầu năm", "300,5", "310")]


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_are_those_of_what_is_accepted_in_any_order(here: Side, seed: int) -> None:
    """Property: after any steps the consolidation of what is accepted is the sum of the accepted versions."""
    chance = random.Random(seed)
    cycle = open_cycle(here, sections=ASKING)
    sent: dict[str, Submission] = {}
    accepted: dict[str, Submission] = {}
    officer = here.viewer("officer")
    for _step in range(10):
        party = chance.choice(["finance", "science", "environment"])
        amount = str(chance.randint(1, 300))
        if party in accepted:
            actions.reopen(officer, accepted.pop(party).pk, reason="nhầm")
        elif party not in sent:
            sent[party] = _send(here, party, cycle, money_1=POND | {"disbursed": "1", "cumulative": amount})
        elif chance.random() < 0.4:
            actions.give_back(officer, sent.pop(party).pk, remarks="sửa")
        else:
            accept(here, sent[party])
            accepted[party] = sent.pop(party)
    told = consolidate(officer, cycle, accepted_only=True).money
    assert told is not None
    rows = [row for one in accepted.values() for row in one.content["money"]]
    expected = sum(Decimal(row["cumulative"]) for row in rows) if rows else None
    assert (told.total.amounts["cumulative"], told.heard) == (expected, len(accepted))


def _two_years(side: Side, *, same_year: bool) -> tuple[Cycle, Draft]:
    """A period that is accepted, and the draft of the next."""
    plan, day = make_plan(side), today()
    start = day.replace(month=1, day=1) if same_year else day - timedelta(days=720)
    last = start + timedelta(days=20)
    before = open_cycle(
        side, plan, sections=ASKING, title="Kỳ trước", period_start=start, last_day=last, cutoff=last
    )
    accept(side, _send(side, "finance", before, money_1=POND, money_2=LINE))
    first = day.replace(month=2, day=1) if same_year else day - timedelta(days=30)
    cycle = open_cycle(side, plan, sections=ASKING, period_start=first, last_day=day, cutoff=day)
    return cycle, draft(report_of(side, "finance", cycle))


@pytest.mark.parametrize(("same_year", "planned"), [(True, ["400", "100"]), (False, [None, None])])
def test_items_of_the_last_period_are_carried_forward(
    here: Side, signed_in: SignIn, same_year: bool, planned: list[str | None]
) -> None:
    cycle, whole = _two_years(here, same_year=same_year)
    assert [line.values.get("planned") for line in whole.money] == planned
    assert [(line.title, line.values.get("disbursed")) for line in whole.money] == [("Hồ điều hòa", None)] * 2
    assert whole.money_lacks
    assert not whole.has_words
    page = signed_in("clerk_finance").get(f"/bao-cao/{whole.report.pk}/").content.decode()
    assert "lấy từ kỳ trước, chưa được ghi" in page
    assert "Kỳ trước: giải ngân 120,25, lũy kế 300,5" in page
    sent = _send(here, "finance", cycle, money_1=POND | {"cumulative": "400"})
    assert [row["cumulative"] for row in sent.content["money"]] == ["400"]


def test_a_thousand_times_last_time_is_asked(here: Side) -> None:
    cycle, _whole = _two_years(here, same_year=True)
    with pytest.raises(Refused, match="cần xác nhận"):
        _send(here, "finance", cycle, money_1=POND | {"approved": "1.500.000"})
    sent = _send(
        here, "finance", cycle, {"money-1": "Điều chỉnh dự án"}, money_1=POND | {"approved": "1.500.000"}
    )
    assert "có nhầm đồng, triệu đồng, tỷ đồng không?" in sent.content["money"][0]["question"]


def test_the_workbook_has_money_too(here: Side, signed_in: SignIn) -> None:
    _cycle, whole = _two_years(here, same_year=True)
    clerk = signed_in("clerk_finance")
    cells: dict[tuple[str, str, str], object] = {
        ("Kinh phí", "money-1~", "disbursed"): 10.5,
        ("Kinh phí", "money-1~", "cumulative"): "311",
        ("Kinh phí", "money-2~", "source"): "Ngan sach dia phuong",
    }
    wrong = cells | {("Kinh phí", "money-2~", "cumulative"): "5 tỷ đồng"}
    status, page = bring(clerk, whole.report, retyped(take(clerk, whole.report), wrong))
    assert status == 422
    assert "5.000 triệu đồng phải không?" in page
    status, page = bring(clerk, whole.report, retyped(take(clerk, whole.report), cells))
    assert status == 200, page
    assert keep(clerk, whole.report, page) == 302
    lines = draft(Report.objects.get(pk=whole.report.pk)).money
    assert [(line.title, line.values["source"], line.values["disbursed"]) for line in lines] == [
        ("Hồ điều hòa", "local", "10,5"),
        ("Hồ điều hòa", "local", ""),
    ]
    assert not lines[0].is_carried


def test_two_parties_money_is_added_when_one_ends(here: Side) -> None:
    cycle = open_cycle(here, sections=ASKING)
    for party in ("finance", "science"):
        _write(here, party, cycle, money_1=POND)
    agencies.end_party(
        here.viewer("administrator"),
        here.parties["science"].pk,
        on=today(),
        successors=[here.parties["finance"].pk],
        note="Nghị quyết số 9",
    )
    whole = draft_of(here, "finance")
    assert [line.values["cumulative"] for line in whole.money] == ["300,5", "300,5"]
    row = whole.report
    rows = {line.row.key: {"state": "on_time", "result": "Đang làm"} for line in whole.open_lines}
    saved = actions.save_draft(here.viewer("clerk_finance"), row.pk, version=row.version, rows=rows)
    actions.submit(here.viewer("clerk_finance"), row.pk, version=saved.version)
    assert _told(here, cycle).total.amounts["cumulative"] == Decimal(601)
    assert _told(here, cycle).coverage == "1/4"
