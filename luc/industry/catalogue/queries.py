"""What is asked of official lists: those of the viewer's tenants, their versions and items, goods beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from luc.industry.catalogue.comparing import Beside, compare
from luc.industry.catalogue.tree import Node, tree
from luc.industry.models import Catalogue, CatalogueItem, CatalogueLine, CatalogueVersion, Offer
from luc.industry.queries import public_offers, tenants_of
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key


def catalogues(viewer: Viewer) -> QuerySet[Catalogue]:
    """The lists of the tenants in which a viewer has something, by name."""
    return Catalogue.objects.filter(tenant__in=tenants_of(viewer)).order_by("name", "pk")


def adopted(viewer: Viewer) -> QuerySet[Catalogue]:
    """Those of them of which a version was adopted, with how many items they have."""
    live = Q(items__gone_in=None, items__is_branch=False)
    rows = catalogues(viewer).filter(versions__state=CatalogueVersion.State.ADOPTED)
    return rows.annotate(n=Count("items", filter=live, distinct=True))


def versions(viewer: Viewer) -> QuerySet[CatalogueVersion]:
    """The versions that an officer takes in and adopts, newest first."""
    rows = CatalogueVersion.objects.filter(tenant__in=viewer.tenants_for("industry.catalogue"))
    return rows.select_related("catalogue", "file", "by", "adopted_by", "job").order_by("-at", "-pk")


def history(catalogue: Catalogue) -> QuerySet[CatalogueVersion]:
    """The adopted versions of a list, newest first."""
    rows = CatalogueVersion.objects.filter(catalogue=catalogue, state=CatalogueVersion.State.ADOPTED)
    return rows.select_related("file", "adopted_by").order_by("-number")


def live_items(catalogue: int) -> QuerySet[CatalogueItem]:
    """The items that the last adopted version has, in its order."""
    return CatalogueItem.objects.filter(catalogue=catalogue, gone_in=None).order_by("order", "pk")


def lines_of(version: CatalogueVersion) -> QuerySet[CatalogueLine]:
    """What an adopted version said and dropped, in its order."""
    return CatalogueLine.objects.filter(version=version).select_related("item").order_by("order", "pk")


def beside(version: CatalogueVersion) -> tuple[list[Node], Beside]:
    """A version under review as a tree, beside the items that are adopted now."""
    nodes = tree(version.lines)
    return nodes, compare(nodes, live_items(version.catalogue_id), version.decisions)


@dataclass(frozen=True, slots=True)
class Shown:
    """An item in its tree, with how many public goods stand on it."""

    item: CatalogueItem
    depth: int
    goods: int


def shown(catalogue: Catalogue) -> list[Shown]:
    """The list as it holds now, in order. Two statements."""
    rows = list(live_items(catalogue.pk))
    counts = dict(
        public_offers()
        .filter(item__catalogue=catalogue)
        .order_by()
        .values_list("item")
        .annotate(n=Count("pk"))
    )
    depths: dict[int, int] = {}
    for row in rows:
        depths[row.pk] = depths[row.parent_id] + 1 if row.parent_id in depths else 0
    return [Shown(row, depths[row.pk], counts.get(row.pk, 0)) for row in rows]


def choosable(tenant: int) -> QuerySet[CatalogueItem]:
    """The items of a tenant on which goods may stand today."""
    rows = CatalogueItem.objects.filter(tenant=tenant, gone_in=None, is_branch=False)
    return rows.select_related("catalogue", "parent")


def found(tenant: int, words: str) -> list[CatalogueItem]:
    """The items whose name or HS code has all the words; at most thirty."""
    rows = choosable(tenant)
    for word in search_key(words).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(hs_code__contains=word) | Q(code__iexact=word))
    return list(rows.order_by("catalogue", "order")[:30])


def stranded(viewer: Viewer) -> QuerySet[Offer]:
    """The goods that stand on an item which the last version has no more: to be looked at."""
    rows = Offer.objects.filter(
        Q(item__gone_in__isnull=False) | Q(item__is_branch=True),
        tenant__in=viewer.tenants_for("industry.catalogue"),
    )
    return (
        rows.filter(is_public=True)
        .select_related("enterprise", "item__gone_in", "item__catalogue")
        .order_by("sort_key", "pk")
    )


def unplaced(viewer: Viewer) -> QuerySet[Offer]:
    """The public goods that stand on no item yet."""
    rows = public_offers().filter(tenant__in=viewer.tenants_for("industry.catalogue"), item=None)
    return rows.select_related("enterprise", "field", "kind").order_by("sort_key", "pk")


def items_by_tenant(tenants: Iterable[int]) -> dict[int, list[CatalogueItem]]:
    """The items on which goods may stand, by tenant. One statement."""
    out: dict[int, list[CatalogueItem]] = {tenant: [] for tenant in tenants}
    rows = CatalogueItem.objects.filter(tenant__in=list(out), gone_in=None, is_branch=False)
    for row in rows.select_related("catalogue", "parent").order_by("catalogue", "order"):
        out[row.tenant_id].append(row)
    return out


def files_of(viewer: Viewer) -> QuerySet[CatalogueVersion, Any]:
    """The stored files of lists: of adopted versions for all who see the list, of others for officers."""
    mine = Q(tenant__in=viewer.tenants_for("industry.catalogue"))
    mine |= Q(state=CatalogueVersion.State.ADOPTED, tenant__in=tenants_of(viewer))
    return CatalogueVersion.objects.filter(mine).values_list("file", flat=True)
