"""Words that look like slips of the keyboard or of OCR, and tone marks placed in two ways in one paper."""

from __future__ import annotations

from collections.abc import Iterator

from vanban import spelling
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, all_places
from vanban.document import Words
from vanban.folding import folded


def find(paper: Paper) -> Iterator[Finding]:
    same: dict[tuple[str, str | None], list[Words]] = {}
    for slip in spelling.slips(paper.texts):
        same.setdefault((folded(slip.words.text), slip.instead), []).append(slip.words)
    for (_, instead), found in same.items():
        words = " ".join(found[0].text.split())
        way_out = (
            f"Sửa thành “{instead}” nếu đúng là lỗi." if instead else "Đối chiếu với bản gốc và sửa lại."
        )
        yield _finding(words, found, f"“{words}” có thể viết sai chính tả.", way_out)
    mixed = spelling.mixed_tones(paper.texts)
    if mixed:
        shown = ", ".join(dict.fromkeys(words.text for words in mixed[:5]))
        yield _finding(
            mixed[0].text,
            mixed,
            f"Dấu thanh đặt theo hai cách trong cùng văn bản: {len(mixed)} chỗ khác số còn lại ({shown}).",
            "Đặt dấu thanh thống nhất một cách trong cả văn bản.",
        )


def _finding(words: str, found: list[Words], message: str, way_out: str) -> Finding:
    return Finding("spelling", "note", words, all_places(found), message, way_out)
