"""Whose reports are confirmed by an approver before they leave, on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from luc.agencies.models import Approval, Party
from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on


def needing_approval(parties: Collection[int], on: date | None = None) -> set[int]:
    """Of some parties those whose reports an approver confirms: what a party says itself, else its tenant."""
    return _needing(dict(Party.objects.filter(pk__in=parties).values_list("pk", "tenant")), on)


_read_approvals = Prepared(
    lambda on, parties, tenants: (
        Approval.objects.filter(valid_on(on))
        .filter(Q(party__in=parties) | Q(party=None, tenant__in=tenants))
        .order_by("pk")
    )
)


def _needing(tenant_of: Mapping[int, int], on: date | None = None) -> set[int]:
    """The same for parties with their tenants at hand."""
    rows = _read_approvals(on=on or today(), parties=list(tenant_of), tenants=set(tenant_of.values()))
    said = {row.party_id: row.is_needed for row in rows if row.party_id is not None}
    usual = {row.tenant_id: row.is_needed for row in rows if row.party_id is None}
    return {pk for pk, tenant in tenant_of.items() if said.get(pk, usual.get(tenant, False))}


def sends_straight(viewer: Viewer, approve: str, *, tenant: int, party: int) -> bool:
    """Whether a viewer sends for a party without presenting: nobody has to confirm, or the viewer may (`approve`)."""
    return viewer.may(approve, tenant=tenant, party=party) or not _needing({party: tenant})


def approval_of(party: Party) -> Approval | None:
    """What a party says itself today; None when it follows its tenant."""
    return Approval.objects.filter(valid_on(today()), party=party).order_by("-pk").first()


def usual_approval(tenant: int) -> bool:
    """What holds today for the parties of a tenant that say nothing themselves."""
    row = Approval.objects.filter(valid_on(today()), party=None, tenant=tenant).order_by("-pk").first()
    return row is not None and row.is_needed
