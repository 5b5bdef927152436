"""The head and foot of a letter, as a draft keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from luc.agencies import issuing
from luc.agencies.models import Party
from vanban.writing import recipients, symbol


def head_of(issuer: Party, *, addressees: Sequence[str], unit: str = "", **more: Any) -> dict[str, Any]:
    """Who writes, from where, to whom, who signs; `unit` is how the unit that drafts is abbreviated."""
    short = issuing.shortened(issuer)
    return {
        "issuer": issuer.name,
        "parent": issuing.parent(issuer),
        "symbol": symbol(None, short, unit),
        "place": issuing.place(issuer.tenant_id),
        "addressees": list(addressees),
        "recipients": list(recipients(addressed=True, unit=unit or short)),
        "signer_title": issuing.signer_title(issuer),
        "signer_name": issuing.signer_name(issuer),
        "signer_collective": issuing.collective(issuer),
        "kind": None,
        **more,
    }
