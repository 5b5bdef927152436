"""The registry of sources and offers: a room that links to something above asks here for title and address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luc.kernel.rights import Viewer


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference points to, as a page shows it."""

    title: str
    address: str


Finder = Callable[[Viewer, Iterable[int]], dict[int, Source]]
_finders: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """A room says how things of a kind are found; the finder returns only what the viewer may see."""
    if kind in _finders and _finders[kind] is not finder:
        raise ValueError(f"source {kind} is registered twice")
    _finders[kind] = finder


def find(viewer: Viewer, kind: str, ids: Iterable[int]) -> dict[int, Source]:
    """Title and address by id; what the viewer may not see, or a kind nobody registered, is left out."""
    finder = _finders.get(kind)
    return finder(viewer, ids) if finder else {}


Offer = Callable[[Viewer, int], list[Source]]
_offers: dict[str, list[Offer]] = {}


def offer(kind: str, maker: Offer) -> None:
    """A room above says what it offers on the page of a thing below: the maker gives links for this viewer."""
    if maker not in _offers.setdefault(kind, []):
        _offers[kind].append(maker)


def offered(viewer: Viewer, kind: str, pk: int) -> list[Source]:
    """The links that rooms above offer on the page of a thing, in the order in which the rooms stand."""
    return [source for maker in _offers.get(kind, []) for source in maker(viewer, pk)]
