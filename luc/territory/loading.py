"""Loading of units and their succession into the database: whole, repeatable, in a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from luc.kernel.writing import writing
from luc.territory import reference
from luc.territory.models import Succession, Unit
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


def load(refdata: Path) -> Loaded:
    """Load refdata/admin and, where it is there, refdata/succession; a second load writes nothing.

    Raises OSError, KeyError or ValueError for a missing or broken file; nothing is written then.
    """
    drafts = reference.units(refdata / "admin")
    became = reference.successions(refdata / "admin")
    mapping = refdata / "succession" / "ward_mapping_2025.csv"
    if mapping.exists():
        became += reference.commune_successions(mapping, drafts)
    with transaction.atomic(), writing():
        keys, written = _save_units(drafts)
        written += _save_successions(became, keys)
    return Loaded(len(drafts), written, len(became), mapping.exists())


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


def _save_successions(became: Sequence[Became], keys: Mapping[Key, int]) -> int:
    there = set(Succession.objects.values_list("old_id", "new_id"))
    new = [
        Succession(old_id=keys[line.old], new_id=keys[line.new], kind=line.kind, on=line.on, note=line.note)
        for line in became
        if (keys[line.old], keys[line.new]) not in there
    ]
    Succession.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)
