"""A frozen answer: read by its agency and by those who collect or follow; judged by the asking agency."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.papers.models import StoredFile
from luc.papers.queries import content as bytes_of
from luc.requests import actions, content
from luc.requests.models import Reply
from luc.requests.queries import requests
from luc.requests.queries.submissions import draft_of, submissions, waiting
from luc.rounds.correcting import correction_asked, remarks_of
from luc.rounds.forms import UntilForm, VerdictForm, remarked
from luc.rounds.models import Obligation, Submission
from luc.rounds.presenting import confirmed


@page("requests.view")
def submission(request: Request, submission: int) -> HttpResponse:
    """One version as it was handed in, what changed since the one before, and what was answered."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    if _judges(request, row):
        actions.look(request.viewer, row.pk)
    return _show(request, row, VerdictForm(), {})


def _judges(request: Request, row: Submission) -> bool:
    collector = row.obligation.cycle.collector_id
    return request.viewer.may("requests.judge", tenant=row.tenant_id, party=collector)


def _show(
    request: Request, row: Submission, form: VerdictForm, typed: dict[str, str], status: int = 200
) -> HttpResponse:
    viewer, obligation = request.viewer, row.obligation
    cycle = obligation.cycle
    versions = list(submissions(viewer).filter(obligation=obligation).order_by("-version"))
    before = next((one for one in versions if one.version == row.version - 1), None)
    judges = _judges(request, row)
    is_last = obligation.version == row.version
    is_waiting = obligation.state == Obligation.State.SUBMITTED and is_last
    accepted = obligation.state == Obligation.State.ACCEPTED and is_last
    own = viewer.may("requests.answer", tenant=row.tenant_id, party=obligation.answerer_id)
    further = waiting(viewer, cycle.pk).exclude(pk=row.pk) if judges and not is_waiting else None
    context = {
        "submission": row,
        "obligation": obligation,
        "cycle": cycle,
        "content": row.content,
        "versions": versions,
        "before": before,
        "differences": content.differences(before.content, row.content) if before else [],
        "may_judge": judges and is_waiting,
        "may_reopen": judges and accepted,
        "may_ask": own and (accepted or (is_waiting and hasattr(row, "look"))),
        "judges": judges,
        "asking": correction_asked(row),
        "asking_form": UntilForm(label=_("Trả lời đơn vị")),
        "may_take_back": own and is_waiting and obligation.takes_answers and not hasattr(row, "look"),
        "reopening": getattr(row, "reopening", None),
        "remarks": remarks_of([row.pk]).get(row.pk, {}),
        "typed": typed,
        "confirmed": confirmed(row),
        "asked": requests.sent(viewer).filter(cycle=cycle).first(),
        "may_correct": _may_correct(request, obligation),
        "form": form,
        "next": further.values_list("pk", flat=True).first() if further is not None else None,
    }
    return render(request, "requests/submission.html", context, status=status)


def _may_correct(request: Request, obligation: Obligation) -> Reply | None:
    """The draft of a returned answer, for those who may correct it."""
    if obligation.state != Obligation.State.RETURNED or not obligation.takes_answers:
        return None
    return draft_of(request.viewer, obligation.pk)


@page("requests.judge")
@require_POST
def give_back(request: Request, submission: int) -> HttpResponse:
    """Return an answer with remarks."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    form = VerdictForm(request.POST)
    rows = remarked(request.POST)
    if not form.done(lambda said: actions.give_back(request.viewer, row.pk, rows=rows, **said)):
        return _show(request, row, form, rows, 422)
    messages.success(request, _("Đã trả lại kèm nội dung cần sửa."))
    return redirect("requests:submission", row.pk)


@page("requests.judge")
@require_POST
def accept(request: Request, submission: int) -> HttpResponse:
    """Accept one answer."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    actions.accept(request.viewer, [row.pk])
    messages.success(request, _("Đã chấp nhận câu trả lời của %(party)s.") % {"party": row.obligation.party})
    return redirect("requests:submission", row.pk)


@page("requests.view")
def file(request: Request, submission: int, file: int) -> HttpResponse:
    """A file that was handed in with an answer."""
    row = get_object_or_404(submissions(request.viewer), pk=submission)
    if file not in {one["file"] for answer in row.content["rows"] for one in answer.get("files", [])}:
        raise Http404
    stored = get_object_or_404(StoredFile.objects.all(), pk=file)
    return attachment(bytes_of(stored), stored.name)
