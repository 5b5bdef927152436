"""A plan of the next period out of one that ends: the chosen items with their years moved, as a draft to look through.

Years are moved where they are years of the old period: in the fields that hold years, and in words where they stand
alone or as a span ("giai đoạn 2026 - 2030", "đến năm 2030"). A year inside the number or date of another paper
("15/2026/NĐ-CP", "ngày 10/12/2026") stays. A body that has ended is named by the only one that succeeded it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luc.agencies.models import Party, PartySuccession
from luc.plans.fields import LISTS, empty_item
from luc.plans.intake import Content, Item
from luc.plans.models import Duty, Part, Regime, Target
from luc.plans.standing import Standing
from luc.plans.suggest import choice

# not inside a longer number, nor of a paper's number or a date
_YEAR = re.compile(r"(?<![\d/.])(20\d\d)(?![\d/]|\.\d)")
_DATE = re.compile(r"tháng \d{1,2} năm $")  # "ngày 10 tháng 12 năm 2026" is a date of a paper
_TEXTS = ("text", "subject", "timeframe", "output", "title", "period", "quote")
_YEARS = ("year", "baseline_year", "period_start", "period_end", "vision")
_PARTIAL = ("start", "end")
_NAMES = ("lead", "coordinate", "agencies", "reporters")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a plan goes along: items by their key, and of these the tasks that keep who works along."""

    keys: frozenset[str]
    coordinated: frozenset[str]
    start: int
    end: int | None


@dataclass(slots=True)
class Successor:
    """What the review of the next plan starts from: its content, the choices, and who is meant by each name.

    came: by the key of each item, the rows of the old plan that it comes from ("target-5", "duty-7").
    """

    content: Content
    choices: dict[str, Any] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)
    renamed: frozenset[str] = frozenset()
    came: dict[str, list[str]] = field(default_factory=dict)


def successor(old: Standing, chosen: Chosen, on: date) -> Successor:
    """The next plan as a person chose it, from the plan as it stands on a day."""
    names = _Names(old, on)
    move = _Mover(old, chosen)
    made = Successor({"header": move.header(old.content["header"]), "body": []})
    made.content["bases"] = _keyed(old.content["bases"])
    kinds: dict[str, dict[str, Any]] = {"leads": {}, "answering": {}, "collectors": {}, "reporters": {}}
    for section in LISTS:
        if section.name in ("bases", "body"):
            continue
        items = [item for item in old.content[section.name] if item["key"] in chosen.keys]
        made.content[section.name] = [
            {
                **empty_item(section),
                **names.named(move.item(item, chosen)),
                "key": f"{section.prefix}-{n}",
                "changed": 0,
            }
            for n, item in enumerate(items, 1)
        ]
        for item, new in zip(items, made.content[section.name], strict=True):
            _choose(kinds, old, item, new, names)
            kind = item["key"].partition("-")[0]
            made.came[new["key"]] = [f"{kind}-{row.pk}" for row in old.rows[item["key"]]]
    made.choices = {
        "focal": _accepted(names.of(old.plan.focal_id)),
        "programme": old.plan.programme_id,
        "territory": old.plan.territory_id,
        "covered": {},
        **kinds,
    }
    made.parties, made.renamed = names.parties, frozenset(names.renamed)
    return made


def _keyed(bases: Iterable[Item]) -> list[Item]:
    section = next(one for one in LISTS if one.name == "bases")
    names = {one.name for one in section.fields} | {"places"}
    return [
        {**empty_item(section), "places": []}
        | {name: value or "" for name, value in base.items() if name in names and name != "places"}
        | {"key": f"{section.prefix}-{n}", "changed": 0, "places": base.get("places") or []}
        for n, base in enumerate(bases, 1)
    ]


def _accepted(party: int) -> dict[str, Any]:
    return choice() | {"party": party, "accepted": True}


def _choose(kinds: Mapping[str, dict[str, Any]], old: Standing, item: Item, new: Item, names: _Names) -> None:
    """Who leads, answers, collects and reports where the paper printed nobody, as the old plan had it."""
    kind, _dash, number = item["key"].partition("-")
    row = old.rows[item["key"]][0]
    if isinstance(row, Target):
        kinds["answering"][new["key"]] = _accepted(names.of(row.answering_id))
    if kind == "task" and not new["lead"]:
        leads = [part for part in old.parts.get(int(number), []) if part.role == Part.Role.LEAD]
        kinds["leads"][new["key"]] = _accepted(names.of(leads[0].party_id)) if leads else choice()
    if kind == "regime":
        if not new["consolidator"]:
            kinds["collectors"][new["key"]] = choice()
        if not new["reporters"]:
            bound = old.bound.get(int(number), [])
            kinds["reporters"][new["key"]] = _accepted(names.of(bound[0].party_id)) if bound else choice()


