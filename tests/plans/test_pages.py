"""The pages of a plan: tasks like the paper's own appendix, who has what part in it, the paper itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.agencies.models import Party
from luc.figures.models import Figure, Standing
from luc.kernel import registry
from luc.kernel.history import action
from luc.kernel.models import Change
from luc.kernel.time import telling
from luc.kernel.writing import writing
from luc.plans import queries
from luc.plans.models import Part, Plan, Progress, Regime, Target, Task
from luc.plans.progress import record_progress
from luc.plans.queries.levels import is_reached
from luc.plans.queries.states import Filters, worst
from tests.cast import Cast, Side
from tests.plan import make_plan

SignIn = Callable[..., Client]


def report(side: Side, part: Part, state: str, *, by: Party | None = None, month: int = 6) -> Progress:
    """One row of progress of a part, not written yet."""
    return Progress(
        tenant=side.tenant,
        part=part,
        party=by or part.party,
        period_start=date(2026, 1, 1),
        period_until=date(2026, month, 1),
        state=state,
        result="Đã lắp 2 trạm",
        source_kind="reporting.report",
        source_id=1,
        at=datetime(2026, month, 1, tzinfo=UTC),
    )


def record(side: Side, *rows: Progress) -> None:
    viewer = side.viewer("officer")
    with action(viewer, "plans.review", tenant=side.tenant.pk) as acting:
        record_progress(acting, rows)


def leads(plan: Plan) -> list[Part]:
    return list(Part.objects.filter(task__plan=plan, role="lead").order_by("task__order"))


def states(side: Side, plan: Plan) -> list[str]:
    return [row.state for row in queries.task_rows(side.viewer("leader"), plan)]


def test_every_role_sees_the_plan_and_strangers_do_not(here: Side, cast: Cast, signed_in: SignIn) -> None:
    plan = make_plan(here)
    task = plan.tasks.order_by("order")[0]
    party = here.parties["finance"]
    addresses = [
        reverse(f"plans:{name}", args=[plan.pk]) for name in ("plan", "targets", "tasks", "parties", "paper")
    ]
    addresses += [
        reverse("plans:task", args=[plan.pk, task.pk]),
        reverse("plans:party", args=[plan.pk, party.pk]),
    ]
    for address in [*addresses, reverse("plans:list")]:
        for person in ("clerk_commune", "leader", "ministry_reader", "officer"):
            assert signed_in(person).get(address).status_code == 200, (person, address)
    for address in addresses:
        assert signed_in("officer", cast.there).get(address).status_code == 404
    assert plan.title not in signed_in("officer", cast.there).get(reverse("plans:list")).content.decode()


def statements(client: Client, address: str) -> int:
    """Every statement of a page, those of the session and the viewer included."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("name", "most"), [("tasks", 6), ("plan", 12), ("targets", 7), ("parties", 9), ("paper", 9), ("list", 6)]
)
def test_a_page_costs_the_same_however_long_the_plan(
    here: Side, signed_in: SignIn, name: str, most: int
) -> None:
    short, long = make_plan(here, tasks=5), make_plan(here, tasks=500, number="16/KH-UBND")
    record(here, *(report(here, part, "done") for part in leads(long)[:300]))
    client = signed_in("officer")
    addresses = [reverse(f"plans:{name}", args=[] if name == "list" else [plan.pk]) for plan in (short, long)]
    counts = [statements(client, address) for address in addresses]
    assert counts[0] == counts[1] <= most


@pytest.mark.parametrize("name", ["task", "party"])
def test_a_page_of_one_costs_the_same_however_many_reported(here: Side, signed_in: SignIn, name: str) -> None:
    plan = make_plan(here, tasks=60)
    (first, *_), client = leads(plan), signed_in("officer")
    address = reverse(f"plans:{name}", args=[plan.pk, first.task_id if name == "task" else first.party_id])
    before = statements(client, address)
    record(here, *(report(here, part, "behind") for part in Part.objects.filter(task__plan=plan)))
    assert statements(client, address) == before


def test_the_table_reads_like_the_appendix(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, tasks=4)
    page = signed_in("clerk_finance").get(reverse("plans:tasks", args=[plan.pk])).content.decode()
    heads = [
        "STT",
        "Nội dung nhiệm vụ",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Thời gian",
        "Kết quả",
        "Tình trạng",
    ]
    places = [page.index(f">{head}</th>") for head in heads]
    assert places == sorted(places)
    first = plan.tasks.order_by("order")[0]
    assert f'href="{reverse("plans:task", args=[plan.pk, first.pk])}">{first.text}' in page
    assert (
        page.index("Hoàn thiện cơ chế</th>")
        < page.index("Nhiệm vụ số 1:")
        < page.index("Hỗ trợ doanh nghiệp</th>")
    )
    assert "chưa có báo cáo" in page


