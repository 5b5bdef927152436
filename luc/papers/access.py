"""Who may have a stored file: whoever brought it, and whom a room's own pages lead to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from luc.kernel.rights import Viewer
from luc.papers.models import StoredFile

Opening = Callable[[Viewer], QuerySet[Any, Any]]
_openings: list[Opening] = []


def opens(opening: Opening) -> None:
    """A room says which files it shows: from a viewer to a query of their ids. Called when the room starts."""
    if opening not in _openings:
        _openings.append(opening)


def files(viewer: Viewer) -> QuerySet[StoredFile]:
    """The stored files that a viewer may have; a file that no room shows is its bringer's alone."""
    mine = Q(uploaded_by__isnull=False, uploaded_by=viewer.user)
    for opening in _openings:
        mine |= Q(pk__in=opening(viewer))
    return StoredFile.objects.filter(mine, tenant__in=viewer.tenants)
