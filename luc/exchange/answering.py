"""How every address of the API answers: to reading alone, from any site, nothing twice, faults as RFC 9457 says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_http_date_safe, quote_etag

from luc.exchange import limiting
from luc.industry.pages import origin_of
from luc.kernel.pages import Page, page

KEPT = 60  # seconds for which an answer may be shown without asking again: what is removed is gone after them
PROBLEM = "application/problem+json"
_METHODS = "GET, HEAD, OPTIONS"


def problem(
    status: int, code: str, detail: str, errors: Sequence[Mapping[str, str]] = (), title: str = ""
) -> HttpResponse:
    """A fault as RFC 9457 has it, in Vietnamese; `code` is for programs and stays the same."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": title or _TITLES[status],
        "status": status,
        "code": code,
        "detail": detail,
    }
    if errors:
        told["errors"] = list(errors)
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=PROBLEM)


_TITLES = {
    404: "Không tìm thấy",
    405: "Không dùng được cách gửi này",
    422: "Tham số không hợp lệ",
    429: "Quá nhiều yêu cầu",
}


def missing() -> HttpResponse:
    """The same words whether it never was, is not public, or is no more."""
    return problem(404, "not_found", "Không có mục này, hoặc mục này không công khai.")


def opened(view: Callable[..., HttpResponseBase]) -> Page:
    """An address of the API that everybody reads, from any site; no cookie, no session."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("vi"):
            answer = _answer(view, request, *args, **kwargs)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        answer.headers["Content-Language"] = "vi"
        return answer

    answered.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written: no token is asked for
    return page("exchange.read")(answered)


def _answer(
    view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    if wait := limiting.too_often(origin_of(request)):  # type: ignore[arg-type]
        answer = problem(429, "too_many", "Vừa có quá nhiều yêu cầu từ nơi này. Hãy hỏi lại sau.")
        answer.headers["Retry-After"] = str(wait)
        return answer
    if request.method not in {"GET", "HEAD"}:
        answer = problem(405, "read_only", "Địa chỉ này chỉ để đọc: hãy dùng GET.")
        answer.headers["Allow"] = _METHODS
        return answer
    request.method = "GET"  # the server leaves out the body of an answer to HEAD
    try:
        return _fresh(request, view(request, *args, **kwargs))
    except Http404:
        return missing()


def _preflight() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer.headers["Allow"] = answer.headers["Access-Control-Allow-Methods"] = _METHODS
    answer.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


def _fresh(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer with its mark, or 304 when the program has it already."""
    if answer.status_code != 200 or not isinstance(answer, HttpResponse):
        return answer
    etag = quote_etag(hashlib.sha256(answer.content).hexdigest()[:32])
    at = parse_http_date_safe(answer.headers.get("Last-Modified", ""))
    answer.headers["ETag"] = etag
    found = get_conditional_response(request, etag, at, answer)
    assert found is not None
    patch_cache_control(found, public=True, max_age=KEPT)
    return found
