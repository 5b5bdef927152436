"""What is asked of the index, as a tree of words; the two backends say it in their own language.

Words in it are letters and digits only, so that nothing a person types is ever syntax of a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["title", "more", "all", "exact", "marks"]  # more: title and more; all: title, more, body
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in one column; the last may be the beginning of a word. Raises ValueError on no word."""

    words: tuple[str, ...]
    where: Where = "all"
    begins: bool = False

    def __post_init__(self) -> None:
        if not self.words or not all(map(_WORD.fullmatch, self.words)):
            raise ValueError(f"no words: {self.words}")


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Expression, ...]


Expression = Phrase | All | Any


def every(*parts: Expression) -> Expression:
    """All of some, without a frame around one."""
    return parts[0] if len(parts) == 1 else All(parts)


def either(*parts: Expression) -> Expression:
    """Any of some, without a frame around one."""
    return parts[0] if len(parts) == 1 else Any(parts)
