"""What this room tells others: where a draft is read, and what it offers on the pages of a round."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer


def draft_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Title and address of drafts by id, for the registry."""
    rows = queries.drafts(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(row.title, reverse("issuing:draft", args=[row.pk])) for row in rows}


def on_cycle(viewer: Viewer, cycle: int) -> list[Source]:
    """On the pages of a round: write its report, for who collects it; the files of it, for who is told in full."""
    row = queries.told_in_full(viewer).filter(pk=cycle).first()
    if row is None:
        return []
    found = [Source(_("Dự thảo báo cáo (.docx)"), reverse("issuing:papers", args=[cycle]))]
    if viewer.may("issuing.draft", tenant=row.tenant_id, party=row.collector_id):
        found.insert(0, Source(_("Soạn báo cáo tổng hợp"), reverse("issuing:new", args=[cycle])))
    return found
