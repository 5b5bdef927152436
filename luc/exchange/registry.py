"""The registry for programs: enterprises, offers, the two axes; the filters are those of the public search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from luc.exchange.schemas import (
    Axis,
    EnterprisePage,
    EnterpriseTold,
    OfferPage,
    OfferTold,
    Part,
    Problem,
)
from luc.industry import queries, searching
from luc.industry.models import CatalogueItem, Enterprise, Field, Kind, Offer
from luc.industry.models.entries import Entry
from luc.industry.tax import is_household
from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import LONGEST, asked_from
from luc.kernel.search.registering import facets_of
from luc.kernel.search.walking import walk
from luc.territory.models import Unit

router = Router(tags=[_("Doanh nghiệp môi trường")])
_FAULTS = {404: Problem, 422: Problem, 429: Problem}
Values = dict[str, Any]


def _filters() -> list[Values]:
    """The filters of the public search as the description has them."""
    words = {
        "name": "tim",
        "in": "query",
        "required": False,
        "description": _("Chữ cần tìm, như ở trang tìm"),
    }
    found: list[Values] = [{**words, "schema": {"type": "string", "maxLength": LONGEST}}]
    for name, title in sorted(_TITLES.items()):
        kind = {"type": "string"} if name == "khung" else {"type": "array", "items": {"type": "string"}}
        found.append({"name": name, "in": "query", "required": False, "description": title, "schema": kind})
    return found


_TITLES = {
    "linh-vuc": _("Mã lĩnh vực; nhiều giá trị: có một trong các giá trị ấy"),
    "loai": _("Mã loại"),
    "tinh": _("Mã tỉnh, thành phố"),
    "xa": _("Mã xã, phường, đặc khu"),
    "khu": _("Mã khu, cụm công nghiệp"),
    "quy-mo": _("Quy mô: micro, small, medium, large"),
    "khung": _("Khung bản đồ: nam,tây,bắc,đông"),
    "nhan": _("con-han: có nhãn sinh thái còn hạn"),
    "danh-muc": _("Mã mục của danh mục nhà nước"),
}
_NARROWED: Values = {"parameters": _filters()}


@router.get(
    "/enterprises",
    response={200: EnterprisePage, **_FAULTS},
    summary=_("Các doanh nghiệp"),
    openapi_extra=_NARROWED,
)
def enterprises(
    request: HttpRequest,
    part: Query[Part],
) -> Values:
    """Public enterprises in a fixed order."""
    ids, mark = _ids(request, searching.ENTERPRISE, part)
    rows = {row.pk: row for row in queries.public_enterprises().filter(pk__in=ids)}
    return _page(request, mark, [_enterprise(rows[pk]) for pk in ids if pk in rows])


@router.get(
    "/enterprises/{int:public_enterprise}",
    response={200: EnterpriseTold, **_FAULTS},
    summary=_("Một doanh nghiệp, với nguồn của từng trường"),
)
def enterprise(request: HttpRequest, public_enterprise: int, response: HttpResponse) -> Values:  # noqa: ARG001
    """One public enterprise."""
    row = queries.public_enterprises().filter(pk=public_enterprise).first()
    if row is None:
        raise Http404
    _changed(response, row)
    offers = queries.public_offers().filter(enterprise=row.pk).order_by("pk").values_list("pk", flat=True)
    return {**_enterprise(row), "told": _told(row), "offers": list(offers)}


@router.get(
    "/offers",
    response={200: OfferPage, **_FAULTS},
    summary=_("Các hàng hóa, dịch vụ"),
    openapi_extra=_NARROWED,
)
def offers(
    request: HttpRequest,
    part: Query[Part],
) -> Values:
    """Public offers in a fixed order."""
    ids, mark = _ids(request, searching.OFFER, part)
    rows = {row.pk: row for row in _offers().filter(pk__in=ids)}
    return _page(request, mark, [_offer(rows[pk]) for pk in ids if pk in rows])


@router.get(
    "/offers/{int:public_offer}",
    response={200: OfferTold, **_FAULTS},
    summary=_("Một hàng hóa, dịch vụ, với nguồn của từng trường"),
)
def offer(request: HttpRequest, public_offer: int, response: HttpResponse) -> Values:  # noqa: ARG001
    """One public offer."""
    row = _offers().filter(pk=public_offer).first()
    if row is None:
        raise Http404
    _changed(response, row)
    return {**_offer(row), "told": _told(row)}


@router.get("/fields", response={200: list[Axis], 429: Problem}, summary=_("Các lĩnh vực"))
def fields(request: HttpRequest) -> list[Field]:  # noqa: ARG001
    """The fields in which offers stand."""
    return list(Field.objects.all())


@router.get("/kinds", response={200: list[Axis], 429: Problem}, summary=_("Các loại"))
def kinds(request: HttpRequest) -> list[Kind]:  # noqa: ARG001
    """What kinds of offers there are."""
    return list(Kind.objects.all())


def _ids(request: HttpRequest, kind: str, part: Part) -> tuple[list[int], int | None]:
    asked = asked_from(request.META.get("QUERY_STRING", ""), [kind])
    return walk(STRANGER, asked, after=part.after, limit=part.limit)


def _page(request: HttpRequest, mark: int | None, items: list[Values]) -> Values:
    return {"items": items, "next": None if mark is None else _onward(request, mark)}


def _onward(request: HttpRequest, mark: int) -> str:
    """The address of what comes next: the same question, of which only what the API knows is kept."""
    known = {"tim", "limit", "khung", *facets_of(searching.KINDS)}
    asked = [(name, value) for name, values in request.GET.lists() if name in known for value in values]
    return f"{settings.ADDRESS}{request.path}?{urlencode([*asked, ('after', mark)])}"


def _entry(row: Entry, name: str) -> Values:
    return {
        "id": row.pk,
        "name": row.name,
        "is_invented": row.is_invented,
        "changed_at": row.changed_at,
        "page": settings.ADDRESS + reverse(f"portal:registry_{name}", args=[row.pk]),
    }


def _enterprise(row: Enterprise) -> Values:
    units: Mapping[str, Unit] = {one.level: one for one in (row.unit, row.unit and row.unit.parent) if one}
    plain = ("about", "short", "name_en", "size", "founded", "website", "markets", "certificates", "street")
    return {
        **_entry(row, "enterprise"),
        **{name: getattr(row, name) for name in (*plain, "latitude", "longitude")},
        "tax_code": "" if is_household(row.tax_code) else row.tax_code,
        "vsic": row.branch,
        "commune": _named(units.get(Unit.Level.COMMUNE)),
        "province": _named(units.get(Unit.Level.PROVINCE)),
        "park": row.park.name if row.park else "",
    }


def _named(unit: Unit | None) -> Values | None:
    return {"code": unit.code, "name": unit.full_name} if unit else None


def _offers() -> QuerySet[Offer]:
    return queries.public_offers().select_related("item__catalogue")


def _item(item: CatalogueItem | None) -> Values | None:
    if item is None:
        return None
    told = {"id": item.pk, "list": item.catalogue.name, "in_force": item.gone_in_id is None}
    return {**told, "number": item.number, "name": item.name}


def _offer(row: Offer) -> Values:
    plain = ("about", "capacity", "capacity_unit", "hs_code", "standards", "references", "ecolabel")
    return {
        **_entry(row, "offer"),
        **{name: getattr(row, name) for name in (*plain, "ecolabel_until")},
        "enterprise": row.enterprise_id,
        "enterprise_name": row.enterprise.name,
        "field": row.field.code if row.field else "",
        "kind": row.kind.code if row.kind else "",
        "item": _item(row.item),
    }


def _changed(response: HttpResponse, row: Entry) -> None:
    if row.changed_at:
        response.headers["Last-Modified"] = http_date(row.changed_at.timestamp())


def _told(row: Enterprise | Offer) -> list[Values]:
    return [
        {"field": line.name, "text": line.text, "source": line.source, "on": line.on}
        for line in queries.shown(row).lines
    ]
