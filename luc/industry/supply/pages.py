"""The pages of supply and demand: the list, a demand, and how its share was worked out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.industry.fields import Axes
from luc.industry.importing.looking import home_of
from luc.industry.models import Demand, Share
from luc.industry.pages import inside
from luc.industry.supply import actions, queries
from luc.industry.supply.forms import DemandForm
from luc.kernel.pages import Request
from luc.kernel.time import today, valid_on
from luc.territory.models import Unit


@inside("industry.supply")
def demands(request: Request) -> HttpResponse:
    """Every demand with the last share that was worked out of it."""
    page = Paginator(queries.demands(request.viewer), 50).get_page(request.GET.get("page"))
    shares = queries.last_shares(page)
    rows = [(row, shares.get(row.pk)) for row in page]
    return render(request, "industry/supply/demands.html", {"page": page, "rows": rows})


@inside("industry.supply")
def add(request: Request) -> HttpResponse:
    """Say what is needed."""
    tenant = min(request.viewer.tenants_for("industry.supply"))
    fields = [(code, str(row)) for code, row in Axes().fields.items()]
    wanted = [(row.pk, row.name) for row in queries.indicators(request.viewer).filter(tenant=tenant)]
    initial = {"year": today().year}
    form = DemandForm(
        fields, _territories(tenant), wanted, request.POST or None, request.FILES or None, initial=initial
    )
    made = form.done(lambda values: actions.say_demand(request.viewer, tenant=tenant, **_read(values)))
    if made:
        messages.success(request, _("Đã ghi nhu cầu."))
        return redirect("industry:demand", made.pk)
    return render(request, "industry/supply/add.html", {"form": form, "wanted": wanted})


def _territories(tenant: int) -> list[tuple[int, str]]:
    """The province of the tenant, or the country."""
    home = home_of(tenant)
    here = Unit.objects.filter(pk=home) if home else Unit.objects.filter(valid_on(today()), level="country")
    return [(row.pk, row.full_name) for row in here]


def _read(values: dict[str, Any]) -> dict[str, Any]:
    paper = values["paper"]
    return values | {"paper": (paper.name, paper.read()) if paper else None}


@inside("industry.supply")
def demand(request: Request, demand: int) -> HttpResponse:
    """One demand: what is needed, what can be given, the share with its method, every time it was worked out."""
    row = get_object_or_404(_all(request), pk=demand)
    supply = queries.supply_of(row)
    last = queries.last_shares([row]).get(row.pk)
    amount = supply.amount if row.stated is None else row.stated
    more = {
        "row": row,
        "supply": supply,
        "amount": amount,
        "percent": queries.share_of(amount, row.yearly),
        "last": last,
        "moved": last is None or (last.demand_id, last.supply) != (row.pk, amount),
        "method": actions.METHOD,
        "shares": Share.objects.filter(demand=row).select_related("by", "figure").order_by("-pk")[:50],
        "offers": queries.counted(row).filter(yearly_unit=row.yearly_unit).order_by("-yearly", "pk")[:20],
    }
    return render(request, "industry/supply/demand.html", more)


def _all(request: Request) -> Any:
    """Demands that hold, and those that were said over: figures in the ledger lead to them."""
    rows = Demand.objects.filter(tenant__in=request.viewer.tenants_for("industry.supply"))
    return rows.select_related("field", "territory", "indicator", "paper", "by")


@inside("industry.supply")
@require_POST
def work_out(request: Request, demand: int) -> HttpResponse:
    """Work the share out and write it to the ledger."""
    row = get_object_or_404(queries.demands(request.viewer), pk=demand)
    share = actions.work_out(request.viewer, row.pk)
    messages.success(
        request, _("Đã ghi tỷ lệ %(n)s%% vào sổ số liệu.") % {"n": f"{share.percent}".replace(".", ",")}
    )
    return redirect("industry:demand", row.pk)
