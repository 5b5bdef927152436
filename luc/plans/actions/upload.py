"""A paper comes in: it is kept, and a job reads it."""

from __future__ import annotations

import mimetypes

from luc.kernel import jobs
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.papers.actions import store, take_in
from luc.plans.models import Reading


def upload(viewer: Viewer, *, tenant: int, name: str, data: bytes) -> Reading:
    """Keep a file and put its reading in the queue; the reading's job says how far it is.

    Raises NotAllowed; Refused for an empty or too large file. A file that cannot be read fails in the job.
    """
    viewer.require("plans.upload", tenant=tenant)
    kept = take_in(tenant=tenant, name=name, data=data)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with action(viewer, "plans.upload", tenant=tenant) as acting:
        file = store(acting, kept, tenant=tenant, name=name, media_type=media_type)
        reading = acting.create(Reading(tenant_id=tenant, file=file))
        title = f"Đọc kế hoạch: {file.name}"
        reading.job = jobs.start(viewer, "plans.read", title, tenant=tenant, reading=reading.pk)
        reading.save(update_fields=["job"])
    reading.refresh_from_db()
    return reading
