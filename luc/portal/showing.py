"""How public pages answer: the language of their address, no cookie, and nothing twice that a browser has already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from luc.kernel.pages import VERSION, Page, Request, page
from luc.portal.models import Edition

P = ParamSpec("P")
ENGLISH = "portal_en"  # the namespace of the same addresses in English
KEPT = 60  # seconds for which a page is shown without asking again: what is removed is gone after them
_PAGE, _HEAVIEST = "text/html; charset=utf-8", 100_000  # what is kept at hand; bytes


def public(act: str) -> Callable[[Callable[Concatenate[Request, P], HttpResponseBase]], Page]:
    """A page of everybody: in the language of its address; what is not published does not exist."""

    def wrap(view: Callable[Concatenate[Request, P], HttpResponseBase]) -> Page:
        def answered(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            language = language_of(request)
            with translation.override(language):
                request.LANGUAGE_CODE = language
                try:
                    answer = view(request, *args, **kwargs)
                except Edition.DoesNotExist as error:
                    raise Http404 from error
            answer.headers["Content-Language"] = language
            return answer

        return page(act)(cast(Callable[Concatenate[Request, P], HttpResponseBase], wraps(view)(answered)))

    return wrap


def language_of(request: Request) -> str:
    """The language of an address."""
    return "en" if space(request) == ENGLISH else "vi"


def space(request: Request) -> str:
    """The namespace of an address."""
    return request.resolver_match.namespace if request.resolver_match else "portal"


def address(request: Request, name: str, *args: Any, **more: Any) -> str:
    """The address of another public page, in the same language."""
    return reverse(f"{space(request)}:{name}", args=args or None, kwargs=more or None)


def whole_address(request: Request, name: str, *args: Any, language: str = "") -> str:
    """The address as other sites and programs need it: with the host; in another language when one is given."""
    where = {"vi": "portal", "en": ENGLISH}.get(language) or space(request)
    return settings.ADDRESS + reverse(f"{where}:{name}", args=args)


def fresh(
    request: Request, mark: str, at: datetime | None, make: Callable[[], HttpResponse], *, kept: int = KEPT
) -> HttpResponseBase:
    """The answer that `make` gives, or 304 when the browser has it: `mark` changes whenever the content does.

    at: when it was last changed; None where that is not known. For who is signed in nothing is kept: the page
    carries the own name.
    """
    if request.viewer.user is not None:
        answer = make()
        patch_cache_control(answer, private=True, no_cache=True)
        return answer
    seen = (mark, language_of(request), request.COOKIES.get("theme", ""), VERSION, settings.DEMONSTRATION)
    etag = quote_etag(hashlib.sha256(repr(seen).encode()).hexdigest()[:32])
    since = int(at.timestamp()) if at else None
    known = get_conditional_response(request, etag, since)
    answer = known if known is not None else _made_once(request, etag, make)
    answer.headers["ETag"] = etag
    if at:
        answer.headers["Last-Modified"] = http_date(at.timestamp())
    patch_cache_control(answer, public=True, max_age=kept)
    return answer


def _made_once(request: Request, etag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """A page as it was made for another stranger within `KEPT` seconds, else made now: many read the same few pages.

    Who brings a cookie gets a page of the own.
    """
    asked = hashlib.sha256(f"{etag}{request.get_full_path()}".encode()).hexdigest()
    if not request.COOKIES and (known := caches["pages"].get(asked)):
        return HttpResponse(known)
    answer = make()
    is_page = answer.status_code == 200 and answer.headers["Content-Type"] == _PAGE
    if is_page and not (request.COOKIES or answer.cookies) and len(answer.content) <= _HEAVIEST:
        caches["pages"].set(asked, answer.content, KEPT)
    return answer
