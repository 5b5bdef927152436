"""One programme is named with different periods in one paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places
from vanban.document import Words
from vanban.folding import folded

_NAMED = re.compile(
    r"(?P<name>\b(?:Chương\s+trình|Chiến\s+lược|Đề\s+án|Kế\s+hoạch|Quy\s+hoạch)\b(?:(?!\b(?:Chương\s+trình|Chiến\s+lược|Đề\s+án"
    r"|Kế\s+hoạch|Quy\s+hoạch|Quyết\s+định)\b)[^;.:()\d]){3,160}?)[\s,]*(?:trong\s+)?(?:giai\s+đoạn|thời\s+kỳ)\s+"
    r"(?P<period>20\d\d\s*[-–]\s*20\d\d)"
)
_NOT_THE_NAME = re.compile(r"\b(?:việt nam|quốc gia|ngành|trên địa bàn.*|của.*|tỉnh.*|thành phố.*)(?=\s|$)")


def find(paper: Paper) -> Iterator[Finding]:
    periods: dict[str, dict[str, list[Words]]] = {}
    for words in paper.texts:
        for match in _NAMED.finditer(words.text):
            name = folded(_NOT_THE_NAME.sub(" ", " ".join(match["name"].lower().split())))
            period = re.sub(r"\s*[-–]\s*", "-", match["period"])
            found = words.cut(match.start(), match.end())
            periods.setdefault(name, {}).setdefault(period, []).append(found)
    for by_period in periods.values():
        if len(by_period) > 1:
            yield _finding(by_period)


def _finding(by_period: dict[str, list[Words]]) -> Finding:
    named = " / ".join(sorted(by_period))
    rare = min(by_period.values(), key=len)
    return Finding(
        "period_mismatch",
        "warning",
        " ".join(rare[0].text.split()),
        all_places([words for found in by_period.values() for words in found]),
        f"Cùng một chương trình nhưng ghi giai đoạn khác nhau: {named}.",
        "Đối chiếu với tên chương trình trong quyết định phê duyệt và ghi thống nhất một giai đoạn.",
    )
