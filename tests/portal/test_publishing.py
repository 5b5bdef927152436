"""Only what an officer published is public: word for word, with its figures, until it is removed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from luc.figures.actions import withdraw
from luc.figures.models import Figure, Standing
from luc.issuing.lineage import down, up
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import action
from luc.kernel.models import Change
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM
from luc.kernel.writing import writing
from luc.plans.models import Plan, Progress, Task
from luc.portal import actions, changes, queries
from luc.portal.models import Edition
from luc.reporting.actions import judging
from luc.reporting.content import all_rows
from luc.rounds.models import Submission
from tests.cast import Side
from tests.issuing.life import drafted
from tests.issuing.signing import issued
from tests.plan import make_plan
from tests.portal.life import publish, reported
from tests.reporting import life


def test_nothing_is_public_before_it_was_published(here: Side) -> None:
    plan = reported(here)
    assert queries.listed() == []
    with pytest.raises(Edition.DoesNotExist):
        queries.shown(plan.pk)


def test_a_published_plan_says_who_promised_what_and_how_far_it_is(here: Side) -> None:
    plan = reported(here)
    publish(here, plan)
    found = queries.shown(plan.pk).content
    assert found["plan"]["number"] == "15/KH-UBND"
    assert [task["number"] for task in found["tasks"]] == ["1", "2", "3", "4", "5", "6"]
    (led,) = [t for t in found["tasks"] if t["leads"] == ["Sở Nông nghiệp và Môi trường"]]
    assert led["state"] == "on_time"
    assert led["ends"] == "2030-12-31"
    assert led["results"] == []
    (told,) = [target for target in found["targets"] if target["value"]]
    assert (told["value"], told["low"], told["high"]) == ("72.5", "70", "80")
    assert [point["value"] for point in told["points"]] == ["72.5"]


def test_publishing_publishes_the_accepted_figures_and_stands_in_the_history(here: Side) -> None:
    plan = reported(here)
    edition = publish(here, plan, note="Công bố lần đầu")
    standings = Standing.objects.order_by("pk").values_list("kind", flat=True)
    assert list(standings) == ["reported", "accepted", "published"]
    line = Change.objects.get(act="portal.publish")
    assert line.after == {"number": 1, "sha256": edition.sha256, "note": "Công bố lần đầu"}


def test_what_happens_later_is_public_only_with_the_next_edition(here: Side) -> None:
    plan = reported(here)
    publish(here, plan)
    task = Task.objects.filter(plan=plan)[0]
    with writing():
        Task.objects.filter(pk=task.pk).update(text="Lời mới của nhiệm vụ")
    assert queries.shown(plan.pk).content["tasks"][0]["text"] == task.text
    publish(here, plan)
    shown = queries.shown(plan.pk)
    assert shown.content["tasks"][0]["text"] == "Lời mới của nhiệm vụ"
    assert [(one["what"], one["id"]) for one in shown.changes] == [("reworded", task.pk)]
    assert changes.sentence(shown.changes[0]) == (
        "Nhiệm vụ 1 “Lời mới của nhiệm vụ”: nội dung trong kế hoạch được sửa."
    )


def test_what_changed_is_told_in_a_sentence_each(here: Side) -> None:
    plan = make_plan(here)
    publish(here, plan)
    life.open_cycle(here, plan)
    life.accept(here, *life.report(here, "environment"))
    publish(here, plan)
    told = [changes.sentence(one) for one in queries.shown(plan.pk).changes]
    assert len(told) == 2
    assert told[0].startswith(
        "Chỉ tiêu “Nước thải sinh hoạt được xử lý đạt 70 - 80 %”: có số liệu đầu tiên, 72,5 %"
    )
    assert told[1].endswith("từ “chưa có báo cáo” sang “đúng tiến độ”.")


def test_a_preview_that_was_overtaken_is_not_published(here: Side) -> None:
    plan = reported(here)
    officer = here.viewer("officer")
    seen = actions.preview(officer, plan.pk, with_words=False).sha256
    with writing():
        Task.objects.filter(plan=plan, number="1").update(text="Vừa sửa")
    with pytest.raises(Conflict):
        actions.publish(officer, plan.pk, seen=seen)
    assert queries.listed() == []


def test_the_same_twice_is_refused(here: Side) -> None:
    plan = reported(here)
    publish(here, plan)
    with pytest.raises(Conflict):
        publish(here, plan)


def test_a_draft_is_not_published(here: Side) -> None:
    plan = make_plan(here, number="", day=None)
    with pytest.raises(Refused):
        publish(here, plan)


def test_a_withdrawn_figure_is_shown_no_more(here: Side) -> None:
    plan = reported(here)
    publish(here, plan)
    before = queries.shown(plan.pk)
    officer = here.viewer("officer")
    with action(officer, "portal.publish", tenant=here.tenant.pk, party=plan.focal_id) as acting:
        withdraw(acting, [Figure.objects.get().pk], reason="nhầm đơn vị đo")
        acting.log(plan, None, {"figure": "withdrawn"})
    shown = queries.shown(plan.pk)
    (told,) = [target for target in shown.content["targets"] if target["is_withdrawn"]]
    assert (told["value"], told["points"], told["state"]) == (None, [], "unknown")
    assert shown.mark != before.mark


def test_what_a_reopened_report_said_is_off_the_pages_at_once(here: Side) -> None:
    """Its state, words, sentence among the changes, place in the counts of the list; it is said where it stood."""
    plan = reported(here)
    publish(here, plan, with_words=True)
    before, counts = queries.shown(plan.pk), queries.listed()[0].summary["states"]
    told = {task["id"]: task for task in before.content["tasks"] if task["results"]}
    report = Submission.objects.get()
    judging.reopen(here.viewer("officer"), report.pk, reason="số liệu nhầm")
    shown = queries.shown(plan.pk)
    assert told
    for task in shown.content["tasks"]:
        if task["id"] in told:
            assert (task["state"], task["is_withdrawn"]) == ("", True)
            assert [(one["by"], one["text"]) for one in task["results"]] == [
                (one["by"], "") for one in told[task["id"]]["results"]
            ]
        else:
            assert not task.get("is_withdrawn")
    assert shown.mark != before.mark
    assert before.changed_at == before.at
    assert shown.changed_at is None
    assert queries.listed()[0].summary["states"] != counts
    page = Client().get(f"/cong-khai/{plan.pk}/nhiem-vu/{next(iter(told))}/").content.decode()
    assert "rút lại để xem xét" in page
    assert "rút lại để xem xét" in Client().get(f"/cong-khai/{plan.pk}/nhiem-vu/").content.decode()


def test_what_was_said_before_and_after_a_reopening(here: Side) -> None:
    """A new word does not come to the page before it is published; then nothing is said of the withdrawn one."""
    plan = reported(here)
    publish(here, plan)
    report = Submission.objects.get()
    judging.reopen(here.viewer("officer"), report.pk, reason="số liệu nhầm")
    life.accept(here, *life.report(here, "environment"))
    assert any(task.get("is_withdrawn") for task in queries.shown(plan.pk).content["tasks"])
    publish(here, plan)
    shown = queries.shown(plan.pk)
    assert shown.gone == ()
    assert not any(task.get("is_withdrawn") for task in shown.content["tasks"])


def test_a_change_that_rests_on_what_was_withdrawn_is_told_no_more(here: Side) -> None:
    plan = make_plan(here, 6)
    life.open_cycle(here, plan)
    publish(here, plan)
    life.accept(here, *life.report(here, "environment"))
    publish(here, plan)
    assert any(one["what"] == "state" for one in queries.shown(plan.pk).changes)
    judging.reopen(here.viewer("officer"), Submission.objects.get().pk, reason="số liệu nhầm")
    shown = queries.shown(plan.pk)
    assert not any(one["what"] == "state" for one in shown.changes)
    last, _first = queries.editions(plan.pk)
    assert not any(one["what"] == "state" for one in shown.still(last.changes))


def test_a_removed_page_is_gone_with_its_reason_kept(here: Side) -> None:
    plan = reported(here)
    publish(here, plan)
    officer = here.viewer("officer")
    with pytest.raises(Refused):
        actions.remove(officer, plan.pk, reason=" ")
    actions.remove(officer, plan.pk, reason="Số liệu cần rà soát")
    assert queries.listed() == []
    assert queries.editions(plan.pk) == []
    with pytest.raises(Edition.DoesNotExist):
        queries.shown(plan.pk)
    publish(here, plan)
    assert queries.shown(plan.pk).number == 2


def test_only_the_focal_agency_publishes(here: Side) -> None:
    plan = reported(here)
    seen = actions.preview(here.viewer("officer"), plan.pk, with_words=False).sha256
    for person in ("clerk_finance", "leader", "administrator"):
        with pytest.raises((Plan.DoesNotExist, NotAllowed)):
            actions.publish(here.viewer(person), plan.pk, seen=seen)


def test_editions_and_removals_are_never_changed(here: Side) -> None:
    edition = publish(here, reported(here))
    with pytest.raises(DatabaseError), transaction.atomic(), writing():
        Edition.objects.filter(pk=edition.pk).update(note="khác")
    with pytest.raises(DatabaseError), transaction.atomic(), writing():
        Edition.objects.filter(pk=edition.pk).delete()


WORDS = {
    "0912 345 678": "Liên hệ 0912 345 678 để biết thêm",
    "an@example.vn": "Thư: an@example.vn",
    "Người a.clerk_environment": "Do Người a.clerk_environment làm",
}


@pytest.mark.parametrize("what", WORDS)
def test_words_that_name_a_person_are_left_out_and_told_to_the_officer(here: Side, what: str) -> None:
    plan = reported(here)
    row = Progress.objects.exclude(result="").filter(part__role="lead")[0]
    more = {"state": "done", "result": WORDS[what], "source_kind": "test", "source_id": 1}
    kept = ("tenant_id", "part_id", "party_id", "period_start", "period_until", "at")
    with writing():
        Progress.objects.create(**{name: getattr(row, name) for name in kept}, **more)
    built = actions.preview(here.viewer("officer"), plan.pk, with_words=True)
    assert [found for _task, found in built.left_out] == [what]
    assert WORDS[what] not in str(built.content)


def test_accepted_words_are_public_only_on_wish(here: Side) -> None:
    plan = reported(here)
    publish(here, plan)
    assert "Đã hoàn thành bước một" not in str(queries.shown(plan.pk).content)
    publish(here, plan, with_words=True)
    told = [task["results"] for task in queries.shown(plan.pk).content["tasks"] if task["results"]]
    assert [said["text"] for said in told[0]] == ["Đã hoàn thành bước một"]
    assert told[0][0]["by"] == "Sở Nông nghiệp và Môi trường"


def test_a_stranger_may_not_publish(here: Side) -> None:
    plan = make_plan(here)
    with pytest.raises(Plan.DoesNotExist):
        actions.preview(Viewer(), plan.pk, with_words=False)


def test_issued_reports_are_listed_without_their_signer(here: Side) -> None:
    paper = issued(here, drafted(here))
    plan = Plan.objects.get()
    publish(here, plan)
    (row,) = queries.shown(plan.pk).content["reports"]
    assert (row["number"], row["sha256"]) == (paper.number, paper.sha256)
    assert row.keys() == {"id", "number", "date", "title", "issuer", "sha256", "corrected"}


def test_a_cell_leads_up_to_the_public_pages_that_say_it(here: Side) -> None:
    plan = reported(here)
    officer = here.viewer("officer")
    sent = Submission.objects.get(obligation__party=here.parties["environment"])
    (leaf,) = (one for one in _leaves(officer, sent) if one.row.get("section") == "figure" and one.said)
    led = Progress.objects.select_related("part").get(party=here.parties["environment"], part__role="lead")
    (task,) = (one for one in _leaves(officer, sent) if one.row.get("task") == led.part.task_id)
    assert not _public(officer, leaf)
    publish(here, plan)
    number = plan.number
    today = timezone.localtime(Edition.objects.get().at, VIETNAM)
    told = f"Trang công khai của {number}: từ lần công bố 1 ({today:%d/%m/%Y}), đang hiện"
    api = (f"API: {number}", f"/api/v1/plans/{plan.pk}")
    assert _public(officer, leaf) == [(told, f"/cong-khai/{plan.pk}/chi-tieu/"), api]
    assert _public(officer, task) == [(told, f"/cong-khai/{plan.pk}/nhiem-vu/{led.part.task_id}/"), api]
    judging.reopen(officer, sent.pk, reason="số liệu nhầm")
    gone = f"Trang công khai của {number}: lần công bố 1 ({today:%d/%m/%Y}) đến lần 1, nay không hiện"
    changes_page = f"/cong-khai/{plan.pk}/thay-doi/"
    assert _public(officer, leaf) == _public(officer, task) == [(gone, changes_page)]


def _leaves(viewer: Viewer, sent: Submission) -> list[down.Leaf]:
    return down.leaves(viewer, [(sent.pk, row["key"]) for row in all_rows(sent.content)])[0]


def _public(viewer: Viewer, leaf: down.Leaf) -> list[tuple[str, str]]:
    found = [(one.title, one.address) for one in up.pages_with(viewer, leaf)]
    return [one for one in found if one[0].startswith(("Trang công khai", "API"))]
