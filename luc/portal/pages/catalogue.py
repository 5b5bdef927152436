"""The catalogue of open data, for harvesting portals."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation

from luc.kernel.models import Tenant
from luc.kernel.pages import Request, page
from luc.portal import queries
from luc.portal.catalogue import FORMS, Dataset, as_jsonld, as_turtle, dataset_of, triples
from luc.portal.pages.plans import mark_of
from luc.portal.registry import queries as registry
from luc.portal.registry import tables
from luc.portal.showing import fresh

_WRITERS = {"ttl": (as_turtle, "text/turtle"), "jsonld": (as_jsonld, "application/ld+json")}


@page("portal.read")
def catalogue(request: Request, catalogue_form: str) -> HttpResponseBase:
    """Every table of the registry and every published plan as DCAT-AP, in Turtle or JSON-LD."""
    if catalogue_form not in _WRITERS:
        raise Http404
    found = queries.listed()
    write, media = _WRITERS[catalogue_form]

    def make() -> HttpResponse:
        publisher = ", ".join(Tenant.objects.order_by("name").values_list("name", flat=True)[:3]) or "Lục"
        with translation.override("vi"):
            datasets = [_of_registry(publisher, name, title) for name, title in tables.titles()]
        for row in found:
            page = settings.ADDRESS + reverse("portal:plan", args=[row.plan_id])
            data = settings.ADDRESS + reverse("portal:plan_json", args=[row.plan_id])
            datasets.append(dataset_of(row, page, data))
        text = write(triples(settings.ADDRESS, publisher, datasets))
        return HttpResponse(text, content_type=f"{media}; charset=utf-8")

    return fresh(request, f"{catalogue_form}/{mark_of(found)}/{registry.mark()}", None, make)


def _of_registry(publisher: str, name: str, title: str) -> Dataset:
    where = settings.ADDRESS + reverse("portal:registry_statistics")
    files = tuple(
        (form, settings.ADDRESS + reverse("portal:registry_data", args=[name, form])) for form in FORMS
    )
    return Dataset(
        f"{where}?bang={name}",
        f"Doanh nghiệp môi trường: {title}",
        "Bảng số liệu công khai của danh bạ doanh nghiệp môi trường, chỉ gồm mục đã xác minh.",
        publisher,
        files,
    )
