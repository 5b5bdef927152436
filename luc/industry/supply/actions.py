"""An officer says what is needed, and has the share that is met worked out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from luc.figures.actions import NewFigure, accept, record
from luc.figures.models import Figure, Standing
from luc.figures.numbers import show
from luc.industry.models import Demand, Field, Share
from luc.industry.supply import queries
from luc.industry.supply.queries import SOURCE, Supply, share_of, supply_of
from luc.industry.units import per_year
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today
from luc.papers.actions import store, take_in
from luc.territory.models import Unit

LARGEST = Decimal(10**8)  # percent; above it a unit is wrong
METHOD = lazy(
    "Tỷ lệ đáp ứng = năng lực cung cấp trong một năm của hàng hóa, dịch vụ đã xác minh trong lĩnh vực (tử số), "
    "chia cho nhu cầu của năm (mẫu số), cùng một đơn vị; hàng hóa không ghi năng lực hoặc ghi theo đơn vị khác "
    "không được cộng."
)


def say_demand(
    viewer: Viewer,
    *,
    tenant: int,
    field: str,
    year: int,
    territory: int,
    amount: Decimal,
    unit: str,
    basis: str,
    source: str,
    indicator: int,
    paper: tuple[str, bytes] | None = None,
    stated: Decimal | None = None,
    stated_source: str = "",
) -> Demand:
    """Say what a field needs in a year; what was said before stays. `stated`: supply from another source.

    Raises NotAllowed, DoesNotExist, Refused (not positive, unknown unit, no source, supply without its source).
    """
    viewer.require("industry.supply", tenant=tenant)
    wrong = {}
    if amount <= 0:
        wrong["amount"] = _("Nhu cầu phải lớn hơn 0.")
    if not source.strip():
        wrong["source"] = _("Hãy ghi nguồn: khảo sát nào, văn bản nào.")
    if stated is not None and (stated < 0 or not stated_source.strip()):
        wrong["stated_source"] = _("Hãy ghi nguồn của năng lực cung cấp (số không âm).")
    if wrong:
        raise Refused(" ".join(wrong.values()), wrong)
    yearly, measure = _measured(amount, unit)
    row = Demand(tenant_id=tenant, year=year, amount=amount, unit=unit, yearly=yearly, yearly_unit=measure)
    row.field, row.territory = Field.objects.get(code=field), Unit.objects.get(pk=territory)
    row.basis, row.source, row.stated = basis, source.strip()[:300], stated
    row.stated_source = stated_source.strip()[:300] if stated is not None else ""
    row.indicator = queries.indicators(viewer).get(pk=indicator, tenant=tenant)
    row.by_id, row.at = viewer.user or 0, now()
    kept = take_in(tenant=tenant, name=paper[0], data=paper[1]) if paper else None
    with action(viewer, "industry.supply", tenant=tenant) as acting:
        if paper and kept:
            media = "application/octet-stream"
            row.paper = store(acting, kept, tenant=tenant, name=paper[0], media_type=media)
        same = Demand.objects.select_for_update().filter(
            tenant=tenant, field=row.field, year=year, territory=territory, is_current=True
        )
        for before in same:
            acting.change(before, is_current=False)
        return acting.create(row)


def _measured(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    try:
        yearly, measure = per_year(amount, unit)
    except Refused as refused:
        raise Refused(refused.message, {"unit": refused.message}) from refused
    if yearly <= 0:
        words = _("Nhu cầu này quá nhỏ theo đơn vị đã chọn.")
        raise Refused(words, {"amount": words})
    return yearly, measure


def work_out(viewer: Viewer, demand: int) -> Share:
    """Work the share out as supply is now, and write it to the ledger, accepted; the one before is corrected.

    Raises DoesNotExist, NotAllowed, Refused (nothing moved; nobody says a capacity and none is stated).
    """
    row = queries.demands(viewer).get(pk=demand)
    told = supply_of(row)
    amount = told.amount if row.stated is None else row.stated
    if row.stated is None and not told.offers_with_figures:
        raise Refused(
            _("Chưa hàng hóa nào ghi năng lực theo đơn vị này; hãy ghi năng lực cung cấp từ nguồn khác.")
        )
    with action(viewer, "industry.supply", tenant=row.tenant_id) as acting:
        row = Demand.objects.select_for_update(of=("self",)).select_related("field").get(pk=demand)
        before = queries.last_shares([row]).get(row.pk)
        percent = share_of(amount, row.yearly)
        if percent >= LARGEST:
            raise Refused(_("Năng lực gấp hàng triệu lần nhu cầu: hãy xem lại đơn vị."))
        if before is not None and (before.demand_id, before.supply, before.percent) == (
            row.pk,
            amount,
            percent,
        ):
            raise Refused(_("Năng lực cung cấp và nhu cầu không đổi từ lần tính trước."))
        corrects = _corrected(before, row)
        (figure,) = record(acting, [_figure(viewer, row, told, amount, percent, corrects)])
        accept(acting, [figure.pk])
        share = Share(
            tenant_id=row.tenant_id,
            demand=row,
            supply=amount,
            is_stated=row.stated is not None,
            enterprises=told.enterprises,
            with_figures=told.with_figures,
            offers=told.offers,
            offers_with_figures=told.offers_with_figures,
            percent=percent,
            figure=figure,
            by_id=viewer.user or 0,
            at=now(),
        )
        return acting.create(share)


def _corrected(before: Share | None, row: Demand) -> int | None:
    """The figure that a new one takes the place of: of the same indicator, still counting."""
    if before is None or before.figure.indicator_id != row.indicator_id:
        return None
    last = before.figure.standings.order_by("-at", "-pk").first()
    return None if last and last.kind == Standing.Kind.WITHDRAWN else before.figure_id


def _figure(
    viewer: Viewer, row: Demand, told: Supply, amount: Decimal, percent: Decimal, corrects: int | None
) -> NewFigure:
    with written():
        parts = f"{show(amount)} / {show(row.yearly)} {row.yearly_unit} ({row.field.name})"
        where = (
            f"Nguồn cung: {row.stated_source}"
            if row.stated is not None
            else f"{told.with_figures} trong {told.enterprises} doanh nghiệp có số liệu"
        )
    return NewFigure(
        indicator=row.indicator_id,
        territory=row.territory_id,
        period_start=date(row.year, 1, 1),
        period_until=date(row.year + 1, 1, 1),
        party=min(viewer.parties_for("industry.supply")),
        value=percent,
        unit="%",
        kind=Figure.Kind.ACTUAL if row.year <= today().year else Figure.Kind.ESTIMATE,
        source_kind=SOURCE,
        source_id=row.pk,
        note=f"{parts}. {where}.",
        corrects=corrects,
    )