class _Mover:
    """Moves the years of one period to the next."""

    def __init__(self, old: Standing, chosen: Chosen) -> None:
        begins = old.plan.period_start
        self.by = chosen.start - begins if begins else 0
        last = max(filter(None, (old.plan.period_end, old.plan.vision, begins)), default=0)
        # what lies before the period is history (a baseline): it stays
        self.years = range(begins or 0, last + 1) if begins else range(0)
        self.chosen = chosen

    def year(self, value: int | None) -> int | None:
        return value + self.by if value in self.years and value is not None else value

    def words(self, text: str) -> str:
        def moved(match: re.Match[str]) -> str:
            is_date = _DATE.search(text[: match.start()])
            return match[0] if is_date else str(self.year(int(match[1])))

        return _YEAR.sub(moved, text)

    def item(self, item: Item, chosen: Chosen) -> Item:
        """The same with its years moved; without who works along where that was not chosen."""
        new = {name: value for name, value in item.items() if name != "parties"}
        new |= {name: self.words(new[name]) for name in _TEXTS if new.get(name)}
        new |= {name: self.year(new[name]) for name in _YEARS if new.get(name)}
        new |= {name: self._partial(new[name]) for name in _PARTIAL if new.get(name)}
        if "coordinate" in new and item["key"] not in chosen.coordinated:
            new["coordinate"] = []
        return new

    def _partial(self, text: str) -> str:
        """ "2026-Q2" five years later."""
        year = self.year(int(text[:4])) if text[:4].isdecimal() else None
        return f"{year}{text[4:]}" if year else text

    def header(self, header: Item) -> Item:
        """The head of a draft: no number, no date, nobody has signed it."""
        blank = {
            "number": "",
            "date": "",
            "signer_name": "",
            "places": [],
            "key": "dau-van-ban",
            "changed": 0,
        }
        kept = {name: value for name, value in header.items() if name not in ("parties", "bases")}
        moved = self.item(kept | {"key": header["key"]}, self.chosen)
        ends = self.chosen.end or self.year(header["period_end"])
        return moved | blank | {"period_start": self.chosen.start, "period_end": ends}


class _Names:
    """Who is meant by the names of a plan today."""

    def __init__(self, old: Standing, on: date) -> None:
        self.parties: dict[str, int] = {}
        self.renamed: set[str] = set()
        self._old = old
        lines = PartySuccession.objects.filter(
            old__tenant=old.plan.tenant_id, old__valid_to__lte=on, on__lte=on
        )
        new: dict[int, list[Party]] = {}
        for line in lines.select_related("new"):
            new.setdefault(line.old_id, []).append(line.new)
        self._heirs = {pk: heirs[0] for pk, heirs in new.items() if len(heirs) == 1}
        self._meant = _meant(old)

    def of(self, party: int) -> int:
        """The party of today: itself, or the only one that succeeded it."""
        heir = self._last_heir(party)
        return heir.pk if heir else party

    def _last_heir(self, party: int) -> Party | None:
        """Who stands at the end of the line of successors; None when it goes on itself."""
        heir, passed = self._heirs.get(party), {party}
        while heir and heir.pk in self._heirs and heir.pk not in passed:
            passed.add(heir.pk)
            heir = self._heirs[heir.pk]
        return heir

    def named(self, item: Item) -> Item:
        """An item with the names of today; each name is kept with the party that it means."""
        new: Item = {name: [self._name(one) for one in item[name]] for name in _NAMES if item.get(name)}
        if item.get("consolidator"):
            new["consolidator"] = self._name(item["consolidator"])
        return item | new

    def _name(self, printed: str) -> str:
        meant = self._meant.get(printed)
        if meant is None:
            return printed
        heir = self._last_heir(meant)
        name = heir.name if heir else printed
        if name != printed:
            self.renamed.add(name)
        self.parties.setdefault(name, heir.pk if heir else meant)
        return name


def _meant(old: Standing) -> dict[str, int]:
    """Which party each printed name of a plan means."""
    found: dict[str, int] = {}
    for parts in old.parts.values():
        found.update({part.printed: part.party_id for part in parts if part.printed})
    for lines in old.bound.values():
        found.update({line.printed: line.party_id for line in lines if line.printed})
    for row in (row for rows in old.rows.values() for row in rows):
        if isinstance(row, Duty):
            found[row.printed] = row.party_id
        elif isinstance(row, Regime) and row.collector is not None:
            found[row.collector.name] = row.collector.pk
    return found


def as_read(content: Content) -> dict[str, Any]:
    """The content of a review as the reading it would come from, so that later corrections show beside it."""
    header = content["header"]
    signer = {part: header.get(f"signer_{part}") or None for part in ("authority", "title", "name")}
    return {
        **{name: header[name] for name in ("number", "date", "issuer", "kind", "title", "period")},
        **{name: header[name] for name in ("period_start", "period_end", "vision")},
        "signer": signer,
        "recipients": header["recipients"],
        "legal_bases": content["bases"],
        "targets": [
            {**item, "direction": "decrease" if item["is_decrease"] else "increase"}
            for item in content["targets"]
        ],
        "tasks": [{**item, "timeframe": _when(item)} for item in content["tasks"]],
        "body_tasks": [],
        "organisation": [
            {"agency": "; ".join(item["agencies"]), "items": [item["text"]], "item_places": [item["places"]]}
            for item in content["duties"]
        ],
        "reporting": content["regimes"],
    }


def _when(item: Item) -> Item:
    return {"text": item["timeframe"]} | {name: item[name] or None for name in ("start", "end", "recurrence")}


def all_keys(old: Standing) -> Collection[str]:
    """The keys of everything that can go along."""
    return [item["key"] for name in ("targets", "tasks", "duties", "regimes") for item in old.content[name]]
