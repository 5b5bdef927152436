"""A version beside the one before it, line by line: the same, reworded, new, gone; identity by code or name.

What pairs by code or by name is sure. A line that is only like an old one is proposed, and somebody decides.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from luc.industry.catalogue.reading import ROLES
from luc.industry.catalogue.tree import Node
from luc.industry.models import CatalogueItem, CatalogueLine
from luc.kernel.text import folded, search_key

Change = CatalogueLine.Change
COLUMNS = {"number": "number", "code": "code", "name": "name", "unit": "unit", "standard": "standard"}
COLUMNS |= {"hs": "hs_code", "note": "note"}
_LIKE = 70  # of 100: below it a line is not proposed to be an old item
_LIKE_BY_NUMBER = 50  # the same, where number and branch are the same too
_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that reads otherwise than before."""

    title: str
    before: str
    after: str


@dataclass(slots=True)
class Compared:
    """A line beside the item that it is; `asks`: somebody has to say whether it is one of `choices`."""

    node: Node
    item: CatalogueItem | None = None
    asks: bool = False
    is_said: bool = False
    choices: list[CatalogueItem] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def change(self) -> str:
        """new, same or reworded; a line that only moved is the same."""
        if self.item is None:
            return Change.NEW.value
        return Change.REWORDED.value if self.differences else Change.SAME.value


@dataclass(slots=True)
class Beside:
    """A whole version beside the one before: its lines, and the items that it has no more."""

    lines: list[Compared]
    gone: list[CatalogueItem]

    @property
    def asked(self) -> list[Compared]:
        """What waits for a decision."""
        return [one for one in self.lines if one.asks]

    def of(self, change: str) -> list[Compared]:
        """The lines of one kind of change."""
        return [one for one in self.lines if one.change == change]


def compare(nodes: Sequence[Node], items: Iterable[CatalogueItem], decisions: Mapping[str, Any]) -> Beside:
    """Lines beside the items of the version before. `decisions`: by key of a line the item it is, 0 for a new one."""
    there = {item.pk: item for item in items}
    lines = [Compared(node) for node in nodes]
    left = dict(there)
    _decided(lines, left, decisions)
    _paired(lines, left, lambda row: folded(row["code"]), lambda item: folded(item.code))
    above = {item.pk: _above_item(item, there) for item in there.values()}
    by_name = {item.pk: (folded(item.name), above[item.pk]) for item in there.values()}
    names = {one.node.key: (folded(one.node.row["name"]), _above(one.node)) for one in lines}
    _paired(lines, left, lambda row: names[row["key"]], lambda item: by_name[item.pk])
    _paired(lines, left, lambda row: folded(row["name"]), lambda item: folded(item.name))
    _proposed(lines, left, above)
    for one in lines:
        one.differences = _differences(one)
    return Beside(lines, sorted(left.values(), key=lambda item: item.order))


def _above(node: Node) -> str:
    return folded(node.parent.row["name"]) if node.parent else ""


def _above_item(item: CatalogueItem, there: Mapping[int, CatalogueItem]) -> str:
    parent = there.get(item.parent_id or 0)
    return folded(parent.name) if parent else ""


def _decided(lines: Sequence[Compared], left: dict[int, CatalogueItem], decisions: Mapping[str, Any]) -> None:
    for one in lines:
        if one.node.key in decisions:
            pk = decisions[one.node.key]
            if pk == 0 or pk in left:
                one.is_said, one.item = True, left.pop(pk, None)


def _paired(
    lines: Sequence[Compared],
    left: dict[int, CatalogueItem],
    of_row: Callable[[Mapping[str, Any]], Any],
    of_item: Callable[[CatalogueItem], Any],
) -> None:
    """Pair what has the same key, where it stands once on each side; empty keys pair nothing."""
    rows, items = defaultdict(list), defaultdict(list)
    for one in lines:
        if one.item is None and not one.is_said:
            rows[of_row(one.node.row)].append(one)
    for item in left.values():
        items[of_item(item)].append(item)
    for key, (one, *more) in rows.items():
        said = key[0] if isinstance(key, tuple) else key
        if said and not more and len(items.get(key, ())) == 1:
            one.item = left.pop(items[key][0].pk)


def _proposed(lines: Sequence[Compared], left: Mapping[int, CatalogueItem], above: Mapping[int, str]) -> None:
    """Lines that are like an old item of the same kind ask; the likest first. Both sides stay open until said."""
    for one in lines:
        if one.item is not None or one.is_said:
            continue
        key, number, branch = search_key(one.node.row["name"]), one.node.row["number"], _above(one.node)
        liked = []
        for item in left.values():
            if item.is_branch != one.node.is_branch:
                continue
            like = fuzz.token_sort_ratio(key, item.search_key)
            same_place = bool(number) and (number, branch) == (item.number, above[item.pk])
            if like >= (_LIKE_BY_NUMBER if same_place else _LIKE):
                liked.append((-like, item.order, item))
        one.choices = [item for *_order, item in sorted(liked, key=lambda two: two[:2])[:_CHOICES]]
        one.asks = bool(one.choices)


def _differences(one: Compared) -> list[Difference]:
    if one.item is None:
        return []
    found = []
    for role, column in COLUMNS.items():
        before, after = getattr(one.item, column), one.node.row[role]
        if role != "number" and before != after:  # numbers move with every line that is put in between
            found.append(Difference(str(ROLES[role]), before, after))
    return found


def fingerprint(nodes: Sequence[Node], beside: Beside) -> str:
    """What an officer was shown of a version: changes with every word, pairing and item that goes."""
    lines = [[one.node.row, one.item.pk if one.item else None, one.asks] for one in beside.lines]
    told = [
        lines,
        [node.parent.key if node.parent else "" for node in nodes],
        [item.pk for item in beside.gone],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
