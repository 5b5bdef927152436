"""A periodic report has no day by which it is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, body, places

_WITHOUT_DAY = {"ad_hoc"}


def find(paper: Paper) -> Iterator[Finding]:
    regimes = [r for r in paper.reading.get("reporting") or [] if r.get("frequency") not in _WITHOUT_DAY]
    dated = {_chain(regime) for regime in regimes if _has_deadline(regime)}
    without: dict[str, list[dict[str, Any]]] = {}
    for regime in regimes:
        if not _has_deadline(regime) and _chain(regime) not in dated:
            without.setdefault(body(regime.get("consolidator")), []).append(regime)
    for same in without.values():
        yield Finding(
            "deadline_missing",
            "warning",
            same[0].get("quote") or "",
            tuple(place for regime in same for place in places(regime)),
            "Chế độ báo cáo chưa ghi thời hạn gửi.",
            "Ghi rõ ngày, tháng gửi báo cáo, ví dụ: trước ngày 10 tháng 12 hằng năm.",
        )


def _chain(regime: dict[str, Any]) -> tuple[str, str]:
    """What is one reporting to whoever collects: the collector's own report follows from those it gets."""
    return body(regime.get("consolidator")), str(regime.get("frequency"))


def _has_deadline(regime: dict[str, Any]) -> bool:
    return any(regime.get(key) for key in ("deadline_day", "deadline_month", "deadline_year"))
