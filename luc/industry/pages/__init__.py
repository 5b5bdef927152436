"""Pages of the room; `inside` opens the scope in which a viewer has entries, people of enterprises have no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpResponseBase
from django_scopes import scope

from luc.industry.queries import tenants_of
from luc.kernel.pages import Page, Request, page

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]


def inside(act: str) -> Callable[[View[P]], Page]:
    """A page of people who have entries: `page`, within the scope of the tenants in which they have them."""

    def wrap(view: View[P]) -> Page:
        @wraps(view)
        def scoped(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            with scope(tenant=tenants_of(request.viewer)):
                return view(request, *args, **kwargs)

        return page(act)(cast(View[P], scoped))

    return wrap


def origin_of(request: Request) -> str:
    """The address a request came from: behind proxies (LUC_PROXIES) what the outermost of them says."""
    said = [one.strip() for one in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if settings.PROXIES and len(said) >= settings.PROXIES and said[-settings.PROXIES]:
        return said[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
