"""Drafts of official reports, for those who see the cycle as a whole."""

from __future__ import annotations

from django.db.models import QuerySet

from luc.kernel.rights import Viewer
from luc.reporting.models import OfficialDraft
from luc.rounds import queries as rounds


def drafts(viewer: Viewer) -> QuerySet[OfficialDraft]:
    """The drafts of the cycles that a viewer collects or is told of in full, newest first."""
    rows = OfficialDraft.objects.filter(cycle__in=rounds.told_in_full(viewer).order_by().values("pk"))
    return (
        rows.select_related("file", "made_by", "cycle", "plan")
        .defer("plan__document")
        .order_by("-made_at", "-pk")
    )
