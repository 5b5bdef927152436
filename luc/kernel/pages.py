"""What every page shares: its right, its viewer, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from luc.kernel.errors import Refused
from luc.kernel.navigation import navigation
from luc.kernel.rights import EVERYBODY, STRANGER, Viewer, known_acts

if TYPE_CHECKING:
    pass

P = ParamSpec("P")
KEPT = "held"  # where a session keeps what was typed without one
VERSION = version("luc")
LARGEST = 2**63 - 1  # the number of a row


class Request(HttpRequest):
    """A request as our pages get it: with its viewer."""

    viewer: Viewer


class Page(Protocol):
    act: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def page(act: str) -> Callable[[Callable[Concatenate[Request, P], HttpResponseBase]], Page]:
    """Mark a view with the act that it needs; strangers are sent to sign in, others without the right get 403.

    The right on the one thing that is shown or changed is checked by the query or action that the page calls.
    """

    def wrap(view: Callable[Concatenate[Request, P], HttpResponseBase]) -> Page:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer: Viewer = getattr(request, "viewer", STRANGER)
            if viewer.user is None and EVERYBODY not in known_acts()[act].roles:
                return _sign_in(request)
            viewer.require(act)
            if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
                raise Http404  # no row has such a number, and not every database takes the question
            return view(cast(Request, request), *args, **kwargs)

        checked.act = act  # type: ignore[attr-defined]
        return cast(Page, checked)

    return wrap


def _sign_in(request: HttpRequest) -> HttpResponse:
    from luc.kernel.held import hold, way_back  # it is a page itself

    return redirect_to_login(way_back() if hold(request) else request.get_full_path())


class RefusedMiddleware:
    """A refusal that a page did not handle: a message, and back to where the person was; nothing was written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn Refused into a message; every other exception goes on."""
        if not isinstance(exception, Refused):
            return None
        back = request.headers.get("Referer", "")
        if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
            messages.error(request, exception.message)
            return HttpResponseRedirect(back)
        return render(request, "refused.html", {"refusal": exception}, status=409)


class ReadableMiddleware:
    """A request with a NUL byte, which no database keeps as text, is no request of ours: 400, whatever the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or _has_nul(request.GET) or _has_nul(request.POST):
            raise BadRequest("NUL byte")
        return self.get_response(request)


def _has_nul(sent: QueryDict) -> bool:
    return any("\x00" in name or any("\x00" in value for value in sent.getlist(name)) for name in sent)


def context(request: HttpRequest) -> dict[str, Any]:
    """What every template knows."""
    viewer: Viewer = getattr(request, "viewer", STRANGER)
    return {
        "viewer": viewer,
        "tenant_name": viewer.tenant_name,
        "demonstration": settings.DEMONSTRATION,
        "sends_mail": settings.SENDS_MAIL,
        "luc_version": VERSION,
        "navigation": navigation(request, viewer),
    }
