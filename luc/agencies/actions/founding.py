"""A province or a ministry is set up: its tenant, the units it governs, and the parties it starts with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from luc.agencies.founding import Body, Start
from luc.agencies.models import Party, PartyName, PartySuccession
from luc.kernel.history import Acting, action
from luc.kernel.models import Tenant
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.writing import writing
from luc.territory.models import TenantUnit

Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Founded:
    """What a run of the setting-up found or made."""

    tenant: Tenant
    parties: int
    made: int


def set_up(code: str, start: Start) -> Founded:
    """Make the tenant of a province or a ministry with all it starts with; what is there is left as people made it."""
    with transaction.atomic(), writing():
        tenant, _ = Tenant.objects.get_or_create(code=code, defaults={"name": start.name})
        units = set(TenantUnit.objects.filter(tenant=tenant).values_list("unit", flat=True))
        TenantUnit.objects.bulk_create(
            TenantUnit(tenant=tenant, unit=unit, valid_from=unit.valid_from, valid_to=unit.valid_to)
            for unit in start.units
            if unit.pk not in units
        )
        keys = _keys(tenant)
        new = [body for body in start.bodies if body.key not in keys]
        if new:
            with action(Viewer.for_system(tenant.pk), "agencies.manage", tenant=tenant.pk) as acting:
                _add(acting, tenant, start, new, keys)
    return Founded(tenant, len(start.bodies), len(new))


def _keys(tenant: Tenant) -> dict[Key, int]:
    """The parties that are there, by every name they have."""
    parties = {
        pk: (key, unit)
        for pk, key, unit in Party.objects.filter(tenant=tenant).values_list("pk", "search_key", "unit")
    }
    keys: dict[Key, int] = {(key, unit): pk for pk, (key, unit) in parties.items()}
    for pk, key in PartyName.objects.filter(tenant=tenant).values_list("party", "search_key"):
        keys.setdefault((key, parties[pk][1]), pk)
    return keys


def _add(acting: Acting, tenant: Tenant, start: Start, new: list[Body], keys: dict[Key, int]) -> None:
    rows = [_party(tenant, body) for body in new]
    Party.objects.bulk_create(rows, batch_size=500)
    keys |= {body.key: row.pk for body, row in zip(new, rows, strict=True)}
    made = {body.key for body in new}
    PartyName.objects.bulk_create(
        PartyName(tenant=tenant, party_id=keys[body.key], name=name, search_key=key)
        for body in new
        for key, name in {search_key(name): name for name in body.other_names}.items()
    )
    PartySuccession.objects.bulk_create(
        PartySuccession(
            tenant=tenant,
            old_id=keys[line.old.key],
            new_id=keys[line.new.key],
            on=line.on,
            sureness=line.sureness,
        )
        for line in start.lines
        if line.old.key in made or line.new.key in made
    )
    acting.log(tenant, None, {"parties": len(new), "names": [body.name for body in new]})


def _party(tenant: Tenant, body: Body) -> Party:
    row = Party(tenant=tenant, kind=body.kind, name=body.name, short=body.short, unit=body.unit)
    row.member_kinds, row.sureness = list(body.member_kinds), body.sureness
    row.valid_from, row.valid_to = body.valid_from, body.valid_to
    row.set_keys()
    return row
