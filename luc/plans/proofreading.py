"""The proof-reader of vanban, with our registers: the tenant's agencies through time, and the legal papers."""

from __future__ import annotations

from typing import Any

from luc.agencies.models import Party, PartySuccession
from luc.kernel.time import today
from luc.papers.models import LegalPaper
from vanban import checks
from vanban.document import Document

_BODIES = (Party.Kind.DEPARTMENT, Party.Kind.BOARD, Party.Kind.DISTRICT)


def findings(tenant: int, document: Document, read: dict[str, Any]) -> list[dict[str, Any]]:
    """What a careful reader would mark on a plan, as plain values with the places of the words."""
    registers = checks.Registers(_agencies(tenant), _papers())
    return [finding.as_json() for finding in checks.check(document, read, registers, today())]


def _agencies(tenant: int) -> tuple[checks.Agency, ...]:
    successors: dict[int, list[str]] = {}
    lines = PartySuccession.objects.filter(old__tenant=tenant).select_related("new").order_by("new__sort_key")
    for line in lines:
        successors.setdefault(line.old_id, []).append(line.new.name)
    rows = Party.objects.filter(tenant=tenant, kind__in=_BODIES).order_by("sort_key")
    return tuple(
        checks.Agency(
            row.name,
            row.short or None,
            row.valid_from,
            row.valid_to,
            tuple(successors.get(row.pk, ())),
            not row.sureness,
        )
        for row in rows
    )


def _papers() -> tuple[checks.LegalPaper, ...]:
    rows = LegalPaper.objects.order_by("number").values_list("number", "valid_from", "status")
    return tuple(checks.LegalPaper(*row) for row in rows)
