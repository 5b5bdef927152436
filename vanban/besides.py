"""Tables that set the words of a paper beside those that take their place: "Nội dung hiện hành | Nội dung sửa đổi"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.document import Document, Table, Words
from vanban.folding import bare

_OLD = re.compile(
    r"\b(?:da ban hanh|hien hanh|truoc (?:khi )?(?:sua doi|dieu chinh)|cu|da phe duyet|theo ke hoach(?: so)?)\b"
)
_NEW = re.compile(r"\b(?:sua doi|dieu chinh|bo sung|thay the|moi|sau (?:khi )?(?:sua doi|dieu chinh))\b")
_WHERE = re.compile(r"\b(?:vi tri|dieu khoan|muc|noi dung so|stt|tt|tai)\b")
_NOTHING = re.compile(r"\W*(?:khong|khong co|chua co|bai bo|bo|huy bo)?\W*")
_DROPPED = re.compile(r"\W*(?:bai bo|bo|huy bo|luoc bo)\b.{0,20}")


def rows(document: Document) -> Iterator[tuple[Words, Words, Words]]:
    """Each row of such tables: where it is, the old words and the new ones; empty where there are none."""
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Table) or len(block.rows) < 2:
            continue
        columns = _columns([bare(cell.text) for cell in block.rows[0]])
        if columns is None:
            continue
        where, old, new = columns
        for y in range(1, len(block.rows)):
            place = Words.join([document.words(index, y, x) for x in where])
            before, after = document.words(index, y, old), document.words(index, y, new)
            before = Words("") if _NOTHING.fullmatch(bare(before.text)) else before
            after = Words("") if _DROPPED.fullmatch(bare(after.text)) else after
            if before or after:
                yield place, before, after


def _columns(head: list[str]) -> tuple[list[int], int, int] | None:
    """The columns that say where, what was and what is to be; None for a table of another sort."""
    old = next((x for x, text in enumerate(head) if _OLD.search(text) and not text.startswith("sau")), None)
    new = next(
        (x for x, text in enumerate(head) if _NEW.search(text) and not _OLD.search(text) and x != old), None
    )
    if old is None or new is None:
        return None
    where = [x for x, text in enumerate(head) if x not in {old, new} and (_WHERE.search(text) or x < old)]
    return where, old, new
