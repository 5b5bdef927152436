"""Lists that people paste from Word or Excel: questions one per line, rows of a table with tabs between cells."""

from __future__ import annotations

import re
from typing import Any

from luc.kernel.text import search_key
from luc.requests.drafting import blank
from luc.requests.models import Kind

# how offices call the kinds, folded; "có/không" is a choice of two
_KINDS = {
    "chu": Kind.TEXT,
    "van ban": Kind.TEXT,
    "noi dung": Kind.TEXT,
    "so": Kind.NUMBER,
    "so lieu": Kind.NUMBER,
    "ngay": Kind.DATE,
    "ngay thang": Kind.DATE,
    "tep": Kind.FILE,
    "file": Kind.FILE,
    "chon": Kind.CHOICE,
    "bang": Kind.TABLE,
}
_YES_NO = {"co/khong", "co / khong", "co khong", "co hay khong"}
_HEADS = {"stt", "tt", "so tt"}
# "1.", "1.2)", "a)", "IV.", "-": the mark of a list before its words
_MARK = re.compile(r"(?:\d+(?:\.\d+)+|\d+[.)]|[a-zđ][.)]|[IVXLC]+[.)]|[-+*•–—])\s+")
YES_NO = "Có\nKhông"


def questions(text: str, kind: str) -> list[dict[str, Any]]:
    """The questions of a pasted list. Further cells of a line may say the kind and the unit; else `kind` holds."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        if search_key(cells[0]) in _HEADS:
            continue
        if len(cells) > 1 and (not cells[0] or re.fullmatch(r"[\d.]+\)?|[IVXLC]+\.?", cells[0])):
            cells = cells[1:]
        words = _MARK.sub("", cells[0], count=1).strip()
        if words:
            found.append(_question(words, [cell for cell in cells[1:] if cell], kind))
    return found


def _question(words: str, more: list[str], kind: str) -> dict[str, Any]:
    unit, choices = "", ""
    for cell in more[:2]:
        key = search_key(cell)
        if key in _YES_NO:
            kind, choices = Kind.CHOICE, YES_NO
        elif key in _KINDS:
            kind = _KINDS[key]
        else:
            unit, kind = cell[:60], Kind.NUMBER
    return blank(str(kind), words[:1000], unit, choices)


def grid(text: str, width: int) -> list[list[str]]:
    """The rows of a pasted piece of Excel, each with `width` cells; empty rows are left out."""
    rows = [[cell.strip()[:2000] for cell in line.split("\t")] for line in text.splitlines()]
    return [(row + [""] * width)[:width] for row in rows if any(row)]
