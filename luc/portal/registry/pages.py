"""Pages of the registry for everybody; one question each, an answer that can be shared."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django_scopes import scopes_disabled

from luc.exchange.limiting import too_often
from luc.industry import queries as industry
from luc.industry.actions import CONSENT
from luc.industry.models import Enterprise, Field, Kind, Offer
from luc.industry.pages import origin_of
from luc.industry.proposing.queries import public_proposals
from luc.kernel.pages import Request
from luc.portal.pages.files import JSON, sent
from luc.portal.registry import queries, tables
from luc.portal.registry.files import found_file
from luc.portal.registry.showing import Results, place, said
from luc.portal.showing import address, fresh, public, whole_address
from luc.portal.tables import as_json
from luc.territory import maps
from luc.territory.models import Unit

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]
# entries that one place opens in a minute, contacts stand there: three a second let sixty people of one office look at
# three each, and a crawler that takes one page a second use a third
MOST = 180


@public("portal.read")
def registry(request: Request) -> HttpResponseBase:
    """The door of the registry: a box to search in, the fields with how much is in them, what is newest."""

    def make() -> HttpResponse:
        fields = queries.by_axis(Field)
        context = {
            "fields": [(one, _found(request, f"linh-vuc={one.code}")) for one in fields],
            "kinds": [(one, _found(request, f"loai={one.code}")) for one in queries.by_axis(Kind)],
            "newest": queries.newest(),
            "enterprises": queries.enterprises(),
            "offers": sum(one.offers for one in fields),
        }
        return render(request, "portal/registry/home.html", context)

    return fresh(request, f"registry/{queries.mark()}", None, make)


def _found(request: Request, query: str) -> str:
    return f"{address(request, 'registry_found')}?{query}"


@public("portal.read")
def found(request: Request) -> HttpResponseBase:
    """What somebody looked for: list and map, narrowed step by step; `dang`: the list as a file."""
    form = request.GET.get("dang", "")

    def make() -> HttpResponse:
        if form:
            return found_file(request, form)
        return render(request, "portal/registry/found.html", {"results": Results(request)})

    return fresh(request, f"found/{request.META.get('QUERY_STRING', '')}/{queries.mark()}", None, make)


def _calmly(view: View[P]) -> View[P]:
    """A page that one place opens at most `MOST` times a minute; who is signed in is not counted."""

    @wraps(view)
    def counted(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        wait = 0
        if request.viewer.user is None:
            wait = too_often(origin_of(request), what="entry", most=MOST)
        if not wait:
            return view(request, *args, **kwargs)
        answer = render(request, "portal/registry/too_often.html", {"wait": wait}, status=429)
        answer.headers["Retry-After"] = str(wait)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return cast(View[P], counted)


@public("portal.read")
@_calmly
def enterprise(request: Request, public_enterprise: int) -> HttpResponseBase:
    """An enterprise: who and where it is, what it offers, whose word each line is."""
    row = industry.public_enterprise(public_enterprise)
    if row is None:
        kept = queries.merged_into(public_enterprise)
        if kept is None:
            raise Http404
        return HttpResponsePermanentRedirect(address(request, "registry_enterprise", kept))
    return _entry(request, row, "enterprise", row, offers=lambda: queries.offers_of(row.pk))


@public("portal.read")
@_calmly
def offer(request: Request, public_offer: int) -> HttpResponseBase:
    """An offer: what it is and can, its pictures and sheets, who makes it."""
    row = industry.public_offer(public_offer)
    if row is None:
        raise Http404

    def others() -> list[queries.Listed]:
        return [one for one in queries.offers_of(row.enterprise_id) if one.pk != row.pk]

    return _entry(request, row, "offer", row.enterprise, offers=others)


def _entry(
    request: Request, row: Enterprise | Offer, name: str, owner: Enterprise, **more: Callable[[], Any]
) -> HttpResponseBase:
    def make() -> HttpResponse:
        context = {"shown": industry.shown(row), "row": row, "owner": owner, "map": place(owner.unit)}
        context |= {title: told() for title, told in more.items()}
        return render(request, f"portal/registry/{name}.html", context)

    return fresh(request, f"{name}/{row.pk}/{queries.mark()}", None, make, kept=0)


@public("portal.read")
def statistics(request: Request) -> HttpResponseBase:
    """How much there is by field, kind and province, with what it rests on; every table as a file."""

    def make() -> HttpResponse:
        provinces, nowhere = queries.by_province()
        counts = {one.code: one.enterprises for one in provinces}
        drawn = maps.of_country(said(counts, Unit.Level.PROVINCE))
        context = {
            "fields": queries.by_axis(Field),
            "kinds": queries.by_axis(Kind),
            "provinces": provinces,
            "nowhere": nowhere,
            "map": drawn,
            "total": industry.public_enterprises().count(),
            "tables": tables.titles(),
        }
        return render(request, "portal/registry/statistics.html", context)

    return fresh(request, f"statistics/{queries.mark()}", None, make)


@public("portal.read")
def data(request: Request, registry_table: str, form: str) -> HttpResponseBase:
    """One table of the registry as CSV, XLSX or JSON."""
    if registry_table not in tables.TABLES or form not in {"csv", "xlsx", "json"}:
        raise Http404

    def make() -> HttpResponse:
        table = tables.TABLES[registry_table]()
        where = whole_address(request, "registry_statistics")
        if form == "json":
            values = {"title": table.title, "address": where, table.name: table.as_dicts()}
            return HttpResponse(as_json(values), content_type=JSON)
        return sent([table], form, table.name, [table.title, where])

    return fresh(request, f"{registry_table}.{form}/{queries.mark()}", None, make)


@public("portal.read")
def proposals(request: Request) -> HttpResponseBase:
    """What agencies proposed to add to national lists, as far as an officer shows it."""
    rows = public_proposals()

    def make() -> HttpResponse:
        page = Paginator(rows, 50).get_page(request.GET.get("page"))
        with scopes_disabled():
            for row in page:
                row.told = [one for one in row.steps.all() if one.state != "draft"]  # type: ignore[attr-defined]
            return render(request, "portal/registry/proposals.html", {"page": page})

    with scopes_disabled():
        seen = list(rows.prefetch_related(None).values_list("pk", "version"))
    return fresh(request, f"proposals/{request.GET.get('page', '')}/{seen}", None, make)


@public("portal.read")
def privacy(request: Request) -> HttpResponseBase:
    """What the registry keeps of people, why, how long, and whom to ask."""

    def make() -> HttpResponse:
        return render(request, "portal/registry/privacy.html", {"consent": CONSENT})

    return fresh(request, "privacy", None, make)
