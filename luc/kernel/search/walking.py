"""Everything that was found, in pieces of a fixed order that nothing new disturbs: for programs that read it all."""

from __future__ import annotations

from luc.kernel.rights import Viewer
from luc.kernel.search import backend
from luc.kernel.search.asking import Asked
from luc.kernel.search.expressions import either
from luc.kernel.search.models import Document
from luc.kernel.search.scope import Scope
from luc.kernel.search.understanding import understood


def walk(viewer: Viewer, asked: Asked, *, after: int, limit: int) -> tuple[list[int], int | None]:
    """Ids of things of one kind whose documents come after a mark, and the mark of the last one (None: no more).

    Words are taken as typed, without mending. At most three statements.
    """
    scope, said = Scope(viewer, asked), understood(asked.words)
    words = either(said.everywhere("all")) if said.slots else None
    keys = backend.ids_after(scope.question(words), limit + 1, after)
    more = len(keys) > limit
    rows = Document.objects.filter(pk__in=keys[:limit]).order_by("pk")
    return list(rows.values_list("object_id", flat=True)), keys[limit - 1] if more else None
