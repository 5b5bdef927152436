"""The door: find what was asked, with counts to narrow it, what was understood, and help where nothing is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from luc.kernel.rights import Viewer
from luc.kernel.search import backend
from luc.kernel.search.asking import Asked
from luc.kernel.search.backend import CAP
from luc.kernel.search.combining import Held, facts_of
from luc.kernel.search.correcting import mended
from luc.kernel.search.expressions import Expression, either, every
from luc.kernel.search.helping import Nothing, nothing
from luc.kernel.search.models import Document
from luc.kernel.search.ranking import ranked
from luc.kernel.search.registering import Facet, facets_of
from luc.kernel.search.scope import Scope
from luc.kernel.search.understanding import Understood, read_otherwise, understood

ON_PAGE = 20
POOL = 200  # hits that are put in order of relevance: ten pages, further on one narrows or sorts otherwise
FEW = 3  # fewer hits than these: the question may have been mistyped
FAR = 10_000  # documents after which paging by name or date ends


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    kind: str
    object_id: int
    title: str
    facets: Mapping[str, tuple[str, ...]]
    fresh: datetime | None
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value to narrow by: how many hits have it (at least, when the facet `is_capped`), whether it is chosen."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet over the hits, counted without its own choice, so that one can widen again."""

    name: str
    title: str
    values: tuple[Value, ...]
    is_capped: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `total` is at most CAP; `is_capped`: there are more. `also`: other names that were looked for;
    `instead`: the words in which a slip was mended; `nothing`: what helps where nothing was found."""

    asked: Asked
    hits: tuple[Hit, ...]
    total: int
    is_capped: bool
    pages: int
    facets: tuple[Narrowing, ...] = ()
    also: tuple[str, ...] = ()
    instead: str = ""
    nothing: Nothing | None = None


def find(viewer: Viewer, asked: Asked, *, with_facets: bool = True) -> Found:
    """What this viewer may see of what was asked; whatever was typed, it is an answer. Without words: everything."""
    scope, said = Scope(viewer, asked), understood(asked.words)
    if not said.slots:
        return _answer(scope, [], with_facets=with_facets)
    pool, total = _pool(scope, said, is_counted=not with_facets)
    if len(pool) < FEW and (other := _otherwise(scope, said)):
        others, _total = _pool(scope, other)
        return _answer(scope, [said, other], list(dict.fromkeys([*pool, *others])), with_facets)
    return _answer(scope, [said], pool, with_facets, total)


def _answer(
    scope: Scope,
    said: list[Understood],
    pool: Sequence[int] = (),
    with_facets: bool = True,
    total: int | None = None,
) -> Found:
    asked = scope.asked
    words = either(*(one.everywhere("all") for one in said)) if said else None
    by_relevance = asked.sort == "relevance" and bool(said)
    narrowings: tuple[Narrowing, ...] = ()
    if with_facets:
        narrowings, total = _facets(scope, words)
    elif total is None:
        total = len(pool) if said and len(pool) < POOL else backend.count(scope.question(words))
    keys = _page(pool, asked.page) if by_relevance else _in_order(scope, words, total)
    reach = min(total, POOL if by_relevance else FAR)
    return Found(
        asked,
        _hits(keys),
        min(total, CAP),
        total > CAP,
        -(-reach // ON_PAGE),
        narrowings,
        tuple(dict.fromkeys(name for one in said for name in one.also)),
        next((one.instead for one in said if one.instead), ""),
        nothing(scope, said[0]) if said and not total else None,
    )


def _otherwise(scope: Scope, said: Understood) -> Understood | None:
    """The likeliest other reading of a question that finds next to nothing anywhere; None when there is none."""
    wide = scope.wide()
    few = len(backend.ids(wide.question(said.everywhere("all")), FEW))
    if few >= FEW:
        return None
    for reading in mended([word for slot in said.slots for word in slot.typed], sure=few > 0):
        other = read_otherwise(reading.words, reading.shown)
        if len(backend.ids(wide.question(other.everywhere("all")), few + 1)) > few:
            return other
    return None


def _pool(scope: Scope, said: Understood, *, is_counted: bool = False) -> tuple[list[int], int | None]:
    """The hits in order of relevance: all of them when they are few, else those that the strictest questions find.

    `is_counted`: with how many there are, up to one more than the cap.
    """
    asked, total = scope.question(said.everywhere("all")), None
    if is_counted:
        keys, total = backend.ids_counted(asked, POOL + 1)
    else:
        keys = backend.ids(asked, POOL + 1)
    if len(keys) > POOL:
        keys = _strictest(scope, said, keys)
    return ranked(said, backend.candidates(keys)), total


def _strictest(scope: Scope, said: Understood, others: list[int]) -> list[int]:
    """From the middle outwards: what no title holds, no stricter question about titles can find."""
    in_title = backend.ids(scope.question(said.everywhere("title")), POOL)
    found: dict[int, None] = {}
    for way in _stricter(said) if len(in_title) == POOL else ():
        found.update(dict.fromkeys(backend.ids(scope.question(way), POOL)))
        if len(found) >= POOL:
            return list(found)[:POOL]
    found.update(dict.fromkeys(in_title))
    for way in (said.everywhere("more"), said.side_by_side("all")):
        if len(found) < POOL:
            found.update(dict.fromkeys(backend.ids(scope.question(way), POOL)))
    return list(dict.fromkeys([*found, *others]))[:POOL]


def _stricter(said: Understood) -> list[Expression]:
    """What is stricter than all words in the title, the strictest first."""
    marked, beside = said.with_marks(), said.side_by_side("title")
    if not marked:
        return [beside]
    return [every(beside, marked), beside, every(said.everywhere("title"), marked)]


def _in_order(scope: Scope, words: Expression | None, total: int) -> list[int]:
    sort = scope.asked.sort if scope.asked.sort != "relevance" else "name"
    start = (scope.asked.page - 1) * ON_PAGE
    if start >= min(total, FAR):
        return []
    return backend.in_order(scope.question(words), sort, start=start, limit=ON_PAGE, many=total > CAP)


def _page(keys: Sequence[int], page: int) -> list[int]:
    start = (page - 1) * ON_PAGE
    return list(keys[start : start + ON_PAGE])


def _facets(scope: Scope, words: Expression | None) -> tuple[tuple[Narrowing, ...], int]:
    """Every facet of the kinds asked for. One statement where all that the words find is counted to its end; else one
    more, and one for each facet that is narrowed."""
    asked = scope.asked
    chosen = {name: values for name, values in asked.narrowed.items() if values}
    all_of_it = backend.held(scope.question(words, without=chosen.keys()))
    is_whole = all_of_it.total <= CAP

    def held(without: str = "") -> Held:
        left = {name: values for name, values in chosen.items() if name != without}
        if is_whole or not left:
            return all_of_it.narrowed(left)
        return backend.held(scope.question(words, without=[without]))

    now = held()
    counts, out = now.counts(), []
    for facet in facets_of(asked.kinds).values():
        if facet.within and len(chosen.get(facet.within, ())) != 1:
            continue
        wide = held(facet.name) if facet.name in chosen else now
        counted = counts if wide is now else wide.counts()
        out.append(_narrowing(facet, counted, chosen.get(facet.name, ()), is_capped=wide.total > CAP))
    return tuple(out), now.total


def _narrowing(
    facet: Facet, counts: Mapping[str, int], chosen: Sequence[str], *, is_capped: bool
) -> Narrowing:
    values = _values(counts, facet.name, chosen)
    labels = facet.labels(list(values)) if values else {}
    shown = [
        Value(value, labels.get(value, value), times, value in chosen) for value, times in values.items()
    ]
    return Narrowing(facet.name, str(facet.title), tuple(shown), is_capped)


def _values(counts: Mapping[str, int], name: str, chosen: Iterable[str]) -> dict[str, int]:
    """Value -> count, most first, then by value; what is chosen stays in it with its nought."""
    start = len(name) + 1
    found = {fact[start:]: times for fact, times in counts.items() if fact.startswith(f"{name}=")}
    found = dict.fromkeys(chosen, 0) | found
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _hits(keys: list[int]) -> tuple[Hit, ...]:
    rows = backend.documents(keys)
    return tuple(_hit(rows[key]) for key in keys if key in rows)


def _hit(row: Document) -> Hit:
    facets: dict[str, tuple[str, ...]] = {}
    for fact in facts_of(row.combination.facets):
        name, _, value = fact.partition("=")
        facets[name] = (*facets.get(name, ()), value)
    point = (row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
    return Hit(row.kind, row.object_id, row.title, facets, row.fresh, point)
