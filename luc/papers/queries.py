"""What is asked of papers."""

from __future__ import annotations

from django.db.models import QuerySet

from luc.kernel.rights import Viewer
from luc.papers import storing
from luc.papers.models import StoredFile


def files(viewer: Viewer) -> QuerySet[StoredFile]:
    """The stored files that a viewer may have."""
    if not viewer.may("papers.view"):
        return StoredFile.objects.none()
    return StoredFile.objects.filter(tenant__in=viewer.tenants)


def content(file: StoredFile) -> bytes:
    """The bytes of a file as they came in. Raises storing.Damaged when the disk lost or changed them."""
    return storing.read(file.path, file.sha256)
