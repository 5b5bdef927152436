"""An agency has duties in the body but no part in any task, of the appendix or of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, places, same_body
from vanban.document import Words
from vanban.folding import bare

_MONEY = re.compile(r"\b(?:kinh phi|ngan sach|du toan|nguon von|von|tai chinh)\b")
_HAVE_TASKS = {"department", "board"}


def find(paper: Paper) -> Iterator[Finding]:
    if not paper.appendix:
        return
    tasks = [*paper.appendix, *(paper.reading.get("body_tasks") or [])]
    named = [name for task in tasks for role in ("lead", "coordinate") for name in paper.named(task, role)]
    for entry in paper.reading.get("organisation") or []:
        agency = entry["agency"]
        if _is_many(agency) or agencies.kind(agency) not in _HAVE_TASKS or _gives_money_only(entry["items"]):
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


def _is_many(heading: str) -> bool:
    """Whether a heading names all bodies of a sort, and not one."""
    return any(agencies.is_generic(single.text) for single in agencies.split(Words(heading)))


def _gives_money_only(duties: list[str]) -> bool:
    """Whether all that an agency has to do is to find the money: that is in no appendix of tasks."""
    return bool(duties) and all(_MONEY.search(bare(duty)) for duty in duties)
