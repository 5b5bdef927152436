"""An answer that was handed in is opened again: taken back, asked to be corrected, reopened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.requests import actions
from luc.requests.queries.submissions import correction_requests, draft_of, submissions
from luc.rounds.confirming import confirm_step, words_of
from luc.rounds.forms import ReasonForm, UntilForm
from luc.rounds.models import Submission


def _confirm(
    request: Request, row: Submission, title: str, consequences: list[str], form: ReasonForm | None = None
) -> HttpResponse:
    back = reverse("requests:submission", args=[row.pk])
    return confirm_step(request, words_of(row), title, consequences, back=back, form=form)


@page("requests.answer")
def take_back(request: Request, submission: int) -> HttpResponse:
    """Ask, then take back what nobody has looked at."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    if request.method == "POST":
        actions.take_back(request.viewer, row.pk)
        messages.success(request, _("Đã rút lại câu trả lời; hãy sửa rồi gửi lại."))
        reply = draft_of(request.viewer, row.obligation_id)
        return redirect("requests:form", reply.pk) if reply else redirect("requests:list")
    lines = [
        _("Câu trả lời trở về bản nháp để sửa; bản đã gửi được giữ trong nhật ký."),
        _("Đơn vị được tính là chưa trả lời cho đến khi gửi lại."),
    ]
    return _confirm(request, row, _("Rút lại câu trả lời"), lines)


@page("requests.answer")
def ask(request: Request, submission: int) -> HttpResponse:
    """Ask who collects to open an answer again."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    form = ReasonForm(request.POST or None, label=_("Cần sửa gì, vì sao"))
    if form.done(lambda said: actions.ask_to_correct(request.viewer, row.pk, **said)):
        messages.success(request, _("Đã gửi đề nghị; khi được đồng ý, câu trả lời mở lại để sửa."))
        return redirect("requests:submission", row.pk)
    lines = [_("%(collector)s xem xét và trả lời.") % {"collector": row.obligation.cycle.collector}]
    return _confirm(request, row, _("Đề nghị cho sửa câu trả lời"), lines, form)


@page("requests.judge")
@require_POST
def answer(request: Request, asking: int) -> HttpResponse:
    """Grant or decline what an agency asked."""
    row = get_object_or_404(correction_requests(request.viewer), pk=asking)
    form = UntilForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Ngày chưa đúng; ví dụ: 20/12/2026."))
    granted = request.POST.get("do") == "grant"
    words = form.cleaned_data["reason"]
    actions.answer_request(request.viewer, row.pk, granted=granted, answer=words, until=form.until())
    messages.success(
        request, _("Đã đồng ý; đơn vị sửa và gửi lại được.") if granted else _("Đã trả lời đơn vị.")
    )
    return redirect("requests:submission", row.submission_id)


@page("requests.judge")
def reopen(request: Request, submission: int) -> HttpResponse:
    """Ask for the reason, then open an accepted answer again."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    form = UntilForm(request.POST or None, label=_("Lý do mở lại"))
    if row.obligation.cycle.closed_at is None:
        del form.fields["last_day"]
    if form.done(
        lambda said: actions.reopen(request.viewer, row.pk, reason=said["reason"], until=form.until())
    ):
        messages.success(request, _("Đã mở lại câu trả lời; đơn vị thấy lý do ở trang «Việc của tôi»."))
        return redirect("requests:submission", row.pk)
    lines = [
        _("Câu trả lời không còn được tính trong kết quả cho đến khi gửi lại và được chấp nhận."),
        _("Đơn vị sửa và gửi lại; bản đã chấp nhận vẫn xem được."),
    ]
    return _confirm(request, row, _("Mở lại câu trả lời đã chấp nhận"), lines, form)
