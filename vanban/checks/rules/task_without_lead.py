"""A task names no lead agency: nobody will be asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places


def find(paper: Paper) -> Iterator[Finding]:
    without = [task for task in paper.tasks if not task.get("lead")]
    if without:
        many = f"{len(without)} nhiệm vụ" if len(without) > 1 else "Nhiệm vụ"
        yield Finding(
            "task_without_lead",
            "warning",
            without[0].get("text") or "",
            tuple(place for task in without for place in places(task)),
            f"{many} chưa ghi cơ quan chủ trì.",
            "Ghi cơ quan chủ trì cho từng nhiệm vụ, hoặc lập phụ lục phân công.",
        )
