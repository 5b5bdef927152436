"""The page that describes the API for who writes programs: our own, from the description that programs read too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.exchange.api import TITLE, description
from luc.exchange.limiting import MOST
from luc.kernel.pages import Request, page
from luc.portal.showing import fresh, public

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter or a field: its name, what kind of value it has, what it is."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what it answers, what it may be asked with, of which fields the answer is made."""

    name: str
    title: str
    address: str
    example: str
    parameters: list[Part]
    fields: list[Part]


def operations(told: Values) -> list[Operation]:
    """Every address of a description, in its order, in the language of the session."""
    return [_operation(told, address, one["get"]) for address, one in told["paths"].items()]


def _operation(told: Values, address: str, one: Values) -> Operation:
    answer = one["responses"][200]["content"]["application/json"]["schema"]
    parameters = [_part(each["name"], each["schema"], each) for each in one.get("parameters", ())]
    summary, example = one["summary"], "" if "{" in address else address
    return Operation(one["operationId"], _(summary), address, example, parameters, _fields(told, answer))


def _fields(told: Values, schema: Values) -> list[Part]:
    """The fields of an answer; of a list those of one of its things."""
    schema = _whole(told, schema)
    if schema.get("type") == "array":
        return _fields(told, schema["items"])
    properties: Values = schema.get("properties", {})
    found = [_part(name, one, one) for name, one in properties.items()]
    if "items" in properties and "next" in properties:
        found += [_inside(part) for part in _fields(told, properties["items"])]
    return found


def _inside(part: Part) -> Part:
    return Part(f"items[].{part.name}", part.kind, part.about)


def _whole(told: Values, schema: Values) -> Values:
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rsplit("/", 1)[-1]
    found: Values = told["components"]["schemas"][name]
    return found


def _part(name: str, schema: Values, one: Values) -> Part:
    about = one.get("description") or schema.get("description") or ""
    bounds = [f"{schema['minimum']}–{schema['maximum']}"] if name == "limit" else []
    return Part(name, ", ".join([_kind(schema), *bounds]), _(about) if about else "")


def _kind(schema: Values) -> str:
    """The kind of a value in words."""
    either = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if either:
        return _("%(kind)s hoặc null") % {"kind": _kind(either[0])}
    words = {
        "string": _("chuỗi ký tự"),
        "integer": _("số nguyên"),
        "number": _("số"),
        "boolean": "true/false",
        "array": _("danh sách"),
    }
    days = {"date": _("ngày"), "date-time": _("thời điểm")}
    return days.get(schema.get("format", "")) or words.get(schema.get("type", ""), _("nhóm giá trị"))


@public("portal.read")
def programs(request: Request) -> HttpResponseBase:
    """Every address of the API with its parameters and fields."""

    def make() -> HttpResponse:
        context = {
            "operations": operations(description()),
            "root": settings.ADDRESS,
            "openapi": reverse("exchange:openapi"),
            "most": MOST,
        }
        return render(request, "portal/programs.html", context)

    return fresh(request, f"programs/{TITLE}/{settings.ADDRESS}", None, make)


@page("portal.read")
def api(request: Request) -> HttpResponse:  # noqa: ARG001
    """The short address of the description."""
    return HttpResponseRedirect(reverse("portal:programs"))
