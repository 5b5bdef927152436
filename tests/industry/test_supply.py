"""How much of a demand is met: worked out of what is verified, in the ledger, on the plan's page, moving."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luc.figures import queries as ledger
from luc.figures.models import Figure
from luc.industry import actions as registry
from luc.industry.models import Demand, Share
from luc.industry.supply import actions, queries
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.time import now
from luc.papers.models import StoredFile
from luc.plans.models import Plan, Target
from tests.cast import Side
from tests.industry import life
from tests.plan import make_plan

SignedIn = Callable[..., Client]


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


@pytest.fixture
def plan(side: Side) -> Plan:
    return make_plan(side)


def target(plan: Plan) -> Target:
    return Target.objects.filter(plan=plan, unit="%").order_by("pk")[0]


def said(side: Side, plan: Plan, **other: Any) -> Demand:
    """10,000 m³ a year are needed for waste water."""
    told: dict[str, Any] = {
        "tenant": side.tenant.pk,
        "field": "nuoc_thai",
        "year": 2026,
        "territory": side.province.pk,
        "amount": Decimal(10_000),
        "unit": "m³/năm",
        "basis": "survey",
        "source": "Khảo sát tháng 3",
        "indicator": target(plan).indicator_id,
    }
    return actions.say_demand(side.viewer("officer"), **(told | other))


def figure_of(side: Side, plan: Plan) -> Figure:
    """What counts now in the slot."""
    known = ledger.counting_on(side.viewer("officer"), now()).filter(indicator=target(plan).indicator_id)
    return known.get()


def test_the_share_is_worked_out_with_its_coverage(side: Side, plan: Plan) -> None:
    viewer, row, _offer = life.verified(side)
    second = registry.add_offer(viewer, row.pk, name="Bể không ghi năng lực")
    registry.save(viewer, "offer", second.pk, values={**life.OFFER, "capacity": None})
    registry.hand_in(viewer, row.pk)
    life.accept(side, second)
    share = actions.work_out(side.viewer("officer"), said(side, plan).pk)
    assert (share.supply, share.percent) == (Decimal(7300), Decimal("73.00"))
    assert (share.with_figures, share.enterprises) == (1, 1)
    assert (share.offers_with_figures, share.offers) == (1, 2)
    figure = figure_of(side, plan)
    assert (ledger.value_of(figure), figure.unit, figure.territory) == (Decimal(73), "%", side.province)
    assert "7.300 / 10.000 m³/năm" in figure.note
    assert "1 trong 1 doanh nghiệp" in figure.note
    assert broken_links(side.tenant.pk) == []


def test_other_measures_drafts_and_other_fields_are_not_added(side: Side, plan: Plan) -> None:
    viewer, row, offer = life.verified(side)
    draft = registry.add_offer(viewer, row.pk, name="Chưa xác minh")
    registry.save(viewer, "offer", draft.pk, values=life.OFFER)
    demand = said(side, plan)
    assert queries.supply_of(demand).amount == Decimal(7300)
    registry.save(viewer, "offer", offer.pk, values={"capacity": {"amount": "20", "unit": "tấn/năm"}})
    registry.hand_in(viewer, row.pk)
    life.accept(side, draft)
    life.accept(side, offer)
    assert queries.supply_of(demand).amount == Decimal(7300)
    registry.withdraw(viewer, "offer", draft.pk)
    assert queries.supply_of(demand).amount == Decimal(0)
    with pytest.raises(Refused, match="Chưa hàng hóa nào"):
        actions.work_out(side.viewer("officer"), demand.pk)


def test_it_moves_when_supply_moves_and_the_old_figure_stays_corrected(side: Side, plan: Plan) -> None:
    officer = side.viewer("officer")
    viewer, row, offer = life.verified(side)
    demand = said(side, plan)
    first = actions.work_out(officer, demand.pk)
    with pytest.raises(Refused, match="không đổi"):
        actions.work_out(officer, demand.pk)
    registry.save(viewer, "offer", offer.pk, values={"capacity": {"amount": "25", "unit": "m³/ngày"}})
    registry.hand_in(viewer, row.pk)
    life.accept(side, offer)
    second = actions.work_out(officer, demand.pk)
    assert (first.percent, second.percent) == (Decimal("73.00"), Decimal("91.25"))
    assert figure_of(side, plan).corrects_id == first.figure_id
    assert ledger.value_of(Figure.objects.get(pk=first.figure_id)) == Decimal(73)
    newer = said(side, plan, amount=Decimal(20_000))
    assert not Demand.objects.get(pk=demand.pk).is_current
    actions.work_out(officer, newer.pk)
    assert ledger.value_of(figure_of(side, plan)) == Decimal("45.62")
    assert Share.objects.count() == 3


def test_supply_that_is_stated_has_its_source(side: Side, plan: Plan) -> None:
    with pytest.raises(Refused, match="nguồn của năng lực"):
        said(side, plan, stated=Decimal(8000))
    row = said(side, plan, stated=Decimal(8000), stated_source="Báo cáo khảo sát")
    share = actions.work_out(side.viewer("officer"), row.pk)
    assert (share.is_stated, share.percent) == (True, Decimal("80.00"))
    assert "Nguồn cung: Báo cáo khảo sát" in figure_of(side, plan).note


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": Decimal(0)}, "lớn hơn 0"),
        ({"source": " "}, "nguồn"),
        ({"unit": "thùng/năm"}, "Chưa hiểu đơn vị"),
        ({"amount": Decimal("0.0001")}, "quá nhỏ"),
    ],
)
def test_what_is_wrong_is_refused(side: Side, plan: Plan, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        said(side, plan, **wrong)
    assert not Demand.objects.exists()


def test_only_officers_and_only_in_their_tenant(side: Side, plan: Plan) -> None:
    row = said(side, plan, stated=Decimal(8000), stated_source="Báo cáo")
    for person in ("clerk_finance", "enterprise"):
        with pytest.raises((Demand.DoesNotExist, NotAllowed)):
            actions.work_out(side.viewer(person), row.pk)


def test_the_plans_page_shows_it_and_leads_to_its_method(side: Side, plan: Plan, signed_in: SignedIn) -> None:
    life.verified(side)
    officer = signed_in("officer")
    sent = {
        "field": "nuoc_thai",
        "year": "2026",
        "territory": side.province.pk,
        "amount": "10.000",
        "unit": "m³/năm",
        "basis": "survey",
        "source": "Khảo sát",
        "indicator": target(plan).indicator_id,
        "paper": SimpleUploadedFile("khao-sat.pdf", b"%PDF-1.7"),
    }
    path = officer.post("/doanh-nghiep/cung-cau/them/", sent).headers["Location"]
    page = officer.get(path).content.decode()
    assert "Sổ số liệu chưa có con số này" in page
    assert "khao-sat.pdf" in page
    file = StoredFile.objects.get(name="khao-sat.pdf")
    assert f'href="/tep/{file.pk}/"' in page
    assert (
        signed_in("focal_head").get(f"/tep/{file.pk}/").status_code == 200
    )  # who sees shares, not who brought it
    assert signed_in("clerk_finance").get(f"/tep/{file.pk}/").status_code == 404
    assert officer.post(f"{path}tinh/").status_code == 302
    page = officer.get(path).content.decode()
    assert "Đáp ứng 73 % nhu cầu" in page
    assert "Sổ số liệu chưa có con số này" not in page
    assert "1 trong 1 doanh nghiệp" in page
    assert "73" in officer.get("/doanh-nghiep/cung-cau/").content.decode()
    targets = officer.get(f"/ke-hoach/{plan.pk}/chi-tieu/").content.decode()
    figure = figure_of(side, plan)
    assert f"/so-lieu/{figure.pk}/" in targets
    assert path in officer.get(f"/so-lieu/{figure.pk}/").content.decode()


def test_the_form_says_what_is_wrong(side: Side, plan: Plan, signed_in: SignedIn) -> None:
    page = signed_in("officer").post("/doanh-nghiep/cung-cau/them/", {"amount": "1,234.5", "stated": "x"})
    assert "có thể là" in page.content.decode()
    assert not Demand.objects.exists()
