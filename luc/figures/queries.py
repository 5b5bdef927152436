"""What is known of figures, at a moment: each with its value and the standing that held then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import OuterRef, Q, QuerySet, Subquery

from luc.figures.models import Figure, Standing
from luc.figures.numbers import unscaled
from luc.kernel import registry
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Stood(TypedDict):
    """What `known_on` adds: the standing at the moment, and since when."""

    standing: str
    since: datetime


if TYPE_CHECKING:
    KnownFigure = WithAnnotations[Figure, Stood]

COUNTING = (Standing.Kind.REPORTED, Standing.Kind.ACCEPTED, Standing.Kind.PUBLISHED)


def figures(viewer: Viewer) -> QuerySet[Figure]:
    """The figures a viewer may see: those of its own parties, or all of the tenant."""
    own = Q(party__in=viewer.parties_for("figures.own"))
    rows = Figure.objects.filter(own | Q(tenant__in=viewer.tenants_for("figures.all")))
    return rows.select_related("indicator", "territory", "party")


def known_on(viewer: Viewer, moment: datetime) -> QuerySet[KnownFigure]:
    """The figures that were known at a moment, each with `standing` and `since` as they held then."""
    then = Standing.objects.filter(figure=OuterRef("pk"), at__lte=moment).order_by("-at", "-pk")
    rows = figures(viewer).annotate(
        standing=Subquery(then.values("kind")[:1]), since=Subquery(then.values("at")[:1])
    )
    return rows.filter(standing__isnull=False)


def counting_on(
    viewer: Viewer, moment: datetime, standings: Collection[str] = COUNTING
) -> QuerySet[KnownFigure]:
    """Of these, the ones that counted then: not withdrawn, or only those of the standings asked for."""
    return known_on(viewer, moment).filter(standing__in=standings)


Slot = tuple[int, int, object, object, str]


def slot_of(figure: Figure) -> Slot:
    """Indicator, territory, period, breakdown."""
    return (
        figure.indicator_id,
        figure.territory_id,
        figure.period_start,
        figure.period_until,
        figure.breakdown,
    )


def latest_by_slot(rows: Iterable[KnownFigure]) -> dict[Slot, list[KnownFigure]]:
    """The last figure of each party in each slot, newest first: which source wins is for who asks to say."""
    newest: dict[tuple[Slot, int], KnownFigure] = {}
    for row in sorted(rows, key=lambda figure: (figure.at, figure.pk)):
        newest[slot_of(row), row.party_id] = row
    slots: dict[Slot, list[KnownFigure]] = {}
    for (slot, _party), row in sorted(
        newest.items(), key=lambda item: (item[1].at, item[1].pk), reverse=True
    ):
        slots.setdefault(slot, []).append(row)
    return slots


def of_source(kind: str, ids: Collection[int]) -> list[Figure]:
    """The figures that came from some sources, for the steps that judge them."""
    return list(Figure.objects.filter(source_kind=kind, source_id__in=ids).order_by("pk"))


def value_of(figure: Figure) -> Decimal:
    """The exact value of a figure."""
    return unscaled(figure.amount, figure.scale)


def chain(viewer: Viewer, figure: Figure) -> list[Figure]:
    """All that the slot's party ever said in this slot, newest first, with the standings of each."""
    same = figures(viewer).filter(
        indicator=figure.indicator_id,
        territory=figure.territory_id,
        period_start=figure.period_start,
        period_until=figure.period_until,
        breakdown=figure.breakdown,
        party=figure.party_id,
    )
    return list(same.select_related("by").prefetch_related("standings__by").order_by("-at", "-pk"))


def counted_then(said: Iterable[Figure], moment: datetime) -> Figure | None:
    """Of what was said in a slot (`chain`) the figure that counted at a moment; None where none did."""
    for one in said:
        then = [row for row in one.standings.all() if row.at <= moment]
        if then and max(then, key=lambda row: (row.at, row.pk)).kind in COUNTING:
            return one
    return None


def sources_of(viewer: Viewer, rows: Iterable[Figure]) -> dict[int, Source]:
    """Where each figure came from, of what the viewer may see; as many statements as there are kinds of sources."""
    by: dict[str, dict[int, list[int]]] = {}
    for row in rows:
        if row.source_id is not None:
            by.setdefault(row.source_kind, {}).setdefault(row.source_id, []).append(row.pk)
    return {
        figure: source
        for kind, sources in by.items()
        for pk, source in registry.find(viewer, kind, sources).items()
        for figure in sources[pk]
    }
