"""Words that lead in a part of an answer in prose: "Kết quả:", "Tiến độ:", "Khó khăn, vướng mắc:", "Kiến nghị:"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.document import Words
from vanban.folding import bare

_FILL = (
    r"nhung|mot so|cac|ve|va|hoac|trong|khi|qua trinh|to chuc|trien khai|thuc hien|ke hoach|nhiem vu|noi dung|chung"
    r"|chinh|cu the|chu yeu|con|hien nay|trong ky|quy|nam|dat duoc|cua don vi|don vi|khac|gap phai|neu co"
)
_KINDS = {
    "obstacle": r"kho khan|vuong mac|ton tai|han che|nguyen nhan|bat cap|truong ngai",
    "proposal": r"kien nghi|de xuat|de nghi|giai phap",
    "state": r"tien do|tinh trang|muc do hoan thanh|danh gia tien do",
    "result": r"ket qua|tinh hinh|da thuc hien",
    "figure": r"chi tieu|so lieu|muc tieu|cac so lieu",
}
_ANY = "|".join(_KINDS.values())
_ALL = re.compile(rf"(?:(?:{_ANY}|{_FILL})(?: |$))+")
_FOUND = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _KINDS.items()}
_INLINE = re.compile(
    r"(?:^|(?<=[.;])\s+)(?P<label>(?:Những\s+)?(?:Khó\s+khăn|Vướng\s+mắc|Tồn\s+tại|Hạn\s+chế|Nguyên\s+nhân|Kiến\s+nghị"
    r"|Đề\s+xuất|Đề\s+nghị|Tiến\s+độ|Tình\s+trạng|Kết\s+quả)[^.:;\n]{0,40}):\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one part of an answer; `name` is result, state, obstacle, proposal, or both of the last two."""

    name: str
    words: Words


def label(text: str) -> str | None:
    """What a lead-in or heading says that follows, where it is made of nothing but such words; None otherwise.

    "both": obstacles and proposals under one heading.
    """
    words = bare(text)
    if not words or not _ALL.fullmatch(words):
        return None
    found = [kind for kind, pattern in _FOUND.items() if pattern.search(words)]
    if {"obstacle", "proposal"} <= set(found):
        return "both"
    return found[0] if found else None


def parts(words: Words, first: str = "result") -> Iterator[Part]:
    """An answer cut at the labels inside it; what stands before the first label is `first`."""
    at, name = 0, first
    for match in _INLINE.finditer(words.text):
        kind = label(match["label"])
        if kind is None or kind == "figure":
            continue
        if before := words.cut(at, match.start()):
            yield Part(name, before)
        at, name = match.end(), kind
    if rest := words.cut(at):
        yield Part(name, rest)
