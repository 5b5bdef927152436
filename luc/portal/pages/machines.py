"""What search machines ask for."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from luc.kernel.pages import Request, page
from luc.portal import queries
from luc.portal.pages.plans import mark_of
from luc.portal.registry import queries as registry
from luc.portal.showing import ENGLISH, fresh

_OF_REGISTRY = (
    "registry",
    "registry_proposals",
    "registry_statistics",
    "registry_privacy",
    "programs",
)
_OF_PLAN = ("plan", "targets", "tasks", "units", "changes", "questions", "data")


@page("portal.read")
def robots(request: Request) -> HttpResponse:
    """Only the public pages are for search machines."""
    lines = [
        "User-agent: *",
        f"Allow: {reverse('portal:plans')}",
        f"Allow: {reverse(f'{ENGLISH}:plans')}",
        f"Allow: {settings.STATIC_URL}",
        *(f"Disallow: {reverse(f'{space}:registry_found')}?" for space in ("portal", ENGLISH)),
        "Allow: /danh-muc-du-lieu.",
        "Allow: /anh-hang-hoa/",
        "Allow: /api/v1/openapi.json",
        "Allow: /$",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri(reverse('publishing:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@page("portal.read")
def sitemap(request: Request) -> HttpResponseBase:
    """Every page of every published plan and every public entry of the registry, in both languages."""
    found = queries.listed()

    def make() -> HttpResponse:
        shown: list[tuple[str, tuple[int, ...], datetime | None]]
        shown = [("plans", (), max((row.at for row in found), default=None)), ("programmes", (), None)]
        shown += [(name, (), None) for name in _OF_REGISTRY]
        shown += registry.addresses()
        shown += [(name, (row.plan_id,), row.at) for row in found for name in _OF_PLAN]
        for one in queries.contents(found):
            shown += [("task", (one.plan, task["id"]), one.at) for task in one.content["tasks"]]
        rows = [
            {
                "vi": settings.ADDRESS + reverse(f"portal:{name}", args=args),
                "en": settings.ADDRESS + reverse(f"{ENGLISH}:{name}", args=args),
                "at": at,
            }
            for name, args, at in shown
        ]
        return render(
            request, "portal/sitemap.xml", {"rows": rows}, content_type="application/xml; charset=utf-8"
        )

    return fresh(request, f"{mark_of(found)}/{registry.mark()}", None, make)
