"""Rows of the appendix are work of which the body says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.checks.finding import Finding
from vanban.checks.paper import Paper
from vanban.checks.work import SAID, Work
from vanban.outline import Section

_TOGETHER = 0.5


def find(paper: Paper) -> Iterator[Finding]:
    work = Work(paper)
    if not work.body or not work.appendix:
        return
    pieces = [piece.work for piece in [*work.body, *work.duties]]
    sections = [_whole(paper, section) for section in paper.outline.walk() if not section.sections]
    missing = [row for row in work.appendix if not _is_said(work, row.work, pieces, sections)]
    if missing:
        many = f"{len(missing)} nhiệm vụ" if len(missing) > 1 else "Nhiệm vụ"
        yield Finding(
            "task_not_in_body",
            "note",
            missing[0].text,
            tuple(place for row in missing for place in row.places),
            f"{many} trong phụ lục không được nêu ở phần nội dung.",
            "Bổ sung vào phần nhiệm vụ, giải pháp, hoặc bỏ khỏi phụ lục.",
        )


def _whole(paper: Paper, section: Section) -> str:
    return paper.work(" ".join(line.words.text for line in section.everything()))


def _is_said(work: Work, row: str, pieces: list[str], sections: list[str]) -> bool:
    """Whether one item says a row, or the items under one heading say it together."""
    share = work.weights.share
    return any(share(row, text) >= SAID for text in pieces) or any(
        share(row, text) >= _TOGETHER for text in sections
    )
