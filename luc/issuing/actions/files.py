"""A version as a Word file: made in a job, kept for ever with the sources of its numbers and sentences."""

from __future__ import annotations

from django.urls import reverse

from luc.agencies.queries import viewer_of
from luc.issuing import queries
from luc.issuing.models import Version, WrittenFile
from luc.issuing.paper import paper_of
from luc.kernel import jobs
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now
from luc.papers.actions import store, take_in
from vanban.writing import write_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KIND = "issuing.docx"


def start_file(viewer: Viewer, version: int) -> Job:
    """Ask for the Word file of a version; a job makes it. Raises Version.DoesNotExist, NotAllowed."""
    row = queries.versions(viewer).get(pk=version)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=row.draft.party_id)
    return jobs.start(viewer, KIND, f"Lập tệp Word: {row}", tenant=row.tenant_id, version=row.pk)


@jobs.job(KIND)
def make_file(running: jobs.Running) -> dict[str, object]:
    """Write the paper and keep it. The one who asked must still hold the right."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # start_file needs a person's right
    running.progress(0, 2, "Đang soạn văn bản")
    made = keep_file(viewer_of(asked_by), running.arguments["version"])
    running.progress(2, 2, "Đã xong")
    return {"file": made.pk, "address": reverse("issuing:versions", args=[made.version.draft_id])}


@written()
def keep_file(viewer: Viewer, version: int) -> WrittenFile:
    """The Word file of a version; the one that is there when it was made before. Raises NotAllowed."""
    row = queries.versions(viewer).get(pk=version)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=row.draft.party_id)
    there = row.files.filter(format=WrittenFile.Format.DOCX).first()
    if there is not None:
        return there
    paper, sources = paper_of(row)
    name = _name(row)
    kept = take_in(tenant=row.tenant_id, name=name, data=write_docx(paper))
    with action(viewer, "issuing.draft", tenant=row.tenant_id, party=row.draft.party_id) as acting:
        file = store(acting, kept, tenant=row.tenant_id, name=name, media_type=DOCX)
        made = WrittenFile(
            tenant_id=row.tenant_id,
            version=row,
            format=WrittenFile.Format.DOCX,
            file=file,
            sources=sources,
            made_at=now(),
            made_by_id=viewer.user,
        )
        made.save(force_insert=True)
        acting.log(made, None, {"file": file.pk, "version": row.pk})
    return made


def _name(version: Version) -> str:
    title = version.content["title"][:120].replace("/", "-")
    return f"Dự thảo {version.draft_id}.{version.number} {title}.docx"
