"""Lines typed without any Vietnamese marks ("UY BAN NHAN DAN", "So: 61/KH-UBND"): the set words of a paper's
frame get their marks back, so that the grammars know them.

Only lines wholly without marks are touched, and only where they begin with one of the set words (Decree 30/2020,
annex I); the length of the text stays, so that every Place holds in the paper as printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from vanban.document import Block, Document, Paragraph


def _without(text: str) -> str:
    """The text without marks, letter by letter: its length stays."""
    decomposed = (unicodedata.normalize("NFD", "d" if char == "đ" else char)[0] for char in text)
    return "".join(decomposed)


_SET = (
    *("ủy ban nhân dân", "hội đồng nhân dân", "tỉnh", "thành phố", "xã", "phường", "đặc khu", "kế hoạch"),
    *("quyết định", "chương trình", "chỉ thị", "đề án", "nghị quyết", "nơi nhận", "phụ lục", "danh mục"),
    *("căn cứ", "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "bộ trưởng", "thứ trưởng"),
    *("cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc", "lưu", "số"),
)
_WITH_MARKS = {_without(words): words for words in _SET}
_ANY = "|".join(sorted(_WITH_MARKS, key=len, reverse=True))
_BEGINNING = re.compile(rf"(?:(?:TM|KT|TL|TUQ|Q)\s?\.\s*)?(?P<words>{_ANY})(?=\s*:|\s|\d|$)", re.IGNORECASE)
_DATE = re.compile(r"\b(ngay)(\s+[\d.…\s]*)(thang)(\s+[\d.…\s]*)(nam)(?=\s+\d{4})", re.IGNORECASE)
_DATED = ("ngày", "tháng", "năm")


def marked(document: Document) -> Document:
    """The paper with the set words of lines without marks written with theirs; other papers as they are."""
    if not any(isinstance(block, Paragraph) and _begins(block.text) for block in document.blocks):
        return document
    return replace(document, blocks=tuple(map(_block, document.blocks)))


def _block(block: Block) -> Block:
    return replace(block, text=_line(block.text)) if isinstance(block, Paragraph) else block


def _begins(text: str) -> re.Match[str] | None:
    return _BEGINNING.match(text) if text.isascii() else None


def _line(text: str) -> str:
    if not text.isascii():
        return text
    text = _DATE.sub(_dated, text)
    match = _begins(text) if text.isascii() else None
    if match is None or (match["words"].islower() and len(match["words"]) < 5):
        return text
    words = _as_printed(match["words"], _WITH_MARKS[match["words"].lower()])
    return text[: match.start("words")] + words + text[match.end("words") :]


def _dated(match: re.Match[str]) -> str:
    day, month, year = (_as_printed(match[i], word) for i, word in zip((1, 3, 5), _DATED, strict=True))
    return f"{day}{match[2]}{month}{match[4]}{year}"


def _as_printed(printed: str, marked_: str) -> str:
    """Letter by letter in the case of what is printed."""
    return "".join(m.upper() if p.isupper() else m for p, m in zip(printed, marked_, strict=True))
