"""A plan of a province gives the lead to a body of the centre, which it cannot charge with work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places
from vanban.document import Place
from vanban.folding import bare

# bodies of the centre that sit in the province take part in its work
_IN_PROVINCE = re.compile(
    r"\b(?:tinh|thanh pho|khu vuc|kho bac|bao hiem|ngan hang|thue|hai quan|thong ke|chi nhanh"
    r"|quan ly thi truong|thi hanh an|cang vu|bo phan|mttq|mat tran|du tru)\b"
)


def find(paper: Paper) -> Iterator[Finding]:
    if not paper.is_provincial:
        return
    outside: dict[str, list[Place]] = {}
    names: dict[str, str] = {}
    for task in paper.tasks:
        for name in task.get("lead") or []:
            if agencies.kind(name) == "central" and not _IN_PROVINCE.search(bare(name)):
                names.setdefault(body(name), name)
                outside.setdefault(body(name), []).extend(paper.spots(name, places(task)))
    for key, where in outside.items():
        yield Finding(
            "lead_outside_province",
            "warning",
            names[key],
            tuple(where),
            f"Giao chủ trì cho {names[key]}, là cơ quan ngoài thẩm quyền của tỉnh.",
            "Giao một cơ quan của tỉnh chủ trì; cơ quan trung ương ghi ở cột phối hợp.",
        )
