"""The number of the paper is left blank: "Số:      /KH-UBND" (Decree 30/2020, annex I, section II.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places

_BLANK = re.compile(r"\b[Ss](?:ố|Ố)\s*:?[\s.…_]*/\s*(?:\d{4}/)?(?=[A-ZĐ]{2})[A-ZĐ]+(?:-[A-ZĐ&]+)*")


def find(paper: Paper) -> Iterator[Finding]:
    found = list(paper.search(_BLANK, own=True))
    if found:
        yield Finding(
            "blank_number",
            "error",
            " ".join(found[0].text.split()),
            all_places(found),
            "Số của văn bản còn để trống.",
            "Điền số văn bản khi ký ban hành; ghi cùng một số ở mọi chỗ nhắc đến văn bản này.",
        )
