"""What a province or a ministry starts with: bodies, committees and groups, as the reference data give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luc.agencies.models import Party
from luc.kernel.text import search_key
from luc.territory.models import Succession, Unit
from luc.territory.queries import predecessors
from luc.territory.reference import Row, rows
from vanban.agencies import is_generic, kind

COUNCIL = "Ủy ban nhân dân"
_PROVINCE_WORDS = ("tỉnh", "thành phố")


@dataclass(frozen=True, slots=True)
class Body:
    """A party as the reference data give it."""

    kind: str
    name: str
    short: str = ""
    unit: Unit | None = None
    member_kinds: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    sureness: str = ""

    @property
    def key(self) -> tuple[str, int | None]:
        return search_key(self.name), self.unit.pk if self.unit else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of succession between bodies."""

    old: Body
    new: Body
    on: date
    sureness: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """All that a tenant starts with."""

    name: str
    units: tuple[Unit, ...]
    bodies: tuple[Body, ...]
    lines: tuple[Line, ...]


def start_of(province: Unit, refdata: Path) -> Start:
    """What a province of today starts with. Raises OSError, KeyError, ValueError for broken files."""
    before = _lineage(province)
    committees = [_committee(province), *(_committee(unit) for unit in before if unit.name != province.name)]
    own = _departments(rows(refdata / "agencies" / "departments.csv"), province)
    communes = {unit.pk: _council(unit) for unit in _communes([province, *before])}
    groups = _groups(rows(refdata / "agencies" / "groups.csv"), communes.values())
    bodies = [*committees, *(body for _, body in own), *communes.values(), *groups]
    lines = [Line(old, committees[0], old.valid_to) for old in committees[1:] if old.valid_to]
    lines += [*_department_lines(own), *_commune_lines(communes), *_group_lines(refdata, groups)]
    return Start(committees[0].name, (province, *before), tuple(bodies), tuple(lines))


def start_of_ministry(name: str, short: str, country: Unit, provinces: Iterable[Unit]) -> Start:
    """What a ministry starts with: itself, the committee of every province of today, and all of these as a group."""
    committees = [_committee(unit) for unit in provinces]
    ministry = Body(Party.Kind.CENTRAL, name, short)
    group = Body(
        Party.Kind.GROUP, _PROVINCES[0], member_kinds=(Party.Kind.PROVINCE,), other_names=_PROVINCES[1:]
    )
    return Start(name, (country,), (ministry, *committees, group), ())


# how papers of the centre name all provinces together
_PROVINCES = (
    "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
    "Ủy ban nhân dân các tỉnh, thành phố",
    "Các tỉnh, thành phố trực thuộc Trung ương",
    "Các tỉnh, thành phố",
    "Các địa phương",
)


def _lineage(province: Unit) -> list[Unit]:
    """The provinces that went into this one, step by step, newest first."""
    found: list[Unit] = []
    step = [province]
    while step:
        lines = predecessors([unit.pk for unit in step]).values()
        step = [line.old for some in lines for line in some if line.old.level == Unit.Level.PROVINCE]
        found += step
    return found


def _in_a_sentence(unit: Unit) -> str:
    """ "Phường An Bình" as it stands behind another word: "phường An Bình"."""
    return unit.full_name[:1].lower() + unit.full_name[1:]


def _committee(unit: Unit) -> Body:
    name = f"{COUNCIL} {_in_a_sentence(unit)}"
    return Body(Party.Kind.PROVINCE, name, f"UBND {_in_a_sentence(unit)}", unit, valid_to=unit.valid_to)


def _council(unit: Unit) -> Body:
    name = f"{COUNCIL} {_in_a_sentence(unit)}"
    short = f"UBND {_in_a_sentence(unit)}"
    return Body(
        Party.Kind.COMMUNE,
        name,
        short,
        unit,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        sureness=unit.note,
    )


def _communes(provinces: Iterable[Unit]) -> Iterable[Unit]:
    """The communes since the districts ended: those that lie directly in a province."""
    inside = Unit.objects.filter(level=Unit.Level.COMMUNE, parent__in=[unit.pk for unit in provinces])
    return inside.order_by("sort_key", "valid_from")


def _departments(lines: list[Row], province: Unit) -> list[tuple[Row, Body]]:
    names = {
        search_key(name)
        for name in Unit.objects.filter(level=Unit.Level.PROVINCE).values_list("name", flat=True)
    }
    others = names - {search_key(province.name)}
    return [
        (row, _department(row, province))
        for row in lines
        if not is_generic(row["name"])
        and not any(f" {name} " in f" {search_key(row['name'])} " for name in others)
    ]


def _department(row: Row, province: Unit) -> Body:
    what = kind(row["name"])
    return Body(
        Party.Kind(what) if what != "other" else Party.Kind.BOARD,
        _with_its_province_word(row["name"], province),
        row["abbreviation"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        sureness=row["remark"],
    )


def _with_its_province_word(name: str, province: Unit) -> str:
    """ "Thanh tra tỉnh" is "Thanh tra thành phố" in a city."""
    own = province.full_name.removesuffix(province.name).strip().lower()
    for word in _PROVINCE_WORDS:
        if name.endswith(f" {word}"):
            return f"{name.removesuffix(word)}{own}"
    return name


def _department_lines(own: list[tuple[Row, Body]]) -> Iterator[Line]:
    by_name = {row["name"]: body for row, body in own}
    for row, old in own:
        for name in map(str.strip, row["successors"].split(";")):
            if name in by_name and old.valid_to:
                yield Line(old, by_name[name], old.valid_to, row["remark"])


def _commune_lines(communes: dict[int, Body]) -> Iterator[Line]:
    renamed = Succession.objects.filter(old__in=communes, new__in=communes)
    for line in renamed:
        yield Line(communes[line.old_id], communes[line.new_id], line.on)


def _groups(lines: list[Row], communes: Iterable[Body]) -> list[Body]:
    prefixes = {
        body.unit.full_name.removesuffix(body.unit.name).strip().lower() for body in communes if body.unit
    }
    types = ", ".join(sorted(prefixes, key=_RANK.index))
    return [
        Body(
            Party.Kind.GROUP,
            row["name"].format(types=types),
            member_kinds=tuple(row["member_kinds"].split()),
            other_names=tuple(map(str.strip, row["other_names"].split(";"))),
            valid_to=_day(row["valid_to"]),
        )
        for row in lines
    ]


_RANK = ["xã", "phường", "đặc khu"]


def _group_lines(refdata: Path, groups: list[Body]) -> Iterator[Line]:
    by_kinds = {" ".join(group.member_kinds): group for group in groups}
    for row in rows(refdata / "agencies" / "groups.csv"):
        old = by_kinds[row["member_kinds"]]
        if row["succeeded_by"] and old.valid_to:
            yield Line(old, by_kinds[row["succeeded_by"]], old.valid_to)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
