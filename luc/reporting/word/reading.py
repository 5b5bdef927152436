"""The job that reads an agency's own paper: file, passages on what its report is asked; then a person looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.jobs import Running, job
from luc.kernel.rights import Viewer
from luc.papers import queries as papers
from luc.plans.scans import is_scan
from luc.reporting.asked import Row
from luc.reporting.cut import Section
from luc.reporting.queries.reports import rows_of
from luc.reporting.word.models import OwnPaper
from vanban.document import Document
from vanban.reading import UnreadableFile, read_file
from vanban.reported import Item, Passage, find

KIND = "reporting.word"
_KINDS = {Section.LEAD: "task", Section.COORDINATE: "coordinated"}
_SCANNED = "Đọc từ ảnh: hãy đối chiếu."


def items_of(rows: Iterable[Row]) -> list[Item]:
    """What a report is asked, as plain values for vanban."""
    return [Item(row.key, row.text, _KINDS.get(Section(row.asked_in), row.section), row.unit) for row in rows]


@job(KIND)
def read(running: Running) -> dict[str, Any]:
    """Read one uploaded file; the result says where it is looked through. Raises Refused for what cannot be read."""
    paper = OwnPaper.objects.select_related("file", "report__obligation__cycle", "report__plan")
    own = paper.get(pk=running.arguments["paper"])
    if own.state != OwnPaper.State.WAITING:
        raise Refused("Tệp này đã được đọc hoặc đã bỏ, không đọc lại.")
    running.progress(0, 2, "Đọc tệp")
    document = _document(own)
    running.progress(1, 2, "Tìm kết quả, số liệu, vướng mắc, kiến nghị")
    passages = find(document, items_of(rows_of(own.report)))
    if is_scan(document.as_json()):
        passages = [_to_be_checked(passage) for passage in passages]
    _keep(own, document, passages)
    return {"address": reverse("reporting:word_review", args=[own.report_id, own.pk])}


def _document(own: OwnPaper) -> Document:
    try:
        return read_file(papers.content(own.file), own.file.name)
    except UnreadableFile as error:
        raise Refused(str(error)) from error


def _to_be_checked(passage: Passage) -> Passage:
    return replace(passage, said=tuple(said.doubted(_SCANNED) for said in passage.said))


def _keep(own: OwnPaper, document: Document, passages: list[Passage]) -> None:
    system = Viewer.for_system(own.tenant_id)
    with action(system, "reporting.write", tenant=own.tenant_id) as acting:
        row = OwnPaper.objects.select_for_update().get(pk=own.pk)
        if row.state != OwnPaper.State.WAITING:
            raise Refused("Tệp này đã được đọc hoặc đã bỏ, không đọc lại.")
        row.document, row.passages = document.as_json(), [passage.as_json() for passage in passages]
        row.state = OwnPaper.State.REVIEW
        row.save(update_fields=["document", "passages", "state"])
        after = {"state": row.state, "passages": len(passages)}
        acting.log(row, {"state": OwnPaper.State.WAITING}, after)
