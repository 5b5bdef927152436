"""A report that was handed in is opened again: taken back, asked to be corrected, reopened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.reporting import actions
from luc.reporting.queries import scoped
from luc.reporting.queries.submissions import draft_of
from luc.rounds.confirming import confirm_step, words_of
from luc.rounds.forms import ReasonForm, UntilForm
from luc.rounds.models import Submission


def _confirm(
    request: Request, row: Submission, title: str, consequences: list[str], form: ReasonForm | None = None
) -> HttpResponse:
    back = reverse("reporting:submission", args=[row.pk])
    return confirm_step(request, words_of(row), title, consequences, back=back, form=form)


@page("reporting.submit")
def take_back(request: Request, submission: int) -> HttpResponse:
    """Ask, then take back what nobody has looked at."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    if request.method == "POST":
        actions.take_back(request.viewer, row.pk)
        messages.success(request, _("Đã rút lại báo cáo; hãy sửa rồi gửi lại."))
        report = draft_of(request.viewer, row.obligation_id)
        return redirect("reporting:form", report) if report else redirect("reporting:own")
    lines = [
        _("Báo cáo trở về bản nháp để sửa; bản đã gửi được giữ trong nhật ký."),
        _("Đơn vị được tính là chưa gửi cho đến khi gửi lại."),
    ]
    return _confirm(request, row, _("Rút lại báo cáo"), lines)


@page("reporting.submit")
def ask(request: Request, submission: int) -> HttpResponse:
    """Ask the collecting agency to open a report again."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    form = ReasonForm(request.POST or None, label=_("Cần sửa gì, vì sao"))
    if form.done(lambda said: actions.ask_to_correct(request.viewer, row.pk, **said)):
        messages.success(request, _("Đã gửi đề nghị; khi được đồng ý, báo cáo mở lại để sửa."))
        return redirect("reporting:submission", row.pk)
    lines = [_("%(collector)s xem xét và trả lời.") % {"collector": row.obligation.cycle.collector}]
    return _confirm(request, row, _("Đề nghị cho sửa báo cáo"), lines, form)


@page("reporting.judge")
def reopen(request: Request, submission: int) -> HttpResponse:
    """Ask for the reason, then open an accepted report again."""
    row = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    cycle = row.obligation.cycle
    form = UntilForm(request.POST or None, label=_("Lý do mở lại"))
    if cycle.closed_at is None:
        del form.fields["last_day"]
    if form.done(
        lambda said: actions.reopen(request.viewer, row.pk, reason=said["reason"], until=form.until())
    ):
        messages.success(request, _("Đã mở lại báo cáo; đơn vị thấy lý do ở trang «Việc của tôi»."))
        return redirect("reporting:submission", row.pk)
    lines = [
        _(
            "Số liệu của báo cáo không còn được tính là đã chấp nhận; bảng tổng hợp không gồm báo cáo này nữa."
        ),
        _("Tiến độ nhiệm vụ ghi theo báo cáo này được rút; nhật ký và văn bản đã lập vẫn giữ nguyên."),
        _("Đơn vị sửa và gửi lại; bản đã chấp nhận vẫn xem được."),
    ]
    return _confirm(request, row, _("Mở lại báo cáo đã chấp nhận"), lines, form)


@page("reporting.judge")
@require_POST
def answer(request: Request, asking: int) -> HttpResponse:
    """Grant or decline what an agency asked."""
    row = get_object_or_404(scoped.correction_requests(request.viewer), pk=asking)
    form = UntilForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Ngày chưa đúng; ví dụ: 20/12/2026."))
    granted = request.POST.get("do") == "grant"
    words = form.cleaned_data["reason"]
    actions.answer_request(request.viewer, row.pk, granted=granted, answer=words, until=form.until())
    messages.success(
        request, _("Đã đồng ý; đơn vị sửa và gửi lại được.") if granted else _("Đã trả lời đơn vị.")
    )
    return redirect("reporting:submission", row.submission_id)
