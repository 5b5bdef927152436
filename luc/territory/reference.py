"""The reference files of units, read as plain drafts: what a unit is, where it lay, what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from luc.kernel.text import search_key
from luc.territory.models import Succession, Unit
from vanban.checks.registers import strict_rows

_BEFORE = re.compile(r"full_name_before_(\d{4})_(\d{2})_(\d{2})")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Key:
    """What names a unit in the files: codes were reused, so the day from which it holds belongs to it."""

    level: str
    code: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit as the files give it."""

    key: Key
    type: str
    name: str
    full_name: str
    name_en: str
    parent: Key | None
    valid_to: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Became:
    """One line of succession."""

    old: Key
    new: Key
    kind: str
    on: date
    note: str = ""


def units(folder: Path) -> list[Draft]:
    """Every unit of refdata/admin, ended too. Raises OSError, KeyError, ValueError for a broken file."""
    provinces = rows(folder / "provinces.csv")
    merger = _merger(provinces)
    parents = {row["code"]: _last_key(Unit.Level.PROVINCE, row) for row in provinces}
    found = [draft for row in provinces for draft in _through_time(Unit.Level.PROVINCE, row, None)]
    for row in rows(folder / "communes.csv"):
        found += _through_time(Unit.Level.COMMUNE, row, parents[row["province_code"]])
    return found + list(_ended_units(folder, merger))


def _ended_units(folder: Path, merger: date) -> Iterator[Draft]:
    levels = [
        (Unit.Level.PROVINCE, "legacy_provinces.csv", None, ""),
        (Unit.Level.DISTRICT, "legacy_districts.csv", Unit.Level.PROVINCE, "province_code"),
        (Unit.Level.COMMUNE, "legacy_wards.csv", Unit.Level.DISTRICT, "district_code"),
    ]
    for level, file, above, column in levels:
        for row in rows(folder / file):
            parent = Key(above, row[column], None) if above else None
            yield _draft(Key(level, row["code"], None), row, parent, row["full_name"], merger)


def _through_time(level: str, row: Row, parent: Key | None) -> list[Draft]:
    """A unit of today, and the same unit under its names before."""
    begun = date.fromisoformat(row["valid_from"])
    found = []
    for until, full_name in _earlier_names(row):
        found.append(_draft(Key(level, row["code"], begun), row, parent, full_name, until))
        begun = until
    return [*found, _draft(Key(level, row["code"], begun), row, parent, row["full_name"], None)]


def _earlier_names(row: Row) -> list[tuple[date, str]]:
    """The names a unit had, each with the day on which it ended, oldest first."""
    found = [
        (date(*map(int, match.groups())), row[match.group()])
        for match in map(_BEFORE.fullmatch, row)
        if match
    ]
    return sorted((until, name) for until, name in found if name)


def _last_key(level: str, row: Row) -> Key:
    ends = [until for until, _ in _earlier_names(row)]
    return Key(level, row["code"], ends[-1] if ends else date.fromisoformat(row["valid_from"]))


def _draft(key: Key, row: Row, parent: Key | None, full_name: str, valid_to: date | None) -> Draft:
    return Draft(
        key,
        type=search_key(full_name.removesuffix(row["name"])).replace(" ", "_"),
        name=row["name"],
        full_name=full_name,
        name_en=row["full_name_en"] if full_name == row["full_name"] else "",
        parent=parent,
        valid_to=valid_to,
        note=_other_code(row),
    )


def _other_code(row: Row) -> str:
    return f"Mã trong danh mục khác: {row['alt_code']} (cần xác nhận)" if row.get("alt_code") else ""


def successions(folder: Path) -> list[Became]:
    """What refdata/admin itself says of succession: mergers of provinces, changes of name and type."""
    provinces = rows(folder / "provinces.csv")
    renamed = [
        became
        for level, file in (
            (Unit.Level.PROVINCE, provinces),
            (Unit.Level.COMMUNE, rows(folder / "communes.csv")),
        )
        for row in file
        for became in _renamed(level, row)
    ]
    return renamed + list(_mergers(provinces, rows(folder / "legacy_provinces.csv")))


def _renamed(level: str, row: Row) -> Iterator[Became]:
    begun = date.fromisoformat(row["valid_from"])
    for until, _ in _earlier_names(row):
        yield Became(
            Key(level, row["code"], begun), Key(level, row["code"], until), Succession.Kind.RENAMED, until
        )
        begun = until


def _mergers(provinces: list[Row], old: list[Row]) -> Iterator[Became]:
    """A province goes on under its code; those that "formed from" names went into it whole."""
    for row in provinces:
        on = date.fromisoformat(row["valid_from"])
        new = Key(Unit.Level.PROVINCE, row["code"], on)
        words = f" {search_key(row['formed_from'])} "
        parts = {o["code"] for o in old if f" {search_key(o['name'])} " in words}
        parts |= {o["code"] for o in old if o["code"] == row["code"]}
        kind = Succession.Kind.UNCHANGED if parts == {row["code"]} else Succession.Kind.WHOLE
        for code in sorted(parts):
            yield Became(Key(Unit.Level.PROVINCE, code, None), new, kind, on)


def commune_successions(file: Path, drafts: Iterable[Draft]) -> list[Became]:
    """What became of the old communes (refdata/succession); where no commune was, of the district's area."""
    first: dict[str, Key] = {}
    for draft in drafts:
        if draft.key.level == Unit.Level.COMMUNE and draft.key.valid_from:
            first[draft.key.code] = min(first.get(draft.key.code, draft.key), draft.key, key=_begin)
    return [_became(row, first[row["new_code"]]) for row in rows(file)]


def _begin(key: Key) -> date:
    return key.valid_from or date.min


def _became(row: Row, new: Key) -> Became:
    whole = Became(Key(Unit.Level.COMMUNE, row["old_code"], None), new, row["kind"], _begin(new))
    if row["old_code"]:
        return whole
    district = replace(whole, old=Key(Unit.Level.DISTRICT, row["old_district_code"], None))
    if not row["old_full_name"]:
        return replace(district, note=row["note_vi"])
    return replace(district, kind=Succession.Kind.PART, note=row["old_full_name"])


def rows(file: Path) -> list[Row]:
    """The rows of a reference file by column. Raises ValueError for a row with too many or too few fields."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(strict_rows(lines, file.name))


def _merger(provinces: list[Row]) -> date:
    """The day on which the units before ended: that on which the oldest of today's provinces began."""
    return min(date.fromisoformat(row["valid_from"]) for row in provinces)
