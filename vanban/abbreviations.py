"""The abbreviations that a paper makes for itself: "công nghiệp tái chế (sau đây viết tắt là CNTC)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vanban.folding import bare

_MADE = re.compile(
    r"\((?:(?:sau\s+đây\s+)?(?:viết|gọi)\s+tắt\s*(?:là)?\s*:?\s*|gọi\s+là\s+)?[“\"]?(?P<short>[A-ZĐ]{2,8})[”\"]?\)"
)
_WORD = re.compile(r"[^\W\d_]+")


def made(texts: Iterable[str]) -> dict[str, str]:
    """Each abbreviation that stands in brackets behind the words whose initials it is, with those words."""
    out: dict[str, str] = {}
    for text in texts:
        for match in _MADE.finditer(text):
            words = _WORD.findall(text[: match.start()])[-len(match["short"]) :]
            if bare("".join(word[0] for word in words)) == bare(match["short"]):
                out.setdefault(match["short"], " ".join(words))
    return out


def written_out(text: str, known: dict[str, str]) -> str:
    """The text with the known abbreviations written out."""
    return _WORD.sub(lambda word: known.get(word.group(), word.group()), text) if known else text
