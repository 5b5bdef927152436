"""The step that makes a version the list that holds: items written, what goes marked, documents of goods made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from luc.industry.catalogue.comparing import COLUMNS, Beside, Compared
from luc.industry.catalogue.tree import Node
from luc.industry.models import CatalogueItem, CatalogueLine, CatalogueVersion, Offer
from luc.industry.searching import OFFER
from luc.kernel.history import Acting
from luc.kernel.search.indexing import index

_WRITTEN = (*COLUMNS.values(), "parent", "is_branch", "order", "last", "sort_key", "search_key")


def put_in(acting: Acting, version: CatalogueVersion, nodes: Sequence[Node], beside: Beside) -> None:
    """Write the items of a version that is adopted now, as a step of that action."""
    compared = {one.node.key: one for one in beside.lines}
    before = {one.item.pk: _words(one.item) for one in beside.lines if one.item}
    items = _items(version, nodes, compared)
    lines = [
        _line(version, n, compared[node.key], items[node.key], before) for n, node in enumerate(nodes, 1)
    ]
    gone = [item.pk for item in beside.gone]
    CatalogueItem.objects.filter(pk__in=gone).update(gone_in=version)
    after = len(nodes)
    for n, item in enumerate(beside.gone, after + 1):
        lines.append(_gone(version, n, item))
    CatalogueLine.objects.bulk_create(lines, batch_size=200)
    counts = {change: sum(line.change == change for line in lines) for change in CatalogueLine.Change.values}
    acting.log(version, None, counts)
    moved = [line.item_id for line in lines if line.change in {"reworded", "gone"}]
    index(OFFER, list(Offer.objects.filter(item__in=moved, is_public=True).values_list("pk", flat=True)))


def _items(
    version: CatalogueVersion, nodes: Sequence[Node], compared: Mapping[str, Compared]
) -> dict[str, CatalogueItem]:
    """The item of each line by key, written; branches before what stands below them."""
    found: dict[str, CatalogueItem] = {}
    deepest = max((node.depth for node in nodes), default=0)
    order = {node.key: n for n, node in enumerate(nodes, 1)}
    for depth in range(deepest + 1):
        new: list[Node] = []
        old: list[Node] = []
        for node in (one for one in nodes if one.depth == depth):
            item = compared[node.key].item
            (new if item is None else old).append(node)
            item = item or CatalogueItem(
                tenant_id=version.tenant_id, catalogue_id=version.catalogue_id, first=version
            )
            for role, column in COLUMNS.items():
                setattr(item, column, node.row[role])
            item.parent = found[node.parent.key] if node.parent else None
            item.is_branch, item.order, item.last = node.is_branch, order[node.key], version
            item.set_keys()
            found[node.key] = item
        CatalogueItem.objects.bulk_create([found[node.key] for node in new], batch_size=200)
        CatalogueItem.objects.bulk_update([found[node.key] for node in old], _WRITTEN, batch_size=100)
    return found


def _words(item: CatalogueItem) -> dict[str, str]:
    return {role: getattr(item, column) for role, column in COLUMNS.items()}


def _line(
    version: CatalogueVersion,
    n: int,
    one: Compared,
    item: CatalogueItem,
    before: Mapping[int, Mapping[str, Any]],
) -> CatalogueLine:
    row = one.node.row
    values = {role: row[role] for role in COLUMNS}
    old = before.get(item.pk, {}) if one.item else {}
    differs = {role: words for role, words in old.items() if words != values[role]}
    return CatalogueLine(
        tenant_id=version.tenant_id,
        version=version,
        item=item,
        order=n,
        change=one.change,
        values=values,
        before=differs,
        places=row["places"],
    )


def _gone(version: CatalogueVersion, n: int, item: CatalogueItem) -> CatalogueLine:
    gone = CatalogueLine.Change.GONE
    line = CatalogueLine(tenant_id=version.tenant_id, version=version, item=item, order=n, change=gone)
    line.values = _words(item)
    return line
