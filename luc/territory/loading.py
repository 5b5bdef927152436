"""Loading of units and their succession into the database: whole, repeatable, in a few statements."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import ProtectedError

from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.territory import boundaries, reference
from luc.territory.models import ReferenceLoad, Succession, Unit
from luc.territory.reference import Became, Draft, Key

_FIELDS = ["type", "name", "full_name", "name_en", "parent_id", "valid_to", "note"]
_SAVED = ["type", "name", "full_name", "name_en", "parent", "valid_to", "note", "sort_key", "search_key"]
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found and wrote."""

    units: int
    written: int
    successions: int
    with_communes: bool
    outlines: int
    removed: int = 0
    in_use: int = 0


def load(refdata: Path) -> Loaded:
    """Load refdata/admin and, where they are there, succession and boundaries; units are not written twice.

    What the files say otherwise is taken over. What they name no more is removed; a unit that is in use stays and is
    counted. Raises OSError, KeyError or ValueError for a missing or broken file; nothing is written then.
    """
    drafts = reference.units(refdata / "admin")
    became = reference.successions(refdata / "admin")
    mapping = refdata / "succession" / "ward_mapping_2025.csv"
    if mapping.exists():
        became += reference.commune_successions(mapping, drafts)
    with transaction.atomic(), writing():
        keys, written = _save_units(drafts)
        new, removed = _save_successions(became, keys, whole=mapping.exists())
        gone, in_use = _remove_units(keys)
        outlines = boundaries.load(refdata / "boundaries")
        _count_anew()
    return Loaded(len(drafts), written + new, len(became), mapping.exists(), outlines, removed + gone, in_use)


def _count_anew() -> None:
    """PostgreSQL plans by counted rows; uncounted after a bulk load, a join of units takes minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE territory_unit")
            cursor.execute("ANALYZE territory_succession")


def is_stale(refdata: Path) -> bool:
    """Whether the reference files are others than those that were loaded last."""
    if not any(refdata.rglob("*.csv")):
        return not Unit.objects.exists()  # without files there is nothing newer
    last = ReferenceLoad.objects.order_by("pk").last()
    return last is None or last.sha256 != _digest(refdata)


def remember(refdata: Path) -> None:
    """Keep from which files the reference data come, after all of them were loaded."""
    with writing():
        ReferenceLoad.objects.create(sha256=_digest(refdata), at=now())


def _digest(refdata: Path) -> str:
    """SHA-256 over the names and the content of all reference files."""
    whole = hashlib.sha256()
    for file in sorted([*refdata.rglob("*.csv"), *refdata.rglob("*.geojson")]):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(refdata).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def _remove_units(keys: Mapping[Key, int]) -> tuple[int, int]:
    """Remove the units that the files name no more, from below; how many, and how many are in use and stay."""
    known = set(keys.values())
    removed = in_use = 0
    for level in (Unit.Level.COMMUNE, Unit.Level.DISTRICT, Unit.Level.PROVINCE):
        there = set(Unit.objects.filter(level=level).values_list("pk", flat=True))
        for pk in sorted(there - known):
            try:
                Unit.objects.get(pk=pk).delete()
                removed += 1
            except ProtectedError:
                in_use += 1
    return removed, in_use


def _save_units(drafts: Sequence[Draft]) -> tuple[dict[Key, int], int]:
    keys: dict[Key, int] = {}
    written = 0
    there = {Key(unit.level, unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    for level in (Unit.Level.PROVINCE, Unit.Level.DISTRICT, Unit.Level.COMMUNE):
        wanted = [draft for draft in drafts if draft.key.level == level]
        new = [_unit(draft, keys) for draft in wanted if draft.key not in there]
        changed = [
            there[draft.key]
            for draft in wanted
            if draft.key in there and _take_over(there[draft.key], draft, keys)
        ]
        for unit in new + changed:
            unit.set_keys()
        Unit.objects.bulk_create(new, batch_size=_BATCH)
        Unit.objects.bulk_update(changed, _SAVED, batch_size=200)
        there |= {Key(unit.level, unit.code, unit.valid_from): unit for unit in new}
        keys |= {draft.key: there[draft.key].pk for draft in wanted}
        written += len(new) + len(changed)
    return keys, written


def _values(draft: Draft, keys: Mapping[Key, int]) -> dict[str, object]:
    parent = keys[draft.parent] if draft.parent else None
    return dict(
        zip(
            _FIELDS,
            (draft.type, draft.name, draft.full_name, draft.name_en, parent, draft.valid_to, draft.note),
            strict=True,
        )
    )


def _unit(draft: Draft, keys: Mapping[Key, int]) -> Unit:
    key = draft.key
    return Unit(code=key.code, level=key.level, valid_from=key.valid_from, **_values(draft, keys))


def _take_over(unit: Unit, draft: Draft, keys: Mapping[Key, int]) -> bool:
    """Give a stored unit the values of the file; says whether any differed."""
    values = _values(draft, keys)
    differs = any(getattr(unit, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(unit, name, value)
    return differs


def _save_successions(became: Sequence[Became], keys: Mapping[Key, int], *, whole: bool) -> tuple[int, int]:
    """Bring the successions to what the files say; how many were written and removed.

    None is removed unless the files are `whole`: the table of the communes may be absent.
    """
    there = {(row.old_id, row.new_id): row for row in Succession.objects.all()}
    new, changed = [], []
    for line in became:
        values = {"kind": line.kind, "on": line.on, "note": line.note}
        pair = (keys[line.old], keys[line.new])
        row = there.pop(pair, None)
        if row is None:
            new.append(Succession(old_id=pair[0], new_id=pair[1], **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            row.kind, row.on, row.note = line.kind, line.on, line.note
            changed.append(row)
    Succession.objects.bulk_create(new, batch_size=_BATCH)
    Succession.objects.bulk_update(changed, ["kind", "on", "note"], batch_size=200)
    gone = [row.pk for row in there.values()] if whole else []
    for start in range(0, len(gone), _BATCH):
        Succession.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    return len(new) + len(changed), len(gone)
