"""A province answers its ministry out of what it has consolidated itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from luc.figures.models import Figure
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.writing import writing
from luc.plans.models import Plan, PlanRelation, Task
from luc.reporting import actions
from luc.reporting.doubts import questions
from luc.reporting.models import Answer, Report
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft
from luc.reporting.queries.reports import draft, reports
from luc.reporting.upwards.actions import pair, take
from luc.reporting.upwards.listed import listed
from luc.reporting.upwards.models import Origin, Pairing
from luc.reporting.upwards.pairing import likeliest, lines, own_plans
from luc.reporting.upwards.queries import Offer, below, likeliest_cycle, offers, own_cycles
from luc.rounds.models import Cycle, Submission
from tests.cast import Cast, Side
from tests.ministry import Ministry, make_ministry
from tests.plan import make_plan
from tests.reporting import life


@pytest.fixture
def ministry(cast: Cast) -> Ministry:
    """A ministry over both provinces, with an open round."""
    made = make_ministry(cast.here, cast.there)
    made.open_cycle()
    return made


def own_round(side: Side) -> Cycle:
    """A round of the province in which environment's report was accepted and finance's waits."""
    with scope(tenant=[side.tenant.pk]):
        cycle = life.open_cycle(side, make_plan(side))
        first, _second = life.report(side, "environment", "finance")
        life.accept(side, first)
    return cycle


def chosen(ministry: Ministry, side: Side) -> dict[tuple[str, int], list[tuple[str, int]]]:
    """The first task and the first target of the ministry, answered by environment's task and target."""
    with scopes_disabled():
        plan = Plan.objects.get(tenant=side.tenant)
        task = Task.objects.get(plan=plan, parts__party=side.parties["environment"], parts__role="lead")
        target = plan.targets.order_by("order")[0]
        above, figure = ministry.plan.tasks.order_by("order")[0], ministry.plan.targets.order_by("order")[0]
    return {
        ("task", above.pk): [("task", task.pk)],
        ("figure", figure.pk): [("figure", target.pk)],
    }


def take_all(ministry: Ministry, side: Side, cycle: Cycle) -> Report:
    """Pair, then take everything."""
    viewer, report = ministry.above(side), ministry.report_of(side)
    with ministry.seen_by(viewer):
        plan = own_plans(viewer, report).get()
        pair(viewer, report.pk, plan=plan.pk, pairs=chosen(ministry, side))
        keys = [line.row.key for line in draft(reports(viewer).get(pk=report.pk)).lines]
        take(viewer, report.pk, version=report.version, cycle=cycle.pk, keys=keys)
    return ministry.report_of(side)


def hand_in(ministry: Ministry, side: Side) -> Submission:
    """The rest is answered by hand; then the report goes to the ministry."""
    viewer, report = ministry.above(side), ministry.report_of(side)
    with ministry.seen_by(viewer):
        whole = draft(reports(viewer).get(pk=report.pk))
        rest = {line.row.key: {"nil": "1"} for line in whole.open_lines} | {NO_OBSTACLES: {"nil": "1"}}
        saved = actions.save_draft(viewer, report.pk, version=whole.report.version, rows=rest)
        return actions.submit(viewer, report.pk, version=saved.version)


def test_the_accepted_consolidation_fills_the_draft_with_where_it_comes_from(
    cast: Cast, ministry: Ministry
) -> None:
    cycle = own_round(cast.here)
    report = take_all(ministry, cast.here, cycle)
    with scopes_disabled():
        answers = {answer.section: answer for answer in Answer.objects.filter(report=report)}
        (accepted,) = Submission.objects.filter(obligation__cycle=cycle, verdict__kind="accepted")
        origins = {row.key.partition("-")[0]: row for row in Origin.objects.filter(report=report)}
    assert answers["part"].state == "on_time"
    assert answers["part"].result.startswith("Sở Nông nghiệp và Môi trường: Đã hoàn thành bước một")
    assert str(answers["figure"].value) == "72.500000"
    assert origins["part"].content["cycle"]["id"] == cycle.pk
    assert (origins["part"].content["heard"], origins["part"].content["bound"]) == (1, cycle_size(cycle))
    assert [row[:2] for row in origins["figure"].content["rows"]] == [[accepted.pk, 1]]


def cycle_size(cycle: Cycle) -> int:
    with scopes_disabled():
        return cycle.obligations.count()


