"""What is seen of issued papers: the own agency's, those of rounds one answered in, for who follows the tenant's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing.issued.models import Issued
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.reporting.queries import scoped
from luc.rounds import queries as rounds

Papers = QuerySet[Issued]


def issued(viewer: Viewer) -> Papers:
    """The issued papers that a viewer may see, newest first, without what they hold."""
    own = Q(party__in=viewer.parties_for("issuing.issued"))
    followed = Q(cycle__in=rounds.cycles(viewer).order_by().values("pk"))
    answered = Q(cycle__in=rounds.own_obligations(viewer).order_by().values("cycle"))
    rows = Issued.objects.filter(own | followed | answered, tenant__in=viewer.tenants_for("issuing.issued"))
    rows = rows.select_related("party", "cycle", "file", "corrects", "corrected_by", "version__draft")
    heavy = ("cells", "version__content", "version__cells")
    return rows.defer(*heavy).order_by("-date", "-pk")


def files(viewer: Viewer) -> QuerySet[Any, Any]:
    """The files of these papers, by id (papers.access)."""
    return issued(viewer).order_by().values("file")


def correctable(viewer: Viewer, party: int) -> QuerySet[Issued]:
    """The papers of an agency that a new one may correct: each once."""
    return issued(viewer).filter(party=party, corrected_by=None)


def of_cycle(viewer: Viewer, cycle: int) -> list[Source]:
    """What was issued from a round, for its board and for the page of an obligation (kernel.registry)."""
    return [
        Source(
            _("Đã ban hành: số %(number)s") % {"number": row.number},
            reverse("issued:issued", args=[row.pk]),
        )
        for row in issued(viewer).filter(cycle=cycle)
    ]


def of_day(viewer: Viewer, cycle: int) -> list[Source]:
    """The way to what was known of a round on a day, for who reads its board (kernel.registry)."""
    if not scoped.cycles(viewer).filter(pk=cycle).exists():
        return []
    return [Source(_("Số liệu theo ngày"), reverse("issued:round", args=[cycle]))]


def sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Registry of sources: issued papers."""
    rows = issued(viewer).filter(pk__in=list(ids))
    return {
        row.pk: Source(f"{row.kind} {row}".strip(), reverse("issued:issued", args=[row.pk])) for row in rows
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A number or sentence of an issued paper: its words, what it is, and where it stands in the signed text."""

    bookmark: str
    words: str
    cell: str = ""
    title: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    place: Mapping[str, int] | None = None


def told(row: Issued) -> list[Told]:
    """All bound numbers and sentences of an issued paper, in order."""
    compared = {one["key"]: one for one in row.signed.comparison.get("numbers", [])}
    return [
        Told(
            bookmark=one["bookmark"],
            words=one["words"],
            cell=one.get("cell") or "",
            title=str((row.cells.get(one.get("cell") or "") or {}).get("title", "")),
            rows=one["rows"],
            place=compared.get(one["bookmark"], {}).get("place"),
        )
        for one in row.signed.written.sources
    ]


def marks(row: Issued) -> list[dict[str, Any]]:
    """The marks of an issued paper: every number and sentence leads down to where it comes from."""
    return [
        {
            "id": one.bookmark,
            "place": dict(one.place),
            "href": reverse("issued:told", args=[row.pk, one.bookmark]),
            "title": one.title or _("Nguồn của câu này"),
        }
        for one in told(row)
        if one.place and (one.cell or one.rows)
    ]
