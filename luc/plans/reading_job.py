"""The job that reads a paper: file, understanding, agencies, proof-reading; then a person looks it through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from luc.agencies import queries as agencies
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.jobs import Running, job
from luc.kernel.rights import Viewer
from luc.papers import queries as papers
from luc.plans import intake, proofreading, relating, suggest
from luc.plans.models import Match, Plan, Programme, Reading
from luc.plans.queries.readings import paper_date
from luc.territory.queries import tenant_units
from vanban.document import Document
from vanban.reading import UnreadableFile, read_file
from vanban.understanding import understand

# a body less alike stands in the list of choices, but is not proposed
_PROPOSED = 0.78


_READ_BEFORE = "Bản này đã được đọc hoặc đã bỏ, không đọc lại."


@dataclass(slots=True)
class Found:
    """What came out of a file, before anything is written."""

    document: Document
    read: dict[str, Any] = field(default_factory=dict)
    content: intake.Content = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    relation: dict[str, Any] = field(default_factory=relating.relation)


def ready() -> None:
    """Importing this module has registered the job; called when the room starts."""


@job("plans.read")
def read(running: Running) -> dict[str, Any]:
    """Read one uploaded file; the result says where its review is. Raises Refused for what cannot be read."""
    reading = Reading.objects.select_related("file").get(pk=running.arguments["reading"])
    if reading.state != Reading.State.WAITING:
        raise Refused(_READ_BEFORE)
    running.progress(0, 4, "Đọc tệp")
    found = Found(_document(reading))
    running.progress(1, 4, "Tìm hiểu nội dung: mục tiêu, nhiệm vụ, cơ quan, chế độ báo cáo")
    found.read = understand(found.document)
    found.content = intake.content_of(found.read)
    running.progress(2, 4, "Đối chiếu tên cơ quan với danh mục")
    found.choices = choices(reading.tenant_id, found.content)
    found.relation = relating.suggest(found.document, found.content, _plans(reading.tenant_id))
    found.matches = matches(reading, intake.printed_names(found.content), paper_date(found.content))
    running.progress(3, 4, "Soát lỗi văn bản")
    found.findings = proofreading.findings(reading.tenant_id, found.document, found.read)
    address = reverse("plans:review", args=[reading.pk])
    _keep(reading, found)
    return {"address": address}


def _document(reading: Reading) -> Document:
    try:
        return read_file(papers.content(reading.file), reading.file.name)
    except UnreadableFile as error:
        raise Refused(str(error)) from error


def _plans(tenant: int) -> list[Plan]:
    return list(Plan.objects.filter(tenant=tenant).only("number", "date", "title").order_by("-pk"))


def choices(tenant: int, content: intake.Content) -> dict[str, Any]:
    """What is proposed for the items of a content: who leads, who answers, the programme, the territory."""
    known = Programme.objects.values_list("pk", "decision", "keywords")
    made = suggest.choices(content, known)
    unit = tenant_units(tenant, paper_date(content)).first() or tenant_units(tenant).first()
    made["territory"] = unit.pk if unit else None
    return made


def matches(reading: Reading, names: Iterable[str], on: date) -> list[Match]:
    """An unsaved Match for each printed name, with the likeliest party of the register if it is near enough."""
    names = list(names)
    found = agencies.match(reading.tenant_id, names, on)
    rows = []
    for name in names:
        row = Match(tenant_id=reading.tenant_id, reading=reading, printed=name)
        best = next(iter(found.get(name, ())), None)
        if best and best.likeness >= _PROPOSED:
            row.party_id, row.sure, row.likeness = best.party, best.sure, best.likeness
        rows.append(row)
    return rows


def _keep(reading: Reading, found: Found) -> None:
    system = Viewer.for_system(reading.tenant_id)
    with action(system, "plans.review", tenant=reading.tenant_id) as acting:
        reading = Reading.objects.select_for_update().get(pk=reading.pk)
        if reading.state != Reading.State.WAITING:
            raise Refused(_READ_BEFORE)
        Match.objects.bulk_create(found.matches)
        reading.document = found.document.as_json()
        reading.as_read, reading.content = found.read, found.content
        reading.findings, reading.choices, reading.relation = found.findings, found.choices, found.relation
        reading.state = Reading.State.REVIEW
        columns = ["document", "as_read", "content", "findings", "choices", "relation", "state"]
        reading.save(update_fields=columns)
        acting.log(reading, {"state": Reading.State.WAITING}, {"state": reading.state, **_counts(found)})


def _counts(found: Found) -> dict[str, int]:
    listed = ("targets", "tasks", "body", "duties", "regimes")
    return {name: len(found.content[name]) for name in listed} | {"names": len(found.matches)}
