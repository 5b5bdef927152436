"""The head and foot of the paper that a focal agency issues, from what the registers know; blanks stay blank."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from luc.agencies.models import Membership, Party, Role
from luc.kernel.time import today, valid_on
from luc.plans.models import Plan, Regime
from luc.rounds.models import Cycle
from luc.territory.models import TenantUnit


@cache
def words() -> dict[str, Any]:
    """The fixed words of a paper, as data with their source."""
    path = resources.files("luc.reporting").joinpath("data/papers.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues, from where, to whom, who signs."""

    issuer: str
    parent: str | None
    symbol: str
    place: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    signer_title: str
    signer_name: str


def letterhead(cycle: Cycle, plan: Plan) -> Letterhead:
    """The head of the paper about a cycle, in a fixed number of statements."""
    collector = cycle.collector
    tenant = collector.tenant.name
    short = shortened(collector)
    addressees = _addressees(cycle, plan) or (tenant,)
    return Letterhead(
        issuer=collector.name,
        parent=None if collector.kind == Party.Kind.PROVINCE else abbreviated(tenant),
        symbol=f"{words()['kind_symbol']}-{short}",
        place=_place(cycle, plan),
        addressees=addressees,
        recipients=("Như trên", f"Lưu: VT, {short}"),
        signer_title=words()["signers"].get(collector.kind, words()["signer_otherwise"]),
        signer_name=_signer(collector),
    )


def shortened(party: Party) -> str:
    """The abbreviation of a body: its short name when that is one, else the first letters of its words."""
    if party.short and party.short.isupper():
        return party.short
    small = set(words()["small_words"])
    return "".join(word[0] for word in party.name.split() if word[0].isalpha() and word not in small).upper()


def abbreviated(name: str) -> str:
    """The name of a body with what is always abbreviated in a head: "UBND thành phố Cần Thơ"."""
    for long, short in words()["body_short"].items():
        name = name.replace(long, short)
    return name


def _addressees(cycle: Cycle, plan: Plan) -> tuple[str, ...]:
    """Whom the regime names; else whom the regime names by which the collecting agency itself reports."""
    rows = list(Regime.objects.filter(plan=plan).prefetch_related("parties").order_by("order"))
    own = next((row for row in rows if row.pk == cycle.source_id), None)
    # who is named in the paper, also where a successor collects
    collects = {cycle.collector_id, own.collector_id if own else None}
    onwards = [row for row in rows if collects & {bound.party_id for bound in row.parties.all()}]
    named = (row.addressees for row in [own, *onwards] if row and row.addressees)
    return tuple(str(name) for name in next(named, ()))


def _place(cycle: Cycle, plan: Plan) -> str:
    """The province that the tenant governs today: the plan's own may have ended."""
    units = TenantUnit.objects.filter(valid_on(today()), tenant=cycle.tenant_id, unit__level="province")
    row = units.select_related("unit").order_by("-valid_from").first()
    return row.unit.name if row else plan.territory.name


def _signer(party: Party) -> str:
    """Who heads the agency, when one person does; else blank."""
    heads = Membership.objects.filter(valid_on(today()), party=party, role__in=[Role.HEAD, Role.FOCAL_HEAD])
    names = sorted({row.user.full_name for row in heads.select_related("user")})
    return names[0] if len(names) == 1 else ""