def test_what_is_handed_in_keeps_its_lineage_and_the_ledger_the_province(
    cast: Cast, ministry: Ministry
) -> None:
    cycle = own_round(cast.here)
    take_all(ministry, cast.here, cycle)
    submission = hand_in(ministry, cast.here)
    rows = {row["key"].partition("-")[0]: row for row in submission.content["rows"] if row.get("from")}
    assert rows["figure"]["from"]["cycle"]["id"] == cycle.pk
    assert "rewritten" not in rows["figure"]["from"]
    assert "said" not in rows["figure"]["from"]
    with scopes_disabled():
        figure = Figure.objects.get(source_kind="reporting.submission", source_id=submission.pk)
        # nothing of the province's names goes along, beside what it says itself
        assert figure.territory_id == cast.here.province.pk
        assert figure.tenant_id == ministry.tenant.pk


def test_an_answer_that_was_written_over_says_so(cast: Cast, ministry: Ministry) -> None:
    report = take_all(ministry, cast.here, own_round(cast.here))
    viewer = ministry.above(cast.here)
    with ministry.seen_by(viewer):
        (figure,) = [key for key in Origin.objects.values_list("key", flat=True) if key.startswith("figure")]
        actions.save_draft(viewer, report.pk, version=report.version, rows={figure: {"value": "80"}})
    submission = hand_in(ministry, cast.here)
    said = {row["key"]: row["from"] for row in submission.content["rows"] if row.get("from")}
    assert said[figure]["rewritten"]


def test_what_changes_below_afterwards_is_a_difference(cast: Cast, ministry: Ministry) -> None:
    side, cycle = cast.here, own_round(cast.here)
    report = take_all(ministry, side, cycle)
    viewer = ministry.above(side)
    with ministry.seen_by(viewer):
        before = offers(draft(reports(viewer).get(pk=report.pk)), below(viewer, cycle))
    assert not [one for one in before if one.is_changed]
    with scope(tenant=[side.tenant.pk]):
        (accepted,) = Submission.objects.filter(obligation__cycle=cycle, verdict__kind="accepted")
        actions.reopen(side.viewer("officer"), accepted.pk, reason="nhầm số", until=None)
        life.write(
            side, "environment", life.full_answers(life.draft_of(side, "environment", cycle), value="75")
        )
        life.accept(side, life.hand_in(side, "environment"))
    with ministry.seen_by(viewer):
        after = offers(draft(reports(viewer).get(pk=report.pk)), below(viewer, cycle))
    (changed,) = [one for one in after if one.is_changed]
    assert (changed.taken_cells[0], changed.cells[0]) == (("value", "72,5 %"), ("value", "75 %"))
    assert [one.row.section for one in after if one.is_confirmed_anew] == ["part"]
    assert changed.rows[0][1] == 2


def test_a_pairing_is_kept_for_the_next_round_and_changed_as_a_whole(cast: Cast, ministry: Ministry) -> None:
    side = cast.here
    own_round(side)
    viewer, report = ministry.above(side), ministry.report_of(side)
    pairs = chosen(ministry, side)
    with ministry.seen_by(viewer):
        plan = own_plans(viewer, report).get()
        assert pair(viewer, report.pk, plan=plan.pk, pairs=pairs) == 2
        found = lines(reports(viewer).get(pk=report.pk), plan)
        assert {(line.row.thing, one.row.thing) for line in found for one in line.chosen} == {
            (above, own) for above, others in pairs.items() for own in others
        }
        relation = PlanRelation.objects.get()
        assert (relation.plan_id, relation.to_id, relation.kind) == (plan.pk, ministry.plan.pk, "carries_out")
        assert likeliest([plan], [ministry.plan]) == plan
        first = dict(list(pairs.items())[:1])
        assert pair(viewer, report.pk, plan=plan.pk, pairs=first) == 1
        assert Pairing.objects.filter(ended_at=None).count() == 1
        assert Pairing.objects.count() == 2


def test_items_are_proposed_by_their_words(cast: Cast, ministry: Ministry) -> None:
    side = cast.here
    own_round(side)
    viewer, report = ministry.above(side), ministry.report_of(side)
    with ministry.seen_by(viewer):
        plan = own_plans(viewer, report).get()
        task, *_rest = plan.tasks.order_by("order")
        with writing():
            Task.objects.filter(pk=task.pk).update(text="Xây dựng mô hình xử lý chất thải tại địa phương")
        found = lines(reports(viewer).get(pk=report.pk), plan)
    first = found[0]
    assert first.candidates[0].row.thing == ("task", task.pk)
    assert first.candidates[0].is_chosen
    assert {one.row.section for line in found if line.row.section == "figure" for one in line.candidates} <= {
        "figure"
    }


