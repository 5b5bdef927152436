"""Published plans of one programme side by side: who promised what, how far each is; the same item above."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from luc.kernel.pages import Request
from luc.portal import comparison, queries
from luc.portal.pages.files import sent
from luc.portal.pages.plans import mark_of
from luc.portal.showing import address, fresh, public
from luc.portal.tables import as_json


@public("portal.read")
def programmes(request: Request) -> HttpResponseBase:
    """The programmes that published plans serve, each with how many."""
    found = queries.listed()

    def make() -> HttpResponse:
        context = {"programmes": comparison.programmes(found)}
        return render(request, "portal/programmes.html", context)

    return fresh(request, mark_of(found), None, make)


@public("portal.read")
def programme(request: Request, programme: str) -> HttpResponseBase:
    """The plans of one programme in one table, and under each item above who answers it."""
    found = comparison.of_programme(queries.listed(), programme)
    if found is None:
        raise Http404

    def make() -> HttpResponse:
        context = {
            "programme": found.programme,
            "rows": found.rows,
            "items": found.items(),
            "twin": address(request, "programme_data", programme, "json"),
        }
        return render(request, "portal/programme.html", context)

    return fresh(request, found.mark, None, make)


@public("portal.read")
def data(request: Request, programme: str, form: str) -> HttpResponseBase:
    """The comparison as CSV, XLSX or JSON."""
    found = comparison.of_programme(queries.listed(), programme)
    if found is None or form not in {"csv", "xlsx", "json"}:
        raise Http404

    def make() -> HttpResponse:
        tables = [found.table(), found.item_table()]
        if form == "json":
            values = {"programme": found.programme, **{one.name: one.as_dicts() for one in tables}}
            return HttpResponse(as_json(values), content_type="application/json; charset=utf-8")
        return sent(
            tables if form == "xlsx" else tables[:1],
            form,
            f"so-sanh-{programme}",
            [str(found.programme["name"])],
        )

    return fresh(request, found.mark, None, make)
