"""What people asked about a plan and what was answered; asking."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from luc.kernel.errors import Refused
from luc.kernel.pages import Request
from luc.portal import actions, queries
from luc.portal.forms import AskForm
from luc.portal.pages.plan import frame, mark_with
from luc.portal.showing import address, fresh, public


@public("portal.read")
def questions(request: Request, plan: int) -> HttpResponseBase:
    """The answered questions."""
    shown, asked = queries.shown(plan), queries.questions(plan)

    def make() -> HttpResponse:
        titles = {row["id"]: row for row in shown.content["tasks"]}
        rows = [(row, titles.get(row.task_id)) for row in asked]
        more = {"rows": rows, "sent": request.GET.get("da-gui") == "1"}
        return render(request, "portal/questions.html", frame(request, shown, "questions", **more))

    return fresh(request, f"{mark_with(shown, asked)}/{request.GET.get('da-gui')}", None, make)


@csrf_exempt  # a stranger has no session to ride on, and no cookie is set for one
@public("portal.ask")
def ask(request: Request, plan: int) -> HttpResponseBase:
    """Ask about the plan or one of its tasks; nothing is shown before it was answered."""
    shown = queries.shown(plan)
    chosen = request.POST.get("task") or request.GET.get("nhiem-vu", "")
    about = next((row for row in shown.content["tasks"] if str(row["id"]) == chosen), None)
    form = AskForm(request.POST or None)
    status = 200
    if request.method == "POST":
        done = HttpResponseRedirect(f"{address(request, 'questions', plan)}?da-gui=1")
        if request.POST.get("website"):
            return done
        if form.is_valid():
            try:
                _ask(request, plan, about["id"] if about else None, form)
            except Refused as refusal:
                _say(form, refusal)
                status = 409
            else:
                return done
    context = frame(request, shown, "questions", form=form, about=about)
    answer = render(request, "portal/ask.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _ask(request: Request, plan: int, task: int | None, form: AskForm) -> None:
    given = form.cleaned_data
    actions.ask(
        request.viewer,
        plan,
        task=task,
        text=given["text"],
        name=given["name"],
        mail=given["mail"],
        agreed=given["agreed"],
        origin=origin_of(request),
    )


def _say(form: AskForm, refusal: Refused) -> None:
    for name, words in (refusal.fields or {"text": refusal.message}).items():
        form.add_error(name if name in form.fields else None, words)


def origin_of(request: Request) -> str:
    """The address a request came from: behind proxies (LUC_PROXIES) what the outermost of them says."""
    said = [one.strip() for one in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if settings.PROXIES and len(said) >= settings.PROXIES and said[-settings.PROXIES]:
        return said[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
