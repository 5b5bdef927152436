"""What is asked of supply and demand: the demands of a tenant, what its public offers can give, the last share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.figures.models import Indicator
from luc.industry.models import Demand, Offer, Share
from luc.industry.queries import public_offers
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer

SOURCE = "industry.share"
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Supply:
    """What offers come to in a year, and how many enterprises and offers gave a figure in this measure."""

    amount: Decimal
    enterprises: int
    with_figures: int
    offers: int
    offers_with_figures: int


def demands(viewer: Viewer) -> QuerySet[Demand]:
    """The demands that hold, by year and field."""
    rows = Demand.objects.filter(tenant__in=viewer.tenants_for("industry.supply"), is_current=True)
    return rows.select_related("field", "territory", "indicator", "paper", "by").order_by(
        "-year", "field__order"
    )


def counted(demand: Demand) -> QuerySet[Offer]:
    """The public offers of the tenant in the field of a demand."""
    return public_offers().filter(tenant=demand.tenant_id, field=demand.field_id)


def supply_of(demand: Demand) -> Supply:
    """What the offers can give now, in one statement."""
    fits = Q(yearly__isnull=False, yearly_unit=demand.yearly_unit)
    told = (
        counted(demand)
        .order_by()
        .aggregate(
            amount=Sum("yearly", filter=fits),
            enterprises=Count("enterprise", distinct=True),
            with_figures=Count("enterprise", distinct=True, filter=fits),
            offers=Count("pk"),
            offers_with_figures=Count("pk", filter=fits),
        )
    )
    told["amount"] = Decimal(told["amount"] or 0).quantize(Decimal("0.001"))
    return Supply(**told)


def share_of(supply: Decimal, demand: Decimal) -> Decimal:
    """Percent of a demand that is met, cut to two decimals so that nothing is reached by rounding."""
    return (supply * PERCENT / demand).quantize(Decimal("0.01"), ROUND_DOWN)


def last_shares(demands: Iterable[Demand]) -> dict[int, Share]:
    """The last share of each slot of demands (field, year, territory), by demand."""
    found: dict[int, Share] = {}
    for demand in demands:
        same = Share.objects.filter(
            demand__tenant=demand.tenant_id,
            demand__field=demand.field_id,
            demand__year=demand.year,
            demand__territory=demand.territory_id,
        )
        row = same.select_related("figure", "by", "demand").order_by("-pk").first()
        if row is not None:
            found[demand.pk] = row
    return found


def indicators(viewer: Viewer) -> QuerySet[Indicator]:
    """The shares that are measured in the viewer's tenants: what plans want among them."""
    rows = Indicator.objects.filter(tenant__in=viewer.tenants_for("industry.supply"))
    return rows.filter(unit__in=["%", "phần trăm"]).order_by("name", "pk")


def files_of(viewer: Viewer) -> QuerySet[Any, Any]:
    """The files behind demands, by id (papers.access)."""
    rows = Demand.objects.filter(tenant__in=viewer.tenants_for("industry.supply"))
    return rows.exclude(paper=None).order_by().values("paper")


def share_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where it is shown how a share was worked out, by demand."""
    rows = Demand.objects.filter(pk__in=list(ids), tenant__in=viewer.tenants_for("industry.supply"))
    return {
        row.pk: Source(_("Cách tính: %(what)s") % {"what": row}, reverse("industry:demand", args=[row.pk]))
        for row in rows.select_related("field", "territory")
    }
