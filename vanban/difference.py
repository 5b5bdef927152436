"""What differs between two readings: a plan and its amendment, a draft and the signed paper, two provinces.

Items are matched by their words first; group, number and agencies decide between items that read alike. Every
item of both readings is in exactly one pair: matched, added (only new) or dropped (only old).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from vanban.checks.paper import body
from vanban.folding import folded

Item = dict[str, Any]

# the fields of each section that are compared; the first ones are the item's words
_FIELDS: dict[str, tuple[str, ...]] = {
    "legal_bases": ("number", "name", "date"),
    "recipients": ("text",),
    "targets": (
        "text",
        "subject",
        "value_min",
        "value_max",
        "unit",
        "year",
        "comparator",
        "direction",
        "baseline_year",
    ),
    "tasks": (
        "text",
        "group",
        "no",
        "lead",
        "coordinate",
        "timeframe",
        "output",
        "priority",
        "funding",
        "note",
    ),
    "body_tasks": (
        "text",
        "group",
        "subgroup",
        "lead",
        "coordinate",
        "timeframe",
        "output",
        "funding",
        "note",
    ),
    "organisation": ("agency", "text"),
    "reporting": (
        *("reporter", "consolidator", "to", "frequency", "deadline_day", "deadline_month"),
        *("deadline_year", "deadline_next_year", "also_on_request"),
    ),
}
_HEADER = (
    *("number", "date", "issuer", "kind", "title", "period_start", "period_end", "vision"),
    *("signer_name", "signer_title"),
)
_BODIES = {"lead", "coordinate", "to"}
# how alike the words of two items must be to be one item, by section
_LEAST = {"legal_bases": 0.99, "recipients": 0.8, "organisation": 0.7, "reporting": 0.6}
_LEAST_WORDS = 0.62
# how much of the likeness is that one text has all words of the other
_SET_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its old and its new value."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the old reading and the one of the new that it became; None on the side where there is none."""

    section: str
    old: Item | None
    new: Item | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def kind(self) -> str:
        """added, dropped, changed or same."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "dropped"
        return "changed" if self.fields else "same"


Change = Pair


def compare(old: Item, new: Item) -> list[Change]:
    """What was added, dropped and changed from one reading to another, in the order of the new paper.

    `old` and `new` are readings as `understanding.understand` gives them. What was dropped stands behind the
    items of its section. The header is one item, of the section "header".
    """
    return [pair for pair in pairs(old, new) if pair.kind != "same"]


def as_json(change: Change) -> Item:
    """A change as plain values, with the places of its words on both sides."""
    return {
        "section": change.section,
        "kind": change.kind,
        "old": change.old,
        "new": change.new,
        "fields": [{"field": f.field, "old": f.old, "new": f.new} for f in change.fields],
        "old_places": _places(change.old),
        "new_places": _places(change.new),
    }


def paired(section: str, old: Item, new: Item) -> Pair:
    """Two items that are known to be one, with the fields that differ."""
    return _pair(section, old, new)


def pairs(old: Item, new: Item) -> list[Pair]:
    """All items of both readings, each once, matched or alone; unchanged ones too."""
    out = [_header(old, new)]
    for section in _FIELDS:
        out += _matched(section, _items(old, section), _items(new, section))
    return out


def _header(old: Item, new: Item) -> Pair:
    was, now = _head(old), _head(new)
    return Pair("header", was, now, tuple(_changed(was, now, _HEADER)))


def _head(reading: Item) -> Item:
    signer = reading.get("signer") or {}
    head = {key: reading.get(key) for key in _HEADER}
    places = [place for found in (reading.get("header_places") or {}).values() for place in found]
    return head | {"signer_name": signer.get("name"), "signer_title": signer.get("title"), "places": places}


def _items(reading: Item, section: str) -> list[Item]:
    """The items of a section as plain dictionaries; a duty is an item with its agency."""
    found = reading.get(section) or []
    if section == "recipients":
        return [{"text": text} for text in found]
    if section == "organisation":
        return [duty for entry in found for duty in _duties(entry)]
    return list(found)


def _duties(entry: Item) -> Iterator[Item]:
    where = entry.get("item_places") or [entry.get("places")] * len(entry["items"])
    for text, places in zip(entry["items"], where, strict=False):
        yield {"agency": entry["agency"], "text": text, "places": places}


def _matched(section: str, old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    least = _LEAST.get(section, _LEAST_WORDS)
    ranked = sorted(_likenesses(section, old, new, least), key=lambda row: row[:3])
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, i, j in ranked:
        if i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    out = [_pair(section, old[partner[j]] if j in partner else None, item) for j, item in enumerate(new)]
    return out + [_pair(section, item, None) for i, item in enumerate(old) if i not in taken]


def _likenesses(
    section: str, old: Sequence[Item], new: Sequence[Item], least: float
) -> Iterator[tuple[float, int, int, int, int]]:
    """Pairs that may be one item, to be taken in this order: likeness, then how far apart they stand.

    The order is the same from either side, so that a comparison the other way round finds the same pairs.
    """
    words_old, words_new = ([_sorted(_words(section, item)) for item in items] for items in (old, new))
    signs_old, signs_new = (list(map(_signs, items)) for items in (old, new))
    lowest = (least - _SET_SHARE) / (1 - _SET_SHARE) * 100  # below it, the words one has more cannot help
    for i, words in enumerate(words_old):
        found = process.extract(words, words_new, scorer=fuzz.ratio, limit=None, score_cutoff=lowest)
        for _, ordered, j in found:
            alike = _alike(words, words_new[j], ordered)
            if alike >= least:
                yield -(alike + _shared(signs_old[i], signs_new[j])), abs(i - j), i + j, i, j


def _sorted(text: str) -> str:
    """The folded words in one order for all."""
    return " ".join(sorted(folded(text).split()))


def _alike(a: str, b: str, ordered: float) -> float:
    if a == b:
        return 1.0
    whole = _SET_SHARE * fuzz.token_set_ratio(a, b) + (1 - _SET_SHARE) * ordered
    return min(whole, 99.9) / 100


# what speaks for one item among several that read alike; together less than what words say
_SIGNS: dict[str, float] = {
    **{"group": 0.05, "no": 0.03, "lead": 0.05, "agency": 0.1, "year": 0.1, "timeframe": 0.02},
    **{"value_min": 0.05, "value_max": 0.05, "deadline_month": 0.05, "deadline_day": 0.05},
    **{"coordinate": 0.02, "subject": 0.05, "subgroup": 0.03, "marker": 0.01, "date": 0.02},
    **{"reporter": 0.05, "unit": 0.02, "comparator": 0.01, "quote": 0.05, "output": 0.02},
}


def _signs(item: Item) -> dict[str, Any]:
    return {key: _plain(key, item[key]) for key in _SIGNS if item.get(key) is not None}


def _shared(a: dict[str, Any], b: dict[str, Any]) -> float:
    return sum(weight for key, weight in _SIGNS.items() if key in a and key in b and a[key] == b[key])


def _words(section: str, item: Item) -> str:
    if section == "legal_bases":
        return str(item.get("number") or item.get("name") or "")
    if section == "reporting":
        return f"{item.get('frequency')} {body(item.get('consolidator'))} {body(item.get('reporter'))}"
    if section == "targets":
        return f"{item.get('subject') or ''} {item.get('text') or ''}"
    return str(item.get("text") or "")


def _pair(section: str, old: Item | None, new: Item | None) -> Pair:
    fields = tuple(_changed(old, new, _FIELDS[section])) if old is not None and new is not None else ()
    return Pair(section, old, new, fields)


def _changed(old: Item, new: Item, fields: Sequence[str]) -> Iterator[FieldChange]:
    for field in fields:
        if _plain(field, old.get(field)) != _plain(field, new.get(field)):
            yield FieldChange(field, old.get(field), new.get(field))


def _plain(field: str, value: Any) -> Any:
    """A value for comparing: case, spaces, marks of style, the order of bodies do not count; nor does emptiness."""
    if field in _BODIES:
        return frozenset(body(name) for name in value or ())
    if field == "timeframe":
        return (
            tuple((value or {}).get(key) for key in ("start", "end", "recurrence", "event"))
            if value
            else None
        )
    if isinstance(value, str):
        return folded(value) or None
    return value or None if not isinstance(value, int | float) or isinstance(value, bool) else value


def _places(item: Item | None) -> list[Any]:
    return list((item or {}).get("places") or [])
