"""A request that runs: what was asked of whom, what was done since, and its changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.pages import Request, page
from luc.kernel.time import VIETNAM, today
from luc.requests import actions, models
from luc.requests.forms import CorrectionForm, DueForm
from luc.requests.queries import requests
from luc.requests.queries.history import history
from luc.requests.values import numbers, read_moment
from luc.rounds import queries as rounds
from luc.rounds.confirming import confirm_step
from luc.rounds.forms import ReasonForm
from luc.rounds.models import Cycle


def _collected(request: Request, asked: int) -> models.Request:
    return get_object_or_404(requests.collected(request.viewer), pk=asked)


def _cycle(row: models.Request) -> Cycle:
    assert row.cycle is not None  # sent
    return row.cycle


@page("requests.results")
def content(request: Request, asked: int) -> HttpResponse:
    """What was asked of whom, and everything that was done since."""
    row = get_object_or_404(requests.sent(request.viewer), pk=asked)
    cycle = _cycle(row)
    context = {
        "tab": "content",
        "asked": row,
        "cycle": cycle,
        "counts": rounds.completeness(request.viewer, [cycle.pk])[cycle.pk],
        "questions": requests.questions(row),
        "addressees": list(row.addressees.select_related("party").order_by("pk")),
        "history": history(row),
        "may_ask": request.viewer.may("requests.ask", tenant=row.tenant_id, party=cycle.collector_id),
    }
    return render(request, "requests/content.html", context)


@page("requests.ask")
def due(request: Request, asked: int) -> HttpResponse:
    """Another due moment, with the reason."""
    row = _collected(request, asked)
    cycle = _cycle(row)
    form = DueForm(request.POST or None, initial=_as_typed(cycle))
    if request.method == "POST" and form.is_valid():
        try:
            moment = read_moment(form.cleaned_data["due_day"], form.cleaned_data["due_time"])
            actions.move_due(request.viewer, row.pk, due_at=moment, reason=form.cleaned_data["reason"])
        except Conflict:
            raise
        except Refused as refusal:
            form.add_refusal(
                refusal if refusal.fields else Refused(refusal.message, {"due_day": refusal.message})
            )
        else:
            messages.success(request, _("Đã đổi hạn. Các đơn vị thấy hạn mới ngay."))
            return redirect("requests:content", row.pk)
    context = {"tab": "content", "asked": row, "cycle": cycle, "form": form}
    return render(request, "requests/due.html", context, status=422 if form.errors else 200)


def _as_typed(cycle: Cycle) -> dict[str, str]:
    at = cycle.due_at.astimezone(VIETNAM)
    return {"due_day": f"{at:%d/%m/%Y}", "due_time": f"{at:%H:%M}"}


@page("requests.ask")
def more(request: Request, asked: int) -> HttpResponse:
    """Further addressees."""
    row = _collected(request, asked)
    chosen, refusal = numbers(request.POST.getlist("party")), None
    if request.method == "POST":
        try:
            count = actions.add_addressees(request.viewer, row.pk, parties=chosen)
        except Conflict:
            raise
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Đã gửi thêm cho %(count)d đơn vị.") % {"count": count})
            return redirect("requests:content", row.pk)
    groups, single = requests.offers(row.asker, today())
    context = {
        "tab": "content",
        "asked": row,
        "cycle": _cycle(row),
        "groups": groups,
        "single": [(kind, parties, 0) for kind, parties in single],
        "chosen": set(chosen),
        "refusal": refusal,
    }
    return render(request, "requests/more.html", context, status=422 if refusal else 200)


@page("requests.ask")
def correct(request: Request, question: int) -> HttpResponse:
    """The words of a question, corrected with a note."""
    row = get_object_or_404(requests.editable_questions(request.viewer), pk=question)
    form = CorrectionForm(request.POST or None, initial={"text": row.text, "help": row.help})
    if form.done(lambda said: actions.correct_question(request.viewer, row.pk, **said)):
        messages.success(request, _("Đã sửa câu hỏi. Câu trả lời đã gửi được giữ nguyên."))
        return redirect("requests:content", row.request_id)
    context = {"asked": row.request, "question": row, "form": form}
    return render(request, "requests/correct.html", context, status=422 if form.errors else 200)


@page("requests.judge")
def reopen(request: Request, asked: int) -> HttpResponse:
    """Ask for the reason, then open a closed request again."""
    row = _collected(request, asked)
    form = ReasonForm(request.POST or None, label=_("Lý do mở lại"))
    if form.done(lambda said: actions.reopen_request(request.viewer, row.pk, **said)):
        messages.success(request, _("Đã mở lại yêu cầu."))
        return redirect("requests:content", row.pk)
    lines = [_("Các đơn vị chưa trả lời lại gửi được, ghi là gửi sau hạn; hạn không đổi.")]
    back = reverse("requests:content", args=[row.pk])
    return confirm_step(request, row.title, _("Mở lại yêu cầu"), lines, back=back, form=form)


@page("requests.judge")
def close(request: Request, asked: int) -> HttpResponse:
    """Ask, then close a request."""
    row = _collected(request, asked)
    cycle = _cycle(row)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        actions.close(request.viewer, row.pk)
        messages.success(request, _("Đã khép yêu cầu."))
        return redirect("requests:results", row.pk)
    missing = rounds.completeness(request.viewer, [cycle.pk])[cycle.pk].missing
    context = {
        "title": _("Khép yêu cầu"),
        "text": [row.title],
        "consequences": [
            _("Không đơn vị nào gửi hoặc sửa câu trả lời được nữa."),
            _("%(count)d đơn vị chưa trả lời sẽ được ghi là không trả lời.") % {"count": missing},
        ],
        "action": _("Khép yêu cầu"),
        "kind": "danger",
        "back": reverse("requests:content", args=[row.pk]),
    }
    return render(request, "components/confirm.html", context)
