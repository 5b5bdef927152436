"""Adoption: nothing is left with nobody, everything is written at once, the words are locked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from luc.figures.models import Indicator
from luc.kernel import history
from luc.kernel.errors import Refused
from luc.kernel.models import Change
from luc.plans import actions, queries
from luc.plans.gaps import gaps
from luc.plans.models import Part, Plan, Reading, Task
from tests.cast import Side
from tests.conftest import SHARED, needs_plans
from tests.plans.papers import PLAN
from tests.plans.test_reading import read
from vanban.document import Document, Place


def adopted(side: Side, text: str = PLAN) -> Plan:
    """The invented paper, every proposal accepted, adopted."""
    reading, viewer = read(side, text), side.viewer("officer")
    actions.accept_suggestions(viewer, reading.pk)
    return actions.adopt(viewer, reading.pk)


def test_nothing_is_adopted_while_something_is_with_nobody(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    reading, viewer = read(here), here.viewer("officer")
    before = Change.objects.count()
    with pytest.raises(actions.NotReady) as refused:
        actions.adopt(viewer, reading.pk)
    assert {gap.key for gap in refused.value.gaps} >= {"khung", "nhiem-vu-3", "chi-tieu-1"}
    assert not Plan.objects.exists()
    assert Change.objects.count() == before
    page = signed_in("officer").post(reverse("plans:adopt", args=[reading.pk]), follow=True).content.decode()
    assert f"{reverse('plans:section', args=[reading.pk, 'nhiem-vu'])}#nhiem-vu-3" in page


def test_a_party_that_nobody_answers_for_is_named(here: Side) -> None:
    text = PLAN.replace("| Sở Công Thương | 2026 - 2028 |", "| Bộ Công Thương | 2026 - 2028 |")
    reading, viewer = read(here, text), here.viewer("officer")
    party = actions.create_party(
        viewer, reading.pk, printed="Bộ Công Thương", kind="central", name="Bộ Khoa học thử nghiệm"
    )
    actions.accept_suggestions(viewer, reading.pk)
    (gap,) = gaps(queries.review(viewer, reading.pk))
    assert (gap.slug, gap.key) == ("co-quan", "Bộ Công Thương")
    assert party.name in gap.message
    with pytest.raises(Refused):
        actions.report_through_focal(viewer, reading.pk, party=here.parties["finance"].pk)
    actions.report_through_focal(viewer, reading.pk, party=party.pk)
    party.refresh_from_db()
    assert party.reports_through == here.parties["industry"]
    assert gaps(queries.review(viewer, reading.pk)) == []


def test_adoption_makes_the_whole_plan(here: Side, signed_in: Callable[..., Client]) -> None:
    reading, viewer = read(here), here.viewer("officer")
    actions.accept_suggestions(viewer, reading.pk)
    client = signed_in("officer")
    assert "Lập 3 nhiệm vụ" in client.get(reverse("plans:adopt", args=[reading.pk])).content.decode()
    answer = client.post(reverse("plans:adopt", args=[reading.pk]))
    plan = Plan.objects.get()
    assert answer["Location"] == reverse("plans:plan", args=[plan.pk])
    assert (plan.number, plan.period_start, plan.period_end) == ("31/KH-UBND", 2026, 2030)
    assert (plan.focal, plan.territory) == (here.parties["industry"], here.province)
    assert plan.programme is not None
    assert [group.title for group in plan.groups.order_by("order")] == ["Hỗ trợ doanh nghiệp", "Vốn"]
    parts = Part.objects.order_by("task__order", "-role").values_list(
        "task__order", "role", "party__name", "printed"
    )
    assert list(parts) == [
        (1, "lead", "Sở Công Thương", "Sở Công Thương"),
        (1, "coordinate", "Các sở, ban, ngành", "Các sở, ban, ngành"),
        (2, "lead", "Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Môi trường"),
        (2, "coordinate", "Ủy ban nhân dân các xã, phường", "UBND các xã, phường"),
        (3, "lead", "Sở Tài chính", ""),
        (3, "coordinate", "Sở Công Thương", "Sở Công Thương"),
    ]
    target = plan.targets.get()
    assert (target.comparator, target.value_min, target.answering.name) == ("gte", 35, "Sở Công Thương")
    assert Indicator.objects.get() == target.indicator
    bound = {
        (row.party.name, regime.deadline_day) for regime in plan.regimes.all() for row in regime.parties.all()
    }
    assert ("Các sở, ban, ngành", 10) in bound
    assert plan.duties.filter(party=here.parties["communes"]).exists()


def test_history_tells_of_the_plan_with_counts(here: Side) -> None:
    plan = adopted(here)
    line = Change.objects.get(kind="plans.plan", object_id=str(plan.pk))
    assert line.act == "plans.adopt"
    assert line.actor_name == here.people["officer"].full_name
    assert line.after == {
        "targets": 1,
        "groups": 2,
        "tasks": 3,
        "parts": 6,
        "duties": plan.duties.count(),
        "regimes": plan.regimes.count(),
        "bound": 3,
    }
    assert history.broken_links(here.tenant.pk) == []


def test_every_place_of_the_plan_holds_its_words(here: Side) -> None:
    plan = adopted(here)
    document = Document.from_json(plan.document)
    for item in [*plan.tasks.all(), *plan.targets.all(), *plan.duties.all()]:
        words = " ".join(document.at(Place(**place)) for place in item.places)
        assert words.split() == item.text.split()


def test_an_adopted_paper_is_locked(here: Side) -> None:
    plan = adopted(here)
    reading, viewer = Reading.objects.get(plan=plan), here.viewer("officer")
    with pytest.raises(Refused, match="đã thông qua"):
        actions.correct(viewer, reading.pk, key="nhiem-vu-1", values={"no": "9"}, version=99)
    with pytest.raises(Refused):
        actions.drop(viewer, reading.pk, key="nhiem-vu-1", version=99)
    with pytest.raises(Refused):
        actions.adopt(viewer, reading.pk)
    assert Plan.objects.count() == 1


def test_the_same_paper_is_adopted_once(here: Side) -> None:
    adopted(here)
    reading, viewer = read(here, PLAN + "\n"), here.viewer("officer")
    actions.accept_suggestions(viewer, reading.pk)
    with pytest.raises(actions.NotReady, match="đã được thông qua"):
        actions.adopt(viewer, reading.pk)


def test_a_discarded_reading_leads_to_nothing(here: Side, signed_in: Callable[..., Client]) -> None:
    reading = read(here)
    client = signed_in("officer")
    assert client.post(reverse("plans:discard", args=[reading.pk])).status_code == 302
    reading.refresh_from_db()
    assert reading.state == Reading.State.DISCARDED
    with pytest.raises(Refused):
        actions.accept_suggestions(here.viewer("officer"), reading.pk)


def test_an_item_of_the_body_is_a_row_of_the_appendix_or_a_task_of_its_own(here: Side) -> None:
    body = """II. NHIỆM VỤ

