"""Plain values of a report that is read: what is asked, and what the paper says on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vanban.document import Place, Words

GENERAL = "general"  # the item of obstacles and proposals that belong to no other


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked. Kinds: task, coordinated (a task that others lead), duty, figure."""

    id: str
    text: str
    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One value. Fields: result, state (done, on_time, ahead, behind, not_started), value (what was reached),
    estimate (for the whole period), obstacle, proposal, nil.

    `doubt` says in Vietnamese why it must be asked; "" where it is sure.
    """

    field: str
    value: str
    words: str
    places: tuple[Place, ...]
    doubt: str = ""

    def doubted(self, why: str) -> Said:
        """The same, to be asked for one more reason."""
        return replace(self, doubt=f"{self.doubt} {why}".strip())


@dataclass(frozen=True, slots=True)
class Passage:
    """What one place of the paper says on one item; `item` is None where none was recognised.

    `likeness` (0-1) is how much its title is worded like the item, `doubt` why the item itself must be asked.
    """

    item: str | None
    title: str
    places: tuple[Place, ...]
    said: tuple[Said, ...] = field(default=())
    likeness: float = 1.0
    doubt: str = ""

    def is_sure(self, said: Said) -> bool:
        """Whether a value of the passage needs no second look."""
        return self.item is not None and not self.doubt and not said.doubt

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept or shown."""
        said = [
            {
                "field": s.field,
                "value": s.value,
                "words": s.words,
                "places": _plain(s.places),
                "doubt": s.doubt,
            }
            for s in self.said
        ]
        return {
            "item": self.item,
            "title": self.title,
            "places": _plain(self.places),
            "said": said,
            "likeness": round(self.likeness, 3),
            "doubt": self.doubt,
        }


def _plain(places: tuple[Place, ...]) -> list[dict[str, int]]:
    return [place.as_json() for place in places]


def said(name: str, words: Words, *, value: str | None = None, doubt: str = "") -> Said:
    """A value from the words that say it."""
    return Said(name, words.text if value is None else value, words.text, words.places, doubt)


Items = Mapping[str, Item]
