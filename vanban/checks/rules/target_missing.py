"""The higher paper sets targets in figures, and the plan that carries it out has none on these fields."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places
from vanban.checks.programme import national, pairs


def find(paper: Paper) -> Iterator[Finding]:
    covered = {id(aim) for aim, _ in pairs(paper)}
    missing = [aim for aim in national(paper) if id(aim) not in covered]
    if missing:
        fields = "; ".join(aim.field for aim in missing)
        yield Finding(
            "target_missing",
            "note",
            paper.reading.get("title") or "",
            places(paper.reading.get("header_places") or {}, "title"),
            f"{missing[0].paper} có chỉ tiêu mà kế hoạch chưa đặt: {fields}.",
            "Bổ sung chỉ tiêu của địa phương, hoặc nêu rõ vì sao không đặt chỉ tiêu.",
        )
