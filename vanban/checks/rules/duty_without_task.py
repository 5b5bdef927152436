"""An agency has duties in the body but no part in any task of the appendix."""

from __future__ import annotations

from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places, same_body

_HAVE_TASKS = {"department", "board"}


def find(paper: Paper) -> Iterator[Finding]:
    named = [
        name for task in paper.appendix for role in ("lead", "coordinate") for name in paper.named(task, role)
    ]
    if not named:
        return
    for entry in paper.reading.get("organisation") or []:
        agency = entry["agency"]
        if agencies.is_generic(agency) or agencies.kind(agency) not in _HAVE_TASKS:
            continue
        if not any(same_body(agency, name) for name in named):
            yield Finding(
                "duty_without_task",
                "note",
                agency,
                places(entry),
                f"{agency} được giao trách nhiệm nhưng không chủ trì, phối hợp nhiệm vụ nào trong phụ lục.",
                f"Bổ sung {agency} vào nhiệm vụ có liên quan trong phụ lục.",
            )
