"""A task of the body has no row in the appendix and names no lead itself: it is nobody's, and has no time."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper
from vanban.checks.work import SAID, Work

# where the appendix takes up less than this share of the body, it is a choice from it: one remark, not many
_A_CHOICE = 0.5
_SHOWN = 120


def find(paper: Paper) -> Iterator[Finding]:
    work = Work(paper)
    if not work.appendix:
        return
    missing = [
        piece
        for piece in work.body
        if not piece.lead and max(_said(work, piece.work, row.work) for row in work.appendix) < SAID
    ]
    if len(missing) > _A_CHOICE * len(work.body):
        yield Finding(
            "task_not_in_appendix",
            "note",
            missing[0].text,
            tuple(place for piece in missing for place in piece.places),
            f"{len(missing)} trên {len(work.body)} nhiệm vụ ở phần nội dung không có trong phụ lục.",
            "Bổ sung vào phụ lục, hoặc ghi rõ ở phần nội dung cơ quan chủ trì và thời gian thực hiện.",
        )
        return
    for piece in missing:
        yield Finding(
            "task_not_in_appendix",
            "note",
            piece.text,
            piece.places,
            f"Nhiệm vụ “{_short(piece.text)}” ở phần nội dung không có trong phụ lục.",
            "Bổ sung một dòng vào phụ lục với cơ quan chủ trì và thời gian thực hiện.",
        )


def _said(work: Work, body: str, row: str) -> float:
    """How much of a task of the body a row says; a short row that the task says whole is its row too."""
    return max(work.weights.share(body, row), work.weights.share(row, body) - 0.25)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]}…"
