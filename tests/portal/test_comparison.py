"""Plans of several tenants side by side, published ones only; the same item above, and who answers it."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django_scopes import scope

from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.plans.models import Plan, Programme, Task
from luc.portal import actions
from luc.reporting.upwards.models import Pairing
from tests.cast import Cast, Side
from tests.plan import make_plan
from tests.portal.life import publish, reported


def of_programme(side: Side, plan: Plan) -> Plan:
    with writing():
        Plan.objects.filter(pk=plan.pk).update(programme=Programme.objects.order_by("pk")[0])
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def both(cast: Cast) -> tuple[Plan, Plan]:
    """A plan here that is reported on, and one there whose third task it answers; neither is published."""
    with scope(tenant=[cast.here.tenant.pk]):
        below = of_programme(cast.here, reported(cast.here))
        own = Task.objects.get(plan=below, number="3").pk
    with scope(tenant=[cast.there.tenant.pk]), writing():
        above = of_programme(cast.there, make_plan(cast.there))
        item = Task.objects.get(plan=above, number="1").pk
        party = cast.there.parties["finance"]
        Pairing.objects.create(
            tenant=cast.there.tenant,
            party=party,
            kind="task",
            item=item,
            own_kind="task",
            own_item=own,
            at=now(),
        )
    return below, above


def publish_in(side: Side, plan: Plan) -> None:
    with scope(tenant=[side.tenant.pk]):
        publish(side, plan)


def page() -> str:
    answer = Client().get("/cong-khai/so-sanh/cnmt/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_promised_what_for_the_same_item_and_how_far_it_is(cast: Cast, both: tuple[Plan, Plan]) -> None:
    below, above = both
    publish_in(cast.here, below)
    assert cast.there.province.full_name not in page()
    assert "Cùng một mục của cấp trên" not in page()
    publish_in(cast.there, above)
    shown = page()
    assert cast.there.province.full_name in shown
    assert "Cùng một mục của cấp trên" in shown
    text = Client().get("/cong-khai/so-sanh/cnmt/du-lieu.json").json()
    (line,) = text["muc-cap-tren"]
    assert line["above"] == "Nhiệm vụ số 1: xây dựng mô hình xử lý chất thải"
    assert line["text"] == "Nhiệm vụ số 3: xây dựng mô hình xử lý chất thải"
    assert (line["place"], line["state_label"]) == (cast.here.province.full_name, "đúng tiến độ")
    lines = list(
        csv.DictReader(
            io.StringIO(Client().get("/cong-khai/so-sanh/cnmt/du-lieu.csv").content.decode("utf-8-sig"))
        )
    )
    assert [line["tasks"] for line in lines] == ["6", "6"]


def test_what_is_removed_leaves_the_comparison(cast: Cast, both: tuple[Plan, Plan]) -> None:
    below, above = both
    publish_in(cast.here, below)
    publish_in(cast.there, above)
    with scope(tenant=[cast.here.tenant.pk]):
        actions.remove(cast.here.viewer("officer"), below.pk, reason="Rà soát")
    assert cast.here.province.full_name not in page()
    assert "Cùng một mục của cấp trên" not in page()
