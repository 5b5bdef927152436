"""Titles that begin to answer while somebody still types: the last word may be unfinished."""

from __future__ import annotations

from collections.abc import Iterable

from luc.kernel.rights import Viewer
from luc.kernel.search import backend
from luc.kernel.search.asking import LONGEST, Asked
from luc.kernel.search.expressions import Expression, Phrase, every
from luc.kernel.search.scope import Scope
from luc.kernel.search.understanding import MOST
from luc.kernel.search.words import bare_text, bare_words

_LOOKED_AT = 60


def suggest(viewer: Viewer, words: str, kinds: Iterable[str] = (), *, most: int = 8) -> list[str]:
    """Titles of what this viewer may see that hold the words, the last as a beginning; those in which the words stand
    side by side come first, then the shortest. Nothing for less than two letters."""
    typed = bare_words(words[:LONGEST])[:MOST]
    if len("".join(typed)) < 2:
        return []
    scope = Scope(viewer, Asked(kinds=tuple(kinds)))
    beside = Phrase(tuple(typed), "title", begins=True)
    apart: Expression = every(
        *(Phrase((word,), "title") for word in typed[:-1]), Phrase((typed[-1],), "title", begins=True)
    )
    keys = backend.ids(scope.question(beside), _LOOKED_AT)
    if len(keys) < most and len(typed) > 1:
        keys = list(dict.fromkeys([*keys, *backend.ids(scope.question(apart), _LOOKED_AT)]))
    rows = backend.documents(keys)
    looked = " ".join(typed)
    titles = {rows[key].title: looked in bare_text(rows[key].title) for key in keys}
    return sorted(titles, key=lambda title: (not titles[title], len(title), title))[:most]
