"""Steps of the ledger: record, accept, withdraw. Only rows are added.

The room that reports wraps the steps in its action. Ledger rows are their own history, not logged twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.models import Figure, Indicator, Standing
from luc.figures.numbers import scaled
from luc.kernel.errors import Conflict
from luc.kernel.history import Acting
from luc.kernel.time import now


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A value for a slot (indicator, territory, period [start, until), breakdown), and its source."""

    indicator: int
    territory: int
    period_start: date
    period_until: date
    party: int
    value: Decimal
    unit: str
    kind: str
    source_kind: str
    source_id: int
    note: str = ""
    breakdown: str = ""
    paper: int | None = None
    corrects: int | None = None


def record(acting: Acting, rows: Sequence[NewFigure]) -> list[Figure]:
    """Add values to the ledger, as reported; what a row corrects is withdrawn from now on.

    Raises Refused when a value cannot be kept exactly, Conflict when a figure was corrected before.
    """
    corrected = [row.corrects for row in rows if row.corrects is not None]
    if len(set(corrected)) != len(corrected) or Figure.objects.filter(corrects__in=corrected).exists():
        raise Conflict(_("Số liệu này vừa được người khác đính chính; hãy tải lại trang."))
    figures = Figure.objects.bulk_create(_figure(acting, row) for row in rows)
    withdraw(acting, corrected, reason="được thay bằng số liệu mới")
    _stand(acting, [figure.pk for figure in figures], Standing.Kind.REPORTED)
    return figures


def _tenant(acting: Acting) -> int:
    assert acting.tenant is not None  # figures belong to a tenant
    return acting.tenant


def _figure(acting: Acting, row: NewFigure) -> Figure:
    amount, scale = scaled(row.value)
    return Figure(
        tenant_id=_tenant(acting),
        indicator_id=row.indicator,
        territory_id=row.territory,
        period_start=row.period_start,
        period_until=row.period_until,
        breakdown=row.breakdown,
        party_id=row.party,
        amount=amount,
        scale=scale,
        unit=row.unit,
        kind=row.kind,
        paper_id=row.paper,
        source_kind=row.source_kind,
        source_id=row.source_id,
        note=row.note,
        by_id=acting.viewer.user,
        at=now(),
        corrects_id=row.corrects,
    )


def accept(acting: Acting, figures: Collection[int]) -> None:
    """From now on these figures count as accepted."""
    _stand(acting, figures, Standing.Kind.ACCEPTED)


def publish(acting: Acting, figures: Collection[int]) -> None:
    """From now on these accepted figures count as published; what is published already stays as it is.

    Raises Conflict when one of them is no longer accepted.
    """
    rows = Standing.objects.filter(figure__in=figures).order_by("figure", "pk")
    last = dict(rows.values_list("figure", "kind"))
    if any(last.get(pk) not in {Standing.Kind.ACCEPTED, Standing.Kind.PUBLISHED} for pk in figures):
        raise Conflict(_("Có số liệu vừa được rút lại; hãy xem lại trang rồi công bố."))
    _stand(acting, [pk for pk in figures if last[pk] == Standing.Kind.ACCEPTED], Standing.Kind.PUBLISHED)


def withdraw(acting: Acting, figures: Collection[int], *, reason: str) -> None:
    """From now on these figures count no more; those that are withdrawn already stay as they are."""
    newest = (
        Standing.objects.filter(figure__in=figures).order_by("figure", "pk").values_list("figure", "kind")
    )
    last = dict(newest)
    counting = [pk for pk in figures if last.get(pk) != Standing.Kind.WITHDRAWN]
    _stand(acting, counting, Standing.Kind.WITHDRAWN, reason)


def _stand(acting: Acting, figures: Collection[int], kind: str, reason: str = "") -> None:
    at = now()
    Standing.objects.bulk_create(
        Standing(
            tenant_id=_tenant(acting), figure_id=pk, kind=kind, at=at, by_id=acting.viewer.user, reason=reason
        )
        for pk in figures
    )


Bounds = tuple[Decimal | None, Decimal | None]  # the lowest and the highest value that is not asked back


def bounds_of(indicators: Collection[int]) -> dict[int, Bounds]:
    """The bounds of indicators."""
    rows = Indicator.objects.filter(pk__in=indicators).values_list("pk", "lowest", "highest")
    return {pk: (low, high) for pk, low, high in rows}


def bound(acting: Acting, bounds: Mapping[int, Bounds]) -> None:
    """Set the bounds of indicators."""
    for row in Indicator.objects.select_for_update().filter(pk__in=bounds).order_by("pk"):
        low, high = bounds[row.pk]
        acting.change(row, lowest=low, highest=high)
