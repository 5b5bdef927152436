"""A body that reports go up to is not among the recipients (Nơi nhận) of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places

_ALL_MINISTRIES = re.compile(r"\bcac bo\b|\bbo nganh\b|\bbo co quan\b")
_ALL_AGENCIES = re.compile(r"\b(?:cac so|so (?:ban|nganh|co quan)|cac (?:co quan|don vi))\b")
_AS_ABOVE = re.compile(r"\bnhu (?:tren|muc|dieu|phan)\b")
# an officer is reached through the body that he heads
_OFFICER = re.compile(r"(?:Bộ trưởng|Giám đốc|Cục trưởng|Lãnh đạo|Chủ tịch)\b", re.IGNORECASE)


def find(paper: Paper) -> Iterator[Finding]:
    recipients = [body(name) for name in paper.reading.get("recipients") or []]
    if not recipients:
        return
    seen: set[str] = set()
    for regime in paper.reading.get("reporting") or []:
        for name in regime.get("to") or []:
            key = body(name)
            if key in seen or _OFFICER.match(name) or _is_issuer(paper, key) or _reached(recipients, key):
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
    """Whether a body is the issuer: "UBND tỉnh" is the "Ủy ban nhân dân tỉnh X" that issues."""
    issuer = body(paper.reading.get("issuer"))
    return issuer.startswith(key) or key.startswith(issuer) or not key


def _reached(recipients: list[str], key: str) -> bool:
    group = _ALL_MINISTRIES if key.startswith("bo ") else _ALL_AGENCIES
    return any(f" {key} " in f" {r} " or group.search(r) or _AS_ABOVE.search(r) for r in recipients)
