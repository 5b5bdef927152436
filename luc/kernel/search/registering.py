"""Kinds of documents: a room above says how its things are made into documents; the ground knows only this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from luc.kernel.rights import Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Title = str | _StrPromise

EVERYBODY = "everybody"


def of_tenant(tenant: int) -> str:
    """Audience: whoever is of a tenant."""
    return f"tenant {tenant}"


def of_party(party: int) -> str:
    """Audience: whoever holds a role in a party."""
    return f"party {party}"


def of_role(role: str, tenant: int) -> str:
    """Audience: whoever holds a role in a tenant."""
    return f"{role} in {tenant}"


def belongs_to(viewer: Viewer) -> frozenset[str]:
    """All audiences of which a viewer is one."""
    return frozenset(
        [
            EVERYBODY,
            *(of_tenant(tenant) for tenant in viewer.tenants),
            *(of_party(grant.party) for grant in viewer.grants),
            *(of_role(grant.role, grant.tenant) for grant in viewer.grants),
        ]
    )


@dataclass(frozen=True, slots=True)
class Content:
    """One document as a room hands it in.

    title: what lists show, and what counts most; more: nearly as telling (maker, field, other names); body: the rest.
    Text that a viewer of `audience` may not read belongs in none of them: what is found is thereby told.
    facets: name -> values, as short keys. fresh: when it last changed for a reader. point: latitude, longitude.
    """

    object_id: int
    title: str
    audience: frozenset[str]
    more: str = ""
    body: str = ""
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    tenant: int | None = None
    fresh: datetime | None = None
    point: tuple[float, float] | None = None


Labels = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """By what one narrows: its name in addresses, its Vietnamese title, and what its values are called.

    within: another facet; it is counted only where that one is narrowed to one value (communes inside a province), and
    gone when it changes.
    """

    name: str
    title: Title
    labels: Labels
    within: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of documents.

    make: contents by object ids, all audiences together (called in the room's own transaction and in rebuilding, there
    without a scope); an id that gives no content is taken out of the index. ids: every object that should have one.
    """

    name: str
    title: Title
    make: Callable[[list[int]], Iterable[Content]]
    ids: Callable[[], Iterable[int]]
    facets: tuple[Facet, ...] = ()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """A room adds a kind, in its `apps.ready`. Raises ValueError when the name is taken."""
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """Every registered kind by name."""
    return dict(_kinds)


def facets_of(names: Iterable[str]) -> dict[str, Facet]:
    """The facets of some kinds by name, of all kinds when none is named, in the order in which they were registered."""
    wanted = set(names) or set(_kinds)
    return {facet.name: facet for kind in _kinds.values() if kind.name in wanted for facet in kind.facets}
