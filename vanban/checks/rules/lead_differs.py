"""The same work is given to one lead in the appendix and to another in the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban import agencies
from vanban.checks.finding import Finding
from vanban.checks.paper import Paper, same_body
from vanban.checks.work import SAME, Piece, Work
from vanban.folding import bare

# a duty to take part, or to do one's own share, is no lead
_TAKES_PART = re.compile(
    r"^(?:(?:tich cuc|chu dong|thuong xuyen)\s)*"
    r"(?:phoi hop|tham gia|ho tro|cung cap|tong hop|theo doi|can doi|bo tri)\b"
)
_NAMED = {"department", "board"}


def find(paper: Paper) -> Iterator[Finding]:
    work = Work(paper)
    for row in work.appendix:
        leads = [name for name in row.lead if agencies.kind(name) in _NAMED]
        others = [
            piece
            for piece in [*work.duties, *work.body]
            if leads and _says_the_same(work, row, piece) and _leads(piece)
        ]
        if not others or any(_agree(row, piece) for piece in others):
            continue
        here = ", ".join(row.lead)
        there = ", ".join(dict.fromkeys(name for piece in others for name in piece.lead))
        yield Finding(
            "lead_differs",
            "warning",
            row.text,
            (*row.places, *(place for piece in others for place in piece.places)),
            f"Cùng một việc nhưng phụ lục giao {here} chủ trì, phần nội dung giao {there}.",
            "Thống nhất một cơ quan chủ trì ở phụ lục và phần nội dung.",
        )


def _says_the_same(work: Work, row: Piece, piece: Piece) -> bool:
    return work.weights.same(row.work, piece.work) >= SAME


def _leads(piece: Piece) -> bool:
    named = [name for name in piece.lead if agencies.kind(name) in _NAMED and not agencies.is_generic(name)]
    return bool(named) and not _TAKES_PART.match(bare(piece.text))


def _agree(row: Piece, piece: Piece) -> bool:
    return any(same_body(a, b) for a in row.lead for b in piece.lead)
