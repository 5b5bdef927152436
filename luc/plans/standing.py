"""An adopted plan as it stands on a day, in the shape of a reading's content, so that a paper can be read against it.

Every item has the key of its row ("task-12") instead of the key of a reading, and under `parties` who is meant by
the names of each field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from luc.kernel.time import valid_on
from luc.plans.fields import BY_NAME, DUTIES, HEADER, REGIMES, TARGETS, TASKS, Section
from luc.plans.intake import Content, Item
from luc.plans.models import Duty, Part, Plan, Regime, RegimeParty, Target, Task

# what a row is called in the key of its item, and the section that it stands in
KINDS = {"target": TARGETS, "task": TASKS, "duty": DUTIES, "regime": REGIMES}
KIND_OF = {section.name: kind for kind, section in KINDS.items()} | {HEADER.name: "header"}
SECTION_OF = KINDS | {"header": HEADER}
HEADER_KEY = "header"

Rows = Target | Task | Duty | Regime


@dataclass(slots=True)
class Standing:
    """The content of a plan and the rows behind it, by the key of the item (of a duty, one row a party)."""

    plan: Plan
    content: Content
    rows: dict[str, list[Rows]] = field(default_factory=dict)
    parts: dict[int, list[Part]] = field(default_factory=dict)
    bound: dict[int, list[RegimeParty]] = field(default_factory=dict)

    def item(self, key: str) -> Item | None:
        """The item of a key; None when the plan has none (any more)."""
        if key == HEADER_KEY:
            header: Item = self.content["header"]
            return header
        section = KINDS.get(key.partition("-")[0])
        listed = self.content[section.name] if section else []
        return next((item for item in listed if item["key"] == key), None)

    def section(self, key: str) -> Section:
        """The section of a key. Raises KeyError for a key of nothing."""
        return HEADER if key == HEADER_KEY else KINDS[key.partition("-")[0]]


def standing(plan: Plan, on: date) -> Standing:
    """The plan on a day, in a fixed number of statements."""
    found = Standing(plan, {name: [] for name in BY_NAME})
    found.content["header"] = _header(plan)
    found.content["bases"] = plan.header.get("legal_bases") or []
    _add_targets(found, on)
    _add_tasks(found, on)
    _add_duties(found, on)
    _add_regimes(found, on)
    return found


def _header(plan: Plan) -> Item:
    kept = plan.header
    signer = {f"signer_{name}": kept.get(f"signer_{name}") or "" for name in ("authority", "title", "name")}
    return {
        "key": HEADER_KEY,
        "number": plan.number,
        "date": plan.date.isoformat() if plan.date else "",
        "period": kept.get("period") or "",
        "recipients": kept.get("recipients") or [],
        "bases": basis_lines(kept.get("legal_bases") or []),
        "places": kept.get("places") or [],
        "parties": {},
        **_same(plan, "issuer", "kind", "title", "period_start", "period_end", "vision"),
        **signer,
    }


def basis_lines(bases: Iterable[Item]) -> list[str]:
    """Legal bases, one a line: the number, else the name."""
    return [str(base.get("number") or base.get("name") or "") for base in bases]


def _same(row: Any, *names: str) -> Item:
    return {name: getattr(row, name) for name in names}


def _figure(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _add_targets(found: Standing, on: date) -> None:
    for row in Target.objects.filter(valid_on(on), plan=found.plan).order_by("order", "pk"):
        key = f"target-{row.pk}"
        words = _same(
            row, "text", "subject", "unit", "year", "comparator", "is_decrease", "baseline_year", "places"
        )
        figures = {name: _figure(getattr(row, name)) for name in ("value_min", "value_max")}
        found.rows[key] = [row]
        found.content["targets"].append({"key": key, **words, **figures, "parties": {}})


def _add_tasks(found: Standing, on: date) -> None:
    parts = Part.objects.filter(valid_on(on), task__plan=found.plan).select_related("party")
    for part in parts.order_by("-role", "order", "pk"):
        found.parts.setdefault(part.task_id, []).append(part)
    tasks = Task.objects.filter(valid_on(on), plan=found.plan).select_related("group")
    for row in tasks.order_by("order", "pk"):
        key = f"task-{row.pk}"
        found.rows[key] = [row]
        found.content["tasks"].append(_task(row, key, found.parts.get(row.pk, [])))


def _task(row: Task, key: str, parts: list[Part]) -> Item:
    lead, coordinate = (
        [part for part in parts if part.role == role and part.printed]
        for role in (Part.Role.LEAD, Part.Role.COORDINATE)
    )
    return {
        "key": key,
        "group": row.group.title if row.group else "",
        "no": row.number,
        "timeframe": row.timeframe_text,
        "lead": [part.printed for part in lead],
        "coordinate": [part.printed for part in coordinate],
        "parties": {"lead": {p.party_id for p in lead}, "coordinate": {p.party_id for p in coordinate}},
        **_same(row, "text", "start", "end", "recurrence", "output", "priority", "funding", "note"),
        **_same(row, "source", "places"),
    }


def _add_duties(found: Standing, on: date) -> None:
    """What several parties are told in the same words, at the same place, is one item."""
    last: Item | None = None
    for row in Duty.objects.filter(valid_on(on), plan=found.plan).order_by("order", "pk"):
        if last is None or (row.text, row.places) != (last["text"], last["places"]):
            last = {"key": f"duty-{row.pk}", "agencies": [], "parties": {"agencies": set()}}
            last |= _same(row, "text", "places")
            found.content["duties"].append(last)
        last["agencies"].append(row.printed)
        last["parties"]["agencies"].add(row.party_id)
        found.rows.setdefault(last["key"], []).append(row)


def _add_regimes(found: Standing, on: date) -> None:
    bound = RegimeParty.objects.filter(valid_on(on), regime__plan=found.plan).select_related("party")
    for line in bound.order_by("pk"):
        found.bound.setdefault(line.regime_id, []).append(line)
    regimes = Regime.objects.filter(valid_on(on), plan=found.plan).select_related("collector")
    for row in regimes.order_by("order", "pk"):
        key, lines = f"regime-{row.pk}", [line for line in found.bound.get(row.pk, []) if line.printed]
        found.rows[key] = [row]
        found.content["regimes"].append(
            {
                "key": key,
                "reporter": row.reporter_text,
                "reporters": [line.printed for line in lines],
                "consolidator": row.collector.name if row.collector else "",
                "to": row.addressees,
                "parties": {
                    "reporters": {line.party_id for line in lines},
                    "consolidator": {row.collector_id} if row.collector_id else set(),
                },
                **_same(row, "frequency", "deadline_day", "deadline_month", "includes_day"),
                **_same(row, "also_on_request", "quote", "places"),
            }
        )


def as_reading(content: Content) -> Item:
    """The content of a plan as a Reading of vanban, for what is told of papers without a database.

    Every item keeps its key; a duty stands under its agencies.
    """
    tasks = [{**item, "timeframe": timeframe_of(item)} for item in content["tasks"]]
    duties = [
        {"agency": "; ".join(item["agencies"]), "items": [item["text"]], "item_places": [item["places"]]}
        for item in content["duties"]
    ]
    regimes = [{**item, "reporter": item["reporter"]} for item in content["regimes"]]
    targets = [
        {**item, "direction": "decrease" if item["is_decrease"] else "increase"}
        for item in content["targets"]
    ]
    return {"targets": targets, "tasks": tasks, "organisation": duties, "reporting": regimes}


def timeframe_of(item: Item) -> Item | None:
    """The timeframe of a task as vanban has it."""
    if not any(item[name] for name in ("timeframe", "start", "end", "recurrence")):
        return None
    return {"text": item["timeframe"]} | {name: item[name] or None for name in ("start", "end", "recurrence")}
