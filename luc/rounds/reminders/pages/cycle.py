"""The officer's pages of one round: remind by hand, when the machine reminds, what was sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luc.agencies.order import by_kind
from luc.agencies.queries import parties
from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.kernel.templatetags.luc import moment as moment_words
from luc.kernel.time import now
from luc.rounds.models import Cycle, Obligation
from luc.rounds.reminders import actions, queries
from luc.rounds.reminders.forms import PolicyForm, WordsForm
from luc.rounds.reminders.models import Policy
from luc.rounds.reminders.preview import preview
from luc.rounds.reminders.wording import left_words

_ON_PAGE = 200  # all communes of a province; of a country, or of its enterprises, there are thousands


def _about(request: Request, cycle: Cycle, current: str) -> dict[str, Any]:
    """What every page of a round shows: the round, its board, the tabs."""
    titles = {
        "rounds:remind": _("Nhắc ngay"),
        "rounds:policy": _("Lịch nhắc"),
        "rounds:sent": _("Đã nhắc"),
    }
    tabs = [(title, reverse(name, args=[cycle.pk]), name == current) for name, title in titles.items()]
    board = registry.find(request.viewer, f"{cycle.source_kind}.cycle", [cycle.pk]).get(cycle.pk)
    return {"cycle": cycle, "tabs": tabs, "board": board}


@page("rounds.remind")
def remind(request: Request, cycle: int) -> HttpResponse:
    """Who has not handed in, how often reminded; remind one, the chosen ones, or all in one act."""
    row = get_object_or_404(queries.collected(request.viewer), pk=cycle)
    rows = queries.missing(request.viewer, row).order_by("due_at", *by_kind("party__"))
    if request.method == "POST":
        answer = _remind(request, row, _chosen(request.POST, rows))
        return answer or redirect(request.get_full_path())
    moment, shown = now(), Paginator(rows, _ON_PAGE).get_page(request.GET.get("page"))
    context = _about(request, row, "rounds:remind") | {
        "page": shown,
        "rows": [(one, left_words(one.due_at, moment), one.due_at <= moment) for one in shown],
        "late": rows.filter(due_at__lte=moment).count(),
        "form": WordsForm(),
        "unheard": queries.unheard(request.viewer, row),
    }
    return render(request, "rounds/reminders/remind.html", context)


def _chosen(given: QueryDict, rows: QuerySet[Obligation]) -> list[int]:
    """What the button that was pressed means: one, all that are late, all, or what is ticked; all is not one page."""
    button = given.get("nhac", "")
    if button == "tat-ca":
        return list(rows.order_by("pk").values_list("pk", flat=True))
    if button == "qua-han":
        return list(rows.filter(due_at__lte=now()).order_by("pk").values_list("pk", flat=True))
    wanted = [button] if button.isdecimal() else given.getlist("chon")
    return [int(value) for value in wanted if value.isdecimal() and len(value) < 19]


def _remind(request: Request, cycle: Cycle, chosen: list[int]) -> HttpResponse | None:
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    again = request.POST.get("confirmed") == "yes"
    try:
        done = actions.remind_by_hand(request.viewer, cycle.pk, chosen=chosen, words=words, again=again)
    except actions.JustReminded as just:
        return _ask_again(request, cycle, chosen, words, just)
    messages.success(request, _done_words(done))
    return None


def _done_words(done: actions.Reminded) -> str:
    said = ngettext("Đã nhắc %(n)d đơn vị.", "Đã nhắc %(n)d đơn vị.", done.parties) % {"n": done.parties}
    if not done.at_once:
        said += " " + _(
            "Lời nhắc đã hiện ở trang Việc của họ; thư sẽ gửi lúc %(at)s, trong giờ làm việc."
        ) % {"at": moment_words(done.leaves_at)}
    if done.climbed:
        said += " " + _("%(n)d đơn vị chưa có ai nhận được thư: hãy gọi điện.") % {"n": done.climbed}
    return said


def _ask_again(
    request: Request, cycle: Cycle, chosen: list[int], words: str, just: actions.JustReminded
) -> HttpResponse:
    hidden: list[tuple[str, Any]] = [("chon", pk) for pk in chosen]
    context = {
        "title": _("Nhắc lại trong vòng một giờ?"),
        "text": [just.message],
        "consequences": [_("Những đơn vị này nhận thêm một lời nhắc nữa.")],
        "action": _("Vẫn nhắc"),
        "hidden": [*hidden, ("words", words)],
        "address": reverse("rounds:remind", args=[cycle.pk]),
        "back": reverse("rounds:remind", args=[cycle.pk]),
    }
    return render(request, "components/confirm.html", context)


@page("rounds.remind")
def policy(request: Request, cycle: int) -> HttpResponse:
    """When the machine reminds in this round, and who will be told then."""
    row = get_object_or_404(queries.collected(request.viewer), pk=cycle)
    plan = preview(request.viewer, row)
    form = PolicyForm(request.POST or None, initial=PolicyForm.initial_of(plan.policy))
    if request.method == "POST" and form.done(lambda given: _set(request, row, given)):
        messages.success(request, _("Đã lưu lịch nhắc của kỳ này."))
        return redirect("rounds:policy", row.pk)
    context = _about(request, row, "rounds:policy") | {"form": form, "plan": plan}
    return render(request, "rounds/reminders/policy.html", context, status=422 if form.errors else 200)


def _set(request: Request, cycle: Cycle, given: dict[str, Any]) -> Policy:
    values = PolicyForm.values_of(given)
    return actions.set_policy(request.viewer, cycle.pk, tenant=cycle.tenant_id, **values)


@page("rounds.remind")
@require_POST
def usual(request: Request, cycle: int) -> HttpResponse:
    """Drop the round's own policy."""
    row = get_object_or_404(queries.collected(request.viewer), pk=cycle)
    actions.follow_the_usual(request.viewer, row.pk)
    messages.success(request, _("Kỳ này theo lịch nhắc chung."))
    return redirect("rounds:policy", row.pk)


@page("rounds.remind")
def sent(request: Request, cycle: int) -> HttpResponse:
    """What was sent in a round: to whom, why, by what way, with what result."""
    row = get_object_or_404(queries.collected(request.viewer), pk=cycle)
    shown = Paginator(queries.sent(request.viewer, row), 100).get_page(request.GET.get("page"))
    context = _about(request, row, "rounds:sent") | {
        "page": shown,
        "rows": _with_results(list(shown)),
    }
    return render(request, "rounds/reminders/sent.html", context)


@page("rounds.remind")
def sent_to(request: Request, cycle: int, party: int) -> HttpResponse:
    """What one party was sent in a round, with the words."""
    row = get_object_or_404(queries.collected(request.viewer), pk=cycle)
    whom = get_object_or_404(parties(request.viewer), pk=party)
    rows = queries.sent(request.viewer, row).filter(party=whom)
    context = _about(request, row, "rounds:sent") | {
        "party": whom,
        "rows": _with_results(list(rows[:200])),
        "with_words": True,
    }
    return render(request, "rounds/reminders/sent.html", context)


def _with_results(rows: list[Any]) -> list[tuple[Any, queries.Result]]:
    found = queries.results(rows)
    return [(row, found[row.pk]) for row in rows]
