"""The pieces of work that a paper hands out, from all its places, so that rules can set them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vanban.checks.paper import Paper, places
from vanban.document import Place
from vanban.likeness import Weights

# two places say the same work, one maybe in more words, from here on; found by reading plans side by side
SAME = 0.62
# what is nowhere said with as much of its words as this is missing there
SAID = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A task or a duty: its words, written out for comparing, and who is charged with it."""

    text: str
    work: str
    places: tuple[Place, ...]
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """All work of a paper."""

    paper: Paper

    @cached_property
    def appendix(self) -> list[Piece]:
        """The rows of the appendix."""
        return [self._task(task) for task in self.paper.appendix]

    @cached_property
    def body(self) -> list[Piece]:
        """The items of the task section, where there is an appendix as well."""
        return [self._task(task) for task in self.paper.reading.get("body_tasks") or []]

    @cached_property
    def duties(self) -> list[Piece]:
        """What each agency must do by the section on organisation."""
        return list(self._duties())

    @cached_property
    def weights(self) -> Weights:
        """How much each word says in this paper."""
        return Weights(piece.work for piece in [*self.appendix, *self.body, *self.duties])

    def _task(self, task: dict[str, Any]) -> Piece:
        text = task.get("text") or ""
        lead, coordinate = (tuple(task.get(role) or ()) for role in ("lead", "coordinate"))
        return Piece(text, self.paper.work(text), places(task), lead, coordinate)

    def _duties(self) -> Iterator[Piece]:
        for entry in self.paper.reading.get("organisation") or []:
            where = entry.get("item_places") or [entry.get("places")] * len(entry["items"])
            for text, item in zip(entry["items"], where, strict=False):
                yield Piece(text, self.paper.work(text), places({"places": item}), (entry["agency"],))