def test_a_task_is_as_far_as_what_its_lead_reported_last(here: Side) -> None:
    plan = make_plan(here, tasks=4)
    first, second, third, _ = leads(plan)
    record(here, report(here, first, "behind"), report(here, second, "on_time"))
    record(here, report(here, first, "done", month=9))
    coordinating = Part.objects.get(task=third.task, role="coordinate")
    record(here, report(here, coordinating, "done"))
    assert states(here, plan) == ["done", "on_time", "", ""]


def test_a_group_in_the_lead_is_as_far_as_its_slowest_member(here: Side) -> None:
    plan = make_plan(here, tasks=1)
    (lead,) = leads(plan)
    first, second = here.parties["commune_1"], here.parties["commune_2"]
    record(here, report(here, lead, "done", by=first), report(here, lead, "behind", by=second))
    assert states(here, plan) == ["behind"]
    record(here, report(here, lead, "done", by=second, month=9))
    assert states(here, plan) == ["done"]


def test_one_of_two_leads_is_not_both() -> None:
    assert worst(["done", ""]) == ""
    assert worst(["done", "nil"]) == "nil"
    assert worst([]) == ""


def test_progress_is_told_in_history_and_stays(here: Side) -> None:
    plan = make_plan(here)
    first, second, *_ = leads(plan)
    record(here, report(here, first, "done"), report(here, second, "behind"))
    line = Change.objects.order_by("sequence").last()
    assert line is not None
    assert (line.kind, line.object_id) == ("plans.plan", str(plan.pk))
    assert line.after == {"progress": 2, "done": 1, "behind": 1}


def test_progress_ends_after_it_begins(here: Side) -> None:
    (first, *_) = leads(make_plan(here))
    row = report(here, first, "done")
    row.period_until = row.period_start
    with pytest.raises(ValueError, match="period"):
        record(here, row)
    assert not Progress.objects.exists()


def test_filters(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, tasks=10)
    record(here, report(here, leads(plan)[0], "done"))
    rows = queries.task_rows(here.viewer("officer"), plan)

    def shown(**chosen: object) -> list[int]:
        return [row.task.order for row in queries.narrowed(rows, Filters(**chosen))]  # type: ignore[arg-type]

    finance = here.parties["finance"].pk
    assert shown(party=finance, role="lead") == [2, 7]
    assert shown(party=finance, role="coordinate") == [3, 7]
    assert shown(party=finance) == [2, 3, 7]
    assert shown(state="done") == [1]
    assert shown(state="none", group=rows[0].task.group_id) == [2, 3, 4, 5]
    assert shown(words="nhiem vu so 4") == [4]
    assert shown(time="2031") == []
    assert len(shown(time="2028")) == 10
    page = signed_in("officer").get(reverse("plans:tasks", args=[plan.pk]), {"tu": "số 4", "don-vi": "x"})
    assert "Nhiệm vụ số 4:" in page.content.decode()
    assert "Nhiệm vụ số 5:" not in page.content.decode()


def test_what_is_over_and_not_done_is_overdue(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, tasks=3)
    with writing():
        Task.objects.filter(plan=plan).update(start="2024", end="2024-Q2")
    record(here, report(here, leads(plan)[0], "done"), report(here, leads(plan)[1], "on_time"))
    page = signed_in("officer").get(reverse("plans:tasks", args=[plan.pk]), {"thoi-gian": "overdue"})
    assert [row.task.order for _title, rows in page.context["rows"] for row in rows] == [2, 3]
    words = page.content.decode()
    assert words.count("<span>quá hạn</span>") == 2
    assert words.count("<span>đúng tiến độ</span>") == 1
    everything = signed_in("officer").get(reverse("plans:tasks", args=[plan.pk])).content.decode()
    assert everything.count("<span>hoàn thành</span>") == 1
    assert everything.count("<span>quá hạn</span>") == 2


def test_a_party_has_what_its_groups_and_predecessors_have(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, tasks=4)
    page = signed_in("clerk_environment").get(
        reverse("plans:party", args=[plan.pk, here.parties["environment"].pk])
    )
    found = {(part.task.order, part.role, part.party.name) for part, _s, _l in page.context["parts"]}
    assert found == {
        (1, "coordinate", "Các sở, ban, ngành"),
        (3, "lead", "Sở Nông nghiệp và Môi trường"),
        (4, "coordinate", "Sở Tài nguyên và Môi trường"),
    }
    assert [duty.printed for duty in page.context["duties"]] == ["Các sở, ban, ngành"]
    assert [target.order for target in page.context["targets"]] == [1]
    assert "kế thừa Sở Tài nguyên và Môi trường" in page.content.decode()


