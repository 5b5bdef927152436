"""What the registry fills in when a paper is signed: the number, the day, the lines of a stamp or a signature."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BLANKS = (
    # a draft leaves number and day blank (Decree 30/2020, annex I, II.3 and II.4)
    (re.compile(r"\bSố\s*:?\s*[….\s_]*/", re.IGNORECASE), re.compile(r"\bSố\s*:?\s*\d+", re.IGNORECASE)),
    (
        re.compile(r"\bngày\s*[….\s_]*\btháng\b|\btháng\s*[….\s_]*\bnăm\b", re.IGNORECASE),
        re.compile(r"\bngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}", re.IGNORECASE),
    ),
)
_FILL = re.compile(r"\d{1,5}")
# the picture of a digital signature (Decree 30/2020, annex I, II.8; Circular 01/2019/TT-BNV art. 15)
_STAMP = re.compile(
    r"^\s*(?:Ký bởi|Người ký|Ký số bởi|Cơ quan|Đơn vị ký|Thời gian ký|Ngày ký|Email|Chức vụ|Tổ chức)\s*:"
    r"|^\s*(?:Digitally signed by|Date)\s*:?",
    re.IGNORECASE,
)


def has_blank(ours: str) -> bool:
    """Whether a line of ours leaves a number or a day blank."""
    return any(blank.search(ours) for blank, _ in _BLANKS)


def is_blank(ours: Iterable[str], theirs: str, words: str) -> bool:
    """Whether words of a line that came back fill a blank of our lines there, or belong to a signature's picture."""
    if _STAMP.search(theirs):
        return True
    if not _FILL.fullmatch(words):
        return False
    lines = list(ours)
    return any(
        filled.search(theirs) and any(blank.search(line) for line in lines) for blank, filled in _BLANKS
    )
