"""The job that looks into a signed paper: its head, its signatures, every number and word beside what was issued.

pyHanko is loaded inside the job: processes that answer pages never do.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import reverse

from luc.issuing.signed import trust
from luc.issuing.signed.models import SignedFile
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.jobs import Running, job
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.papers import queries as papers
from luc.plans.scans import is_scan
from vanban.document import Document
from vanban.reading import UnreadableFile, read_file
from vanban.signed import Comparison, compare, head_of, lines_of

KIND = "issuing.signed"


@job(KIND)
def check(running: Running) -> dict[str, Any]:
    """Look into one signed paper; the result says where it is shown. Raises Refused for what cannot be read."""
    row = SignedFile.objects.select_related("file", "written__file").get(pk=running.arguments["signed"])
    if row.state != SignedFile.State.WAITING:
        raise Refused("Bản này đã được đối chiếu hoặc đã bỏ.")
    data = papers.content(row.file)
    running.progress(0, 3, "Kiểm tra chữ ký")
    signatures = signatures_of(data)
    running.progress(1, 3, "Đọc văn bản")
    document = _document(data, row.file.name)
    running.progress(2, 3, "Đối chiếu từng số")
    scanned = is_scan(document.as_json())
    found = compare(lines_of(papers.content(row.written.file)), document, scanned=scanned)
    _keep(row, document, signatures, plain(found) | {"layout": layout_of(data)})
    return {"address": reverse("signed:signed", args=[row.pk])}


def signatures_of(data: bytes) -> list[dict[str, Any]]:
    """The digital signatures of a file as plain values, judged by the trust list of this installation."""
    from vanban.signed.signatures import signatures, trust_list

    try:
        listed = trust_list(trust.files(settings.TRUST))
    except (ValueError, trust.BadTrustList) as error:
        raise Refused("Danh sách tin cậy (LUC_TRUST) có tệp hỏng: hãy báo người quản trị.") from error
    return [one.as_json() for one in signatures(data, listed, now())]


def layout_of(data: bytes) -> list[str] | None:
    """Where a Word file departs from the layout of NĐ 30/2020, in sentences; None of what is no Word file."""
    from vanban.conforming import check_layout

    if not data.startswith(b"PK"):
        return None
    return [departure.message for departure in check_layout(data)]


def _document(data: bytes, name: str) -> Document:
    try:
        return read_file(data, name)
    except UnreadableFile as error:
        raise Refused(str(error)) from error


def _keep(
    row: SignedFile, document: Document, signatures: list[dict[str, Any]], found: dict[str, Any]
) -> None:
    system = Viewer.for_system(row.tenant_id)
    with action(system, "issuing.issue", tenant=row.tenant_id) as acting:
        row = SignedFile.objects.select_for_update().get(pk=row.pk)
        if row.state != SignedFile.State.WAITING:
            raise Refused("Bản này đã được đối chiếu hoặc đã bỏ.")
        row.document, row.signatures = document.as_json(), signatures
        row.head, row.comparison = asdict(head_of(document)), found
        row.is_scan, row.checked_at = is_scan(row.document), now()
        row.state = SignedFile.State.CHECKED
        row.save()
        after = {"state": row.state, "drifted": len(_drifted(found)), "signatures": len(signatures)}
        acting.log(row, {"state": SignedFile.State.WAITING}, after)


def _drifted(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in found["numbers"] if one["state"] != "same"]


def plain(found: Comparison) -> dict[str, Any]:
    """A comparison as plain values: all numbers, all changes, places only where there is one."""

    def bare(values: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in values.items() if value not in ("", None)}

    numbers = [
        bare(asdict(one) | {"state": str(one.state), "place": one.place.as_json() if one.place else None})
        for one in found.numbers
    ]
    changes = [
        bare(asdict(one) | {"place": one.place.as_json() if one.place else None}) for one in found.changes
    ]
    return {"form": 1, "numbers": numbers, "changes": changes}
