"""A task of the appendix has no time of implementation."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places


def find(paper: Paper) -> Iterator[Finding]:
    without = [task for task in paper.appendix if not task.get("timeframe")]
    if without:
        many = f"{len(without)} nhiệm vụ" if len(without) > 1 else "Nhiệm vụ"
        yield Finding(
            "timeframe_missing",
            "warning",
            without[0].get("text") or "",
            tuple(place for task in without for place in places(task)),
            f"{many} trong phụ lục chưa ghi thời gian thực hiện.",
            "Ghi thời gian bắt đầu và hoàn thành, hoặc ghi rõ là thực hiện hằng năm, thường xuyên.",
        )