def test_a_role_in_one_tenant_alone_takes_nothing(cast: Cast, ministry: Ministry) -> None:
    """The ministry's officer reads nothing of the province, the province's other people nothing of the ministry."""
    cycle = own_round(cast.here)
    report = ministry.report_of(cast.here)
    alone = ministry.viewer("m.officer")
    with ministry.seen_by(alone), pytest.raises(Report.DoesNotExist):
        take(alone, report.pk, version=0, cycle=cycle.pk, keys=["part-1"])
    with ministry.seen_by(alone):
        assert not own_cycles(alone, report).exists()
    head = cast.here.viewer("focal_head")
    with ministry.seen_by(head), pytest.raises(Report.DoesNotExist):
        take(head, report.pk, version=0, cycle=cycle.pk, keys=["part-1"])


def test_a_round_of_another_province_is_not_taken(cast: Cast, ministry: Ministry) -> None:
    other = own_round(cast.there)
    viewer, report = ministry.above(cast.here), ministry.report_of(cast.here)
    with scopes_disabled(), pytest.raises(Cycle.DoesNotExist):
        take(viewer, report.pk, version=0, cycle=other.pk, keys=["part-1"])
    with scopes_disabled(), pytest.raises(Plan.DoesNotExist):
        pair(viewer, report.pk, plan=Plan.objects.get(tenant=cast.there.tenant).pk, pairs={})


def test_a_reader_of_both_writes_nothing(cast: Cast, ministry: Ministry) -> None:
    reader, report = ministry.viewer("m.reader"), ministry.report_of(cast.here)
    with ministry.seen_by(reader), pytest.raises((Report.DoesNotExist, NotAllowed)):
        take(reader, report.pk, version=0, cycle=own_round(cast.here).pk, keys=["part-1"])


def test_what_was_not_accepted_is_not_taken(cast: Cast, ministry: Ministry) -> None:
    side = cast.here
    with scope(tenant=[side.tenant.pk]):
        cycle = life.open_cycle(side, make_plan(side))
        life.report(side, "environment")
    with pytest.raises(Refused, match="chấp nhận"):
        take_all(ministry, side, cycle)


def test_the_round_of_the_same_time_is_proposed(cast: Cast, ministry: Ministry) -> None:
    cycle = own_round(cast.here)
    viewer, report = ministry.above(cast.here), ministry.report_of(cast.here)
    with ministry.seen_by(viewer):
        assert likeliest_cycle(list(own_cycles(viewer, report)), report) == cycle


def page_of(username: str, ministry: Ministry, side: Side) -> Client:
    client = Client()
    with writing():
        client.force_login(ministry.people.get(username) or side.people[username])
    return client


def test_on_the_pages_a_person_pairs_takes_and_looks_again(cast: Cast, ministry: Ministry) -> None:
    side, cycle = cast.here, own_round(cast.here)
    report, client = ministry.report_of(side), page_of("officer", ministry, side)
    form = client.get(f"/bao-cao/{report.pk}/")
    assert "Lấy từ tổng hợp của tỉnh" in form.content.decode()
    address = f"/bao-cao/{report.pk}/tu-tong-hop/"
    assert "chưa ghép" in client.get(address).content.decode()
    ticked = {
        f"ghep-{kind}-{item}": ["", *(f"{own}-{pk}" for own, pk in others)]
        for (kind, item), others in chosen(ministry, side).items()
    }
    assert client.post(f"/bao-cao/{report.pk}/ghep-muc/", ticked).headers["Location"] == address
    offered = client.get(address).content.decode()
    assert "72,5 %" in offered
    keys = [line.row.key for line in whole_of(ministry, side).lines]
    answer = client.post(address, {"version": report.version, "ky": cycle.pk, "muc": keys})
    assert answer.headers["Location"] == f"/bao-cao/{report.pk}/"
    assert f"1/{cycle_size(cycle)} đơn vị" in client.get(f"/bao-cao/{report.pk}/").content.decode()
    submission = hand_in(ministry, side)
    own = client.get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    assert "Lấy từ tổng hợp" in own
    assert f"/bao-cao/da-gui/{accepted_of(cycle).pk}/#" in own


