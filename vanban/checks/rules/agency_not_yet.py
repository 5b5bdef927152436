"""An agency is named that did not exist yet on the date of the paper (register of agencies)."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places


def find(paper: Paper) -> Iterator[Finding]:
    if paper.date is None:
        return
    for agency in paper.registers.agencies:
        found = paper.bodies.get(agency.name)
        if not found or agency.valid_from is None or agency.valid_from <= paper.date:
            continue
        doubt = "" if agency.sure else " (mốc thời gian cần xác nhận)"
        yield Finding(
            "agency_not_yet",
            "warning",
            found[0].text,
            all_places(found),
            f"{agency.name} mới có từ ngày {agency.valid_from:%d/%m/%Y}{doubt}, sau ngày của văn bản.",
            "Kiểm tra lại ngày văn bản hoặc tên cơ quan tại thời điểm ban hành.",
        )
