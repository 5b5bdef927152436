"""Number, day, signer and issuer of a paper that came back, from its own head and closing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vanban import header
from vanban.document import Document
from vanban.signed.tokens import spots

_DAY = re.compile(r",\s*ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})", re.I)
_HEAD_LINES = 8
_WHOLE = re.compile(r"\d+[\w-]*(?:/\d{4})?/[^\s/]+")


@dataclass(frozen=True, slots=True)
class Head:
    """What the paper says of itself; "" where it does not say it. `date` is ISO 8601."""

    number: str = ""
    date: str = ""
    issuer: str = ""
    kind: str = ""
    title: str = ""
    signer: str = ""
    signer_title: str = ""

    @property
    def is_numbered(self) -> bool:
        """Whether number and day are filled in."""
        return bool(_WHOLE.match(self.number)) and bool(self.date)


def _day(signed: Document) -> str:
    """The day of the head where its line was read together with the one above it (two columns of a PDF)."""
    for spot in spots(signed)[:_HEAD_LINES]:
        if match := _DAY.search(spot.text):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
            except ValueError:
                return ""
    return ""


def head_of(signed: Document) -> Head:
    """The head of a paper."""
    found = header.read(signed)
    signer = found.get("signer") or {}
    return Head(
        number=str(found.get("number") or ""),
        date=str(found.get("date") or _day(signed)),
        issuer=str(found.get("issuer") or ""),
        kind=str(found.get("kind") or ""),
        title=str(found.get("title") or ""),
        signer=str(signer.get("name") or ""),
        signer_title=" ".join(filter(None, [signer.get("authority"), signer.get("title")])),
    )
