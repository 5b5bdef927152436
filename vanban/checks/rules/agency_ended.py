"""An agency is named that exists no longer on the day of the check (register of agencies)."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places


def find(paper: Paper) -> Iterator[Finding]:
    for agency in paper.registers.agencies:
        found = paper.bodies.get(agency.name)
        if not found or agency.valid_to is None or agency.valid_to > paper.today:
            continue
        doubt = "" if agency.sure else " (mốc thời gian cần xác nhận)"
        successors = ", ".join(agency.successors)
        yield Finding(
            "agency_ended",
            "warning",
            found[0].text,
            all_places(found),
            f"{agency.name} không còn từ ngày {agency.valid_to:%d/%m/%Y}{doubt}.",
            f"Giao lại cho cơ quan kế thừa: {successors}."
            if successors
            else "Giao lại cho cơ quan kế thừa nhiệm vụ.",
        )