def whole_of(ministry: Ministry, side: Side) -> Draft:
    viewer = ministry.above(side)
    with ministry.seen_by(viewer):
        return draft(reports(viewer).get(pk=ministry.report_of(side).pk))


def accepted_of(cycle: Cycle) -> Submission:
    with scopes_disabled():
        return Submission.objects.get(obligation__cycle=cycle, verdict__kind="accepted")


def test_the_ministry_reads_how_complete_it_is_and_no_report_of_the_province(
    cast: Cast, ministry: Ministry
) -> None:
    side, cycle = cast.here, own_round(cast.here)
    take_all(ministry, side, cycle)
    submission = hand_in(ministry, side)
    below_address = f"/bao-cao/da-gui/{accepted_of(cycle).pk}/"
    officer, reader = page_of("m.officer", ministry, side), page_of("m.reader", ministry, side)
    read = officer.get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    assert f"1/{cycle_size(cycle)} đơn vị" in read
    assert below_address not in read
    assert officer.get(below_address).status_code == 404
    viewer = ministry.viewer("m.officer")
    with ministry.seen_by(viewer):
        actions.accept(viewer, [submission.pk])
    assert below_address in reader.get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    assert reader.get(below_address).status_code == 200


def test_who_does_not_follow_the_province_is_told_so(cast: Cast, ministry: Ministry) -> None:
    own_round(cast.here)
    report = ministry.report_of(cast.there)
    client = page_of("officer", ministry, cast.there)
    assert (
        "Chưa có kỳ báo cáo nào của tỉnh" in client.get(f"/bao-cao/{report.pk}/tu-tong-hop/").content.decode()
    )
    assert client.post(f"/bao-cao/{report.pk}/tu-tong-hop/", {}).status_code == 404
    assert client.post(f"/bao-cao/{report.pk}/ghep-muc/", {}).status_code == 200
    stranger = page_of("officer", ministry, cast.here)
    assert stranger.get(f"/bao-cao/{report.pk}/tu-tong-hop/").status_code == 404


ALL_SECTIONS = ["lead", "coordinate", "duty", "figure", "estimate", "money", "obstacle", "evidence"]
SPENT = {"source": "central", "planned": "4.000", "disbursed": "1.250,5", "cumulative": "3.100"}


@pytest.fixture
def asking(cast: Cast) -> Ministry:
    """A ministry that asks its provinces for estimates and money too, in tỷ đồng."""
    made = make_ministry(cast.here, cast.there)
    choices = actions.Choices(sections={"province": ALL_SECTIONS}, money_unit="tỷ đồng")
    made.open_cycle(choices=choices)
    return made


def full_round(side: Side) -> Cycle:
    """A round of the province with estimates, money in triệu đồng, and obstacles; environment's report is accepted."""
    with scope(tenant=[side.tenant.pk]):
        cycle = life.open_cycle(side, make_plan(side), sections={"leading": ALL_SECTIONS})
        whole = life.draft_of(side, "environment")
        rows = life.full_answers(whole) | {NO_OBSTACLES: {"nil": ""}}
        rows[whole.section("figure")[0].row.key]["estimate"] = "80"
        task = whole.section("lead")[0].row.key
        rows[task] |= {"obstacle": "Chưa có định mức", "proposal": "Ban hành định mức"}
        rows |= {f"money-{n}": {"title": f"Dự án {n}", **SPENT} for n in (1, 2)}
        rows["obstacle-1"] = {"obstacle": "Thiếu vốn", "addressee": "Bộ Công Thương"}
        life.write(side, "environment", rows)
        life.accept(side, life.hand_in(side, "environment"))
    return cycle


def offered(ministry: Ministry, side: Side, cycle: Cycle) -> list[Offer]:
    viewer = ministry.above(side)
    with ministry.seen_by(viewer):
        whole = draft(reports(viewer).get(pk=ministry.report_of(side).pk))
        return [*offers(whole, below(viewer, cycle)), *listed(whole, below(viewer, cycle))]


