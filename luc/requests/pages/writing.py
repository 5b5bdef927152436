"""Answering: the form of a reply, its files, the last look before it is handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.errors import Conflict, Refused
from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment as file_answer
from luc.kernel.time import now
from luc.papers.queries import content as bytes_of
from luc.requests import actions
from luc.requests.actions.handing import goes_straight
from luc.requests.answering import from_post
from luc.requests.content import compose
from luc.requests.forms import FileForm
from luc.requests.models import Attachment, Kind, Question, Reply
from luc.requests.queries.replies import Draft, draft, marked, replies
from luc.requests.queries.requests import questions
from luc.requests.queries.submissions import submissions
from luc.requests.values import number
from luc.rounds import queries as rounds

Given = dict[str, dict[str, Any]]


@page("requests.answer")
def form(request: Request, reply: int) -> HttpResponse:
    """The form of a reply, every question; every button keeps all that was typed."""
    row = get_object_or_404(replies(request.viewer), pk=reply)
    if request.method == "POST":
        return _save(request, row)
    whole = draft(row)
    return _show(request, whole) if whole.is_writable else _last_submission(request, whole)


def _last_submission(request: Request, whole: Draft) -> HttpResponse:
    last = submissions(request.viewer).filter(obligation=whole.obligation).order_by("-version").first()
    if last:
        return redirect("requests:submission", last.pk)
    messages.info(request, _("Yêu cầu này đã khép lại."))
    return redirect("requests:list")


def _save(request: Request, row: Reply) -> HttpResponse:
    is_auto = request.headers.get("X-Autosave") == "1"
    asked = {question.pk: (question, columns) for question, columns in questions(row.request)}
    given = from_post(request.POST, asked)
    version = number(request.POST.get("version"), -1)
    try:
        saved = actions.save_reply(request.viewer, row.pk, version=version, typed=given)
        if request.POST.get("goto") == "nil" and not saved.problems:
            saved = actions.nil_rest(request.viewer, row.pk, version=saved.version)
    except Refused as refusal:
        return _refuse(request, row, refusal, given, is_auto)
    if is_auto:
        wrong = {"error": next(iter(saved.problems.values()))} if saved.problems else {}
        return JsonResponse({"fields": {"version": str(saved.version)}} | wrong)
    if saved.problems:
        return _show(request, draft(get_object_or_404(replies(request.viewer), pk=row.pk)), status=422)
    return _onwards(request, row)


def _refuse(request: Request, row: Reply, refusal: Refused, given: Given, is_auto: bool) -> HttpResponse:
    if is_auto:
        return JsonResponse({"error": refusal.message})
    fresh = get_object_or_404(replies(request.viewer), pk=row.pk)
    whole = draft(fresh, given)
    if not isinstance(refusal, Conflict) or not whole.is_writable:
        raise refusal
    differs = marked(whole, draft(fresh), _("Khác với bản người kia vừa lưu."))
    return _show(request, differs, conflict=refusal, status=409)


def _onwards(request: Request, row: Reply) -> HttpResponse:
    """Where the button that was pressed leads."""
    goto = request.POST.get("goto", "")
    if goto in {"review", "nil"}:
        return redirect("requests:review", row.pk)
    kind, _dash, pk = goto.partition("-")
    if kind == "files" and number(pk, 0):
        return redirect("requests:files", row.pk, number(pk, 0))
    anchor = f"#q{pk}" if kind == "rows" and number(pk, 0) else ""
    return redirect(reverse("requests:form", args=[row.pk]) + anchor)


def _show(
    request: Request, whole: Draft, *, conflict: Conflict | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "draft": whole,
        "reply": whole.reply,
        "asked": whole.reply.request,
        "obligation": whole.obligation,
        "cycle": whole.obligation.cycle,
        "answers": whole.answers,
        "wrong": [answer for answer in whole.answers if answer.problems],
        "conflict": conflict,
        "reasons": rounds.stands_of(whole.obligation),
    }
    return render(request, "requests/form.html", context, status=status)


@page("requests.answer")
def review(request: Request, reply: int) -> HttpResponse:
    """The reply as it will be kept; then hand it in."""
    row = get_object_or_404(replies(request.viewer), pk=reply)
    refusal = None
    straight = goes_straight(request.viewer, row.obligation)
    if request.method == "POST":
        try:
            version = number(request.POST.get("version"), -1)
            return _hand_in(request, row, version) if straight else _present(request, row, version)
        except Refused as refused:
            refusal = refused
            row = get_object_or_404(replies(request.viewer), pk=reply)
    whole = draft(row)
    if not whole.is_writable:
        if refusal:
            raise refusal
        return _last_submission(request, whole)
    context = {
        "draft": whole,
        "reply": row,
        "asked": row.request,
        "obligation": whole.obligation,
        "cycle": whole.obligation.cycle,
        "content": compose(row, whole.answers),
        "is_late": whole.obligation.due_at <= now(),
        "straight": straight,
        "refusal": refusal,
    }
    return render(request, "requests/review.html", context, status=409 if refusal else 200)


def _hand_in(request: Request, row: Reply, version: int) -> HttpResponse:
    handed = actions.submit(request.viewer, row.pk, version=version)
    messages.success(
        request,
        _("Đã gửi lúc %(at)s. Bản này được giữ nguyên; bạn xem lại được bất cứ lúc nào.")
        % {"at": f"{handed.at:%H:%M %d/%m/%Y}"},
    )
    return redirect("requests:submission", handed.pk)


def _present(request: Request, row: Reply, version: int) -> HttpResponse:
    shown = actions.present(request.viewer, row.pk, version=version)
    messages.success(request, _("Đã trình duyệt. Người duyệt xác nhận thì câu trả lời được gửi."))
    return redirect("requests:presentation", shown.pk)


@page("requests.answer")
def files(request: Request, reply: int, question: int) -> HttpResponse:
    """The files of one question: add one, take one out."""
    row = get_object_or_404(replies(request.viewer), pk=reply)
    asked = get_object_or_404(Question.objects.all(), pk=question, request=row.request_id, kind=Kind.FILE)
    whole = draft(row)
    if not whole.is_writable:
        return _last_submission(request, whole)
    upload = FileForm(request.POST or None, request.FILES or None)
    if upload.done(lambda _said: actions.add_file(request.viewer, row.pk, asked.pk, **upload.upload())):
        messages.success(request, _("Đã thêm tệp."))
        return redirect("requests:files", row.pk, asked.pk)
    answer = next(one for one in whole.answers if one.question.pk == asked.pk)
    context = {"reply": row, "asked": row.request, "question": asked, "answer": answer, "form": upload}
    return render(request, "requests/files.html", context, status=422 if upload.errors else 200)


def _own_attachment(request: Request, reply: int, attachment: int) -> Attachment:
    row = get_object_or_404(replies(request.viewer), pk=reply)
    rows = Attachment.objects.select_related("file")
    return get_object_or_404(rows, pk=attachment, reply=row, removed_at=None)


@page("requests.answer")
@require_POST
def remove(request: Request, reply: int, attachment: int) -> HttpResponse:
    """Take a file out of a draft."""
    row = _own_attachment(request, reply, attachment)
    actions.remove_file(request.viewer, row.pk)
    messages.success(request, _("Đã bỏ tệp."))
    return redirect("requests:files", reply, row.question_id)


@page("requests.answer")
def download(request: Request, reply: int, attachment: int) -> HttpResponse:
    """A file of the own draft."""
    file = _own_attachment(request, reply, attachment).file
    return file_answer(bytes_of(file), file.name)
