"""A version as a file: made in a job, kept for ever; the Word file with the sources of its numbers and sentences.

The PDF is what LibreOffice makes of the Word file, so that both are one paper; the Excel file holds its annexes.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.queries import viewer_of
from luc.issuing import queries
from luc.issuing.models import Version, WrittenFile
from luc.issuing.paper import paper_of
from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now
from luc.papers.actions import store, take_in
from luc.papers.queries import content as bytes_of
from vanban.writing import CannotWritePdf, write_docx, write_pdf, write_xlsx

Format = WrittenFile.Format
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    Format.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
}
KIND = "issuing.docx"


def start_file(viewer: Viewer, version: int, *, format: str = Format.DOCX.value) -> Job:
    """Ask for a file of a version; a job makes it. Raises Version.DoesNotExist, NotAllowed, Refused: no such format."""
    if format not in Format.values:
        raise Refused(_("Hãy chọn tệp Word, PDF hay Excel."))
    row = queries.versions(viewer).get(pk=version)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=row.draft.party_id)
    title = f"Lập tệp {Format(format).label}: {row}"
    return jobs.start(viewer, KIND, title, tenant=row.tenant_id, version=row.pk, format=format)


@jobs.job(KIND)
def make_file(running: jobs.Running) -> dict[str, object]:
    """Write the paper and keep it. The one who asked must still hold the right."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # start_file needs a person's right
    running.progress(0, 2, "Đang soạn văn bản")
    wanted = running.arguments.get("format", Format.DOCX.value)
    made = keep_file(viewer_of(asked_by), running.arguments["version"], format=wanted)
    running.progress(2, 2, "Đã xong")
    return {"file": made.pk, "address": reverse("issuing:versions", args=[made.version.draft_id])}


@written()
def keep_file(viewer: Viewer, version: int, *, format: str = Format.DOCX.value) -> WrittenFile:
    """A file of a version; the one that is there when it was made before.

    Raises NotAllowed, Refused: no PDF can be made here, there is no table for an Excel file.
    """
    row = queries.versions(viewer).get(pk=version)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=row.draft.party_id)
    there = row.files.filter(format=format).first()
    if there is not None:
        return there
    data, sources = _made(viewer, row, Format(format))
    name = _name(row, format)
    kept = take_in(tenant=row.tenant_id, name=name, data=data)
    with action(viewer, "issuing.draft", tenant=row.tenant_id, party=row.draft.party_id) as acting:
        file = store(acting, kept, tenant=row.tenant_id, name=name, media_type=MEDIA_TYPES[Format(format)])
        made = WrittenFile(
            tenant_id=row.tenant_id,
            version=row,
            format=format,
            file=file,
            sources=sources,
            made_at=now(),
            made_by_id=viewer.user,
        )
        made.save(force_insert=True)
        acting.log(made, None, {"file": file.pk, "version": row.pk})
    return made


def _made(viewer: Viewer, version: Version, format: Format) -> tuple[bytes, list[dict[str, Any]]]:
    """The bytes of a file and the sources of its bookmarks, which only the Word file has."""
    if format == Format.PDF:
        word = keep_file(viewer, version.pk)
        try:
            return write_pdf(bytes_of(word.file)), []
        except CannotWritePdf as cannot:
            raise Refused(str(cannot)) from cannot
    paper, sources = paper_of(version)
    if format == Format.DOCX:
        return write_docx(paper), sources
    try:
        return write_xlsx(paper), []
    except ValueError as without:
        raise Refused("Văn bản này không có bảng, biểu nào để đưa vào Excel.") from without


def _name(version: Version, format: str) -> str:
    title = version.content["title"][:120].replace("/", "-")
    return f"Dự thảo {version.draft_id}.{version.number} {title}.{format}"
