"""Day or month of the paper is left blank: "ngày   tháng   năm 2026" (Decree 30/2020, annex I, II.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places

_GAP = r"[\s.…_]*"
_BLANK = re.compile(
    rf"\bngày(?:{_GAP}tháng(?:{_GAP}|\s*\d{{1,2}}\s*)năm\s*(?:\d{{4}}|[.…_]+|20\b)"
    rf"|\s*\d{{1,2}}\s*tháng{_GAP}năm\s*(?:\d{{4}}|[.…_]+|20\b)|[\s.…_]*/[\s.…_]*/\s*\d{{4}})"
)


def find(paper: Paper) -> Iterator[Finding]:
    found = list(paper.search(_BLANK, own=True))
    if found:
        yield Finding(
            "blank_date",
            "error",
            " ".join(found[0].text.split()),
            all_places(found),
            "Ngày, tháng của văn bản còn để trống.",
            "Điền ngày, tháng khi ký ban hành.",
        )
