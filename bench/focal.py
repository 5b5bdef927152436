"""What the focal officer does on the evening of a round, each step ready to be run again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from django.db import transaction
from django.test import Client
from django_scopes import scope

from bench.province import Province
from luc.figures.models import Indicator
from luc.kernel.writing import writing
from luc.plans.models import Plan, Target
from luc.reporting.grid.queries import grid
from luc.reporting.queries.consolidation import consolidate
from luc.rounds.models import Submission
from tests.plan import make_plan
from tests.reporting.life import open_cycle

Step = tuple[str, float, Callable[[], object]]
PAGE, GRID_OPENS, GRID_SAVES, CONSOLIDATION = 0.1, 0.3, 1.0, 0.3


def evening(communes: int, departments: int, tasks: int) -> Iterator[Step]:
    """Every page that is opened and every button that is pressed, in their order."""
    province = Province(communes, departments, tasks, late=(communes + departments) // 10)
    officer, cycle = _officer(province), province.cycle.pk
    with scope(tenant=[province.side.tenant.pk]):
        sent = list(Submission.objects.filter(obligation__cycle=cycle).order_by("pk"))
    first, board = f"/bao-cao/da-gui/{sent[0].pk}/", f"/ky-bao-cao/{cycle}/"
    pages = {
        f"desk: {province.count} parties x {tasks} tasks": "/",
        "rounds": "/ky-bao-cao/",
        "board: who is late": board,
        "board, only who has not sent": f"{board}?trang_thai=missing",
        "map": f"/theo-doi/ky/{cycle}/ban-do/",
        "over time": "/theo-doi/cac-ky/",
        "remind: whom": f"{board}nhac/",
        "reminders: when, to whom": f"{board}nhac/lich/",
        "reminders sent": f"{board}nhac/da-gui/",
        "one party": f"/ky-bao-cao/don-vi/{sent[0].obligation_id}/",
        "read a report": first,
        "what raises nothing, listed": f"{board}chap-nhan-het/",
        "consolidation": f"{board}tong-hop/",
        "drafts of the paper": f"{board}du-thao/",
        "figures as a grid": f"{board}so-lieu/",
        "figures as a workbook": f"{board}so-lieu/excel/",
    }
    for title, address in pages.items():
        yield title, PAGE, partial(_open, officer, address)
    some = {"chon": [str(row.pk) for row in sent[1:11]]}
    yield "remind all", PAGE, partial(_press, officer, f"{board}nhac/", {"nhac": "tat-ca"})
    yield (
        "return a report",
        PAGE,
        partial(_press, officer, f"{first}tra-lai/", {"remarks": "Bổ sung số liệu"}),
    )
    yield "accept a report", PAGE, partial(_press, officer, f"{first}chap-nhan/", {"remarks": ""})
    yield "accept ten reports", PAGE, partial(_press, officer, f"{board}chap-nhan/", some)


def sheet(communes: int, figures: int) -> Iterator[Step]:
    """The communes' figures on one page, and 1,000 of them pasted."""
    province = Province(communes, 6, 4, code="p2")
    side = province.side
    with scope(tenant=[side.tenant.pk]):
        plan = make_plan(side, 4, number="20/KH")
        _ask_communes(province, plan, figures)
        cycle = open_cycle(side, plan)
        whole = grid(side.viewer("officer"), cycle)
        cells = list(whole.find())
        pasted = {f"c-{name}": f"{n},5" for n, name in enumerate(cells[:1000], 1)}
        versions = {f"v-{line.report.pk}": str(line.report.version) for line in whole.lines}
    officer, address = _officer(province), f"/ky-bao-cao/{cycle.pk}/so-lieu/"
    yield f"grid of {communes} communes x {figures} figures", GRID_OPENS, partial(_open, officer, address)
    sent = {"kind": "actual", **versions, **pasted}
    yield f"grid: {len(pasted)} pasted cells are saved", GRID_SAVES, partial(_press, officer, address, sent)


def _ask_communes(province: Province, plan: Plan, figures: int) -> None:
    """Targets of a plan, all answered by the communes."""
    side, there = province.side, list(Target.objects.filter(plan=plan))
    with writing():
        for n in range(len(there), figures):
            target = Target.objects.get(pk=there[0].pk)
            target.indicator = Indicator.objects.create(tenant=side.tenant, name=f"Chỉ tiêu {n}", unit="%")
            target.pk, target.order, target.text = None, n + 1, f"Chỉ tiêu {n}"
            target.save(force_insert=True)
        Target.objects.filter(plan=plan).update(answering=side.parties["communes"])


def large() -> Iterator[Step]:
    """What all reports of the largest province say together."""
    province = Province(170, 30, 40, code="p3")
    title = f"consolidation, data alone: {province.count} parties x 40 tasks"
    yield title, CONSOLIDATION, partial(_consolidate, province)


def _consolidate(province: Province) -> None:
    with scope(tenant=[province.side.tenant.pk]):
        consolidate(province.side.viewer("officer"), province.cycle, accepted_only=False)


def _officer(province: Province) -> Client:
    client = Client()
    with writing():
        client.force_login(province.side.people["officer"])
    return client


def _open(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _press(client: Client, address: str, values: Mapping[str, str | Sequence[str]]) -> None:
    """Send a form that leads on to another page, then undo what it did."""
    with transaction.atomic():
        answer = client.post(address, dict(values))
        assert answer.status_code == 302, (address, answer.status_code, answer.content[-800:])
        transaction.set_rollback(True)
