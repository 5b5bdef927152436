"""The numbers of headings or lettered items skip or repeat: I, II, IV; a, b, d (đ follows d; no f, j, w)."""

from __future__ import annotations

from collections.abc import Iterator

from vanban import markers
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper
from vanban.document import Words
from vanban.outline import Line, Section

# so many gaps in one paper have one cause: numbers lost on the way, or one list taken for another
_MANY = 4


def find(paper: Paper) -> Iterator[Finding]:
    found = list(_gaps(paper))
    if len(found) < _MANY:
        yield from found
        return
    yield Finding(
        "numbering_gap",
        "note",
        found[0].words,
        tuple(place for finding in found for place in finding.places),
        f"Đánh số không liên tục ở {len(found)} chỗ; chỗ đầu tiên: {found[0].message}",
        "Kiểm tra cách đánh số trong cả văn bản; nếu số bị mất khi chuyển tệp thì đọc lại từ tệp gốc.",
    )


def _gaps(paper: Paper) -> Iterator[Finding]:
    for section in paper.outline.walk():
        before: dict[str, tuple[int, str]] = {}
        for item in section.items():
            marker = item.marker or ""
            value, kind = markers.value(marker), _kind(marker)
            if value is None or kind is None:
                continue
            last = before.get(kind)
            if last and value not in {last[0] + 1, 1}:
                yield _finding(last[1], marker, _words(item))
            before[kind] = (value, marker)


def _kind(marker: str) -> str | None:
    found = markers.find(f"{marker} Aa")
    return found.kind if found and found.kind not in markers.DASHES else None


def _words(item: Line | Section) -> Words:
    return item.title if isinstance(item, Section) else item.words


def _finding(before: str, marker: str, words: Words) -> Finding:
    return Finding(
        "numbering_gap",
        "note",
        f"{marker} {words.text}"[:120],
        words.places,
        f"Đánh số không liên tục: sau “{before}” là “{marker}”.",
        "Kiểm tra xem có thiếu mục hoặc đánh nhầm số thứ tự.",
    )
