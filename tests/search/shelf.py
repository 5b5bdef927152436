"""A kind of documents of the tests' own: things on a shelf, as a room above would register them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from luc.kernel.search import registering
from luc.kernel.search.indexing import Written, index
from luc.kernel.search.registering import EVERYBODY, Content, Facet, Kind
from luc.kernel.writing import writing

PUBLIC = frozenset([EVERYBODY])


class Shelf:
    """Things by id; `put` indexes them as an action would."""

    def __init__(self, name: str = "test.thing", facets: tuple[str, ...] = ("field", "place")) -> None:
        self.things: dict[int, Content] = {}
        self.kind = Kind(
            name,
            "Đồ vật",
            lambda ids: [self.things[pk] for pk in ids if pk in self.things],
            lambda: list(self.things),
            tuple(
                Facet(one, one.title(), lambda values: {value: value.upper() for value in values})
                for one in facets
            ),
        )

    def put(self, *contents: Content) -> Written:
        self.things.update({content.object_id: content for content in contents})
        return self.index(content.object_id for content in contents)

    def named(self, *titles: str) -> None:
        """Public things with these titles, numbered from 1."""
        self.put(*(Content(number, title, PUBLIC) for number, title in enumerate(titles, 1)))

    def index(self, ids: Iterable[int]) -> Written:
        with transaction.atomic(), writing():
            return index(self.kind.name, ids)


@contextmanager
def shelf(name: str = "test.thing", facets: tuple[str, ...] = ("field", "place")) -> Iterator[Shelf]:
    """A registered shelf; its kind is forgotten afterwards."""
    made = Shelf(name, facets)
    registering.register(made.kind)
    try:
        yield made
    finally:
        registering._kinds.pop(name)
