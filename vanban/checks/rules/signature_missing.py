"""The paper names nobody who signs it (Decree 30/2020, annex I, section II.7)."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places


def find(paper: Paper) -> Iterator[Finding]:
    signer = paper.reading.get("signer") or {}
    if not signer.get("name"):
        head = paper.reading.get("header_places") or {}
        yield Finding(
            "signature_missing",
            "note",
            signer.get("authority") or "",
            places(head, "signer") or places(head, "title"),
            "Không thấy họ tên người ký.",
            "Kiểm tra phần chữ ký; nếu kế hoạch ban hành kèm quyết định thì tải lên cả quyết định.",
        )
