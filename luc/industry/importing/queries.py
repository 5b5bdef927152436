"""What is asked of imports: those of the agencies for which the viewer keeps enterprises."""

from __future__ import annotations

from django.db.models import QuerySet

from luc.industry.models import Import, ImportedEntry
from luc.kernel.models import Job
from luc.kernel.rights import Viewer


def imports(viewer: Viewer) -> QuerySet[Import]:
    """The files that the viewer's agencies brought, newest first."""
    rows = Import.objects.filter(keeper__in=viewer.parties_for("industry.keep"))
    return rows.select_related("file", "keeper", "by", "job").order_by("-at", "-pk")


def kept_on(one: Import) -> QuerySet[ImportedEntry]:
    """What an undoing left, with why, by row."""
    rows = ImportedEntry.objects.filter(source=one).exclude(kept_because="")
    return rows.select_related("enterprise", "offer").order_by("number", "is_offer")


def entries_of(one: Import) -> QuerySet[ImportedEntry]:
    """The entries into which a file went, by row."""
    rows = ImportedEntry.objects.filter(source=one, undone=False)
    return rows.select_related("enterprise", "offer").order_by("number", "is_offer")


def can_be_undone(one: Import) -> bool:
    """Whether something of a file was put in, by a job that has ended or was stopped."""
    stopped = one.job is not None and one.job.state in {Job.State.FAILED, Job.State.CANCELLED}
    return one.state == Import.State.DONE or (one.state == Import.State.RUNNING and stopped)