1. Hỗ trợ doanh nghiệp

- Lập sổ tay kỹ thuật xử lý nước thải cho các xưởng nhỏ.

- Khảo sát kho chứa bao bì thuốc bảo vệ thực vật.

III. TỔ CHỨC THỰC HIỆN"""
    reading = read(here, PLAN.replace("II. TỔ CHỨC THỰC HIỆN", body))
    viewer = here.viewer("officer")
    covered = queries.review(viewer, reading.pk).choices["covered"]
    assert [covered[key]["row"] for key in ("noi-dung-1", "noi-dung-2")] == ["nhiem-vu-1", ""]
    actions.accept_suggestions(viewer, reading.pk)
    plan = actions.adopt(viewer, reading.pk)
    own = Task.objects.get(plan=plan, source="body")
    assert own.text.startswith("Khảo sát kho chứa")
    assert own.parts.get(role="lead").printed == ""
    assert (own.order, own.group and own.group.title) == (3, "Hỗ trợ doanh nghiệp")


@needs_plans
@pytest.mark.parametrize("paper", sorted((SHARED / "plans").glob("*.txt")), ids=lambda path: path.stem)
def test_each_real_plan_can_be_adopted(here: Side, paper: Path) -> None:
    viewer = here.viewer("officer")
    reading = actions.upload(viewer, tenant=here.tenant.pk, name=paper.name, data=paper.read_bytes())
    assert reading.state == Reading.State.REVIEW, reading.job.error if reading.job else ""
    if any(
        queries.review(viewer, reading.pk).meant(name) is None
        for name in queries.review(viewer, reading.pk).names
    ):
        actions.create_missing(viewer, reading.pk)
    actions.accept_suggestions(viewer, reading.pk)
    plan = actions.adopt(viewer, reading.pk)
    assert plan.tasks.exists()
    assert not plan.tasks.exclude(parts__role="lead").exists()
    named = queries.all_parties(viewer, plan)
    assert queries.parts_of(viewer, plan, named).exists() or queries.duties_of(viewer, plan, named).exists()
    document = Document.from_json(plan.document)
    assert all(document.at(Place(**place)) for task in plan.tasks.all() for place in task.places)
