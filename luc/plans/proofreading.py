"""The proof-reader of vanban, with our registers: agencies of the tenant, legal papers, national targets."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from luc.agencies.models import Party, PartyName, PartySuccession
from luc.kernel.time import today
from luc.papers.models import LegalPaper
from vanban import checks
from vanban.checks.registers import national_targets
from vanban.document import Document

# committees, enterprises and the like are many and do not end in a way that a paper must know
_BODIES = (
    Party.Kind.DEPARTMENT,
    Party.Kind.BOARD,
    Party.Kind.ASSOCIATION,
    Party.Kind.DISTRICT,
    Party.Kind.GROUP,
)


def findings(tenant: int, document: Document, read: dict[str, Any]) -> list[dict[str, Any]]:
    """What a careful reader would mark on a plan, as plain values with the places of the words."""
    registers = checks.Registers(_agencies(tenant), _papers(), national_targets(settings.REFDATA))
    return [finding.as_json() for finding in checks.check(document, read, registers, today())]


def _agencies(tenant: int) -> tuple[checks.Agency, ...]:
    successors: dict[int, list[str]] = {}
    lines = PartySuccession.objects.filter(old__tenant=tenant).select_related("new").order_by("new__sort_key")
    for line in lines:
        successors.setdefault(line.old_id, []).append(line.new.name)
    names: dict[int, list[str]] = {}
    for name in PartyName.objects.filter(tenant=tenant, party__kind=Party.Kind.GROUP).order_by("name"):
        names.setdefault(name.party_id, []).append(name.name)
    rows = Party.objects.filter(tenant=tenant, kind__in=_BODIES).order_by("sort_key")
    return tuple(
        checks.Agency(
            row.name,
            row.short or None,
            row.valid_from,
            row.valid_to,
            tuple(successors.get(row.pk, ())),
            not row.sureness,
            tuple(names.get(row.pk, ())),
        )
        for row in rows
    )


def _papers() -> tuple[checks.LegalPaper, ...]:
    fields = ("number", "valid_from", "status", "date", "valid_to", "replaced_by", "status", "title")
    return tuple(
        checks.LegalPaper(*row) for row in LegalPaper.objects.order_by("number").values_list(*fields)
    )
