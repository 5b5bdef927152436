"""Who is looking, for every request: the viewer, and the scope of tenants that its queries may see."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_scopes import scope

from luc.agencies.queries import viewer_for
from luc.kernel.rights import STRANGER


class ViewerMiddleware:
    """Sets request.viewer and scopes all queries of the request to the viewer's tenants."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = viewer_for(request.user) if request.user.is_authenticated else STRANGER
        request.viewer = viewer  # type: ignore[attr-defined]
        with scope(tenant=sorted(viewer.tenants)):
            return self.get_response(request)
