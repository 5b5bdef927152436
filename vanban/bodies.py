"""What a body is: its kinds and sorts, and where in a text a body begins. The words themselves are data.

`data/bodies.json` holds the kinds of bodies ("Sở", "Cục"), the sorts of generic bodies ("các sở, ngành"),
known names that have commas in them, and the words at which a name in running prose ends.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

from vanban.folding import folded

_TOKEN = re.compile(r"[\w&]+|[^\w\s]|\n")
JOINTS = frozenset(map(folded, ("và", "hoặc", "cùng", "với")))


class Token(NamedTuple):
    start: int
    end: int
    text: str
    fold: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a body: its kind as written in the data, and the token at which its name begins.

    family: the sort of a generic body, None for a named one; plural: one kind for several; head: "Giám đốc";
    unit: of a named People's Committee.
    """

    kind: str
    family: str | None
    plural: bool
    name: int
    person: bool = False
    head: str = ""
    unit: str = ""

    @property
    def is_generic(self) -> bool:
        return self.family is not None


@dataclass(frozen=True, slots=True)
class Data:
    kinds: dict[tuple[str, ...], dict[str, Any]]
    families: dict[tuple[str, ...], str]
    heads: frozenset[tuple[str, ...]]
    determiners: frozenset[tuple[str, ...]]
    joined: frozenset[tuple[str, ...]]
    not_bodies: frozenset[tuple[str, ...]]
    stops: frozenset[tuple[str, ...]]
    compounds: frozenset[tuple[str, ...]]
    units: frozenset[tuple[str, ...]]
    generic: frozenset[str]
    names: dict[str, frozenset[tuple[str, ...]]]
    closed: frozenset[str]
    district: frozenset[tuple[str, ...]]
    commune: frozenset[tuple[str, ...]]
    below: frozenset[tuple[str, ...]]  # units below the province


def _key(text: str) -> tuple[str, ...]:
    return tuple(t.fold for t in tokens(text) if t.is_word)


def _keys(texts: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_key, texts))


@cache
def data() -> Data:
    raw = json.loads(resources.files("vanban").joinpath("data/bodies.json").read_text(encoding="utf-8"))
    families = {
        _key(word): family
        for groups in (raw["families"], raw["families_by_whole_name"])
        for family, words in groups.items()
        for word in words
    }
    words = [
        *raw["generic_words"],
        *raw["determiners"],
        *(w for group in raw["families"].values() for w in group),
    ]
    return Data(
        kinds={_key(kind["word"]): kind for kind in raw["kinds"]},
        families=families,
        heads=_keys(raw["heads"]),
        determiners=_keys(raw["determiners"]),
        joined=_keys(raw["joined"]),
        not_bodies=_keys(raw["not_bodies"]),
        stops=_keys(raw["stops"]),
        compounds=_keys(raw["compounds"]),
        units=_keys(raw["units"]),
        generic=frozenset(syllable for word in words for syllable in _key(word)),
        names={kind: _keys(names) for kind, names in raw["names"].items()},
        closed=frozenset(raw["closed"]),
        district=_keys(raw["district_units"]),
        commune=_keys(raw["commune_units"]),
        below=_keys([*raw["district_units"], *raw["commune_units"]]),
    )


def tokens(text: str) -> list[Token]:
    """The words and single marks of a text, with their folded forms."""
    return [Token(m.start(), m.end(), m.group(), folded(m.group())) for m in _TOKEN.finditer(text)]


_BEGINNINGS: dict[int, frozenset[tuple[str, ...]]] = {}


def _beginnings(keys: Any) -> frozenset[tuple[str, ...]]:
    """All beginnings of the keys of one of the sets in `data()`, which are made once and stay."""
    if id(keys) not in _BEGINNINGS:
        _BEGINNINGS[id(keys)] = frozenset(key[:n] for key in keys for n in range(1, len(key) + 1))
    return _BEGINNINGS[id(keys)]


def longest(toks: list[Token], i: int, keys: Any) -> int:
    """How many tokens from i make up the longest of the keys, 0 for none; marks in a name do not count."""
    if not keys:
        return 0
    begun = _beginnings(keys)
    key: tuple[str, ...] = ()
    found, j = 0, i
    while j < len(toks):
        if toks[j].is_word:
            key = (*key, toks[j].fold)
            if key not in begun:
                break
            if key in keys:
                found = j + 1 - i
        elif not key or toks[j].text not in ",-–":
            break
        j += 1
    return found


@cache
def _openers() -> frozenset[str]:
    """The first words of all that a body may begin with."""
    known = data()
    return frozenset(
        key[0] for keys in (known.determiners, known.heads, known.kinds, known.families) for key in keys
    )


def opening(toks: list[Token], i: int) -> Opening | None:
    """The body that begins at token i, if one does."""
    if i >= len(toks) or toks[i].fold not in _openers():
        return None
    known = data()
    start, plural = i, False
    if size := longest(toks, i, known.determiners):
        i, plural = i + size, True
    if head := longest(toks, i, known.heads):
        if i + head >= len(toks) or not (rest := opening(toks, i + head)):
            return Opening("head", "heads", plural, i + head, True) if toks[i].is_capital else None
        shared = rest.plural and not rest.is_generic
        title = " ".join(t.text for t in toks[i : i + head])
        return replace(rest, plural=shared, person=True, head=title)
    if longest(toks, i, known.not_bodies) or i >= len(toks):
        return None
    return _named(toks, i, plural) or _generic(toks, i, plural, i == start)


