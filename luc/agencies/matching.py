"""Which party a paper means by a name: written out, abbreviated, with the province behind it, or misspelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from luc.agencies.models import Party, PartyName
from luc.kernel.text import folded, search_key
from luc.territory.models import Unit
from luc.territory.queries import tenant_units
from vanban.agencies import is_generic, kind
from vanban.bodies import data, longest, tokens

SHOWN = 5
_WORTH_SHOWING = 0.6
_OF_ANOTHER_KIND = 0.7  # a ministry is no department, however alike the names
_NOT_THERE_YET = 0.05  # what a party loses that did not exist on the paper's day
# short forms of words, as whole words; a department's own short form ("Sở TC") is a name of the party
_SHORT_FORMS = [
    (re.compile(rf"(?<!\w){short}\b\.?"), words)
    for short, words in (
        (r"vp(?=\W*(?:ubnd|ủy ban))", "văn phòng "),
        ("ubnd", "ủy ban nhân dân"),
        ("hđnd", "hội đồng nhân dân"),
        ("ubmttq", "ủy ban mặt trận tổ quốc"),
        ("mttq", "mặt trận tổ quốc"),
        ("bql", "ban quản lý"),
        ("kcn", "khu công nghiệp"),
        ("kcx", "khu chế xuất"),
        ("kkt", "khu kinh tế"),
        ("(?<!sở )tp", "thành phố "),
        ("có liên quan", "liên quan"),
    )
]
_FOOTNOTE = re.compile(r"\s*\([\d\s,;]+\)\s*$")
_UNIT_WORDS = frozenset(
    map(folded, ["tỉnh", "phố", "quận", "huyện", "thị xã", "xã", "phường", "khu", "trấn"])
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that a name may mean; `sure`: the name is its own, nobody else's, and it existed then."""

    party: int
    name: str
    likeness: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Places:
    """How papers add the province to a name: words at its end that say nothing about which body it is."""

    own: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name made comparable: its words, those without the province; `elsewhere`: that was a merged one."""

    full: str
    short: str
    elsewhere: bool = False


@dataclass(slots=True)
class Known:
    """A party with every spelling of its names."""

    party: Party
    spellings: set[Spelling] = field(default_factory=set)


def match(tenant: int, names: Collection[str], on: date) -> dict[str, list[Candidate]]:
    """For each name the parties it may mean, best first, at most SHOWN; in a fixed number of statements.

    Parties that existed on the paper's day come before those that did not.
    """
    places = _places(list(tenant_units(tenant)))
    known = _known(tenant, places)
    return {name: _candidates(known, _spelling(name, places), name, on) for name in names}


def _known(tenant: int, places: Places) -> list[Known]:
    known = {
        party.pk: Known(party)
        for party in Party.objects.filter(tenant=tenant, is_listed=True).order_by("sort_key", "pk")
    }
    others = PartyName.objects.filter(tenant=tenant, party__is_listed=True).values_list("party", "name")
    own = [
        (pk, name) for pk, entry in known.items() for name in (entry.party.name, entry.party.short) if name
    ]
    for pk, name in [*own, *others]:
        known[pk].spellings.add(_spelling(name, places))
    return list(known.values())


def _candidates(known: Iterable[Known], wanted: Spelling, name: str, on: date) -> list[Candidate]:
    generic, wanted_kind = is_generic(name), kind(name)
    found = []
    for entry in known:
        likeness = max(_likeness(wanted, spelling) for spelling in entry.spellings)
        if likeness < 0.9 and not _of_a_kind(entry.party, generic, wanted_kind):
            likeness *= _OF_ANOTHER_KIND
        elif generic and wanted_kind in entry.party.member_kinds:
            likeness = max(likeness, 0.8)
        exists = _existed(entry.party, on)
        likeness = round(likeness if exists else likeness - _NOT_THERE_YET, 3)
        if likeness >= _WORTH_SHOWING:
            found.append(Candidate(entry.party.pk, entry.party.name, likeness, exists and likeness >= 0.98))
    found.sort(key=lambda candidate: -candidate.likeness)
    if len(found) > 1 and found[0].likeness == found[1].likeness:
        found = [replace(candidate, sure=False) for candidate in found]
    return [found[0], *(replace(other, sure=False) for other in found[1:SHOWN])] if found else []


def _likeness(wanted: Spelling, known: Spelling) -> float:
    if _compact(wanted.full) == _compact(known.full):
        return 1.0
    if wanted.elsewhere != known.elsewhere:
        return min(0.9, _written_like(wanted, known))
    return _written_like(wanted, known)


def _written_like(wanted: Spelling, known: Spelling) -> float:
    if _compact(wanted.short) == _compact(known.short):
        return 0.99
    if _bare(wanted.short) == _bare(known.short):
        return 0.98
    return min(0.95, fuzz.ratio(wanted.short, known.short) / 100)


def _of_a_kind(party: Party, generic: bool, wanted: str) -> bool:
    """Whether a name that was not found word for word can mean this party at all."""
    if generic != (party.kind == Party.Kind.GROUP):
        return False
    kinds = party.member_kinds if generic else [party.kind]
    return wanted == "other" or not kinds or wanted in kinds or party.kind == Party.Kind.OTHER


def _existed(party: Party, on: date) -> bool:
    return (party.valid_from is None or party.valid_from <= on) and (
        party.valid_to is None or party.valid_to > on
    )


def _places(units: list[Unit]) -> Places:
    def of(some: list[Unit]) -> tuple[str, ...]:
        words = [
            w for unit in some for w in (unit.full_name, unit.name, unit.full_name.removesuffix(unit.name))
        ]
        return tuple(sorted(set(map(_key, words)), key=len, reverse=True))

    own = {unit.name for unit in units if unit.valid_to is None}
    mine = of([unit for unit in units if unit.name in own])
    rest = of([unit for unit in units if unit.name not in own])
    return Places(mine, tuple(words for words in rest if words not in mine))


def _spelling(name: str, places: Places) -> Spelling:
    full = _key(name)
    short = _key(_without_head(name))
    elsewhere = False
    while cut := next((w for w in (*places.own, *places.inherited) if _ends_with_place(short, w)), ""):
        elsewhere = elsewhere or cut in places.inherited
        short = short.removesuffix(cut).strip()
    return Spelling(full, short, elsewhere)


def _without_head(name: str) -> str:
    """The body behind the person who heads it: "Giám đốc Sở Tài chính" is the Sở."""
    words = tokens(name)
    size = longest(words, 0, data().heads)
    return name[words[size].start :] if 0 < size < len(words) else name


def _ends_with_place(name: str, place: str) -> bool:
    """Whether a name goes on behind the body with a place; the name of a ward stays with its ward."""
    before, found, after = name.rpartition(" " + place)
    return bool(found and not after and before.split()[-1] not in _UNIT_WORDS)


@cache
def _key(text: str) -> str:
    """The words that count, abbreviations of words written out."""
    text = _FOOTNOTE.sub("", unicodedata.normalize("NFC", text)).lower()
    for short, words in _SHORT_FORMS:
        text = short.sub(words, text)
    return " ".join(word for word in folded(text).split() if word != folded("và"))


def _compact(key: str) -> str:
    return key.replace(" ", "")


def _bare(key: str) -> str:
    """A key without its marks; folded keys carry the tone as a digit."""
    return "".join(char for char in search_key(key) if not char.isdigit() and char != " ")
