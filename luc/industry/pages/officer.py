"""The officer's side: the list, what waits, side by side, merging, suggestions, parks."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.agencies.models import Party
from luc.agencies.queries import existing
from luc.industry import actions, queries
from luc.industry.forms import AddForm, MergeForm, ParkForm
from luc.industry.models import Enterprise, State, Suggestion
from luc.industry.pages import inside
from luc.industry.showing import TONES, offers_beside, sides
from luc.kernel.pages import Request
from luc.kernel.time import today


@inside("industry.keep")
def enterprises(request: Request) -> HttpResponse:
    """The enterprises that the viewer keeps, or all for an officer."""
    viewer = request.viewer
    words, state = request.GET.get("q", "").strip(), request.GET.get("trang_thai", "")
    rows = queries.found(queries.kept(viewer), words=words, state=state if state in State.values else "")
    shown = Paginator(rows.select_related("unit", "park"), 50).get_page(request.GET.get("page"))
    officer = viewer.may("industry.verify")
    more = {
        "page": shown,
        "words": words,
        "state": state,
        "states": [one for one in State.choices if one[0] != State.MERGED],
        "tones": TONES,
        "waiting": queries.queue(viewer).count() if officer else 0,
        "suggested": queries.suggestions(viewer).filter(state="waiting").count() if officer else 0,
        "officer": officer,
        "opens": viewer.may("industry.round"),
    }
    return render(request, "industry/enterprises.html", more)


@inside("industry.keep")
def add(request: Request) -> HttpResponse:
    """An agency enters an enterprise."""
    mine = existing(request.viewer, today()).filter(pk__in=request.viewer.parties_for("industry.keep"))
    form = AddForm(list(mine.values_list("pk", "name")), request.POST or None)
    made = form.done(lambda values: actions.add_enterprise(request.viewer, **values))
    if made:
        return redirect("industry:part", made.pk, "dia-chi")
    more = {"form": form, "heading": _("Thêm doanh nghiệp"), "button": _("Thêm")}
    return render(request, "industry/form.html", more)


@inside("industry.verify")
def queue(request: Request) -> HttpResponse:
    """What waits for the officer, longest first."""
    shown = Paginator(queries.queue(request.viewer), 50).get_page(request.GET.get("page"))
    return render(request, "industry/queue.html", {"page": shown, "tones": TONES})


def _entry(request: Request, pk: int) -> Enterprise:
    mine = request.viewer.tenants_for("industry.verify")
    return get_object_or_404(queries.editable(request.viewer).filter(tenant__in=mine), pk=pk)


@inside("industry.verify")
def check(request: Request, entry: int) -> HttpResponse:
    """One enterprise with what waits of it: what was verified beside what is said now; verify or return by field."""
    row = _entry(request, entry)
    if request.method == "POST":
        _judge(request)
        return redirect("industry:check", row.pk)
    (head,) = sides(request.viewer, row, [row])
    offers = offers_beside(request.viewer, row, waiting=True)
    waiting = [side for side in [head, *offers] if side.waits]
    more = {"row": row, "head": head, "waiting": waiting, "doubles": queries.doubles(row)}
    return render(request, "industry/check.html", more)


def _judge(request: Request) -> None:
    given = request.POST
    kind = "offer" if given.get("kind") == "offer" else "enterprise"
    pk, seen = given.get("pk", ""), given.get("seen", "")
    if not (pk.isdecimal() and seen.isdecimal() and len(pk) < 12 and len(seen) < 12):
        return
    names = {
        name.removeprefix("remark-"): str(words)
        for name, words in given.items()
        if name.startswith("remark-")
    }
    rows = queries.offers_of(request.viewer) if kind == "offer" else queries.editable(request.viewer)
    get_object_or_404(rows, pk=int(pk))
    done = actions.verify(request.viewer, kind, int(pk), seen=int(seen), remarks=names)
    words = _("Đã xác minh %(name)s.") if done.state == State.VERIFIED else _("Đã trả lại %(name)s.")
    messages.success(request, words % {"name": done.name})


@inside("industry.verify")
def merge(request: Request, entry: int) -> HttpResponse:
    """Merge one entry into another that may be the same enterprise."""
    row = _entry(request, entry)
    choices = [(one.pk, f"{one.name} ({one.tax_code})") for one in queries.doubles(row)]
    form = MergeForm(choices, request.POST or None)
    kept = form.done(lambda values: actions.merge(request.viewer, row.pk, **values))
    if kept:
        messages.success(request, _("Đã gộp vào %(name)s.") % {"name": kept.name})
        return redirect("industry:check", kept.pk)
    more = {"form": form, "heading": _("Gộp %(name)s") % {"name": row.name}, "button": _("Gộp")}
    return render(request, "industry/form.html", more)


@inside("industry.verify")
def suggestions(request: Request) -> HttpResponse:
    """What anybody suggested and nobody settled yet."""
    rows = queries.suggestions(request.viewer).filter(state=Suggestion.State.WAITING)
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "industry/suggestions.html", {"page": shown})


@inside("industry.verify")
@require_POST
def settle(request: Request, suggestion: int) -> HttpResponse:
    """Say what became of a suggestion."""
    get_object_or_404(queries.suggestions(request.viewer), pk=suggestion)
    taken = "dung" in request.POST
    actions.settle(request.viewer, suggestion, taken=taken, reason=request.POST.get("reason", ""))
    return redirect("industry:suggestions")


@inside("industry.parks")
def parks(request: Request) -> HttpResponse:
    """Parks and clusters with their boards; a new one."""
    kinds = [Party.Kind.BOARD, Party.Kind.DEPARTMENT, Party.Kind.COMMUNE]
    boards = existing(request.viewer, today()).filter(kind__in=kinds)
    form = ParkForm(list(boards.values_list("pk", "name")), request.POST or None)
    tenant = min(request.viewer.tenants_for("industry.parks"))
    made = form.done(lambda values: actions.add_park(request.viewer, tenant=tenant, **values))
    if made:
        messages.success(request, _("Đã thêm %(name)s.") % {"name": made.name})
        return redirect("industry:parks")
    return render(request, "industry/parks.html", {"rows": list(queries.parks(request.viewer)), "form": form})
