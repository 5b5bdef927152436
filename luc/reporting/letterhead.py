"""The head and foot of the paper that a focal agency issues, from what the registers know; blanks stay blank."""

from __future__ import annotations

from dataclasses import dataclass

from luc.agencies import issuing
from luc.agencies.issuing import words
from luc.plans.models import Plan, Regime
from luc.rounds.models import Cycle


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
    short = issuing.shortened(collector)
    addressees = _addressees(cycle, plan) or (tenant,)
    return Letterhead(
        issuer=collector.name,
        parent=issuing.parent(collector),
        symbol=f"{words()['kind_symbol']}-{short}",
        place=issuing.place(cycle.tenant_id) or plan.territory.name,
        addressees=addressees,
        recipients=("Như trên", f"Lưu: VT, {short}"),
        signer_title=issuing.signer_title(collector),
        signer_name=issuing.signer_name(collector),
    )


def _addressees(cycle: Cycle, plan: Plan) -> tuple[str, ...]:
    """Whom the regime names; else whom the regime names by which the collecting agency itself reports."""
    rows = list(Regime.objects.filter(plan=plan).prefetch_related("parties").order_by("order"))
    of_cycle = set(cycle.regimes.values_list("regime", flat=True))
    own = next((row for row in rows if row.pk in of_cycle), None)
    # who is named in the paper, also where a successor collects
    collects = {cycle.collector_id, own.collector_id if own else None}
    onwards = [row for row in rows if collects & {bound.party_id for bound in row.parties.all()}]
    named = (row.addressees for row in [own, *onwards] if row and row.addressees)
    return tuple(str(name) for name in next(named, ()))
