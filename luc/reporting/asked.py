"""What plans ask of whom, as of a day: their parts, duties and targets, and the parties that answer for each.

A row that is printed for a group, for a party that ended or for one that reports through another comes to whoever
answers for it that day (agencies.queries.resolve), with the reason in words. A row that two plans share stands once,
under the first of them, with those of the others beside it (`also`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luc.agencies.queries import resolve
from luc.figures.numbers import show
from luc.kernel.prepared import Prepared
from luc.kernel.time import valid_on
from luc.plans.models import Duty, Part, Plan, Target
from luc.reporting.cut import Section

Which = dict[str, Any]  # plan, day and, where not all are meant, the printed parties
Thing = tuple[str, int]  # kind ("task", "duty", "figure") and id of what a row is about


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a report answers. `party` is whom the paper names, `why` how it came to who answers.

    Of a figure: wanted is the value that the plan aims at, lowest and highest are the bounds of its indicator.
    """

    key: str
    section: str
    id: int
    plan: int
    party: int
    printed: str
    text: str
    task: int | None = None
    number: str = ""
    group: str = ""
    role: str = ""
    timeframe: str = ""
    output: str = ""
    unit: str = ""
    aim: str = ""
    indicator: int | None = None
    territory: int | None = None
    wanted: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    why: str = ""
    also: tuple[Row, ...] = ()

    @property
    def asked_in(self) -> str:
        """The section of the form in which it stands (cut.Section)."""
        if self.section != "part":
            return self.section
        return Section.COORDINATE if self.is_coordinated else Section.LEAD

    @property
    def is_coordinated(self) -> bool:
        """Whether it is a part in a task that somebody else leads."""
        return self.role == Part.Role.COORDINATE

    @property
    def thing(self) -> Thing:
        """What it is about: a task, whoever has a part in it; a duty; a target."""
        return (self.section, self.id) if self.task is None else ("task", self.task)

    @property
    def slot(self) -> tuple[object, ...] | None:
        """Where its figure stands in the ledger; targets of several plans with one slot are answered once."""
        return (self.indicator, self.territory, self.unit) if self.indicator else None


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows of plans, who answers for each printed party on the day, and what later plans share with earlier ones.

    answering: by plan and printed party, the notes by answering party. shared: the thing of an earlier plan by that
    of a later one.
    """

    rows: tuple[Row, ...]
    answering: Mapping[tuple[int, int], Mapping[int, str]]
    shared: Mapping[Thing, Thing] = field(default_factory=dict)

    def of(self, party: int, sections: Collection[str] | None = None) -> list[Row]:
        """What one party is asked, in the order of the plans: one row a task, leading before coordinating.

        With `sections` only what stands in these sections of the form.
        """
        mine = [(row, self.answerers(row).get(party)) for row in self.rows]
        rows = _once([replace(row, why=why) for row, why in mine if why is not None])
        asked = [row for row in rows if sections is None or row.asked_in in sections]
        return _together(asked, self.shared)

    def answers_for(self) -> dict[int, dict[str, dict[str, str]]]:
        """By answering party and plan: the printed parties for which it answers, each with the reason in words."""
        found: dict[int, dict[str, dict[str, str]]] = {}
        for (plan, printed), notes in self.answering.items():
            for party, note in notes.items():
                found.setdefault(party, {}).setdefault(str(plan), {})[str(printed)] = note
        return found

    def answerers(self, row: Row) -> Mapping[int, str]:
        """The parties that answer for a row, each with how it came to that."""
        return self.answering[row.plan, row.party]

    def sections(self) -> dict[int, set[str]]:
        """In which sections of the form each party is asked something."""
        found: dict[int, dict[int, Row]] = {}
        asked: dict[int, set[str]] = {}
        for row in self.rows:
            for party in self.answerers(row):
                if row.task is None:
                    asked.setdefault(party, set()).add(row.asked_in)
                elif not row.is_coordinated or row.task not in found.get(party, {}):
                    found.setdefault(party, {})[row.task] = row
        for party, rows in found.items():
            asked.setdefault(party, set()).update(row.asked_in for row in rows.values())
        return asked

    def orphans(
        self, bound: Collection[int], sections: Mapping[int, Collection[str]] | None = None
    ) -> list[Row]:
        """Tasks (by their first leading part), duties and targets for which nobody of `bound` answers.

        With `sections` (by party) also those for which whoever answers is not asked in this cycle.
        """
        heard: set[int] = set()
        leads: dict[int, Row] = {}
        alone = []
        for row in sorted(self.rows, key=lambda one: one.is_coordinated):
            answered = any(
                party in bound and (sections is None or row.asked_in in sections.get(party, ()))
                for party in self.answerers(row)
            )
            if row.task is None:
                alone += [] if answered else [row]
                continue
            lead = leads.setdefault(row.task, row)
            if answered and row.role == lead.role:
                heard.add(row.task)
        return [row for task, row in leads.items() if task not in heard] + alone


def _once(mine: Sequence[Row]) -> list[Row]:
    """One row a task: leading before coordinating, for oneself before for others."""
    best: dict[int, Row] = {}
    for row in sorted(mine, key=lambda one: (one.is_coordinated, bool(one.why))):
        if row.task is not None:
            best.setdefault(row.task, row)
    return [row for row in mine if row.task is None or best[row.task] is row]


def _together(rows: Sequence[Row], shared: Mapping[Thing, Thing]) -> list[Row]:
    """Rows that plans share as one: the same thing in the same section, or figures of one slot of the ledger."""
    there = {(row.thing, row.asked_in): row.key for row in rows}
    slots: dict[tuple[object, ...], Row] = {}
    first: dict[str, str] = {}
    for row in rows:
        if row.thing in shared and (shared[row.thing], row.asked_in) in there:
            first[row.key] = there[shared[row.thing], row.asked_in]
        elif row.slot and slots.setdefault(row.slot, row).plan != row.plan:
            first[row.key] = slots[row.slot].key
    also: dict[str, list[Row]] = {}
    for row in rows:
        if row.key in first:
            also.setdefault(first[row.key], []).append(row)
    return [
        replace(row, also=tuple(also[row.key])) if row.key in also else row
        for row in rows
        if row.key not in first
    ]


def asked(plans: Sequence[Plan], on: date, shared: Mapping[Thing, Thing] | None = None) -> Asked:
    """What plans ask on a day, in a number of statements that only grows with that of the plans."""
    rows = tuple(rows_on(plans, on))
    answering: dict[tuple[int, int], dict[int, str]] = {}
    for plan in plans:
        found = resolve({row.party for row in rows if row.plan == plan.pk}, on, plan.territory_id)
        for printed, answerers in found.items():
            answering[plan.pk, printed] = {one.party: one.note for one in answerers}
    return Asked(rows, answering, shared or {})


def asked_of(
    plans: Iterable[int],
    answers_for: Mapping[str, Mapping[str, str]],
    on: date,
    shared: Mapping[Thing, Thing] | None = None,
) -> Asked:
    """The rows that one party is asked which answers for some printed parties of plans: three statements a plan.

    `plans`: their ids in their order. `Asked.of(0)` gives the rows.
    """
    rows: list[Row] = []
    answering: dict[tuple[int, int], dict[int, str]] = {}
    for plan in plans:
        notes = {int(printed): note for printed, note in answers_for.get(str(plan), {}).items()}
        rows += _rows(plan, on, list(notes))
        answering |= {(plan, printed): {0: note} for printed, note in notes.items()}
    return Asked(tuple(rows), answering, shared or {})


def rows_on(plans: Iterable[Plan], on: date) -> list[Row]:
    """All rows of plans on a day, whoever answers: three statements a plan."""
    return [row for plan in plans for row in _rows(plan.pk, on)]


def _rows(plan: int, on: date, of: Collection[int] | None = None) -> Iterator[Row]:
    which: Which = {"plan": plan, "on": on} if of is None else {"plan": plan, "on": on, "of": of}
    yield from _parts(which)
    yield from _duties(which)
    yield from _targets(which)


def _part_rows(plan: int, on: date, of: Collection[int] | None = None) -> QuerySet[Part, Any]:
    rows = Part.objects.filter(valid_on(on), valid_on(on, "task__"), task__plan=plan, **_of("party", of))
    return rows.order_by("task__order", "task_id", "order", "pk").values_list(
        *("pk", "party", "party__name", "printed", "role", "task", "task__text", "task__number"),
        *("task__group__title", "task__timeframe_text", "task__output"),
    )


def _duty_rows(plan: int, on: date, of: Collection[int] | None = None) -> QuerySet[Duty, Any]:
    rows = Duty.objects.filter(valid_on(on), plan=plan, **_of("party", of)).order_by("order", "pk")
    return rows.values_list("pk", "party", "printed", "text")


def _target_rows(plan: int, on: date, of: Collection[int] | None = None) -> QuerySet[Target]:
    rows = Target.objects.filter(valid_on(on), plan=plan, **_of("answering", of))
    return rows.select_related("answering", "indicator").only(*_OF_TARGETS).order_by("order", "pk")


# plain columns, and no SQL to be written again: each page and each save of a form reads them
_OF_TARGETS = (
    *("text", "unit", "year", "comparator", "value_min", "value_max", "territory"),
    *("answering__name", "indicator__lowest", "indicator__highest"),
)
_read_parts, _read_duties, _read_targets = Prepared(_part_rows), Prepared(_duty_rows), Prepared(_target_rows)


def _parts(which: Which) -> Iterator[Row]:
    for pk, party, name, printed, role, task, text, number, group, timeframe, output in _read_parts(**which):
        yield Row(
            key=f"part-{pk}",
            section="part",
            id=pk,
            plan=which["plan"],
            party=party,
            printed=printed or name,
            text=text,
            task=task,
            number=number,
            group=group or "",
            role=role,
            timeframe=timeframe,
            output=output,
        )


def _duties(which: Which) -> Iterator[Row]:
    for pk, party, printed, text in _read_duties(**which):
        yield Row(f"duty-{pk}", "duty", pk, which["plan"], party, printed, text)


def _targets(which: Which) -> Iterator[Row]:
    for target in _read_targets(**which):
        yield Row(
            key=f"figure-{target.pk}",
            section="figure",
            id=target.pk,
            plan=which["plan"],
            party=target.answering_id,
            printed=target.answering.name,
            text=target.text,
            unit=target.unit,
            aim=aim(target),
            indicator=target.indicator_id,
            territory=target.territory_id,
            wanted=target.value_min if target.value_min is not None else target.value_max,
            lowest=target.indicator.lowest,
            highest=target.indicator.highest,
        )


def _of(column: str, parties: Collection[int] | None) -> dict[str, Collection[int]]:
    return {} if parties is None else {f"{column}__in": parties}


def aim(target: Target) -> str:
    """What a target wants, in words: "ít nhất 35 % (năm 2030)"."""
    low, high = target.value_min, target.value_max
    if target.comparator == Target.Comparator.RANGE and low is not None and high is not None:
        words = f"{show(low)} - {show(high)}"
    else:
        value = low if low is not None else high
        lead = "" if target.comparator == Target.Comparator.EQ else target.get_comparator_display()
        words = f"{lead} {show(value)}".strip() if value is not None else ""
    wanted = f"{words} {target.unit}".strip() if words else ""
    if not wanted or not target.year:
        return wanted
    return _("%(wanted)s (năm %(year)d)") % {"wanted": wanted, "year": target.year}


_KEPT = (
    "indicator",
    "section",
    "id",
    "plan",
    "task",
    "number",
    "group",
    "role",
    "printed",
    "text",
    "timeframe",
    "unit",
    "aim",
    "why",
)


def as_plain(row: Row) -> dict[str, Any]:
    """What a frozen report keeps of a row; under `also` which rows of further plans it answers too."""
    kept = {"key": row.key} | {
        name: getattr(row, name) for name in _KEPT if getattr(row, name) not in ("", None)
    }
    return kept | {"also": [_other(one) for one in row.also]} if row.also else kept


def _other(row: Row) -> dict[str, Any]:
    names = ("key", "id", "plan", "task", "number", "group", "indicator", "text", "aim")
    return {name: getattr(row, name) for name in names if getattr(row, name) not in ("", None)}
