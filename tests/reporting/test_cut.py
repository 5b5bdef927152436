"""The form, cut to the person: what each kind of party answers, the folded list, nil, and exact coverage."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from luc.agencies.models import Party
from luc.kernel.errors import Conflict, Refused
from luc.kernel.models import Change
from luc.kernel.time import VIETNAM, telling, today
from luc.kernel.writing import writing
from luc.plans.models import Duty, Part, Progress, Regime, Task
from luc.reporting import actions
from luc.reporting.models import Answer, CycleForm, Report
from luc.reporting.queries.binding import binding
from luc.reporting.queries.consolidation import Consolidation, consolidate
from luc.reporting.queries.reports import rows_of
from luc.rounds.models import Cycle, Obligation, Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import (
    NO_OBSTACLES,
    PEOPLE,
    accept,
    draft_of,
    hand_in,
    open_cycle,
    report,
    report_of,
    write,
)

SignIn = Callable[..., Client]


def _told(side: Side, cycle: Cycle) -> Consolidation:
    return consolidate(side.viewer("officer"), cycle, accepted_only=False)


def _coordinated(side: Side, party: str) -> list[str]:
    return [line.row.key for line in draft_of(side, party).coordinated]


def test_a_coordinating_party_only_says_what_it_took_part_in(here: Side) -> None:
    cycle = open_cycle(here, make_plan(here, 8))
    first, *rest = _coordinated(here, "commune_1")
    assert rest
    viewer, row = here.viewer("clerk_commune"), report_of(here, "commune_1")
    rows = {first: {"state": "took_part", "result": "Phát 200 tờ rơi"}, NO_OBSTACLES: {"nil": "1"}}
    for line in draft_of(here, "commune_1").section("duty"):
        rows[line.row.key] = {"nil": "1"}
    actions.save_draft(viewer, row.pk, version=0, rows=rows, rest_nil=True)
    whole = draft_of(here, "commune_1")
    assert whole.open_count == 0
    assert whole.rest_is_nil
    submission = hand_in(here, "commune_1")
    said = {one["key"]: one for one in submission.content["rows"]}
    assert (said[first]["state"], said[first]["result"]) == ("took_part", "Phát 200 tờ rơi")
    assert all(said[key]["nil"] for key in rest)
    task = next(line for line in _told(here, cycle).tasks if line.telling)
    assert task.coverage == "1/3 đơn vị phối hợp có tham gia, 2 chưa báo cáo"


def test_ticking_and_unticking_moves_rows_out_of_nil_and_back(here: Side) -> None:
    open_cycle(here, make_plan(here, 8))
    viewer, row = here.viewer("clerk_commune"), report_of(here, "commune_1")
    keys = _coordinated(here, "commune_1")

    def nils() -> list[bool]:
        return [line.is_nil for line in draft_of(here, "commune_1").coordinated]

    actions.save_draft(viewer, row.pk, version=0, rows={}, rest_nil=True)
    assert nils() == [True] * len(keys)
    actions.save_draft(viewer, row.pk, version=1, rows={keys[0]: {"state": "took_part"}}, rest_nil=True)
    assert nils() == [False] + [True] * (len(keys) - 1)
    assert draft_of(here, "commune_1").coordinated[0].lack == "chưa ghi kết quả"
    actions.save_draft(viewer, row.pk, version=2, rows={keys[0]: {"state": ""}}, rest_nil=False)
    assert nils() == [False] * len(keys)


def test_words_under_a_task_that_is_not_ticked_are_asked_about(here: Side) -> None:
    open_cycle(here, make_plan(here, 8))
    key = _coordinated(here, "commune_1")[0]
    write(here, "commune_1", {key: {"state": "", "result": "Đã họp dân"}}, rest_nil=True)
    line = draft_of(here, "commune_1").coordinated[0]
    assert line.is_contradictory
    assert not line.is_answered
    with pytest.raises(Refused) as refused:
        hand_in(here, "commune_1")
    assert key in refused.value.fields


def test_a_state_of_the_lead_is_none_of_a_coordinating_party(here: Side) -> None:
    open_cycle(here, make_plan(here, 8))
    key = _coordinated(here, "commune_1")[0]
    write(here, "commune_1", {key: {"state": "done", "result": "Xong"}})
    assert Answer.objects.get().state == Progress.State.TOOK_PART
    lead = draft_of(here, "finance").section("lead")[0].row.key
    write(here, "finance", {lead: {"state": "took_part", "result": "Xong"}})
    assert Answer.objects.get(part=int(lead.removeprefix("part-"))).state == ""


def test_nil_in_three_touches_from_the_desk(here: Side, signed_in: SignIn) -> None:
    open_cycle(here, make_plan(here, 40))
    clerk, row = signed_in("clerk_commune"), report_of(here, "commune_1")
    address = f"/bao-cao/{row.pk}/khong-phat-sinh/"
    page = clerk.get(address).content.decode()
    assert re.search(r"<strong>10</strong>\s*nhiệm vụ phối hợp", page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    sent = clerk.post(address, {"version": version[1]})
    submission = Submission.objects.get()
    assert sent.headers["Location"] == f"/bao-cao/da-gui/{submission.pk}/"
    assert submission.is_nil
    assert len(submission.content["rows"]) == 10
    assert all(one["nil"] for one in submission.content["rows"])


def test_a_report_with_words_is_not_sent_as_nil(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    write(here, "finance")
    row = report_of(here, "finance")
    clerk, address = signed_in("clerk_finance"), f"/bao-cao/{row.pk}/khong-phat-sinh/"
    assert "đã có nội dung" in clerk.get(address).content.decode()
    assert clerk.post(address, {"version": row.version}).status_code == 409
    assert not Submission.objects.exists()


def test_spaces_that_do_not_break_are_kept_as_spaces(here: Side) -> None:
    open_cycle(here)
    key = draft_of(here, "finance").section("lead")[0].row.key
    write(here, "finance", {key: {"state": "done", "result": "Đã\u00a0xong\u202f5 việc\u00a0"}})
    assert Answer.objects.get().result == "Đã xong 5 việc"


def test_kinds_of_parties_and_what_they_are_asked_from_the_beginning(here: Side) -> None:
    found = binding(Regime.objects.get(plan=make_plan(here, 8)), today())
    assert found.sections["commune"] == ["coordinate", "obstacle", "evidence"]
    assert found.sections["leading"] == ["lead", "coordinate", "duty", "figure", "obstacle", "evidence"]
    kinds = {line.party.name: str(line.audience) for line in found.bound}
    assert kinds["Sở Tài chính"] == "leading"
    assert kinds["Văn phòng Ủy ban nhân dân"] == "coordinating"
    assert kinds["Ủy ban nhân dân phường An Bình"] == "commune"


def test_what_is_not_asked_is_not_in_the_form_and_not_open(here: Side) -> None:
    plan = make_plan(here, 8)
    sections = {"commune": ["coordinate"], "coordinating": ["duty", "obstacle"]}
    cycle = open_cycle(here, plan, sections=sections)
    whole = draft_of(here, "commune_1")
    assert {line.row.asked_in for line in whole.lines} == {"coordinate"}
    assert whole.total == len(whole.lines) == whole.open_count
    office = Report.objects.get(obligation__party=here.parties["office"])
    assert office.sections == ["duty", "obstacle"]
    actions.save_draft(here.viewer("clerk_commune"), whole.report.pk, version=0, rows={}, rest_nil=True)
    assert hand_in(here, "commune_1").content["sections"] == ["coordinate"]
    told = _told(here, cycle)
    assert told.unasked == {"Sở, ban, ngành chỉ phối hợp": ["Nhiệm vụ phối hợp"]}


def test_what_is_not_asked_is_not_written_either(here: Side) -> None:
    plan = make_plan(here, 8)
    open_cycle(here, plan, sections={"leading": ["lead", "duty", "figure", "obstacle"]})
    part = Part.objects.get(task__plan=plan, task__order=1, role="coordinate")
    write(here, "finance", {f"part-{part.pk}": {"state": "took_part", "result": "lén"}})
    assert not Answer.objects.exists()


def test_leaving_something_out_for_everybody_has_to_be_meant(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    sections = {kind: ["lead", "coordinate", "duty", "obstacle"] for kind in ("leading", "coordinating")}
    with pytest.raises(Refused, match="2 nội dung") as refused:
        open_cycle(here, plan, sections=sections)
    assert "de-lai" in refused.value.fields
    address = f"/ky-bao-cao/mo/{Regime.objects.get(plan=plan).pk}/"
    boxes = {f"hoi-{kind}": values for kind, values in sections.items()}
    page = signed_in("officer").post(address, {"xem": "1"} | boxes).content.decode()
    assert "không hỏi đơn vị nào về 2 nội dung" in page
    cycle = open_cycle(here, plan, sections=sections, without=True)
    told = _told(here, cycle)
    assert [line.is_asked for line in told.targets] == [False, False]
    assert told.unasked["Sở, ban, ngành chủ trì nhiệm vụ"] == ["Chỉ tiêu"]
    kept = Change.objects.get(kind="reporting.cycleform").after
    assert len(kept["left_out"]) == 2


def test_what_nobody_can_answer_still_stops(here: Side) -> None:
    plan = make_plan(here)
    with writing():
        far = Party.objects.create(tenant=here.tenant, kind="association", name="Hội Nông dân")
        Duty.objects.create(
            tenant=here.tenant, plan=plan, party=far, order=9, printed=far.name, text="Vận động"
        )
    with pytest.raises(Refused, match="Vận động"):
        open_cycle(here, plan, without=True)


def test_the_form_is_changed_for_those_who_have_not_begun(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here, make_plan(here, 8))
    write(here, "commune_1", {NO_OBSTACLES: {"nil": "1"}})
    officer = signed_in("officer")
    address = f"/ky-bao-cao/{cycle.pk}/bieu/"
    assert "hoi-commune" in officer.get(address).content.decode()
    answer = officer.post(address, {"hoi-commune": ["", "coordinate"]})
    assert answer.headers["Location"] == address
    assert report_of(here, "commune_1").sections == ["coordinate", "obstacle", "evidence"]
    assert report_of(here, "commune_2").sections == ["coordinate"]
    line = Change.objects.filter(kind="reporting.cycleform").latest("pk")
    assert line.before["sections"]["commune"] == ["coordinate", "obstacle", "evidence"]
    assert line.after["sections"]["commune"] == ["coordinate"]
    with pytest.raises(Conflict):
        write(here, "commune_2", {NO_OBSTACLES: {"nil": "1"}} | {"x": {}}, version=0, rest_nil=True)


def test_a_change_may_not_leave_a_task_with_nobody(here: Side, signed_in: SignIn) -> None:
    cycle = open_cycle(here)
    officer, address = signed_in("officer"), f"/ky-bao-cao/{cycle.pk}/bieu/"
    answer = officer.post(address, {"hoi-leading": ["coordinate", "duty"]})
    assert answer.status_code == 409
    assert "không còn hỏi đơn vị nào" in answer.content.decode()
    assert CycleForm.objects.get().sections["leading"][0] == "lead"
    changed, begun = actions.ask_otherwise(
        here.viewer("officer"), cycle.pk, sections={"leading": ["coordinate", "duty"]}, without=True
    )
    assert changed
    assert begun == 0
    with pytest.raises(Refused, match="không thay đổi"):
        actions.ask_otherwise(here.viewer("officer"), cycle.pk, sections={"leading": ["coordinate", "duty"]})


def test_the_form_of_one_party_is_seen_before_and_after_opening(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, 8)
    regime, officer = Regime.objects.get(plan=plan), signed_in("officer")
    commune = here.parties["commune_1"]
    seen = officer.post(f"/ky-bao-cao/mo/{regime.pk}/", {"bieu": commune.pk, "hoi-commune": ["coordinate"]})
    page = seen.content.decode()
    assert f"biểu của {commune.name}" in page
    assert "Không phát sinh ở tất cả 2 nhiệm vụ phối hợp" in page
    assert 'id="vuong-mac"' not in page
    assert not Cycle.objects.exists()
    cycle = open_cycle(here, plan)
    write(here, "commune_1", {_coordinated(here, "commune_1")[0]: {"state": "took_part", "result": "Bí mật"}})
    row = report_of(here, "commune_1")
    page = officer.get(f"/ky-bao-cao/{cycle.pk}/bieu/?bieu={row.pk}").content.decode()
    assert "Không phát sinh ở tất cả 2 nhiệm vụ phối hợp" in page
    assert "Bí mật" not in page


def test_a_task_is_done_when_all_its_leads_say_so(here: Side) -> None:
    plan = make_plan(here)
    task = Task.objects.get(plan=plan, order=2)  # led by finance
    with writing():
        Part.objects.create(
            tenant=here.tenant,
            task=task,
            party=here.parties["science"],
            role="lead",
            order=5,
            printed="Sở KH&CN",
        )
    cycle = open_cycle(here, plan)

    def say(party: str, state: str) -> None:
        lines = draft_of(here, party).lines
        mine = {line.row.key: {"state": state, "result": "x"} for line in lines if line.row.task == task.pk}
        write(here, party)
        write(here, party, mine)
        hand_in(here, party)

    def line() -> tuple[str, str]:
        found = next(one for one in _told(here, cycle).tasks if one.task.pk == task.pk)
        return found.state, found.state_words

    say("finance", "done")
    assert line() == ("", "mới có 1/2 cơ quan chủ trì báo cáo")
    say("science", "on_time")
    assert line() == ("on_time", "đúng tiến độ")


@pytest.mark.parametrize("seed", range(4))
def test_coverage_is_exact(here: Side, seed: int) -> None:
    """Property: for each task, who is asked as coordinating party either took part, is nil, or is silent."""
    chance = random.Random(seed)
    plan = make_plan(here, 10)
    dropped = chance.choice(["", "commune", "coordinating"])
    cycle = open_cycle(here, plan, sections={dropped: ["duty", "obstacle"]} if dropped else None)
    assert Obligation.objects.count() == len(set(Obligation.objects.values_list("party", flat=True)))
    took: dict[int, int] = {}
    for party in chance.sample(list(PEOPLE), 3):
        whole = draft_of(here, party)
        ticked = [line.row for line in whole.coordinated if chance.random() < 0.5]
        for row in ticked:
            took[row.task or 0] = took.get(row.task or 0, 0) + 1
        write(here, party)
        rows = {line.row.key: {"state": "", "result": ""} for line in whole.coordinated}
        rows |= {row.key: {"state": "took_part", "result": "có"} for row in ticked}
        write(here, party, rows, rest_nil=True)
        submission = hand_in(here, party)
        if chance.random() < 0.5:
            accept(here, submission)
    asked: dict[int, set[int]] = {}
    for one in Report.objects.select_related("obligation__party", "obligation__cycle", "plan"):
        for row in rows_of(one):
            if row.is_coordinated:
                asked.setdefault(row.task or 0, set()).add(one.obligation.party_id)
    for line in _told(here, cycle).tasks:
        assert line.others_asked == len(asked.get(line.task.pk, ()))
        assert len(line.telling) == took.get(line.task.pk, 0)
        assert len(line.telling) + line.nil_count + line.others_silent == line.others_asked


@pytest.mark.parametrize(
    ("day", "expected"), [((2026, 11, 16), "tháng 11 năm 2026"), ((2026, 11, 26), "tháng 12 năm 2026")]
)
def test_the_period_that_is_due_next_is_proposed(
    here: Side, signed_in: SignIn, day: tuple[int, int, int], expected: str
) -> None:
    regime = Regime.objects.get(plan=make_plan(here))
    with writing():
        Regime.objects.filter(pk=regime.pk).update(frequency="monthly", deadline_day=25, deadline_month=None)
    officer = signed_in("officer")
    with telling(datetime(*day, 9, tzinfo=VIETNAM)):
        assert officer.get(f"/ky-bao-cao/mo/{regime.pk}/").context["proposal"].title.endswith(expected)


def test_a_list_of_the_report_numbers_its_rows_through(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, 8)
    with writing():
        plan.tasks.filter(order__gt=4).update(number="1")
    open_cycle(here, plan)
    (submission,) = report(here, "finance")
    page = signed_in("officer").get(f"/bao-cao/da-gui/{submission.pk}/").content.decode()
    numbers = re.findall(r'<td class="middle card-hide">(\d+)</td>', page)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert page.count('class="group"') == 2
    assert "72,5&nbsp;%" in page or "figure" not in {one["section"] for one in submission.content["rows"]}


def test_the_form_begins_at_a_place_of_its_own(here: Side, signed_in: SignIn) -> None:
    open_cycle(here)
    row, clerk = report_of(here, "finance"), signed_in("clerk_finance")
    page = clerk.get(f"/bao-cao/{row.pk}/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    saved = clerk.post(f"/bao-cao/{row.pk}/", {"version": "0", "goto": "top"})
    assert saved.headers["Location"].endswith("#bieu")
