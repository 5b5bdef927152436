"""What is put before the approver of the own agency: read, confirmed and sent, passed back, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.pages import Request, page
from luc.requests import actions
from luc.requests.content import compose, differences
from luc.requests.models import Reply
from luc.requests.queries.replies import draft
from luc.requests.queries.sources import REQUEST
from luc.requests.queries.submissions import draft_of
from luc.rounds import queries as rounds
from luc.rounds.forms import VerdictForm
from luc.rounds.models import Presentation


def _seen(request: Request, presentation: int) -> Presentation:
    return get_object_or_404(rounds.presentations(request.viewer, REQUEST), pk=presentation)


@page("requests.answer")
def presentation(request: Request, presentation: int) -> HttpResponse:
    """What was presented, frozen, and what was typed since; the approver confirms or passes it back."""
    return _show(request, _seen(request, presentation), VerdictForm())


def _show(request: Request, row: Presentation, form: VerdictForm, status: int = 200) -> HttpResponse:
    viewer, obligation = request.viewer, row.obligation
    reply = draft_of(viewer, obligation.pk)
    waits = not hasattr(row, "decision") and obligation.is_writable
    may_approve = viewer.may("requests.approve", tenant=row.tenant_id, party=obligation.answerer_id)
    context = {
        "presentation": row,
        "obligation": obligation,
        "cycle": obligation.cycle,
        "content": row.content,
        "reply": reply,
        "waits": waits,
        "may_approve": may_approve and waits,
        "may_withdraw": waits and (not may_approve or row.by_id == viewer.user),
        "since": _since(row, reply) if waits and reply else [],
        "form": form,
    }
    return render(request, "requests/presentation.html", context, status=status)


def _since(row: Presentation, reply: Reply) -> list[object]:
    """What the draft says otherwise by now."""
    if reply.version == row.draft_version:
        return []
    return list(differences(row.content, compose(reply, draft(reply).answers)))


@page("requests.approve")
@require_POST
def confirm(request: Request, presentation: int) -> HttpResponse:
    """Hand in what was presented."""
    submission = actions.confirm(request.viewer, _seen(request, presentation).pk)
    messages.success(request, _("Đã xác nhận và gửi đúng bản được trình."))
    return redirect("requests:submission", submission.pk)


@page("requests.approve")
@require_POST
def pass_back(request: Request, presentation: int) -> HttpResponse:
    """Give it back to who writes, with words."""
    row = _seen(request, presentation)
    form = VerdictForm(request.POST)
    if not form.done(lambda said: actions.pass_back(request.viewer, row.pk, **said)):
        return _show(request, row, form, 422)
    messages.success(request, _("Đã chuyển lại cho người soạn."))
    return redirect("requests:presentation", row.pk)


@page("requests.answer")
@require_POST
def withdraw(request: Request, presentation: int) -> HttpResponse:
    """Who presented takes it back."""
    row = _seen(request, presentation)
    actions.withdraw(request.viewer, row.pk)
    messages.success(request, _("Đã rút bản trình; câu trả lời sửa và trình lại được."))
    reply = draft_of(request.viewer, row.obligation_id)
    return redirect("requests:form", reply.pk) if reply else redirect("requests:list")
