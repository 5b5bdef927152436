"""A body that reports go up to is not among the recipients (Nơi nhận) of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places

_ALL_MINISTRIES = re.compile(r"\bcac bo\b|\bbo nganh\b|\bbo co quan\b")
_ALL_AGENCIES = re.compile(r"\b(?:cac so|so (?:ban|nganh|co quan)|cac (?:co quan|don vi))\b")
_AS_ABOVE = re.compile(r"\bnhu (?:tren|muc|dieu|phan)\b")
_NOBODY = re.compile(r"\b(?:cap (?:co tham quyen|tren)|co quan (?:cap tren|co tham quyen)|cac cap)\b")
_WRITTEN_OUT = {
    "tu": "tinh uy thanh uy",
    "ttu": "tinh uy thanh uy",
    "tttu": "thuong truc tinh uy thuong truc thanh uy",
    "tt": "thuong truc",
    "cp": "chinh phu",
    "vpcp": "van phong chinh phu chinh phu thu tuong chinh phu",
    "ttg": "thu tuong thu tuong chinh phu",
    "bcd": "ban chi dao",
}
_PARTY = re.compile(rf"\b(?:{'|'.join(_WRITTEN_OUT)})\b")
# an officer is reached through the body that he heads
_OFFICER = re.compile(r"(?:Bộ trưởng|Giám đốc|Cục trưởng|Lãnh đạo|Chủ tịch)\b", re.IGNORECASE)


def find(paper: Paper) -> Iterator[Finding]:
    recipients = list(_recipients(paper))
    if not recipients:
        return
    seen: set[str] = set()
    for regime in paper.reading.get("reporting") or []:
        for name in regime.get("to") or []:
            key = body(name)
            if key in seen or _OFFICER.match(name) or _NOBODY.search(key) or agencies.is_generic(name):
                continue
            if _is_issuer(paper, key) or _reached(recipients, key):
                continue
            seen.add(key)
            yield Finding(
                "addressee_not_recipient",
                "warning",
                name,
                paper.spots(name, places(regime)),
                f"{name} nhận báo cáo theo kế hoạch nhưng không có trong phần Nơi nhận.",
                f"Bổ sung {name} vào phần Nơi nhận.",
            )


def _is_issuer(paper: Paper, key: str) -> bool:
    """Whether a body is the issuer: "UBND tỉnh" is the "Ủy ban nhân dân tỉnh X" that issues."""
    issuer = body(paper.reading.get("issuer"))
    return issuer.startswith(key) or key.startswith(issuer) or not key


def _reached(recipients: list[str], key: str) -> bool:
    group = _ALL_MINISTRIES if key.startswith("bo ") else _ALL_AGENCIES
    for recipient in recipients:
        if f" {key} " in f" {recipient} " or group.search(recipient) or _AS_ABOVE.search(recipient):
            return True
        if _is_short_for(recipient.split(), key.split()):
            return True
    return False


def _is_short_for(short: list[str], full: list[str]) -> bool:
    """Whether a recipient is a body in initials: "bo nn mt", "bo ct", "tt hdnd"; "va" has none."""
    full = [word for word in full if word != "va"]
    if len(short) > 1 and short[0] == full[0]:
        return "".join(short[1:]) == "".join(word[0] for word in full[1:])
    return "".join(short) == "".join(word[0] for word in full)


def _recipients(paper: Paper) -> Iterator[str]:
    """Each recipient for comparing: whole, in its pieces, and with the short forms of party bodies written out."""
    for line in paper.reading.get("recipients") or []:
        whole = body(line)
        yield whole
        yield _PARTY.sub(lambda match: _WRITTEN_OUT[match.group()], whole)
        for piece in re.split(r"[,;:]", line):
            yield body(piece.strip())
