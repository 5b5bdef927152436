"""What is checked in figures and files: asked back with an explanation that travels along, or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luc.figures.models import Indicator
from luc.issuing.actions.at_once import keep_paper
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.time import today
from luc.kernel.writing import writing
from luc.plans.models import Plan, Target
from luc.reporting import actions
from luc.reporting.checks import Checks
from luc.reporting.doubts import questions
from luc.reporting.models import CycleForm
from luc.reporting.queries.clearing import waiting
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle, Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import accept, draft_of, full_answers, hand_in, open_cycle, report_of, write

SignIn = Callable[..., Client]
TREES = [("Số mô hình", "200"), ("Trong đó: mô hình cấp xã", "120"), ("Mô hình của hợp tác xã", "60")]


@pytest.fixture
def models(here: Side) -> Plan:
    """A plan whose environment department counts models in all, of which those of communes, and of cooperatives."""
    plan = make_plan(here)
    with writing():
        Target.objects.filter(plan=plan).delete()
        for n, (text, value) in enumerate(TREES, 1):
            indicator = Indicator.objects.create(tenant=here.tenant, name=text, unit="mô hình")
            Target.objects.create(
                tenant=here.tenant,
                plan=plan,
                order=n,
                text=text,
                value_min=Decimal(value),
                unit="mô hình",
                comparator="gte",
                indicator=indicator,
                territory=here.province,
                answering=here.parties["environment"],
            )
    return plan


def _keys(side: Side) -> list[str]:
    return [line.row.key for line in draft_of(side, "environment").section("figure")]


def _say(side: Side, *values: str) -> dict[str, str]:
    """Write values into the figures in order; gives what is asked back."""
    rows = full_answers(draft_of(side, "environment"))
    for key, value in zip(_keys(side), values, strict=True):
        rows[key] = {"value": value, "kind": "actual"}
    write(side, "environment", rows)
    return questions(draft(report_of(side, "environment")))


def _check(side: Side, cycle: Cycle, checks: Checks | None = None, **more: object) -> None:
    bounds = more.get("bounds", {})
    assert isinstance(bounds, Mapping)
    actions.check(side.viewer("officer"), cycle.pk, checks=checks or Checks(), bounds=bounds)


def test_of_which_may_not_be_more_than_the_whole(here: Side, models: Plan) -> None:
    open_cycle(here, models)
    total = _keys(here)[0]
    assert _say(here, "200", "120", "90") == {}
    asked = _say(here, "100", "120", "90")
    assert asked == {total: "Các phần cộng lại là 120 mô hình, tổng ghi 100 mô hình: chênh 20."}


def test_declared_parts_have_to_be_the_total(here: Side, models: Plan) -> None:
    cycle = open_cycle(here, models)
    total, one, two = _keys(here)
    _check(here, cycle, Checks({one: total, two: total}))
    assert list(_say(here, "200", "120", "90")) == [total]
    assert _say(here, "210", "120", "90") == {}
    _check(here, cycle, Checks({one: total, two: total}, frozenset({total})))
    assert _say(here, "500", "120", "90") == {}
    assert list(_say(here, "200", "120", "90")) == [total]


@pytest.mark.parametrize(
    ("parts", "field"),
    [({0: 1, 1: 0}, 0), ({0: 0}, 0)],
)
def test_nothing_is_a_part_of_itself(here: Side, models: Plan, parts: dict[int, int], field: int) -> None:
    cycle = open_cycle(here, models)
    keys = _keys(here)
    with pytest.raises(Refused) as refused:
        _check(here, cycle, Checks({keys[part]: keys[total] for part, total in parts.items()}))
    assert f"part-{keys[field]}" in refused.value.fields


def test_bounds_are_entered_by_the_officer_and_hold_for_later_cycles(
    here: Side, models: Plan, signed_in: SignIn
) -> None:
    cycle = open_cycle(here, models)
    key, officer = _keys(here)[1], signed_in("officer")
    address = f"/ky-bao-cao/{cycle.pk}/kiem-tra/"
    page = officer.get(address).content.decode()
    assert f'name="low-{key}"' in page
    wrong = officer.post(address, {f"low-{key}": "50", f"high-{key}": "20"})
    assert wrong.status_code == 422
    assert "Mức thấp nhất phải không lớn hơn mức cao nhất." in wrong.content.decode()
    assert officer.post(address, {f"low-{key}": "1.5", f"high-{key}": ""}).status_code == 422
    assert officer.post(address, {f"low-{key}": "10", f"high-{key}": "130"}).status_code == 302
    assert _say(here, "300", "150", "90") == {key: "150 mô hình cao hơn mức cao nhất có thể có (130)."}
    assert _say(here, "300", "5", "90") == {key: "5 mô hình thấp hơn mức thấp nhất có thể có (10)."}
    later = today() + timedelta(days=40)
    open_cycle(
        here,
        models,
        period_start=today() + timedelta(days=10),
        last_day=later,
        cutoff=later,
        due_day=later + timedelta(days=5),
    )
    assert 'value="130"' in officer.get(address).content.decode()


def test_what_is_checked_goes_on_to_the_next_cycle(here: Side, models: Plan) -> None:
    cycle = open_cycle(here, models)
    total, one, two = _keys(here)
    checks = Checks({one: total, two: total}, proof={"lead": "explain"})
    _check(here, cycle, checks)
    later = today() + timedelta(days=40)
    following = open_cycle(
        here,
        models,
        period_start=today() + timedelta(days=10),
        last_day=later,
        cutoff=later,
        due_day=later + timedelta(days=5),
    )
    assert Checks.of(CycleForm.objects.get(cycle=following).checks) == checks


@pytest.mark.parametrize(
    ("value", "asked"),
    [("120", ""), ("120.000", "lớn gấp khoảng 1.000 lần mức của kế hoạch (120 mô hình)"), ("1", "")],
)
def test_a_thousand_times_what_the_plan_wants_is_asked(
    here: Side, models: Plan, value: str, asked: str
) -> None:
    open_cycle(here, models)
    found = _say(here, "900.000", value, "0").get(_keys(here)[1], "")
    assert (asked in found) if asked else found == ""


def test_another_unit_than_last_time_is_asked_and_not_guessed(here: Side) -> None:
    plan = make_plan(here)
    with writing():
        Target.objects.filter(plan=plan).update(unit="triệu đồng")
    last_year = today() - timedelta(days=400)
    open_cycle(here, plan, period_start=last_year, last_day=last_year + timedelta(days=30))
    write(here, "environment", full_answers(draft_of(here, "environment"), value="1.250,5"))
    accept(here, hand_in(here, "environment"))
    row = report_of(here, "environment", open_cycle(here, plan))
    viewer = here.viewer("clerk_environment")
    actions.save_draft(viewer, row.pk, version=0, rows=full_answers(draft(row), value="1.250.500"))
    (words,) = questions(draft(row)).values()
    assert "lớn gấp khoảng 1.000 lần kỳ trước (1.250,5 triệu đồng)" in words
    assert "Có nhầm đơn vị tính" in words


def test_an_explanation_travels_to_the_paper(here: Side, models: Plan, signed_in: SignIn) -> None:
    cycle = open_cycle(here, models)
    total = _keys(here)[0]
    _say(here, "100", "120", "90")
    row, why = report_of(here, "environment"), "Số xã tính cả mô hình dừng hoạt động"
    clerk = signed_in("clerk_environment")
    sent = clerk.post(f"/bao-cao/{row.pk}/xem-lai/", {"version": row.version, f"explain-{total}": why})
    submission = Submission.objects.get()
    assert sent.headers["Location"] == f"/bao-cao/da-gui/{submission.pk}/"
    officer = signed_in("officer")
    for address in (f"/bao-cao/da-gui/{submission.pk}/", f"/ky-bao-cao/{cycle.pk}/tong-hop/"):
        assert why in officer.get(address).content.decode()
    (apart,) = waiting(here.viewer("officer"), cycle).apart
    assert "1 nội dung khác thường, đã giải trình" in apart.why
    keep_paper(here.viewer("officer"), cycle.pk, accepted_only=False)


def test_a_row_that_has_to_be_proved_is_not_handed_in_without_its_file(
    here: Side, models: Plan, signed_in: SignIn
) -> None:
    cycle = open_cycle(here, models)
    key = _keys(here)[1]
    _check(here, cycle, Checks(proof={key: "must"}))
    _say(here, "200", "120", "0")
    row, clerk = report_of(here, "environment"), signed_in("clerk_environment")
    address = f"/bao-cao/{row.pk}/xem-lai/"
    assert "phải kèm tệp minh chứng" in clerk.get(address).content.decode()
    with pytest.raises(Refused) as refused:
        hand_in(here, "environment")
    assert list(refused.value.fields) == [key]
    files = f"/bao-cao/{row.pk}/minh-chung/"
    assert f'<option value="{key}" selected>' in clerk.get(f"{files}?cho={key}").content.decode()
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 bien ban", content_type="application/pdf")
    assert clerk.post(files, {"file": file, "row": key}).status_code == 302
    submission = hand_in(here, "environment")
    (kept,) = submission.content["evidence"]
    assert kept["row"] == key
    page = signed_in("officer").get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    assert "Minh chứng cho: Trong đó: mô hình cấp xã" in page


def test_a_section_without_a_file_is_explained(here: Side, models: Plan, signed_in: SignIn) -> None:
    cycle = open_cycle(here, models)
    _check(here, cycle, Checks(proof={"lead": "explain"}))
    assert _say(here, "200", "120", "0") == {"lead": "Chưa kèm tệp minh chứng."}
    row, clerk = report_of(here, "environment"), signed_in("clerk_environment")
    address = f"/bao-cao/{row.pk}/xem-lai/"
    assert clerk.post(address, {"version": row.version}).status_code == 409
    values = {"version": row.version, "explain-lead": "Biên bản đang chờ ký"}
    assert clerk.post(address, values).status_code == 302
    submission = Submission.objects.get()
    assert submission.content["explained"][0]["explanation"] == "Biên bản đang chờ ký"
    for place in (f"/bao-cao/da-gui/{submission.pk}/", f"/ky-bao-cao/{cycle.pk}/tong-hop/"):
        assert "Biên bản đang chờ ký" in signed_in("officer").get(place).content.decode()
    paper = keep_paper(here.viewer("officer"), cycle.pk, accepted_only=False)
    found = [line for line in paper.content["sources"] if line["words"].endswith(": Biên bản đang chờ ký.")]
    assert [line["rows"] for line in found] == [[[submission.pk, "lead"]]]


def test_nothing_to_report_needs_no_file(here: Side, models: Plan) -> None:
    cycle = open_cycle(here, models)
    _check(here, cycle, Checks(proof={"lead": "must", "figure": "must", "duty": "must"}))
    write(here, "environment", is_nil=True, rows={})
    assert hand_in(here, "environment").is_nil


def test_only_the_collecting_agency_says_what_is_checked(here: Side, models: Plan) -> None:
    cycle = open_cycle(here, models)
    for person in ("leader", "administrator", "head_finance"):
        with pytest.raises((NotAllowed, Cycle.DoesNotExist)):
            actions.check(here.viewer(person), cycle.pk, checks=Checks(), bounds={})
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        _check(here, cycle)


@pytest.mark.parametrize(
    ("low", "high", "value", "words"),
    [
        (None, None, "101", "101 % nằm ngoài khoảng từ 0 đến 100 %."),
        ("20", None, "101", "101 % nằm ngoài khoảng từ 0 đến 100 %."),
        ("20", None, "10", "10 % thấp hơn mức thấp nhất có thể có (20)."),
        (None, "150", "120", ""),
        (None, "150", "-1", "-1 % nằm ngoài khoảng từ 0 đến 100 %."),
    ],
)
def test_a_bound_takes_the_place_of_its_own_side_of_the_whole(
    here: Side, low: str | None, high: str | None, value: str, words: str
) -> None:
    cycle = open_cycle(here)
    row = draft_of(here, "environment").section("figure")[0].row
    pair = (Decimal(low) if low else None, Decimal(high) if high else None)
    if pair != (None, None):
        _check(here, cycle, bounds={row.indicator: pair})
    rows = full_answers(draft_of(here, "environment"), value=value)
    write(here, "environment", rows)
    assert questions(draft_of(here, "environment")).get(row.key, "") == words
