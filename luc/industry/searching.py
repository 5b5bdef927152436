"""What of the registry everybody finds: documents of public enterprises and offers, and by what one narrows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_scopes import scopes_disabled

from luc.industry.fields import every_field, every_kind, items_at
from luc.industry.models import Branch, Enterprise, Entry, Field, Kind, Offer, Park
from luc.industry.queries import public_enterprises, public_offers
from luc.industry.tax import is_household
from luc.kernel.prepared import Prepared
from luc.kernel.search import registering
from luc.kernel.search.indexing import index
from luc.kernel.search.registering import EVERYBODY, Content, Facet, Labels
from luc.kernel.time import today
from luc.territory.models import Unit
from luc.territory.queries import named

ENTERPRISE, OFFER = "industry.enterprise", "industry.offer"
KINDS = (ENTERPRISE, OFFER)
ECOLABEL = "con-han"
_AUDIENCE = frozenset([EVERYBODY])
_MOST_NAMES = 100  # names of offers by which their enterprise is found


def touched(entry: Entry) -> None:
    """Make the documents anew that an entry has a part in; a step of the action that changed what is public."""
    if isinstance(entry, Offer):
        index(OFFER, [entry.pk])
        index(ENTERPRISE, [entry.enterprise_id])
    else:
        index(ENTERPRISE, [entry.pk])
        index(OFFER, Offer.objects.filter(enterprise=entry.pk).values_list("pk", flat=True))


def enterprises(ids: list[int]) -> Iterator[Content]:
    """The documents of those enterprises that everybody sees; a household's code, which is its owner's, in none."""
    with scopes_disabled():
        rows = list(public_enterprises().filter(pk__in=ids))
        offered = defaultdict[int, list[Offer]](list)
        for offer in public_offers().filter(enterprise__in=ids):
            offered[offer.enterprise_id].append(offer)
        branches = dict(
            Branch.objects.filter(code__in={row.branch for row in rows}).values_list("code", "name")
        )
    for row in rows:
        yield _enterprise(row, offered[row.pk], branches.get(row.branch, ""))


def _enterprise(row: Enterprise, offers: list[Offer], branch: str) -> Content:
    fields, kinds = _unique(one.field for one in offers), _unique(one.kind for one in offers)
    code = "" if is_household(row.tax_code) else row.tax_code
    names = [one.name for one in offers[:_MOST_NAMES]]
    told = [row.about, branch, code, *row.markets, *row.certificates, *names]
    return Content(
        row.pk,
        row.name,
        _AUDIENCE,
        more=_text([row.short, row.name_en, *(axis.name for axis in fields), *_place(row)]),
        body=_text([*told, row.street, *(axis.name for axis in kinds), *_english([*fields, *kinds])]),
        facets=_where(row)
        | {
            "linh-vuc": [axis.code for axis in fields],
            "loai": [axis.code for axis in kinds],
            "nhan": [ECOLABEL] if any(map(_has_ecolabel, offers)) else [],
        },
        tenant=row.tenant_id,
        fresh=row.changed_at,
        point=_point(row),
    )


def offers(ids: list[int]) -> Iterator[Content]:
    """The documents of those offers that everybody sees."""
    with scopes_disabled():
        rows = list(public_offers().select_related("enterprise__park", "item").filter(pk__in=ids))
    for row in rows:
        axes = _unique([row.field, row.kind])
        told = [row.about, row.hs_code, row.ecolabel, *row.standards, *row.references]
        yield Content(
            row.pk,
            row.name,
            _AUDIENCE,
            more=_text(
                [row.enterprise.name, *(axis.name for axis in axes), *_item(row), *_place(row.enterprise)]
            ),
            body=_text([*told, row.enterprise.short, *_english(axes)]),
            facets=_where(row.enterprise)
            | {
                "linh-vuc": [row.field.code] if row.field else [],
                "loai": [row.kind.code] if row.kind else [],
                "nhan": [ECOLABEL] if _has_ecolabel(row) else [],
                "danh-muc": [str(row.item_id)] if _item(row) else [],
            },
            tenant=row.tenant_id,
            fresh=row.changed_at,
            point=_point(row.enterprise),
        )


def _item(row: Offer) -> list[str]:
    """The item of an official list on which a good stands; one that is no more finds nothing."""
    return [row.item.name] if row.item and row.item.gone_in_id is None else []


def _unique(axes: Iterable[Any]) -> list[Any]:
    return sorted({axis for axis in axes if axis}, key=lambda axis: axis.order)


def _english(axes: Iterable[Field | Kind]) -> list[str]:
    return [axis.name_en for axis in axes]


def _text(parts: Iterable[str]) -> str:
    return " . ".join(filter(None, parts))


def _place(row: Enterprise) -> list[str]:
    return [unit.full_name for unit in _units(row)] + ([row.park.name] if row.park else [])


def _units(row: Enterprise) -> list[Unit]:
    """The commune and the province in which an enterprise lies."""
    return [unit for unit in (row.unit, row.unit and row.unit.parent) if unit]


def _where(row: Enterprise) -> dict[str, list[str]]:
    units = {unit.level: unit.code for unit in _units(row)}
    return {
        "tinh": [units[Unit.Level.PROVINCE]] if Unit.Level.PROVINCE in units else [],
        "xa": [units[Unit.Level.COMMUNE]] if Unit.Level.COMMUNE in units else [],
        "khu": [str(row.park_id)] if row.park_id else [],
        "quy-mo": [row.size] if row.size else [],
    }


def _has_ecolabel(row: Offer) -> bool:
    return bool(row.ecolabel) and (row.ecolabel_until is None or row.ecolabel_until > today())


def _point(row: Enterprise) -> tuple[float, float] | None:
    if row.latitude is None or row.longitude is None:
        return None
    return float(row.latitude), float(row.longitude)


def _axis(every: Callable[[], Iterable[Field | Kind]]) -> Labels:
    def labels(_values: Iterable[str]) -> Mapping[str, str]:
        return {row.code: str(row) for row in every()}

    return labels


def _units_named(level: str) -> Labels:
    def labels(values: Iterable[str]) -> Mapping[str, str]:
        return {code: name for _pk, code, name in named(level=level, codes=list(values))}

    return labels


def _parks(values: Iterable[str]) -> Mapping[str, str]:
    wanted = [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 12]
    with scopes_disabled():
        return {str(pk): name for pk, name in _seen_parks(parks=wanted, on=today())}


_seen_parks: Prepared[tuple[int, str]] = Prepared(
    lambda parks, on: Park.objects.filter(
        pk__in=public_enterprises(on).order_by().filter(park__in=parks).values("park")
    ).values_list("pk", "name")
)


def _items(values: Iterable[str]) -> Mapping[str, str]:
    wanted = [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 12]
    with scopes_disabled():
        return {str(row.pk): str(row) for row in items_at(keys=wanted) if row.gone_in_id is None}


def _sizes(values: Iterable[str]) -> Mapping[str, str]:
    return {value: str(Enterprise.Size(value).label) for value in values if value in Enterprise.Size}


def _labels(values: Iterable[str]) -> Mapping[str, str]:
    return dict.fromkeys(values, _("Có nhãn sinh thái còn hạn"))


FACETS = (
    Facet("linh-vuc", lazy("Lĩnh vực"), _axis(every_field)),
    Facet("loai", lazy("Loại"), _axis(every_kind)),
    Facet("tinh", lazy("Tỉnh, thành phố"), _units_named(Unit.Level.PROVINCE)),
    Facet("xa", lazy("Xã, phường, đặc khu"), _units_named(Unit.Level.COMMUNE), within="tinh"),
    Facet("khu", lazy("Khu, cụm công nghiệp"), _parks),
    Facet("quy-mo", lazy("Quy mô doanh nghiệp"), _sizes),
    Facet("danh-muc", lazy("Mục trong danh mục nhà nước"), _items),
    Facet("nhan", lazy("Nhãn sinh thái"), _labels),
)


def _keys(rows: Any) -> Iterable[int]:
    found: Iterable[int] = rows.order_by().values_list("pk", flat=True)
    return found


def register() -> None:
    """Tell the search of both kinds; called when the room starts."""
    registering.register(
        registering.Kind(
            ENTERPRISE, lazy("Doanh nghiệp"), enterprises, lambda: _keys(public_enterprises()), FACETS
        )
    )
    registering.register(
        registering.Kind(OFFER, lazy("Hàng hóa, dịch vụ"), offers, lambda: _keys(public_offers()), FACETS)
    )
