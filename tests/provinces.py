"""The story "ministry": three real provinces with rounds of their own, and a ministry that asks them."""

from __future__ import annotations

from django_scopes import scope, scopes_disabled

from luc.kernel.writing import writing
from luc.reporting import actions
from luc.reporting.queries.drafts import NO_OBSTACLES
from luc.reporting.queries.reports import draft, reports
from luc.territory.models import TenantUnit, Unit
from tests.cast import Side, make_side
from tests.ministry import Ministry, make_ministry
from tests.plan import make_plan
from tests.reporting import life

PROVINCES = (("91", "tỉnh An Giang", "a"), ("92", "thành phố Cần Thơ", "b"), ("96", "tỉnh Cà Mau", "c"))


def tell() -> None:
    """Write it all; the units are those of the reference data."""
    first, second, third = (_side(*one) for one in PROVINCES)
    for side, parties in ((first, ("environment", "finance")), (second, ("environment",))):
        with scope(tenant=[side.tenant.pk]):
            life.open_cycle(side, make_plan(side))
            life.accept(side, *life.report(side, *parties))
    with scope(tenant=[third.tenant.pk]):
        life.open_cycle(third, make_plan(third))
    ministry = make_ministry(first, second, third)
    ministry.open_cycle()
    _answer(ministry, second)


def _side(code: str, name: str, prefix: str) -> Side:
    with writing(), scopes_disabled():
        side = make_side(f"x{code}", name, prefix)
        real = Unit.objects.get(level="province", code=code, valid_to=None)
        TenantUnit.objects.filter(tenant=side.tenant, unit=side.province).update(unit=real)
        Unit.objects.filter(parent=side.province).update(parent=real)
        side.province = real
    return side


def _answer(ministry: Ministry, side: Side) -> None:
    """The province answers by hand and hands in."""
    viewer, report = ministry.above(side), ministry.report_of(side)
    with ministry.seen_by(viewer):
        whole = draft(reports(viewer).get(pk=report.pk))
        values = {"%": "64,5", "doanh nghiệp": "85"}
        rows = {NO_OBSTACLES: {"nil": "1"}} | {
            line.row.key: {"value": values[line.row.unit], "kind": "actual"}
            if line.row.section == "figure"
            else {"state": "behind", "result": "Mới khảo sát xong 3 địa bàn"}
            for line in whole.lines
        }
        saved = actions.save_draft(viewer, report.pk, version=whole.report.version, rows=rows)
        actions.submit(viewer, report.pk, version=saved.version)
