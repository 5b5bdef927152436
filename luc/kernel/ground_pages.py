"""Pages of the ground floor: the table of rights, the components, the outbox of the demonstration, the history."""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver

from luc.kernel.models import ChainHead, Change, Mail
from luc.kernel.pages import Request, page
from luc.kernel.rights import EVERYBODY, SIGNED_IN, known_acts

# a page of the rooms is found by its `act`; what third parties bring has none
ROLE_ORDER = [
    "clerk",
    "approver",
    "head",
    "officer",
    "focal_head",
    "appraiser",
    "leader",
    "secretariat",
    "administrator",
    "ministry_reader",
]


def addresses() -> dict[str, list[str]]:
    """Every address of the rooms by the act it needs."""
    found: dict[str, list[str]] = defaultdict(list)

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, here)
            elif hasattr(pattern.callback, "act"):
                found[pattern.callback.act].append("/" + here)

    walk(get_resolver().url_patterns, "")
    return dict(found)


@page("kernel.rights")
def rights(request: Request) -> HttpResponse:
    """Acts by room, who may do them, whose they are, and at which addresses."""
    where = addresses()
    rooms: dict[str, list[dict[str, object]]] = defaultdict(list)
    for name, act in sorted(known_acts().items()):
        everyone, signed_in = EVERYBODY in act.roles, SIGNED_IN in act.roles
        holders = [role for role in ROLE_ORDER if everyone or signed_in or role in act.roles]
        row = {"act": act, "holders": holders, "stranger": everyone, "addresses": where.get(name, [])}
        rooms[name.split(".")[0]].append(row)
    return render(request, "kernel/rights.html", {"rooms": dict(rooms), "roles": ROLE_ORDER})


@page("kernel.look")
def look(request: Request) -> HttpResponse:
    """All components, light and dark, for developers."""
    return render(request, "site/components.html")


@page("kernel.look")
def accessibility(request: Request) -> HttpResponse:
    """What we hold to, and whom to tell where we do not."""
    return render(request, "kernel/accessibility.html")


@page("kernel.outbox")
def outbox(request: Request) -> HttpResponse:
    """The mails of the demonstration; elsewhere this page does not exist."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "kernel/outbox.html", {"mails": Mail.objects.order_by("-at")[:100]})


@page("history.view")
def changes(request: Request) -> HttpResponse:
    """The history of the viewer's tenants, newest first, and whether its chain held when it was last verified."""
    tenants = request.viewer.tenants_for("history.view")
    rows = Change.objects.filter(tenant__in=tenants).order_by("-pk")
    heads = ChainHead.objects.filter(tenant__in=tenants)
    values = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "broken": [number for head in heads for number in head.broken],
        "checked_at": min((head.checked_at for head in heads if head.checked_at), default=None),
    }
    return render(request, "kernel/changes.html", values)
