"""What bounds every question: who asks, for which kinds, narrowed to what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from luc.kernel.rights import Viewer
from luc.kernel.search.asking import Asked
from luc.kernel.search.backend import Question
from luc.kernel.search.expressions import Expression, Phrase, either, every
from luc.kernel.search.registering import belongs_to, kinds
from luc.kernel.search.words import mark, seen_by


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, for which kinds, narrowed to what: all that is no word."""

    viewer: Viewer
    asked: Asked

    def question(self, words: Expression | None, *, without: Collection[str] = ()) -> Question:
        """Words inside the scope; `without`: leave the choice of these facets out."""
        parts = [self._seen(), *self._chosen(without)]
        return Question(every(*([words] if words else []), *parts), self.asked.box)

    def wide(self) -> Scope:
        """The same without what it is narrowed to."""
        return Scope(self.viewer, Asked(kinds=self.asked.kinds))

    def _seen(self) -> Expression:
        """What this viewer may see of the kinds asked for."""
        whom = sorted(belongs_to(self.viewer))
        wanted = self.asked.kinds or sorted(kinds())
        return either(*(Phrase((seen_by(kind, one),), "marks") for kind in wanted for one in whom))

    def _chosen(self, without: Collection[str]) -> list[Expression]:
        return [
            either(*(Phrase((mark(f"facet {name}", value),), "marks") for value in values))
            for name, values in sorted(self.asked.narrowed.items())
            if values and name not in without
        ]
