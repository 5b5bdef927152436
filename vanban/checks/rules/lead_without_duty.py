"""An agency leads tasks but is not named in the section on the organisation of implementation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places, same_body

_COMMUNE = re.compile(r"\b(?:xa|phuong|dac khu|thi tran)\b")
_COMMUNES = re.compile(r"\b(?:cac|cap) (?:xa|phuong|dac khu)\b|\b(?:xa phuong|phuong xa)\b")


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
        if not any(same_body(names[key], duty) for duty in duties) and not _is_among(key, duties):
            yield Finding(
                "lead_without_duty",
                "note",
                names[key],
                tuple(place for task in tasks for place in paper.spots(names[key], places(task))),
                f"{names[key]} chủ trì {len(tasks)} nhiệm vụ nhưng không có trong phần tổ chức thực hiện.",
                f"Bổ sung trách nhiệm của {names[key]} vào phần tổ chức thực hiện.",
            )


def _is_among(key: str, duties: list[str]) -> bool:
    """Whether one commune is among those that have their duties together ("UBND các xã, phường")."""
    people = key.startswith("uy ban nhan dan") and _COMMUNE.search(key)
    return bool(people) and any(_COMMUNES.search(body(duty)) for duty in duties)
