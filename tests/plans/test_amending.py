"""A draft replaced by its signed paper, a plan amended: decided item by item, applied at once, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.kernel import history
from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.models import Change
from luc.plans import actions, queries
from luc.plans.models import Amendment, AmendmentItem, Part, Plan, Reading, Task
from luc.plans.queries.comparison import compared, hindrances
from luc.plans.queries.running import running
from luc.reporting import actions as reporting
from tests.cast import Cast, Side
from tests.plans.amending import AMENDMENT, DRAFT, SIGNED, accept_all, adopted, set_against
from tests.plans.papers import PLAN
from tests.plans.test_reading import read
from tests.reporting import life
from vanban.document import Document, Place

SignIn = Callable[..., Client]


def told(side: Side, reading: Reading) -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = compared(side.viewer("officer"), reading.pk)
    return [(one.what, one.words[:20], [(line.old, line.new) for line in one.lines]) for one in found.changes]


def test_the_machine_proposes_and_a_person_decides_what_a_paper_is(here: Side) -> None:
    plan = adopted(here, DRAFT)
    reading, viewer = read(here, SIGNED), here.viewer("officer")
    assert (reading.relation["kind"], reading.relation["plan"]) == ("signed", plan.pk)
    actions.accept_suggestions(viewer, reading.pk)
    with pytest.raises(actions.NotReady, match="kế hoạch mới, bản đã ký hay"):
        actions.adopt(viewer, reading.pk)
    with pytest.raises(Refused, match="Chưa xác nhận"):
        actions.apply(viewer, reading.pk)
    actions.relate(viewer, reading.pk, kind="signed", plan=plan.pk)
    with pytest.raises(actions.NotReady, match="So sánh"):
        actions.adopt(viewer, reading.pk)
    actions.relate(viewer, reading.pk, kind="")
    assert actions.adopt(viewer, reading.pk).pk != plan.pk


def test_a_plan_with_number_and_date_is_not_signed_again(here: Side) -> None:
    plan = adopted(here)
    reading = read(here, SIGNED.replace("31/KH", "32/KH"))
    assert reading.relation["plan"] is None
    with pytest.raises(Refused, match="không còn là dự thảo"):
        actions.relate(here.viewer("officer"), reading.pk, kind="signed", plan=plan.pk)


def test_a_draft_and_its_signed_paper_item_by_item(here: Side) -> None:
    adopted(here, DRAFT)
    reading, _ = set_against(here, SIGNED)
    assert [row[:2] for row in told(here, reading)] == [
        ("changed", "Phát triển ngành côn"),
        ("changed", "Đến năm 2030, tỷ lệ "),
        ("changed", "Mở lớp tập huấn phân"),
        ("added", "Thí điểm thu gom dầu"),
    ]
    assert told(here, reading)[0][2] == [("", "31/KH-UBND"), ("", "12/03/2026")]
    assert told(here, reading)[2][2] == [("Hàng năm", "Năm 2027")]


def test_nothing_changes_before_everything_is_decided_and_applied(here: Side) -> None:
    plan = adopted(here, DRAFT)
    reading, found = set_against(here, SIGNED)
    viewer, before = here.viewer("officer"), list(plan.tasks.values())
    with pytest.raises(actions.NotReady, match="4 thay đổi chưa quyết định"):
        actions.apply(viewer, reading.pk)
    actions.decide(viewer, reading.pk, keys=[one.key for one in found.changes], accept=True)
    assert list(plan.tasks.values()) == before
    actions.decide(viewer, reading.pk, keys=[found.changes[0].key], accept=None)
    assert len(compared(viewer, reading.pk).open) == 1


def test_a_decision_falls_when_what_it_was_about_is_corrected(here: Side) -> None:
    adopted(here, DRAFT)
    reading, _ = set_against(here, SIGNED)
    accept_all(here, reading)
    viewer = here.viewer("officer")
    version = queries.review(viewer, reading.pk).reading.version
    actions.correct(viewer, reading.pk, key="nhiem-vu-2", values={"timeframe": "Năm 2028"}, version=version)
    assert [one.words[:12] for one in compared(viewer, reading.pk).open] == ["Mở lớp tập h"]


def test_the_signed_paper_replaces_the_draft_and_rows_keep_their_identity(here: Side) -> None:
    plan = adopted(here, DRAFT)
    draft_file, ids = plan.file_id, list(plan.tasks.order_by("order").values_list("pk", flat=True))
    part = Part.objects.get(task=ids[1], role="lead")
    indicator = plan.targets.get().indicator_id
    reading, _ = set_against(here, SIGNED)
    accept_all(here, reading)
    made = actions.apply(here.viewer("officer"), reading.pk)
    plan.refresh_from_db()
    assert (plan.number, plan.date) == ("31/KH-UBND", date(2026, 3, 12))
    assert (plan.file_id, made.replaced_file_id) == (reading.file_id, draft_file)
    assert made.replaced_document != plan.document
    tasks = list(plan.tasks.order_by("order"))
    assert [task.pk for task in tasks][:3] == ids
    assert (tasks[1].timeframe_text, tasks[1].start, tasks[1].end) == ("Năm 2027", "2027", "2027")
    assert Part.objects.get(task=ids[1], role="lead") == part
    target = plan.targets.get()
    assert (target.value_min, target.indicator_id) == (40, indicator)
    document = Document.from_json(plan.document)
    for item in [*tasks, target, *plan.duties.all()]:
        assert " ".join(document.at(Place(**place)) for place in item.places).split() == item.text.split()
    assert Reading.objects.get(pk=reading.pk).state == Reading.State.ADOPTED
    assert history.broken_links(here.tenant.pk) == []


def test_an_amendment_of_three_items_changes_these_only(here: Side) -> None:
    plan = adopted(here)
    first, second, third = plan.tasks.order_by("order")
    reading, _ = set_against(here, AMENDMENT)
    assert [(what, words) for what, words, _ in told(here, reading)] == [
        ("changed", "Lập sổ tay kỹ thuật "),
        ("added", "Thí điểm thu gom dầu"),
        ("dropped", "Mở lớp tập huấn phân"),
    ]
    accept_all(here, reading)
    actions.apply(here.viewer("officer"), reading.pk)
    for row in (first, second, third):
        row.refresh_from_db()
    assert (first.timeframe_text, first.valid_to) == ("Năm 2027", None)
    assert second.valid_to == date(2026, 9, 15)
    added = plan.tasks.exclude(pk__in=[first.pk, second.pk, third.pk]).get()
    assert (added.text, added.valid_from) == ("Thí điểm thu gom dầu ăn thải tại chợ", date(2026, 9, 15))
    assert added.parts.get().party == here.parties["industry"]
    plan.refresh_from_db()
    assert plan.number == "31/KH-UBND"
    shown = [row.task.pk for row in queries.task_rows(here.viewer("leader"), plan)]
    assert shown == [first.pk, third.pk, added.pk]


def test_what_was_refused_leaves_the_plan_and_is_told(here: Side) -> None:
    plan = adopted(here)
    before = list(plan.tasks.order_by("order").values())
    reading, found = set_against(here, AMENDMENT)
    viewer = here.viewer("officer")
    actions.decide(viewer, reading.pk, keys=[one.key for one in found.changes], accept=False)
    made = actions.apply(viewer, reading.pk)
    assert list(plan.tasks.order_by("order").values()) == before
    assert {(item.what, item.is_accepted) for item in made.items.all()} == {
        ("changed", False),
        ("added", False),
        ("dropped", False),
    }


def test_an_item_tells_which_paper_changed_it_and_what_it_said(here: Side, signed_in: SignIn) -> None:
    plan = adopted(here)
    changed, dropped, _ = plan.tasks.order_by("order")
    reading, _ = set_against(here, AMENDMENT)
    accept_all(here, reading)
    made = actions.apply(here.viewer("officer"), reading.pk)
    client = signed_in("leader")
    page = client.get(reverse("plans:task", args=[plan.pk, changed.pk])).content.decode()
    assert "77/KH-UBND" in page
    assert "<del>2026</del>" in page
    assert here.people["officer"].full_name in page
    page = client.get(reverse("plans:task", args=[plan.pk, dropped.pk])).content.decode()
    assert "bãi bỏ từ 15/09/2026" in page
    page = client.get(reverse("plans:amendment", args=[plan.pk, made.pk])).content.decode()
    for item in AmendmentItem.objects.filter(amendment=made):
        assert f'id="noi-{item.pk}"' in page
    page = client.get(reverse("plans:amendments", args=[plan.pk])).content.decode()
    assert "77/KH-UBND" in page


def test_running_rounds_say_whom_it_concerns_and_reports_stay(here: Side) -> None:
    plan = adopted(here)
    regime = plan.regimes.get(parties__party=here.parties["departments"])
    cycle = reporting.open_cycle(here.viewer("officer"), regime.pk, **life.opening_values())
    life.write(here, "environment")
    sent = life.hand_in(here, "environment")
    content = sent.content
    reading, _ = set_against(here, AMENDMENT)
    (one,) = running(compared(here.viewer("officer"), reading.pk))
    assert one.cycle == cycle
    assert [asked.name for asked in one.frozen] == ["Sở Nông nghiệp và Môi trường"]
    assert "Ủy ban nhân dân phường An Bình" in {asked.name for asked in one.less}
    before = {line.row.text for line in life.draft_of(here, "commune_1", cycle).lines}
    accept_all(here, reading)
    actions.apply(here.viewer("officer"), reading.pk)
    sent.refresh_from_db()
    assert sent.content == content
    after = {line.row.text for line in life.draft_of(here, "commune_1", cycle).lines}
    assert before - after == {"Mở lớp tập huấn phân loại rác tại nguồn"}


def test_a_lead_handed_on_keeps_the_parts_that_stay(here: Side) -> None:
    plan = adopted(here)
    task = plan.tasks.order_by("order")[0]
    old = {part.role: part.pk for part in task.parts.all()}
    text = AMENDMENT.replace(
        "1. Sửa đổi thời gian thực hiện nhiệm vụ số 1 tại Phụ lục từ “Năm 2026” thành “Năm 2027”.",
        "1. Sửa đổi cơ quan chủ trì nhiệm vụ số 1 tại Phụ lục thành “Sở Khoa học và Công nghệ”.",
    )
    reading, _ = set_against(here, text)
    assert told(here, reading)[0][2] == [("Sở Công Thương", "Sở Khoa học và Công nghệ")]
    accept_all(here, reading)
    actions.apply(here.viewer("officer"), reading.pk)
    now = {(part.role, part.party.name) for part in queries.parts_in(task)}
    assert now == {("lead", "Sở Khoa học và Công nghệ"), ("coordinate", "Các sở, ban, ngành")}
    assert Part.objects.get(pk=old["lead"]).valid_to == date(2026, 9, 15)
    assert Part.objects.get(pk=old["coordinate"]).valid_to is None


def test_a_sentence_without_its_item_is_placed_by_hand(here: Side) -> None:
    plan = adopted(here)
    text = AMENDMENT.replace(
        "3. Bãi bỏ nhiệm vụ số 2 tại Phụ lục.",
        "3. Điều chỉnh khoản 7 Mục X như sau: “Dầu thải được thu gom tại nguồn”.",
    )
    reading, found = set_against(here, text)
    viewer, target = here.viewer("officer"), plan.targets.get()
    assert found.unplaced, "the third sentence names nothing that is there"
    assert any("chưa rõ sửa mục nào" in gap.message for gap in hindrances(found))
    for said in found.unplaced:
        actions.place(viewer, reading.pk, sentence=said["key"], of=f"drop:target-{target.pk}")
    found = compared(viewer, reading.pk)
    assert found.unplaced == []
    assert [one.what for one in found.changes if one.key == f"target-{target.pk}"] == ["dropped"]


def test_a_new_item_can_be_said_to_be_an_old_one(here: Side) -> None:
    plan = adopted(here, DRAFT)
    task = plan.tasks.order_by("order")[2]
    text = SIGNED.replace(
        "Bố trí vốn cho dự án tái chế pin cũ", "Ưu tiên tín dụng xanh đối với cơ sở phục hồi ắc quy"
    )
    reading, found = set_against(here, text)
    new = next(one for one in found.changes if one.words.startswith("Ưu tiên"))
    assert {one.what for one in found.changes if one.words.startswith("Bố trí")} == {"dropped"}
    viewer = here.viewer("officer")
    actions.pair(viewer, reading.pk, key=new.key, of=f"task-{task.pk}")
    found = compared(viewer, reading.pk)
    assert found.find(f"task-{task.pk}").what == "changed"  # type: ignore[union-attr]
    with pytest.raises(Refused):
        actions.pair(viewer, reading.pk, key=new.key, of=f"target-{plan.targets.get().pk}")


def test_a_second_paper_is_read_against_the_plan_as_the_first_left_it(here: Side) -> None:
    adopted(here)
    first, _ = set_against(here, AMENDMENT)
    second, _ = set_against(here, AMENDMENT.replace("77/KH", "78/KH"))
    accept_all(here, first)
    accept_all(here, second)
    viewer = here.viewer("officer")
    actions.apply(viewer, first.pk)
    assert [row[0] for row in told(here, second)] == ["added"]
    with pytest.raises(Refused, match="đã thông qua"):
        actions.apply(viewer, first.pk)


def test_only_those_with_the_right_and_of_the_tenant(here: Side, cast: Cast, signed_in: SignIn) -> None:
    plan = adopted(here)
    reading, _ = set_against(here, AMENDMENT)
    accept_all(here, reading)
    with pytest.raises(Reading.DoesNotExist):
        actions.apply(cast.there.viewer("officer"), reading.pk)
    with pytest.raises((NotAllowed, Plan.DoesNotExist)):
        actions.rectify(here.viewer("leader"), plan.pk, key="header", values={}, reason="x", seen=0)
    assert signed_in("leader").get(reverse("plans:compare", args=[reading.pk])).status_code == 403


def test_a_misreading_is_corrected_with_its_reason(here: Side, signed_in: SignIn) -> None:
    plan = adopted(here)
    task = plan.tasks.order_by("order")[0]
    client, address = signed_in("officer"), reverse("plans:rectify", args=[plan.pk, f"task-{task.pk}"])
    page = client.get(address)
    assert 'id="noi-muc"' in page.content.decode()
    typed = {**page.context["form"].initial, "timeframe": "Năm 2028", "start": "2028", "end": "2028"}
    typed = {name: "" if value is None else value for name, value in typed.items()}
    assert client.post(address, typed | {"seen": 0, "reason": " "}).status_code == 200
    assert not Amendment.objects.exists()
    answer = client.post(address, typed | {"seen": 0, "reason": "Máy đọc nhầm 2028 thành 2026"})
    assert answer.status_code == 302
    task.refresh_from_db()
    assert (task.timeframe_text, task.end) == ("Năm 2028", "2028")
    line = Change.objects.filter(kind="plans.task", object_id=str(task.pk)).last()
    assert line is not None
    assert (line.reason, line.before["timeframe_text"]) == ("Máy đọc nhầm 2028 thành 2026", "Năm 2026")
    with pytest.raises(Conflict):
        actions.rectify(
            here.viewer("officer"), plan.pk, key=f"task-{task.pk}", values={"no": "9"}, reason="nhầm", seen=0
        )
    assert "Máy đọc nhầm" in client.get(answer["Location"]).content.decode()


def test_a_correction_names_bodies_of_the_register_only(here: Side) -> None:
    plan = adopted(here)
    task, viewer = plan.tasks.order_by("order")[0], here.viewer("officer")
    values = {"lead": ["Sở Không Có"]}
    with pytest.raises(Refused, match="Sở Không Có"):
        actions.rectify(viewer, plan.pk, key=f"task-{task.pk}", values=values, reason="nhầm", seen=0)
    actions.rectify(
        viewer, plan.pk, key=f"task-{task.pk}", values={"lead": ["Sở Tài chính"]}, reason="nhầm dòng", seen=0
    )
    assert [part.party.name for part in queries.parts_in(task) if part.role == "lead"] == ["Sở Tài chính"]


def test_a_comparison_of_five_hundred_tasks_is_quick_and_asks_little(here: Side, signed_in: SignIn) -> None:
    rows = "".join(
        f"| {n} | Nội dung {n}: {_topic(n)} | Sở Công Thương | | {2026 + n % 4} |\n" for n in range(4, 504)
    )
    many = DRAFT + rows
    plan = adopted(here, many)
    assert Task.objects.filter(plan=plan).count() == 503
    reading, found = set_against(here, (PLAN + rows).replace("| 2027 |", "| 2029 |"))
    assert len(found.changes) > 100
    client = signed_in("officer")
    address = reverse("plans:compare", args=[reading.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 32, [query["sql"][:90] for query in asked]


def _topic(n: int) -> str:
    words = ["khảo sát", "thống kê", "hướng dẫn", "kiểm tra", "tập huấn", "thí điểm", "đầu tư", "công bố"]
    things = ["bãi rác", "kênh rạch", "lò gạch", "xưởng nhuộm", "chợ đầu mối", "bến cảng", "làng nghề"]
    return f"{words[n % 8]} {things[n % 7]} khu vực {n // 8} đợt {n % 5}"
