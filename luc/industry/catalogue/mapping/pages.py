"""Putting goods on items, without JavaScript: the officer's list of goods, the search for one good."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.industry import queries as registry
from luc.industry.catalogue import queries
from luc.industry.catalogue.mapping import actions
from luc.industry.catalogue.mapping.likeness import propose
from luc.industry.models import Offer
from luc.industry.pages import inside
from luc.industry.showing import told
from luc.kernel.errors import Refused
from luc.kernel.pages import Request

_PAGE = 20


@inside("industry.catalogue")
def goods(request: Request) -> HttpResponse:
    """Goods on items that are no more, then goods on none, each with what is proposed."""
    shown = Paginator(queries.unplaced(request.viewer), _PAGE).get_page(request.GET.get("page"))
    stranded = list(queries.stranded(request.viewer)[:100])
    items = queries.items_by_tenant({row.tenant_id for row in (*shown, *stranded)})
    more = {
        "page": shown,
        "rows": [(row, propose(row, items[row.tenant_id])) for row in shown],
        "stranded": [(row, propose(row, items[row.tenant_id])) for row in stranded],
    }
    return render(request, "industry/catalogue/goods.html", more)


@inside("industry.catalogue")
def place(request: Request, mapped_offer: int) -> HttpResponse:
    """Look for the item of one public good, and put the good on it."""
    mine = request.viewer.tenants_for("industry.catalogue")
    row = get_object_or_404(Offer.objects.filter(tenant__in=mine, is_public=True), pk=mapped_offer)
    if request.method == "POST":
        actions.place(request.viewer, row.pk, item=_item(request))
        messages.success(request, _("Đã xếp %(name)s.") % {"name": row.name})
        return redirect("industry:catalogue_goods")
    back = reverse("industry:catalogue_goods")
    return _search(request, row, row.item_id, {"back": back, "is_public": True})


@inside("industry.edit")
def choose(request: Request, offer: int) -> HttpResponse:
    """Say on which item of an official list a good stands."""
    row = get_object_or_404(registry.offers_of(request.viewer), pk=offer)
    if request.method == "POST":
        actions.choose(request.viewer, row.pk, item=_item(request))
        messages.success(request, _("Đã lưu."))
        return redirect("industry:offer", row.pk)
    now = told(request.viewer, row).get("item")
    return _search(request, row, now, {"back": reverse("industry:offer", args=[row.pk]), "is_public": False})


def _item(request: Request) -> int | None:
    """The item that was chosen; "0" is none. Raises Refused when nothing was."""
    given = request.POST.get("item", "")
    if not given.isascii() or not given.isdecimal() or len(given) > 12:
        raise Refused(_("Hãy chọn một mục."))
    return int(given) or None


def _search(request: Request, row: Offer, now: int | None, more: dict[str, Any]) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    items = queries.items_by_tenant([row.tenant_id])[row.tenant_id]
    found = queries.found(row.tenant_id, words) if words else [one.item for one in propose(row, items)]
    here = next((item for item in items if item.pk == now), None)
    more |= {"row": row, "words": words, "items": found, "now": here, "has_lists": bool(items)}
    return render(request, "industry/catalogue/place.html", more)