def test_every_item_has_its_anchor_in_the_paper(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, tasks=12)
    page = signed_in("leader").get(reverse("plans:paper", args=[plan.pk])).content.decode()
    anchors = [f"noi-nhiem-vu-{task.pk}" for task in plan.tasks.all()]
    anchors += [f"noi-chi-tieu-{target.pk}" for target in plan.targets.all()]
    anchors += [f"noi-trach-nhiem-{duty.pk}" for duty in plan.duties.all()]
    anchors += [f"noi-che-do-{regime.pk}" for regime in plan.regimes.all()]
    assert len(anchors) == 17
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_one_task_shows_its_parts_and_its_progress(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here, tasks=2)
    (lead, _) = leads(plan)
    record(here, report(here, lead, "behind"), report(here, lead, "on_time", month=9))
    page = signed_in("leader").get(reverse("plans:task", args=[plan.pk, lead.task_id])).content.decode()
    assert (
        page.index("đúng tiến độ")
        < page.index("01/01/2026 - 31/08/2026")
        < page.index("01/01/2026 - 31/05/2026")
    )


def test_the_registry_knows_our_things_for_who_may_see_them(here: Side, cast: Cast) -> None:
    plan = make_plan(here)
    regime = plan.regimes.get()
    officer, stranger = here.viewer("officer"), cast.there.viewer("officer")
    for kind, thing in (
        ("plans.plan", plan),
        ("plans.task", plan.tasks.first()),
        ("plans.target", plan.targets.first()),
        ("plans.regime", regime),
    ):
        assert thing is not None
        assert registry.find(officer, kind, [thing.pk])[thing.pk].title == str(thing)
        assert registry.find(stranger, kind, [thing.pk]) == {}


@pytest.mark.parametrize(
    ("quote", "shown", "words"),
    [
        (
            "Hằng quý, trước ngày 20 của tháng cuối quý.",
            "20/06/2026",
            "ngày 20 của tháng cuối kỳ",
        ),
        (
            "Hằng quý, trước ngày 20 của tháng đầu quý sau.",
            "20/04/2026",
            "ngày 20 của tháng sau kỳ",
        ),
    ],
)
def test_a_regime_without_a_month_says_its_day_and_the_next_date(
    here: Side, signed_in: SignIn, quote: str, shown: str, words: str
) -> None:
    plan = make_plan(here)
    with writing():
        Regime.objects.filter(plan=plan).update(
            frequency="quarterly", deadline_day=20, deadline_month=None, quote=quote
        )
    with telling(datetime(2026, 3, 21, 5, tzinfo=UTC)):
        page = signed_in("leader").get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert f"trước ngày {shown}" in page
    assert words in page
    assert "văn bản không ghi" not in page


@pytest.mark.parametrize(
    ("comparator", "low", "high", "value", "reached"),
    [
        ("range", 70, 80, "70", True),
        ("range", 70, 80, "69.99", False),
        ("gte", 35, None, "35", True),
        ("gt", 35, None, "35", False),
        ("lte", None, 5, "5", True),
        ("lt", None, 5, "5", False),
        ("eq", 100, 100, "99.5", False),
    ],
)
def test_when_a_target_is_reached(
    comparator: str, low: int | None, high: int | None, value: str, reached: bool
) -> None:
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    target = Target(comparator=comparator, value_min=bounds[0], value_max=bounds[1])
    assert is_reached(target, Decimal(value)) is reached


def test_a_target_shows_its_latest_accepted_figure(here: Side, signed_in: SignIn) -> None:
    plan = make_plan(here)
    target = plan.targets.order_by("order")[0]
    with writing():
        for year, amount, standing in (
            (2026, 615, "accepted"),
            (2027, 702, "accepted"),
            (2028, 999, "reported"),
        ):
            figure = Figure(
                tenant=here.tenant,
                indicator=target.indicator,
                territory=target.territory,
                period_start=date(year, 1, 1),
                period_until=date(year + 1, 1, 1),
                party=target.answering,
                amount=amount,
                scale=1,
                unit="%",
                kind="actual",
                at=datetime(2026, 6, 1, tzinfo=UTC),
            )
            figure.save()
            Standing(tenant=here.tenant, figure=figure, kind=standing, at=figure.at).save()
    rows = queries.target_rows(here.viewer("leader"), plan)
    assert [(row.value, row.state) for row in rows] == [(Decimal("70.2"), "reached"), (None, "unknown")]
    assert "70,2" in signed_in("leader").get(reverse("plans:targets", args=[plan.pk])).content.decode()
