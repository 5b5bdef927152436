"""What is asked, as plain values, and its address: one that can be shared, and that takes rubbish without complaint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qs, urlencode

from luc.kernel.search.registering import facets_of

Sort = Literal["relevance", "name", "newest"]
Box = tuple[float, float, float, float]  # south, west, north, east
SORTS: dict[str, Sort] = {"lien-quan": "relevance", "ten": "name", "moi": "newest"}
_NAMES = {sort: name for name, sort in SORTS.items()}
LONGEST = 200  # letters of a question
_VALUES = 30  # values that one facet is narrowed to


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: words as typed, kinds (none: all), what it is narrowed to by facet, order, page, part of a map.

    Values of one facet widen each other, facets narrow each other. Page counts from 1.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    narrowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    box: Box | None = None

    def query(self, **changed: object) -> str:
        """The question as the query part of an address ("" for the empty one); `changed` as `replace` takes it."""
        asked = replace(self, **changed) if changed else self  # type: ignore[arg-type]
        pairs = [_pair("tim", asked.words)] if asked.words else []
        pairs += [_pair(name, value) for name, values in sorted(asked.narrowed.items()) for value in values]
        if asked.sort != "relevance":
            pairs.append(_pair("xep", _NAMES[asked.sort]))
        if asked.box:
            pairs.append(_pair("khung", ",".join(f"{edge:.5g}" for edge in asked.box)))
        if asked.page > 1:
            pairs.append(_pair("trang", str(asked.page)))
        return "&".join(pairs)

    def toggled(self, name: str, value: str) -> Asked:
        """The question with one value of a facet added, or taken away where it is; from its first page."""
        values = self.narrowed.get(name, ())
        left = tuple(one for one in values if one != value) if value in values else (*values, value)
        rest = {other: kept for other, kept in self.narrowed.items() if other != name}
        if rest:
            facets = facets_of(self.kinds)
            inside = {other for other in rest if other in facets and facets[other].within == name}
            rest = {other: kept for other, kept in rest.items() if other not in inside}
        return replace(self, narrowed=rest | ({name: left} if left else {}), page=1)


def asked_from(query: str, kinds: Iterable[str] = ()) -> Asked:
    """The question of an address; what is no part of one is left out. The page names the kinds, not the address."""
    found = _parsed(query)
    known = facets_of(named := tuple(kinds))
    narrowed = {
        name: tuple(dict.fromkeys(value.replace("\n", " ")[:100] for value in values if value.strip()))[
            :_VALUES
        ]
        for name, values in found.items()
        if name in known
    }
    return Asked(
        words=_first(found, "tim")[:LONGEST].strip(),
        kinds=named,
        narrowed={name: values for name, values in narrowed.items() if values},
        sort=SORTS.get(_first(found, "xep"), "relevance"),
        page=_page(_first(found, "trang")),
        box=_box(_first(found, "khung")),
    )


@lru_cache(maxsize=4_096)
def _pair(name: str, value: str) -> str:
    """A name and its value as they stand in an address; a page of results writes the same ones a hundred times."""
    return urlencode([(name, value)])


def _parsed(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query.replace("\0", ""), max_num_fields=200)
    except ValueError:  # more fields than a person narrows by
        return {}


def _first(found: Mapping[str, list[str]], name: str) -> str:
    return found.get(name, [""])[0]


def _page(said: str) -> int:
    return max(1, int(said)) if said.isascii() and said.isdecimal() and len(said) < 7 else 1


def _box(said: str) -> Box | None:
    try:
        south, west, north, east = (float(edge) for edge in said.split(","))
    except ValueError:
        return None
    whole = -90 <= south < north <= 90 and -180 <= west < east <= 180
    return (south, west, north, east) if whole else None