def take_offered(ministry: Ministry, side: Side, cycle: Cycle) -> Report:
    names = [one.name for one in offered(ministry, side, cycle)]
    viewer, report = ministry.above(side), ministry.report_of(side)
    with ministry.seen_by(viewer):
        plan = own_plans(viewer, report).get()
        pair(viewer, report.pk, plan=plan.pk, pairs=chosen(ministry, side))
        take(viewer, report.pk, version=report.version, cycle=cycle.pk, keys=names)
    return ministry.report_of(side)


def test_estimates_money_and_obstacles_go_up_too_in_the_unit_that_is_asked(
    cast: Cast, asking: Ministry
) -> None:
    cycle = full_round(cast.here)
    report = take_offered(asking, cast.here, cycle)
    with scopes_disabled():
        answers = list(Answer.objects.filter(report=report, is_nil=False).order_by("section", "order"))
        origins = {row.key: row for row in Origin.objects.filter(report=report)}
    figure = next(row for row in answers if row.section == "figure")
    assert (figure.value, figure.estimate) == (Decimal("72.5"), 80)
    (money,) = [row for row in answers if row.section == "money"]
    assert (money.planned, money.disbursed, money.cumulative) == (8, Decimal("2.501"), Decimal("6.2"))
    raised = [(row.obstacle, row.proposal, row.addressee) for row in answers if row.section == "obstacle"]
    assert [addressee for _obstacle, _proposal, addressee in raised] == ["Bộ Công Thương", "Cơ quan đầu mối"]
    assert raised[0][0].startswith("Thiếu vốn (")
    assert "Chưa có định mức (" in raised[1][0]
    assert raised[1][1] == "Ban hành định mức"
    assert [row[2] for row in origins["money-1"].content["rows"]] == ["money-1", "money-2"]
    assert origins["obstacle-1"].content["rows"][0][2] == "obstacle-1"


def test_what_was_taken_of_money_and_obstacles_is_known_again_and_frozen_with_its_lineage(
    cast: Cast, asking: Ministry
) -> None:
    side, cycle = cast.here, full_round(cast.here)
    report = take_offered(asking, side, cycle)
    again = [one for one in offered(asking, side, cycle) if one.token]
    assert [one.row.key for one in again] == ["money-1", "obstacle-1", "obstacle-2"]
    assert all(one.taken and not one.is_changed and not one.is_rewritten for one in again)
    viewer = asking.above(side)
    with asking.seen_by(viewer):
        rows = {"obstacle-1": {"obstacle": "Thiếu vốn đối ứng"}}
        actions.save_draft(viewer, report.pk, version=report.version, rows=rows)
    client = page_of("officer", asking, side)
    page = client.get(f"/bao-cao/{report.pk}/tu-tong-hop/").content.decode()
    assert "đã sửa so với bản lấy" in page
    assert "Lấy từ tổng hợp «" in client.get(f"/bao-cao/{report.pk}/").content.decode()
    with asking.seen_by(viewer):
        whole = draft(reports(viewer).get(pk=report.pk))
        rest = {line.row.key: {"nil": "1"} for line in whole.open_lines}
        saved = actions.save_draft(viewer, report.pk, version=whole.report.version, rows=rest)
        why = dict.fromkeys(
            [*questions(whole), *(line.row.key for line in whole.lines), "money-1"], "Đã rà soát"
        )
        submission = actions.submit(viewer, report.pk, version=saved.version, explanations=why)
    (money,), (first, second) = submission.content["money"], submission.content["obstacles"]
    assert money["from"]["cycle"]["id"] == cycle.pk
    assert (first["from"].get("rewritten"), second["from"].get("rewritten")) == (True, None)
    read = client.get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    assert f"/bao-cao/da-gui/{accepted_of(cycle).pk}/#money-2" in read


def test_obstacles_for_others_are_offered_and_not_ticked(cast: Cast, asking: Ministry) -> None:
    side, cycle = cast.here, full_round(cast.here)
    likely = [one.is_likely for one in offered(asking, side, cycle) if one.row.section == "obstacle"]
    assert likely == [True, False]
    page = page_of("officer", asking, side).get(f"/bao-cao/{asking.report_of(side).pk}/tu-tong-hop/").content
    assert "1 vướng mắc, kiến nghị gửi nơi khác" in page.decode()


def test_money_is_not_offered_where_it_is_not_asked(cast: Cast, ministry: Ministry) -> None:
    found = offered(ministry, cast.here, full_round(cast.here))
    assert {one.row.section for one in found if one.token} == {"obstacle"}
    assert all("estimate" not in one.said for one in found)
