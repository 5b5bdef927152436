"""One's own reminders: what was said, how to be told, the calendar of due days by its secret address."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_POST, require_safe

from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.rounds import queries as rounds
from luc.rounds.reminders import actions, queries
from luc.rounds.reminders.feed import feed_of
from luc.rounds.reminders.forms import ChoiceForm
from luc.rounds.reminders.ladder import sends_mail

SHOWN_ONCE = "feed_address"
SHOWN = 50
FRESH_FOR = 3600  # seconds; calendars ask every few hours anyway


@page("rounds.own_reminders")
def mine(request: Request) -> HttpResponse:
    """What the viewer was reminded of, and how the viewer wants it."""
    viewer = request.viewer
    chosen = queries.preference(viewer)
    form = ChoiceForm(request.POST or None, initial={"way": chosen.way, "language": chosen.language})
    if request.method == "POST" and form.done(lambda given: actions.choose(viewer, **given)):
        messages.success(request, _("Đã lưu cách nhận nhắc."))
        return redirect("rounds:mine")
    rows = list(queries.mine(viewer)[:SHOWN])
    results = queries.results(rows)
    context = {
        "form": form,
        "rows": [(row, results[row.pk]) for row in rows],
        "feed": queries.feed(viewer),
        "address": request.session.pop(SHOWN_ONCE, ""),
        "mail_goes": sends_mail(),
        "user": request.user,
    }
    return render(request, "rounds/reminders/mine.html", context, status=422 if form.errors else 200)


@page("rounds.own_reminders")
def obligation(request: Request, obligation: int) -> HttpResponse:
    """From a letter to the answer itself: where this viewer writes, approves or reads it, else the desk."""
    source = queries.source_of(obligation)
    for what in ("answer", "obligation"):
        found = registry.find(request.viewer, f"{source}.{what}", [obligation]).get(obligation)
        if found:
            return redirect(found.address)
    get_object_or_404(rounds.obligations(request.viewer), pk=obligation)
    return redirect("/")


@page("rounds.own_reminders")
def cycle(request: Request, cycle: int) -> HttpResponse:
    """From a letter to the round of which it tells, for who collects or follows it."""
    row = get_object_or_404(rounds.cycles(request.viewer), pk=cycle)
    found = registry.find(request.viewer, f"{row.source_kind}.cycle", [row.pk]).get(row.pk)
    return redirect(found.address if found else "/")


@page("rounds.own_reminders")
@require_POST
def make_feed(request: Request) -> HttpResponse:
    """Make a new calendar address and show it once."""
    secret = actions.make_feed(request.viewer)
    request.session[SHOWN_ONCE] = request.build_absolute_uri(reverse("rounds:feed", args=[secret]))
    return redirect("rounds:mine")


@page("rounds.own_reminders")
@require_POST
def revoke_feed(request: Request) -> HttpResponse:
    """End the calendar address."""
    actions.revoke_feed(request.viewer)
    messages.success(request, _("Địa chỉ lịch đã hết hiệu lực."))
    return redirect("rounds:mine")


@page("rounds.feed")
@require_safe
def feed(request: Request, secret: str) -> HttpResponse:
    """The calendar of due days, for calendar programs; unchanged it is not sent again."""
    content = feed_of(secret)
    if content is None:
        raise Http404
    digest = f'"{hashlib.sha256(content).hexdigest()[:32]}"'

    def etag(_request: HttpRequest, *_: object) -> str:
        return digest

    def answer(_request: HttpRequest, *_: object) -> HttpResponse:
        return HttpResponse(content, content_type="text/calendar; charset=utf-8")

    response = condition(etag_func=etag)(answer)(request)
    patch_cache_control(response, private=True, max_age=FRESH_FOR)
    return response
