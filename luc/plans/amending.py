"""What was accepted of a paper, carried over to the rows of a plan: prepared here, written by the action.

Rows keep their identity: reports, progress and figures hang on them. What falls away is ended, never deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luc.figures.models import Indicator
from luc.kernel.errors import Refused
from luc.plans import building
from luc.plans.comparing import ADDED, DROPPED, Difference
from luc.plans.intake import Item
from luc.plans.models import (
    AmendmentItem,
    Duty,
    Part,
    Plan,
    Regime,
    RegimeParty,
    Task,
    TaskGroup,
)
from luc.plans.queries.readings import Review
from luc.plans.standing import KIND_OF, Rows, Standing

Line = Part | Duty | RegimeParty
Meaning = Callable[[str], int | None]
Named = list[tuple[str, int]]
# the column of a row that keeps a field under another name
_COLUMNS = {"no": "number", "timeframe": "timeframe_text", "to": "addressees", "reporter": "reporter_text"}
_OF_HEADER = ("number", "issuer", "kind", "title", "period_start", "period_end", "vision")


@dataclass(slots=True)
class Amending:
    """The rows that change. `means` gives the party of a printed name; `on` is from when the plan says so.

    `is_replaced`: the paper takes the place of the plan's own (a signed one that of its draft).
    """

    standing: Standing
    on: date
    means: Meaning
    review: Review | None = None
    is_replaced: bool = False
    built: building.Built = field(init=False)
    changed: dict[Any, set[str]] = field(default_factory=dict)
    before: dict[Any, dict[str, Any]] = field(default_factory=dict)
    items: list[AmendmentItem] = field(default_factory=list)
    rows: list[tuple[AmendmentItem, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.built = building.Built(self.plan)
        self.built.groups = list(TaskGroup.objects.filter(plan=self.plan).order_by("order"))

    @property
    def plan(self) -> Plan:
        return self.standing.plan

    def set(self, row: Any, **values: Any) -> None:
        """Set columns of a row, and remember what they were."""
        for name, value in values.items():
            if getattr(row, name) != value:
                self.before.setdefault(row, {}).setdefault(name, getattr(row, name))
                self.changed.setdefault(row, set()).add(name)
                setattr(row, name, value)

    def end(self, row: Any) -> None:
        """Let a row hold no more; one that begins later never does."""
        self.set(row, valid_to=max(self.on, row.valid_from or self.on))

    def record(self, one: Difference, accepted: bool, row: Any = None) -> None:
        """Keep what the paper said of an item and what was decided."""
        lines = [{"names": list(i.names), "old": i.old, "new": i.new} for i in one.lines]
        item = AmendmentItem(
            tenant_id=self.plan.tenant_id,
            order=len(self.items) + 1,
            what=one.what,
            item_kind=KIND_OF["tasks" if one.section.name == "body" else one.section.name],
            is_accepted=accepted,
            words=one.words,
            fields=lines,
            old_places=(one.old or {}).get("places") or [],
            new_places=(one.new or {}).get("places") or self._dropped_at(one),
        )
        self.items.append(item)
        if row is not None:
            self.rows.append((item, row))

    def _dropped_at(self, one: Difference) -> list[Any]:
        drops = self.review.reading.relation.get("drops", ()) if self.review else ()
        return next((drop["places"] for drop in drops if drop["of"] == one.key), [])


def carry_over(found: Amending, one: Difference) -> None:
    """One accepted difference. Raises Refused when a name means nobody."""
    rows = found.standing.rows.get(one.key, [])
    row: Any = rows[0] if rows else None
    if one.what == ADDED:
        row = _add(found, one)
    elif one.what == DROPPED:
        for each in rows:
            found.end(each)
    elif one.section.name == "header":
        _change_header(found, one)
    else:
        _CHANGES[one.section.name](found, one, rows)
    found.record(one, True, row)


def refuse(found: Amending, one: Difference) -> None:
    """One refused difference: nothing changes, but it is told that the paper said so."""
    rows = found.standing.rows.get(one.key, [])
    found.record(one, False, rows[0] if rows else None)


def _add(found: Amending, one: Difference) -> Rows:
    review, item, built = found.review, one.new, found.built
    if review is None or item is None:
        raise ValueError("only a paper adds items")
    name = "tasks" if one.section.name == "body" else one.section.name
    listed = getattr(built, name)
    begin = len(listed), len(built.parts), len(built.bound)
    order = (
        1 + max((row.order for rows in found.standing.rows.values() for row in rows), default=0) + begin[0]
    )
    if name == "duties":
        building.add_duties(built, review, item)
    else:
        _ADDING[name](built, review, order, item)
    for n, row in enumerate(listed[begin[0] :]):
        row.valid_from, row.order = found.on, order + n
        if not found.is_replaced:
            row.places = []  # its words stand in the paper that amends, not in that of the plan
    lines: list[Any] = [*built.parts[begin[1] :], *built.bound[begin[2] :]]
    for line in lines:
        line.valid_from = found.on
    added: Rows = listed[begin[0]]
    return added


_ADDING = {
    "targets": building.add_target,
    "tasks": building.add_task,
    "regimes": building.add_regime,
}


def _change_header(found: Amending, one: Difference) -> None:
    new, plan = one.new or {}, found.plan
    found.set(plan, **{name: new[name] for name in one.names & set(_OF_HEADER)})
    if "date" in one.names:
        found.set(plan, date=date.fromisoformat(new["date"]) if new["date"] else None)
    kept = {name: new[name] for name in one.names if name not in {*_OF_HEADER, "date", "bases"}}
    if "bases" in one.names and found.review:
        kept["legal_bases"] = found.review.content["bases"]
    found.set(plan, header={**plan.header, **kept})


def _values(one: Difference, without: Iterable[str] = ()) -> Mapping[str, Any]:
    new = one.new or {}
    return {_COLUMNS.get(name, name): new[name] for name in one.names if name not in set(without)}


def _change_target(found: Amending, one: Difference, rows: list[Any]) -> None:
    (row,) = rows
    values = dict(_values(one))
    for name in ("value_min", "value_max"):
        if name in values:
            values[name] = building.exact(values[name])
    if "unit" in values and values["unit"] != row.unit:
        # figures in another unit are another series: the old one keeps its own
        name = row.indicator.name
        row_of = Indicator(tenant_id=row.tenant_id, name=name, unit=values["unit"])
        found.built.indicators.append(row_of)
        values["indicator"] = row_of
    found.set(row, **values)


def _change_task(found: Amending, one: Difference, rows: list[Any]) -> None:
    (row,) = rows
    new = one.new or {}
    values = dict(_values(one, ("lead", "coordinate", "group")))
    if "group" in one.names:
        values["group"] = building.group_of(found.built, new["group"])
    found.set(row, **values)
    if one.names & {"lead", "coordinate"}:
        _change_parts(found, row, new, one.names)


def _change_parts(found: Amending, task: Task, new: Item, names: set[str]) -> None:
    """Who takes part from now on; who stays keeps the part, and with it what was reported."""
    there = found.standing.parts.get(task.pk, [])
    roles = (("lead", Part.Role.LEAD), ("coordinate", Part.Role.COORDINATE))
    wanted: dict[int, tuple[str, str, int]] = {}
    for name, role in roles:
        kept = [(part.printed, part.party_id) for part in there if part.role == role]
        listed = _settled(found, new[name]) if name in names else kept
        if name in names and role == Part.Role.LEAD and not listed:
            listed = _chosen_lead(found, new)
        for order, (printed, party) in enumerate(listed):
            wanted.setdefault(party, (printed, role, order))
    seen: set[int] = set()
    for part in there:  # leading parts stand first
        if part.party_id not in wanted or part.party_id in seen:
            found.end(part)
            continue
        seen.add(part.party_id)
        printed, role_now, order = wanted[part.party_id]
        found.set(part, printed=printed, role=role_now, order=order)
    for party, (printed, role_now, order) in wanted.items():
        if party not in seen:
            more = {"role": role_now, "order": order, "printed": printed, "valid_from": found.on}
            found.built.parts.append(Part(tenant_id=task.tenant_id, task=task, party_id=party, **more))


def _settled(found: Amending, names: Iterable[str]) -> Named:
    """The printed names, each with its party. Raises Refused for one that means nobody."""
    listed = [(name, found.means(name)) for name in names]
    for name, party in listed:
        if party is None:
            raise Refused(_("“%(name)s”: chưa có đơn vị nào.") % {"name": name})
    return [(name, party) for name, party in listed if party is not None]


def _chosen_lead(found: Amending, new: Item) -> Named:
    party = found.review.accepted("leads", new["key"]) if found.review else None
    if party is None:
        raise Refused(_("Nhiệm vụ phải có cơ quan chủ trì."))
    return [("", party)]


def _change_duty(found: Amending, one: Difference, rows: list[Any]) -> None:
    new = one.new or {}
    if "agencies" not in one.names:
        for row in rows:
            found.set(row, text=new["text"])
        return
    listed = {party: printed for printed, party in reversed(_settled(found, new["agencies"]))}
    for row in rows:
        printed = listed.pop(row.party_id, None)
        if printed is None:
            found.end(row)
        else:
            found.set(row, text=new["text"], printed=printed)
    first = rows[0]
    for party, printed in reversed(listed.items()):
        more = {"order": first.order, "text": new["text"], "places": first.places, "valid_from": found.on}
        duty = Duty(tenant_id=first.tenant_id, plan=found.plan, party_id=party, printed=printed, **more)
        found.built.duties.append(duty)


def _change_regime(found: Amending, one: Difference, rows: list[Any]) -> None:
    (row,) = rows
    new = one.new or {}
    values = dict(_values(one, ("reporters", "consolidator")))
    if new.get("quote"):
        values |= {"quote": new["quote"], "reporter_text": new["reporter"] or row.reporter_text}
    if "consolidator" in one.names:
        values["collector_id"] = _settled(found, [new["consolidator"]])[0][1]
    found.set(row, **values)
    if "reporters" in one.names:
        _change_bound(found, row, new)


def _change_bound(found: Amending, row: Regime, new: Item) -> None:
    listed = {party: printed for printed, party in reversed(_settled(found, new["reporters"]))}
    if not listed:
        raise Refused(_("Chế độ báo cáo phải có đơn vị báo cáo."))
    for line in found.standing.bound.get(row.pk, []):
        printed = listed.pop(line.party_id, None)
        if printed is None:
            found.end(line)
        else:
            found.set(line, printed=printed)
    for party, printed in reversed(listed.items()):
        more = {"printed": printed, "valid_from": found.on}
        found.built.bound.append(RegimeParty(tenant_id=row.tenant_id, regime=row, party_id=party, **more))


_CHANGES: Mapping[str, Callable[[Amending, Difference, list[Any]], None]] = {
    "targets": _change_target,
    "tasks": _change_task,
    "duties": _change_duty,
    "regimes": _change_regime,
}


def move_places(found: Amending, listed: Iterable[Difference]) -> None:
    """The signed paper takes the place of the draft: every row's words now stand there, if it has them."""
    for one in listed:
        places = (one.new or {}).get("places") or []
        for row in found.standing.rows.get(one.key, []):
            found.set(row, places=places)
        if one.section.name == "header":
            found.set(found.plan, header={**found.plan.header, "places": places})
