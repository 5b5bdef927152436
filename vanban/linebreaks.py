"""Where a line of Vietnamese running text goes on with the line before: cut by a page, or by a hard wrap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban import markers
from vanban.folding import LOWER

ENDED = re.compile(r"[.;:!?…][\"”’)\]]*$")
# a line that ends so is not at its end
HANGING = re.compile(
    r"(?:[,(\-–/&“\"]|\b(?:và|hoặc|của|các|những|theo|với|trong|cho|về|tại|từ|đến|là|do|để|được|bởi|trên|nhằm|bằng|như"
    r"|một|thuộc|giữa|qua|số|ngày|tháng|năm|không|có|đã|sẽ|khi|nếu))$",
    re.IGNORECASE,
)
_DASHED_LOWER = re.compile(rf"[-–—]\s*[{LOWER}]")
_MIN_LINES = 20
_WIDEST = 180


def is_caps(text: str) -> bool:
    """Whether all letters are capitals, and there are some."""
    return text.isupper() and sum(map(str.isalpha, text)) > 3


def cuts_compound(before: str, text: str) -> bool:
    """Whether a dash that begins a line stands inside a compound cut in two: "kinh tế / - xã hội"."""
    return len(before) >= 40 and bool(_DASHED_LOWER.match(text)) and not ENDED.search(before)


def width(lines: Sequence[str]) -> int | None:
    """How wide the lines of a hard-wrapped text are; None for a text with a line for each paragraph."""
    lengths = sorted(len(line) for line in lines)
    if len(lines) < _MIN_LINES or lengths[int(len(lengths) * 0.97)] > _WIDEST:
        return None
    wide = lengths[int(len(lengths) * 0.95)]
    lower = sum(line[0].islower() and not markers.find(line) for line in lines)
    full_and_open = sum(len(line) > 0.85 * wide and not ENDED.search(line) for line in lines)
    return wide if lower * 8 >= len(lines) or full_and_open * 3 >= len(lines) else None


def is_wrapped(before: str, text: str, wide: int) -> bool:
    """Whether in a text wrapped at this width a line goes on with the one before it."""
    if before.endswith("./.") or before.rstrip(":") in {"Nơi nhận", "NƠI NHẬN"}:
        return False
    if is_caps(before) != is_caps(text) and (is_caps(before) or len(text) > 12):
        return False
    if cuts_compound(before, text):
        return True
    if markers.find(text):
        return False
    if text[0].islower() or (HANGING.search(before) and len(before) > wide // 3):
        return True
    reach = len(before) + 1 + len(text.split(maxsplit=1)[0])
    marker = markers.find(before)
    doubtful = ENDED.search(before) or (marker and marker.kind in markers.HEADINGS | markers.NUMBERS)
    return reach > wide if doubtful else reach >= 0.92 * wide
