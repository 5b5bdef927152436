"""What became of a plan after its adoption: its amendments, what each said, what an item said before."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.plans.models import Amendment, AmendmentItem, Plan


def amendments(viewer: Viewer, plan: Plan) -> QuerySet[Amendment]:
    """The amendments of a plan, newest first, each with how many items were accepted and refused."""
    rows = Amendment.objects.filter(plan=plan, tenant__in=viewer.tenants_for("plans.view"))
    rows = rows.select_related("reading__file", "replaced_file").defer(
        "replaced_document",
        "reading__document",
        "reading__as_read",
        "reading__against",
        "reading__content",
        "reading__choices",
        "reading__findings",
    )
    return rows.annotate(
        accepted=Count("items", filter=Q(items__is_accepted=True)),
        refused=Count("items", filter=Q(items__is_accepted=False)),
    ).order_by("-pk")


def amendment_items(amendment: Amendment) -> QuerySet[AmendmentItem]:
    """What an amendment at hand said of each item, in its order."""
    return AmendmentItem.objects.filter(amendment=amendment).order_by("order")


_read_told = Prepared(
    lambda kind, ids, tenants: _with_amendment(
        AmendmentItem.objects.filter(item_kind=kind, item_id__in=ids, is_accepted=True, tenant__in=tenants)
    )
)


def told_of(viewer: Viewer, kind: str, ids: Collection[int]) -> dict[int, list[AmendmentItem]]:
    """What amendments said of rows of one kind and was accepted, newest first, in one statement."""
    found: dict[int, list[AmendmentItem]] = {}
    for row in _read_told(kind=kind, ids=ids, tenants=viewer.tenants_for("plans.view")):
        if row.item_id is not None:
            found.setdefault(row.item_id, []).append(row)
    return found


def _with_amendment(rows: QuerySet[AmendmentItem]) -> QuerySet[AmendmentItem]:
    return rows.select_related("amendment").defer("amendment__replaced_document").order_by("-pk")
