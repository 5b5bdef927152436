"""What the pages show of an edition: its plain values with tones, words, days and drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import number
from luc.kernel.text import search_key
from luc.plans.drawing import Drawing, draw
from luc.plans.models import Target
from luc.plans.queries.levels import STATES
from luc.plans.queries.states import ORDER, TONES, Share, label
from luc.portal.content import DONE
from luc.portal.reading import as_day, as_number

Values = Mapping[str, Any]
NOBODY = "none"  # the state "" in an address


class Stated:
    """Something of which it is said how far it is."""

    __slots__ = ()
    state: str

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> str:
        return label(self.state)


@dataclass(frozen=True, slots=True)
class TaskRow(Stated):
    """A task as public tables show it."""

    id: int
    group: int | None
    number: str
    text: str
    timeframe: str
    starts: date | None
    ends: date | None
    output: str
    leads: Sequence[str]
    coordinating: Sequence[str]
    state: str
    overdue: bool
    results: Sequence[Values]
    is_withdrawn: bool = False

    @property
    def is_done(self) -> bool:
        return self.state in DONE


def tasks(content: Values) -> list[TaskRow]:
    """The tasks of an edition, in the order of the paper."""
    return [
        TaskRow(
            id=row["id"],
            group=row["group"],
            number=row["number"],
            text=row["text"],
            timeframe=row["timeframe"],
            starts=as_day(row["starts"]),
            ends=as_day(row["ends"]),
            output=row["output"],
            leads=row["leads"],
            coordinating=row["coordinating"],
            state=row["state"],
            overdue=row["overdue"],
            results=row["results"],
            is_withdrawn=row.get("is_withdrawn", False),
        )
        for row in content["tasks"]
    ]


def narrowed(rows: Iterable[TaskRow], *, group: str, state: str, ends: str, words: str) -> list[TaskRow]:
    """The tasks that fit; empty means all."""
    wanted = search_key(words).split()
    return [
        row
        for row in rows
        if group in {"", str(row.group)}
        and state in {"", row.state or NOBODY, "overdue" if row.overdue else ""}
        and ends in {"", row.ends.isoformat() if row.ends else NOBODY}
        and (not wanted or all(word in search_key(f"{row.number} {row.text}") for word in wanted))
    ]


def grouped(content: Values, rows: Iterable[TaskRow]) -> list[tuple[str, list[TaskRow]]]:
    """Tasks under the titles of their groups."""
    titles = {group["id"]: group["title"] for group in content["groups"]}
    found: dict[int | None, list[TaskRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return [(titles.get(pk, ""), of) for pk, of in found.items()]


def shares(content: Values, rows: Iterable[TaskRow]) -> list[Share]:
    """Progress by group: the tasks of each by state."""
    found = {
        group["id"]: Share(group["title"] or _("Không thuộc nhóm nào"), group["id"])
        for group in content["groups"]
    }
    for row in rows:
        found[row.group].states[row.state] += 1
        found[row.group].overdue += row.overdue
    return list(found.values())


def whole(rows: Iterable[TaskRow]) -> Share:
    """All tasks by state."""
    found = Share("", None)
    for row in rows:
        found.states[row.state] += 1
        found.overdue += row.overdue
    return found


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which tasks and targets end; None: the paper names no day."""

    day: date | None
    tasks: list[TaskRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.tasks)

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.tasks)


def deadlines(rows: Iterable[TaskRow], levels: Iterable[TargetRow]) -> list[Deadline]:
    """The days on which something ends, the first one first; a target ends with its year."""
    found: dict[date | None, Deadline] = {}
    for row in rows:
        found.setdefault(row.ends, Deadline(row.ends)).tasks.append(row)
    for level in levels:
        day = date(level.year, 12, 31) if level.year else None
        found.setdefault(day, Deadline(day)).targets.append(level)
    return sorted(found.values(), key=lambda one: one.day or date.max)


@dataclass(frozen=True, slots=True)
class PointRow:
    day: date
    value: Decimal
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as public pages show it, with its path."""

    id: int
    text: str
    unit: str
    year: int | None
    wanted: str
    answering: str
    state: str
    value: Decimal | None
    day: date | None
    is_estimate: bool
    is_withdrawn: bool
    points: Sequence[PointRow]
    low: Decimal | None
    high: Decimal | None
    first: int
    last: int

    @property
    def tone(self) -> str:
        return STATES[self.state][0]

    @property
    def label(self) -> str:
        return str(STATES[self.state][1])

    @property
    def drawing(self) -> Drawing | None:
        """The path drawn; None where the paper names no level."""
        return draw(self)


def targets(content: Values) -> list[TargetRow]:
    """The targets of an edition, in the order of the paper."""
    return [_target(row) for row in content["targets"]]


def _target(row: Values) -> TargetRow:
    points = [
        PointRow(date.fromisoformat(one["day"]), Decimal(one["value"]), one["estimate"])
        for one in row["points"]
    ]
    return TargetRow(
        id=row["id"],
        text=row["text"],
        unit=row["unit"],
        year=row["year"],
        wanted=wanted(row),
        answering=row["answering"],
        state=row["state"],
        value=as_number(row["value"]),
        day=as_day(row["day"]),
        is_estimate=row["estimate"],
        is_withdrawn=row.get("is_withdrawn", False),
        points=points,
        low=as_number(row["low"]),
        high=as_number(row["high"]),
        first=row["first"],
        last=row["last"],
    )


def wanted(row: Values) -> str:
    """The level that a target wants, in words; "" where the paper gives no figure."""
    ends = [as_number(row[name]) for name in ("low", "high")]
    known = [number(end) for end in ends if end is not None]
    if not known:
        return ""
    if len(known) == 2 and known[0] != known[1]:
        return f"{known[0]} – {known[1]} {row['unit']}".strip()
    exact = row["comparator"] in {Target.Comparator.EQ, Target.Comparator.RANGE}
    word = "" if exact else str(Target.Comparator(row["comparator"]).label)
    return f"{word} {known[0]} {row['unit']}".strip()


def target_shares(rows: Iterable[TargetRow]) -> list[tuple[str, str, int]]:
    """For the bar of states: tone, words, count."""
    counted = Counter(row.state for row in rows)
    return [(STATES[name][0], str(STATES[name][1]), counted[name]) for name in STATES if counted[name]]


@dataclass(frozen=True, slots=True)
class UnitRow(Stated):
    """A commune (or province) and how far the work is that it reported on."""

    unit: int
    code: str
    name: str
    state: str
    states: Mapping[str, int]
    is_withdrawn: bool = False

    @property
    def told(self) -> int:
        return sum(self.states.values())


def units(content: Values) -> list[UnitRow]:
    """The units of an edition in the order of a dictionary."""
    return [
        UnitRow(
            row["unit"], row["code"], row["name"], row["state"], row["states"], row.get("is_withdrawn", False)
        )
        for row in content["units"]
    ]


def unit_shares(found: Iterable[UnitRow]) -> list[tuple[str, str, int]]:
    """For the bar of units by state: tone, words, count."""
    counted = Counter(row.state for row in found)
    return [(TONES[state], label(state), counted[state]) for state in ORDER if counted[state]]
