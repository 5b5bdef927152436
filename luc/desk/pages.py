"""The first page: what I owe, by when; what waits for me. Strangers are welcomed and shown the way in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from luc.desk import queries
from luc.desk.brief import SHOWN, brief
from luc.desk.overview import overview
from luc.desk.steps import steps
from luc.kernel import registry
from luc.kernel.pages import Request, page


@page("desk.home")
def home(request: Request) -> HttpResponse:
    """What this viewer has to do today."""
    viewer = request.viewer
    if viewer.user is None:
        return render(request, "desk/welcome.html")
    if not viewer.tenants and viewer.parties_for("industry.own"):
        return redirect("industry:own")  # people of enterprises have nothing inside
    follows = viewer.may("reporting.board")
    running = queries.running(viewer) if follows else []
    writes, judges = viewer.may("reporting.write"), viewer.may("reporting.judge")
    owed = queries.owed(viewer) if writes else []
    requested = queries.requested(viewer) if writes else []
    context = {
        "writes": writes,
        "steps": steps(viewer),
        "offered": registry.offered(viewer, "desk.home", 0),
        "judges": judges,
        "owed": owed,
        "requested": requested,
        "owing": len(owed) + len(requested),
        "handed_in": queries.handed_in(viewer) if writes else [],
        "to_read": queries.to_read(viewer) if judges else [],
        "running": running,
        "asked": queries.asked(viewer) if follows else [],
        "follows": follows,
        "overview": overview(viewer, [(cycle, plan) for cycle, _counts, plan in running])
        if follows
        else None,
    }
    return render(request, "desk/home.html", context)


@page("desk.brief")
def brief_page(request: Request) -> HttpResponse:
    """On one page, for who decides: what waits for a word, who is late, how far the targets are."""
    found = brief(request.viewer)
    context = {"brief": found, "decides": request.viewer.may("threads.decide"), "shown": SHOWN}
    return render(request, "desk/brief.html", context)
