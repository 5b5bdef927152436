"""Drafts and frozen reports: exact history, versions, what is refused, and what never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luc.figures.models import Figure
from luc.figures.queries import counting_on, value_of
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Change
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.plans import actions as plans
from luc.plans.models import Progress
from luc.reporting import actions
from luc.reporting.content import differences
from luc.reporting.models import Answer, Report
from luc.reporting.queries.reports import draft
from luc.rounds.actions import fingerprint
from luc.rounds.models import Submission
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.reporting.life import (
    NO_OBSTACLES,
    accept,
    draft_of,
    full_answers,
    hand_in,
    open_cycle,
    report,
    report_of,
    write,
)


def _lines(side: Side, act: str) -> list[tuple[str, object, object]]:
    rows = Change.objects.filter(tenant=side.tenant, act=act).order_by("sequence")
    return [(row.kind, row.before, row.after) for row in rows]


def test_a_save_writes_exactly_what_changed(here: Side) -> None:
    open_cycle(here)
    key = draft_of(here, "finance").section("lead")[0].row.key
    write(here, "finance", {key: {"state": "done", "result": "Xong"}})
    write(here, "finance", {key: {"state": "done", "result": "Xong hết"}})
    assert _lines(here, "reporting.write") == [
        ("reporting.report", {key: {"state": "", "result": ""}}, {key: {"state": "done", "result": "Xong"}}),
        ("reporting.report", {key: {"result": "Xong"}}, {key: {"result": "Xong hết"}}),
    ]
    assert Report.objects.get(obligation__party=here.parties["finance"]).version == 2


def test_a_save_of_nothing_new_writes_nothing(here: Side) -> None:
    open_cycle(here)
    write(here, "finance")
    before = Change.objects.count()
    assert write(here, "finance").version == 1
    assert Change.objects.count() == before


def test_rows_that_are_not_asked_are_not_kept(here: Side) -> None:
    open_cycle(here)
    foreign = next(
        line.row.key for line in draft_of(here, "environment").lines if line.row.section == "figure"
    )
    write(here, "finance", {foreign: {"value": "5"}, "part-999999": {"state": "done"}})
    assert not Answer.objects.exists()


def test_history_of_handing_in_and_accepting(here: Side) -> None:
    open_cycle(here)
    (first,) = report(here, "environment")
    accept(here, first)
    assert [(kind, after) for kind, _before, after in _lines(here, "reporting.submit")] == [
        ("rounds.submission", {"version": 1, "sha256": first.sha256}),
        (
            "rounds.obligation",
            {"state": "submitted", "version": 1, "submitted_at": first.at.isoformat()},
        ),
    ]
    judged = _lines(here, "reporting.judge")
    assert ("rounds.obligation", {"state": "submitted"}, {"state": "accepted", "version": 1}) in judged
    assert broken_links(here.tenant.pk) == []


def test_a_frozen_report_never_changes(here: Side) -> None:
    open_cycle(here)
    (first,) = report(here, "environment")
    content = Submission.objects.get(pk=first.pk).content
    actions.give_back(here.viewer("officer"), first.pk, remarks="sửa")
    write(here, "environment", full_answers(draft_of(here, "environment"), "Viết lại", "80"))
    hand_in(here, "environment")
    with writing():
        report_of(here, "environment").plan.tasks.update(text="đã đổi")
    kept = Submission.objects.get(pk=first.pk)
    assert kept.content == content
    assert fingerprint(kept.content) == kept.sha256
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        Submission.objects.filter(pk=first.pk).update(content={})


def test_what_changed_between_two_versions(here: Side) -> None:
    open_cycle(here)
    (first,) = report(here, "environment")
    actions.give_back(here.viewer("officer"), first.pk, remarks="sửa")
    figure = draft_of(here, "environment").section("figure")[0].row.key
    write(here, "environment", {figure: {"value": "74", "kind": "estimate"}})
    second = hand_in(here, "environment")
    assert [(d.key, d.label, d.before, d.after) for d in differences(first.content, second.content)] == [
        (figure, "Giá trị", "72,5", "74"),
        (figure, "Loại số liệu", "thực hiện", "ước thực hiện"),
    ]


def test_figures_follow_the_life_of_their_report(here: Side) -> None:
    open_cycle(here)
    viewer = here.viewer("officer")

    def counting() -> list[tuple[Decimal, str]]:
        return [(value_of(row), row.standing) for row in counting_on(viewer, now()).order_by("pk")]

    (first,) = report(here, "environment")
    assert counting() == [(Decimal("72.5"), "reported")]
    actions.give_back(viewer, first.pk, remarks="sửa")
    assert counting() == []
    figure = draft_of(here, "environment").section("figure")[0].row.key
    write(here, "environment", {figure: {"value": "74"}})
    second = hand_in(here, "environment")
    assert counting() == [(Decimal(74), "reported")]
    old, new = Figure.objects.order_by("pk")
    assert new.corrects_id == old.pk
    assert (new.source_kind, new.source_id) == ("reporting.submission", second.pk)
    accept(here, second)
    assert counting() == [(Decimal(74), "accepted")]


def test_a_value_that_becomes_nil_counts_no_more(here: Side) -> None:
    open_cycle(here)
    (first,) = report(here, "environment")
    actions.give_back(here.viewer("officer"), first.pk, remarks="sửa")
    figure = draft_of(here, "environment").section("figure")[0].row.key
    write(here, "environment", {figure: {"value": "", "nil": "1"}})
    hand_in(here, "environment")
    assert not counting_on(here.viewer("officer"), now()).exists()


def test_a_commune_answers_for_its_own_territory(here: Side) -> None:
    plan = make_plan(here)
    with writing():
        plan.targets.filter(order=1).update(answering=here.parties["communes"])
    open_cycle(here, plan)
    report(here, "commune_1", "commune_2")
    places = set(Figure.objects.values_list("territory", flat=True))
    assert places == {here.parties["commune_1"].unit_id, here.parties["commune_2"].unit_id}


def test_progress_is_written_when_a_report_is_accepted(here: Side) -> None:
    cycle = open_cycle(here)
    (first,) = report(here, "science")
    assert not Progress.objects.exists()
    accept(here, first)
    rows = Progress.objects.all()
    assert {row.part_id for row in rows} == {
        line.row.id for line in draft_of(here, "science").section("part")
    }
    assert {
        (row.part.role, row.state, row.party_id, row.source_id) for row in rows.select_related("part")
    } == {
        ("lead", "on_time", here.parties["science"].pk, first.pk),
        ("coordinate", "took_part", here.parties["science"].pk, first.pk),
    }
    assert {(row.period_start, row.period_until) for row in rows} == {
        (cycle.period_start, cycle.period_until)
    }


def test_a_row_cannot_be_nil_and_say_something(here: Side) -> None:
    open_cycle(here)
    write(here, "finance")
    key = draft_of(here, "finance").lines[0].row.key
    write(here, "finance", {key: {"nil": "1"}})
    with pytest.raises(Refused) as refused:
        hand_in(here, "finance")
    assert list(refused.value.fields) == [key]


def test_a_nil_report_that_says_something_is_refused(here: Side) -> None:
    open_cycle(here)
    write(here, "finance", is_nil=True)
    with pytest.raises(Refused, match="không phát sinh"):
        hand_in(here, "finance")


def test_obstacles_are_kept_with_whom_they_are_for(here: Side) -> None:
    open_cycle(here)
    write(here, "finance")
    write(
        here,
        "finance",
        {
            "obstacle-0": {"obstacle": "Thiếu người", "proposal": "Thêm biên chế", "addressee": "UBND"},
            NO_OBSTACLES: {"nil": ""},
        },
    )
    content = hand_in(here, "finance").content
    assert content["obstacles"] == [
        {"key": "obstacle-0", "obstacle": "Thiếu người", "proposal": "Thêm biên chế", "addressee": "UBND"}
    ]


def test_what_was_shown_is_what_is_handed_in(here: Side) -> None:
    open_cycle(here)
    write(here, "finance")
    row = report_of(here, "finance")
    write(here, "finance", {NO_OBSTACLES: {"nil": ""}, "obstacle-0": {"obstacle": "thêm sau"}})
    with pytest.raises(Conflict):
        actions.submit(here.viewer("head_finance"), row.pk, version=row.version)
    assert not Submission.objects.exists()


def test_after_handing_in_the_draft_rests(here: Side) -> None:
    open_cycle(here)
    report(here, "finance")
    key = draft_of(here, "finance").lines[0].row.key
    with pytest.raises(Conflict, match="đã được gửi"):
        write(here, "finance", {key: {"result": "sửa lén"}})


def test_a_stranger_to_the_report_finds_none(cast: Cast, here: Side) -> None:
    open_cycle(here)
    row = report_of(here, "finance")
    for viewer in (here.viewer("clerk_science"), here.viewer("officer"), cast.there.viewer("clerk_finance")):
        with pytest.raises(Report.DoesNotExist):
            actions.save_draft(viewer, row.pk, version=0, rows={})
        with pytest.raises(Report.DoesNotExist):
            actions.submit(viewer, row.pk, version=0)


def test_only_the_collecting_agency_judges(cast: Cast, here: Side) -> None:
    open_cycle(here)
    (first,) = report(here, "finance")
    for person in ("clerk_finance", "leader", "administrator"):
        with pytest.raises(NotAllowed):
            actions.accept(here.viewer(person), [first.pk])
        with pytest.raises(NotAllowed):
            actions.give_back(here.viewer(person), first.pk, remarks="x")
    with pytest.raises(Refused):
        actions.accept(cast.there.viewer("officer"), [first.pk])


def test_a_form_costs_the_same_for_few_rows_and_for_many(
    here: Side, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for tasks in (5, 40):
        plan = make_plan(here, tasks, number=f"{tasks}/KH-UBND")
        cycle = open_cycle(here, plan)
        row = Report.objects.select_related(
            "obligation__cycle__collector", "obligation__party", "plan__territory"
        ).get(pk=report_of(here, "finance", cycle).pk)
        with django_assert_num_queries(16, exact=False) as captured:
            whole = draft(row)
        counts.append((len(whole.lines), len(captured)))
    assert counts[0][0] < 12 < counts[1][0]
    assert counts[0][1] == counts[1][1]


def test_what_the_agency_means_to_reach_stands_beside_its_report(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    cycle = open_cycle(here)
    lead = next(line for line in draft_of(here, "finance").lines if line.row.asked_in == "lead")
    year = (cycle.period_until - timedelta(days=1)).year
    plans.expect(
        here.viewer("clerk_finance"),
        lead.row.plan,
        party=here.parties["finance"].pk,
        year=year,
        rows={lead.row.id: {"result": "Hai mô hình thí điểm", "month": "9"}},
    )
    page = signed_in("clerk_finance").get(reverse("reporting:form", args=[report_of(here, "finance").pk]))
    assert "Hai mô hình thí điểm (tháng 9)" in page.content.decode()
