"""From the Reading that vanban gives to the content that people correct: flat items with keys that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from luc.plans.fields import LISTS, SECTIONS, Section, empty_item
from vanban import agencies
from vanban.document import Words

Item = dict[str, Any]
Content = dict[str, Any]

NAME_LIMIT = 300
# "chậm nhất ngày X" includes the day, "trước ngày X" does not (words.md)
_INCLUDES = re.compile(r"\b(?:chậm nhất|muộn nhất)\b", re.IGNORECASE)


def content_of(read: Mapping[str, Any]) -> Content:
    """The content of a reading as it was read; the same reading always gives the same keys."""
    content: Content = {
        "header": _header(read),
        "bases": [_plain(item, "number", "name", "date", "role") for item in read.get("legal_bases") or []],
        "targets": [_target(item) for item in read.get("targets") or []],
        "tasks": [_task(item) for item in read.get("tasks") or []],
        "body": [_task(item) for item in read.get("body_tasks") or []],
        "duties": [duty for entry in read.get("organisation") or [] for duty in _duties(entry)],
        "regimes": [_regime(item) for item in read.get("reporting") or []],
    }
    for section in LISTS:
        content[section.name] = [
            _keyed(section, number, item) for number, item in enumerate(content[section.name], 1)
        ]
    return content


def _keyed(section: Section, number: int, item: Item) -> Item:
    return {**empty_item(section), **item, "key": f"{section.prefix}-{number}", "changed": 0}


def _of(item: Mapping[str, Any]) -> Item:
    """Which item of an adopted plan it changes, where the paper says so (plans.relating)."""
    return {"of": item["of"]} if "of" in item else {}


def items(content: Content) -> Iterable[tuple[Section, Item]]:
    """Every item with its section, the header first, in the order of the sections."""
    for section in SECTIONS:
        found = content[section.name]
        for item in [found] if isinstance(found, dict) else found:
            yield section, item


def find(content: Content, key: str) -> tuple[Section, Item]:
    """The item of a key. Raises KeyError when there is none (any more)."""
    for section, item in items(content):
        if item["key"] == key:
            return section, item
    raise KeyError(key)


def printed_names(content: Content) -> dict[str, list[str]]:
    """Every printed name of a body, with the keys of the items that name it."""
    found: dict[str, list[str]] = {}
    for section, item in items(content):
        names = [name for field in section.fields if field.kind == "names" for name in item[field.name]]
        if section.name == "regimes" and item["consolidator"]:
            names.append(item["consolidator"])
        for name in names:
            keys = found.setdefault(name, [])
            if item["key"] not in keys:
                keys.append(item["key"])
    return found


def names_in(text: str) -> list[str]:
    """The single bodies of a printed list, each written out."""
    return _names(words.text for words in agencies.split(Words(text)))


def _names(names: Iterable[str]) -> list[str]:
    """Each name once, not longer than can be kept; longer ones are no names but misread sentences."""
    return list(dict.fromkeys(name[:NAME_LIMIT] for name in names if name))


def _header(read: Mapping[str, Any]) -> Item:
    signer = read.get("signer") or {}
    names = ("number", "date", "issuer", "kind", "title", "period", "period_start", "period_end", "vision")
    places = [place for where in (read.get("header_places") or {}).values() for place in where]
    return {
        **_plain(read, *names),
        **{f"signer_{part}": signer.get(part) or "" for part in ("authority", "title", "name")},
        "recipients": list(read.get("recipients") or []),
        "places": places,
        "key": "dau-van-ban",
        "changed": 0,
    }


_YEARS = {"period_start", "period_end", "vision"}


def _plain(item: Mapping[str, Any], *names: str) -> Item:
    """The named values: words are never None, years and figures may be."""
    kept = {name: item.get(name) if name in _YEARS else item.get(name) or "" for name in names}
    return {**kept, "places": _places(item), **_of(item)}


def _places(item: Mapping[str, Any]) -> list[Any]:
    return list(item.get("places") or [])


def _target(item: Mapping[str, Any]) -> Item:
    kept = {name: item.get(name) for name in ("value_min", "value_max", "year", "baseline_year")}
    return {
        **_plain(item, "text", "subject", "unit", "comparator"),
        **kept,
        "is_decrease": item.get("direction") == "decrease",
    }


def _task(item: Mapping[str, Any]) -> Item:
    when = item.get("timeframe") or {}
    return {
        **_plain(item, "group", "no", "text", "output", "priority", "funding", "note"),
        "lead": _names(item.get("lead") or []),
        "coordinate": _names(item.get("coordinate") or []),
        "timeframe": when.get("text") or "",
        **{name: when.get(name) or "" for name in ("start", "end", "recurrence")},
        "source": item.get("source") or "body",
    }


def _duties(entry: Mapping[str, Any]) -> list[Item]:
    """One item for each duty of an entry; its places stand in the entry's item_places, else in its places."""
    names = names_in(entry.get("agency") or "")
    texts = [item if isinstance(item, Mapping) else {"text": item} for item in entry.get("items") or []]
    apart = entry.get("item_places") or []
    found = []
    for n, item in enumerate(texts):
        places = item.get("places") or (apart[n] if n < len(apart) else None) or _places(entry)
        found.append({"agencies": names, "text": item.get("text") or "", "places": list(places), **_of(item)})
    return found


def _regime(item: Mapping[str, Any]) -> Item:
    quote = item.get("quote") or ""
    return {
        **_plain(item, "reporter", "frequency"),
        "consolidator": (item.get("consolidator") or "")[:NAME_LIMIT],
        "reporters": names_in(item.get("reporter") or ""),
        "to": list(item.get("to") or []),
        "deadline_day": item.get("deadline_day"),
        "deadline_month": item.get("deadline_month"),
        "includes_day": bool(_INCLUDES.search(quote)),
        "also_on_request": bool(item.get("also_on_request")),
        "quote": quote,
    }
