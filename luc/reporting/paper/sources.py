"""The bookmarks of a paper: every number and sentence keeps the rows of frozen reports that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from luc.reporting.voices import Voice
from vanban.writing import Cell, Run


@dataclass(slots=True)
class Sources:
    """The bookmarks of a paper, and what each stands for."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def key(self, words: str, voices: Iterable[Voice]) -> str:
        """A new bookmark for words that come from rows of frozen reports."""
        name = f"nguon_{len(self.lines) + 1}"
        rows = [{"submission": voice.submission, "row": voice.row["key"]} for voice in voices]
        self.lines.append({"bookmark": name, "words": words, "rows": rows})
        return name

    def run(self, words: str, *voices: Voice) -> Run:
        """Words inside a sentence with their source."""
        return Run(words, key=self.key(words, voices))

    def cell(self, words: str, *voices: Voice) -> Cell:
        """A cell with its source; without one it is only words."""
        return Cell(words, key=self.key(words, voices) if words and voices else None)
