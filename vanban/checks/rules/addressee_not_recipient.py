"""A body that reports go up to is not among the recipients (Nơi nhận) of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places

_ALL_MINISTRIES = re.compile(r"\bcac bo\b|\bbo nganh\b|\bbo co quan\b")


def find(paper: Paper) -> Iterator[Finding]:
    recipients = [body(name) for name in paper.reading.get("recipients") or []]
    if not recipients:
        return
    seen: set[str] = set()
    for regime in paper.reading.get("reporting") or []:
        for name in regime.get("to") or []:
            key = body(name)
            if (
                key in seen
                or _is_issuer(paper, key)
                or any(_covers(recipient, key) for recipient in recipients)
            ):
                continue
            seen.add(key)
            yield Finding(
                "addressee_not_recipient",
                "warning",
                name,
                places(regime),
                f"{name} nhận báo cáo theo kế hoạch nhưng không có trong phần Nơi nhận.",
                f"Bổ sung {name} vào phần Nơi nhận.",
            )


def _is_issuer(paper: Paper, key: str) -> bool:
    """ "UBND tỉnh" is the issuer "Ủy ban nhân dân tỉnh X", and whoever signs for it."""
    issuer = body(paper.reading.get("issuer"))
    return issuer.startswith(key) or key.startswith(issuer) or not key


def _covers(recipient: str, key: str) -> bool:
    return f" {key} " in f" {recipient} " or (
        key.startswith("bo ") and bool(_ALL_MINISTRIES.search(recipient))
    )