def _named(toks: list[Token], i: int, plural: bool) -> Opening | None:
    known = data()
    size = longest(toks, i, known.kinds)
    if not size:
        return None
    kind = known.kinds[tuple(t.fold for t in toks[i : i + size] if t.is_word)]
    after = toks[i + size] if i + size < len(toks) else None
    if plural and after and after.text == ":":
        return Opening(kind["word"], None, True, i + size + 1)
    if kind["class"] == "people":
        return _council(toks, i + size, kind["word"], plural)
    named = after is not None and after.is_word and (after.is_capital or after.fold not in known.generic)
    if named and not (toks[i].is_capital or (after and after.is_capital)):
        named = False
    if after and after.fold in JOINTS:
        named = False
    of_unit = longest(toks, i + size, known.units) and not longest(toks, i, known.families)
    if named or ((kind.get("alone") or of_unit) and toks[i].is_capital):
        return Opening(kind["word"], None, plural, i + size)
    return None


def _council(toks: list[Token], i: int, kind: str, plural: bool) -> Opening:
    """A People's Committee: of one named unit, or of all units of a kind."""
    known = data()
    many = longest(toks, i, known.determiners)
    size = longest(toks, i + many, known.units)
    after = i + many + size
    if size and after < len(toks) and (toks[after].is_capital or toks[after].text == ":"):
        unit = " ".join(t.text.lower() for t in toks[i + many : after])
        name = after + (toks[after].text == ":")
        return Opening(kind, None, bool(many) or plural, name, unit=unit)
    unit_key = tuple(t.fold for t in toks[i + many : after])
    whole = not many and unit_key not in known.district | known.commune
    return Opening(kind, None if whole else "councils", plural or bool(many), i)


def _generic(toks: list[Token], i: int, plural: bool, bare_start: bool) -> Opening | None:
    known = data()
    size = longest(toks, i, known.families)
    if not size:
        return None
    key = tuple(t.fold for t in toks[i : i + size] if t.is_word)
    if key in known.kinds and (name := _after_colon(toks, i + size)):
        return Opening(known.kinds[key]["word"], None, True, name)
    return Opening(" ".join(key), known.families[key], plural and not bare_start, i + size)


def _after_colon(toks: list[Token], i: int) -> int:
    """Where the names of "các sở, ngành: A, B" begin; 0 where no colon before a name follows the sorts."""
    while i < len(toks) and (
        toks[i].text == "," or (not toks[i].is_capital and toks[i].fold in data().generic)
    ):
        i += 1
    return i + 1 if i + 1 < len(toks) and toks[i].text == ":" and toks[i + 1].is_capital else 0


def unit_at(toks: list[Token], i: int) -> int:
    """Where the name of a unit below the province begins, as token: "phường Hòa Bình"; 0 where none does.

    "các xã, phường" is one as well, from the first unit on.
    """
    known = data()
    many = longest(toks, i, known.determiners)
    size = longest(toks, i + many, known.below)
    after = i + many + size
    if not size or longest(toks, i + many, known.not_bodies):
        return 0
    return after if many or (after < len(toks) and toks[after].is_capital) else 0


def is_generic(text: str) -> bool:
    """Whether a body is named by its sort only ("các sở, ngành liên quan", "UBND các xã, phường")."""
    toks = [t for t in tokens(text) if t.is_word]
    found = opening(toks, 0)
    return bool(found and found.is_generic and all(t.fold in data().generic for t in toks[found.name :]))


def kind(text: str) -> str:
    """What a body is: department, board, commune, central, district, enterprise, association or other.

    For a generic body the first sort it names; a People's Committee by its unit (of a province: other).
    """
    known = data()
    toks = tokens(text)
    i = longest(toks, 0, known.determiners)
    i += _head(toks[i:])
    i += longest(toks, i, known.determiners)
    size = longest(toks, i, known.kinds)
    found = known.kinds[tuple(t.fold for t in toks[i : i + size] if t.is_word)] if size else None
    if found and found["class"] == "people":
        return _unit_class(toks, i + size)
    if found and toks[i].is_capital:
        return str(found["class"])
    family = known.families.get(
        tuple(t.fold for t in toks[i : i + longest(toks, i, known.families)] if t.is_word)
    )
    return "enterprise" if family == "business" else str(found["class"]) if found else "other"


def _head(toks: list[Token]) -> int:
    return longest(toks, 0, data().heads)


def _unit_class(toks: list[Token], i: int) -> str:
    known = data()
    words = [(t.fold,) for t in toks[i:] if t.is_word]
    pairs = [(a[0], b[0]) for a, b in pairwise(words)]
    for unit in [*words[:4], *pairs[:3]]:
        if unit in known.district:
            return "district"
        if unit in known.commune and unit not in {_key("thị"), _key("thành")}:
            return "commune"
    return "other"
