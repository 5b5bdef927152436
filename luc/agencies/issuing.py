"""What the registers know of a body that issues a paper: names in its head, place, signer; blanks stay blank."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from luc.agencies.models import Membership, Party, Role
from luc.kernel.time import today, valid_on
from luc.territory.models import TenantUnit, Unit
from vanban.writing.capitals import place_name


@cache
def words() -> dict[str, Any]:
    """The fixed words of a paper, as data with their source."""
    path = resources.files("luc.agencies").joinpath("data/issuing.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def shortened(party: Party) -> str:
    """The abbreviation of a body: its short name when that is one, what committees are called, else its initials."""
    if party.short and party.short.isupper():
        return party.short
    for long, short in words()["body_short"].items():
        if party.name.startswith(long):
            return str(short)
    small = set(words()["small_words"])
    return "".join(word[0] for word in party.name.split() if word[0].isalpha() and word not in small).upper()


def abbreviated(name: str) -> str:
    """The name of a body with what is always abbreviated in a head: "UBND thành phố Cần Thơ"."""
    for long, short in words()["body_short"].items():
        name = name.replace(long, short)
    return name


def short_name(party: Party) -> str:
    """A commune by its unit ("Phường An Bình"), every other party by its name with the usual abbreviations."""
    if party.kind == Party.Kind.COMMUNE and party.unit is not None:
        return party.unit.full_name
    return abbreviated(party.name)


def parent(party: Party) -> str | None:
    """The body above in the head of a paper; a province's committee has none, nor has a ministry."""
    is_top = party.kind == Party.Kind.PROVINCE or party.name == party.tenant.name
    return None if is_top else abbreviated(party.tenant.name)


def place(tenant: int) -> str:
    """The province that a tenant governs today, of a ministry the capital; "" when the register knows none."""
    units = TenantUnit.objects.filter(valid_on(today()), tenant=tenant).filter(
        unit__level__in=["province", "country"]
    )
    row = units.select_related("unit").order_by("-valid_from").first()
    if row is None:
        return ""
    return str(words()["capital"]) if row.unit.level == "country" else _named(row.unit)


def seat(party: Party) -> str:
    """The place in the head of a body's own paper: of a commune its unit, of others the province (II.4.a)."""
    if party.kind == Party.Kind.COMMUNE and party.unit is not None:
        return _named(party.unit)
    return place(party.tenant_id)


def _named(unit: Unit) -> str:
    return place_name(unit.name, unit.full_name)


def collective(party: Party) -> str:
    """In whose name its head signs: of a committee the committee ("TM. Ủy ban nhân dân"), else of nobody."""
    return next((str(long) for long in words()["body_short"] if party.name.startswith(long)), "")


def signer_title(party: Party) -> str:
    """What the head of a body is called."""
    return str(words()["signers"].get(party.kind, words()["signer_otherwise"]))


def signer_name(party: Party) -> str:
    """Who heads the agency, when one person does; else blank."""
    heads = Membership.objects.filter(valid_on(today()), party=party, role__in=[Role.HEAD, Role.FOCAL_HEAD])
    names = sorted({row.user.full_name for row in heads.select_related("user")})
    return names[0] if len(names) == 1 else ""
