"""An agency is named that exists no longer on the day of the check (register of agencies).

Where the paper itself says what it became ("nay là …") or was ("trước đây là …"), nothing is to be mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places
from vanban.document import Words

_BECAME = re.compile(
    r"\s*[(,]?\s*(?:nay\s+là|nay\s+thuộc|hiện\s+nay\s+là|đã\s+(?:hợp\s+nhất|sáp\s+nhập|giải\s+thể|kết\s+thúc))",
    re.I,
)
_WAS = re.compile(r"(?:trước\s+đây(?:\s+là)?|trước\s+là|tiền\s+thân\s+là|nguyên\s+là|cũ\s+là)\s*$", re.I)
# a committee of the council that bears the name of an agency is another body
_OF_COUNCIL = re.compile(r"\s*(?:,?\s*của\s+)?(?:HĐND|Hội\s+đồng\s+nhân\s+dân|Quốc\s+hội)", re.I)


def find(paper: Paper) -> Iterator[Finding]:
    for agency in paper.registers.agencies:
        if agency.valid_to is None or agency.valid_to > paper.today:
            continue
        found = [words for words in paper.bodies.get(agency.name, []) if not _is_history(paper, words)]
        if not found:
            continue
        doubt = "" if agency.sure else " (mốc thời gian cần xác nhận)"
        successors = ", ".join(agency.successors)
        yield Finding(
            "agency_ended",
            "warning",
            found[0].text,
            all_places(found),
            f"{agency.name} không còn từ ngày {agency.valid_to:%d/%m/%Y}{doubt}.",
            f"Giao lại cho cơ quan kế thừa: {successors}."
            if successors
            else "Giao lại cho cơ quan kế thừa nhiệm vụ.",
        )


def _is_history(paper: Paper, words: Words) -> bool:
    """Whether the words around a name say that it is the one of before, or make it the name of another body."""
    place = words.places[0]
    whole = paper.document.words(place.block, place.row, place.cell).text
    before, after = whole[: place.start], whole[words.places[-1].end :]
    return bool(_BECAME.match(after) or _WAS.search(before) or _OF_COUNCIL.match(after))
