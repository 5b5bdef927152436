"""The officers' side: what is public of the own plans, publishing with a preview, removing, answering."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.pages import Request, page
from luc.portal import actions, desk, queries
from luc.portal.changes import between
from luc.portal.forms import AnswerForm, PublishForm, ReasonForm
from luc.portal.models import Edition, Question
from luc.portal.overview import overview


@page("portal.publish")
def plans(request: Request) -> HttpResponse:
    """The own plans: public or not, since when, how many questions wait."""
    return render(request, "portal/desk_plans.html", {"rows": desk.rows(request.viewer)})


@page("portal.publish")
def publish(request: Request, plan: int) -> HttpResponse:
    """What everybody would see, what is new in it; published as it was shown."""
    row = get_object_or_404(desk.plans(request.viewer), pk=plan)
    given = request.POST or request.GET
    with_words = given.get("loi") == "1"
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.publish(
            request.viewer,
            plan,
            seen=request.POST.get("seen", ""),
            with_words=with_words,
            note=form.cleaned_data["note"],
        )
        messages.success(request, _("Trang công khai đã được cập nhật."))
        return redirect("publishing:publish", plan=plan)
    built = actions.preview(request.viewer, plan, with_words=with_words)
    (state,) = desk.rows(request.viewer, [plan])
    last = Edition.objects.get(pk=state.last.pk) if state.last and state.is_public else None
    new = between(queries.complete(last.content) if last else None, built.content)
    context = {
        "plan": row,
        "state": state,
        "form": form,
        "seen": built.sha256,
        "with_words": with_words,
        "left_out": built.left_out,
        "is_new": last is None or last.sha256 != built.sha256,
        **overview(built.content, new),
        "preview": True,
        "worded": [task for task in built.content["tasks"] if task["results"]],
        "has_figures": bool(queries.figures_in(built.content)),
    }
    return render(request, "portal/desk_publish.html", context)


@page("portal.publish")
def remove(request: Request, plan: int) -> HttpResponse:
    """Take the public page away, with a reason."""
    row = get_object_or_404(desk.plans(request.viewer), pk=plan)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove(request.viewer, plan, reason=form.cleaned_data["reason"])
        messages.success(request, _("Trang công khai đã được gỡ."))
        return redirect("publishing:plans")
    context = {
        "title": _("Gỡ trang công khai"),
        "text": [str(row)],
        "consequences": [
            _("Trang, dữ liệu, hình và tin của kế hoạch này không ai xem được nữa."),
            _("Những gì đã công bố vẫn được lưu; lý do ghi vào nhật ký."),
        ],
        "form": form,
        "action": _("Gỡ trang"),
        "kind": "danger",
        "back": reverse("publishing:plans"),
    }
    return render(request, "components/confirm.html", context)


@page("portal.answer")
def questions(request: Request) -> HttpResponse:
    """What people asked, those that wait first."""
    found = desk.waiting(request.viewer)
    shown = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "portal/desk_questions.html", {"page": shown})


@page("portal.answer")
def answer(request: Request, asked_publicly: int) -> HttpResponse:
    """One question: answered in public."""
    row = get_object_or_404(desk.waiting(request.viewer), pk=asked_publicly)
    form = AnswerForm(request.POST or None, initial={"shown": row.shown or row.text, "text": row.answer})
    seen = request.POST.get("seen", "")
    if form.done(lambda said: actions.answer(request.viewer, row.pk, seen=seen, **said)):
        messages.success(request, _("Câu hỏi và trả lời đã được công khai."))
        return redirect("publishing:questions")
    return render(
        request, "portal/desk_answer.html", {"row": row, "form": form, "has_contact": _has_contact(row)}
    )


def _has_contact(row: Question) -> bool:
    return hasattr(row, "contact")


@page("portal.answer")
def refuse(request: Request, asked_publicly: int) -> HttpResponse:
    """One question: kept from the public, with a reason."""
    row = get_object_or_404(desk.waiting(request.viewer), pk=asked_publicly)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.refuse(
            request.viewer, row.pk, reason=form.cleaned_data["reason"], seen=request.POST.get("seen", "")
        )
        messages.success(request, _("Câu hỏi không được công khai."))
        return redirect("publishing:questions")
    context = {
        "title": _("Không công khai câu hỏi"),
        "text": [row.text],
        "consequences": [
            _("Câu hỏi không hiện trên trang công khai; tên và địa chỉ thư của người hỏi bị xóa.")
        ],
        "form": form,
        "hidden": [("seen", row.state)],
        "action": _("Không công khai"),
        "kind": "danger",
        "back": reverse("publishing:questions"),
    }
    return render(request, "components/confirm.html", context)
