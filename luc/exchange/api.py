"""The API as a whole: its parts, its faults in Vietnamese, its addresses and its description."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, PathConverter
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from luc.exchange import registry, rooms
from luc.exchange.answering import PROBLEM, missing, opened, problem

TITLE = "Lục: dữ liệu công khai"
ABOUT = (
    "Doanh nghiệp môi trường và kế hoạch xanh đã công bố. Chỉ đọc, không cần khóa. Dùng tự do, có ghi nguồn."
)
_WORDS = {
    "int_parsing": "Phải là số nguyên.",
    "greater_than_equal": "Phải từ {ge} trở lên.",
    "less_than_equal": "Nhiều nhất là {le}.",
}


class Api(NinjaAPI):
    """Operations are named as our functions are: programs made from the description read well."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


@cache
def api() -> NinjaAPI:
    """The API with every part that rooms brought; made once, when addresses are first asked."""
    found = Api(
        title=TITLE,
        version="1",
        description=ABOUT,
        urls_namespace="exchange",
        docs_url=None,
        openapi_url=None,
    )
    found.add_router("", registry.router)
    for module in rooms.brought():
        found.add_router("", import_module(module).router)
    found.add_exception_handler(ValidationError, _invalid)
    found.add_exception_handler(Http404, _not_found)
    return found


def _invalid(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    faults = [{"field": str(one["loc"][-1]), "message": _said(one)} for one in error.errors]
    return problem(422, "invalid", "Có tham số không hợp lệ.", faults)


def _said(error: dict[str, Any]) -> str:
    words = _WORDS.get(str(error["type"]), "Giá trị không hợp lệ.")
    return words.format(**error.get("ctx", {}))


def _not_found(_request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
    return missing()


class Number(IntConverter):
    """The number of a row; a longer one is no address of ours, so it is answered as any that is not there."""

    regex = "[0-9]{1,18}"


class Anything(PathConverter):
    """The rest of an address, whatever its letters: ends of lines too."""

    regex = r"[\s\S]+"


register_converter(Number, "number")
register_converter(Anything, "anything")


def patterns() -> list[URLPattern]:
    """The addresses of all operations, without the home page of the library."""
    found = (one for one in api().urls[0] if isinstance(one, URLPattern) and one.name != "api-root")
    return [
        path(str(one.pattern).replace("<int:", "<number:"), opened(one.callback), name=one.name)
        for one in found
    ]


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI 3.1."""
    told = dict(api().get_openapi_schema(path_prefix="/api/v1/"))
    told["servers"] = [{"url": "/"}]
    for one in told["paths"].values():
        for status, answer in one["get"]["responses"].items():
            if status >= 400:  # the library knows one kind of content; faults have their own
                answer["content"] = {PROBLEM: answer["content"].pop("application/json")}
    return told


def openapi(_request: HttpRequest) -> HttpResponseBase:
    """The description as a file for programs."""
    text = json.dumps(description(), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def nothing(_request: HttpRequest, **_rest: str) -> HttpResponseBase:
    """An address that the API has not."""
    raise Http404
