"""An agency leads tasks but is not named in the section on the organisation of implementation."""

from __future__ import annotations

from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places, same_body


def find(paper: Paper) -> Iterator[Finding]:
    duties = [entry["agency"] for entry in paper.reading.get("organisation") or []]
    if not duties:
        return
    leads: dict[str, list[dict[str, object]]] = {}
    names: dict[str, str] = {}
    for task in paper.tasks:
        for name in paper.named(task, "lead"):
            if agencies.kind(name) != "enterprise":
                leads.setdefault(body(name), []).append(task)
                names.setdefault(body(name), name)
    for key, tasks in leads.items():
        if not any(same_body(names[key], duty) for duty in duties):
            yield Finding(
                "lead_without_duty",
                "note",
                names[key],
                tuple(place for task in tasks for place in places(task)),
                f"{names[key]} chủ trì {len(tasks)} nhiệm vụ nhưng không có trong phần tổ chức thực hiện.",
                f"Bổ sung trách nhiệm của {names[key]} vào phần tổ chức thực hiện.",
            )
