"""What is looked at, and what was found: rooms register their looks, `luc doctor` takes them one after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)


class Level(StrEnum):
    GOOD = "good"
    WARN = "warn"  # works, but somebody should do something soon
    BAD = "bad"  # something does not work, or is no longer true


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and one Vietnamese sentence that says what to do."""

    level: Level
    words: str


Look = Callable[[bool], Iterable[Finding]]
_looks: dict[str, Look] = {}


def looks_after(title: str) -> Callable[[Look], Look]:
    """Register a look under a Vietnamese title; it is told whether to look at everything or at a sample."""

    def keep(look: Look) -> Look:
        _looks[title] = look
        return look

    return keep


def good(words: str) -> Finding:
    return Finding(Level.GOOD, words)


def warn(words: str) -> Finding:
    return Finding(Level.WARN, words)


def bad(words: str) -> Finding:
    return Finding(Level.BAD, words)


def examine(everything: bool = False) -> Iterator[tuple[str, Finding]]:
    """Take every look; one that cannot be taken is itself a finding."""
    for title, look in _looks.items():
        try:
            for finding in look(everything):
                yield title, finding
        except Exception as error:
            log.info("a look of the doctor failed", exc_info=True)
            kind = type(error).__name__
            yield title, bad(f"Không kiểm tra được ({kind}); hãy sửa các lỗi nêu ở trên trước rồi chạy lại.")
