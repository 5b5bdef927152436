"""The letters of a round, the assignments of an agency, the paper of an agency's own report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.agencies import queries as agencies
from luc.issuing import queries
from luc.issuing.letters import actions, agency_report
from luc.issuing.letters.assignments import assigned
from luc.issuing.letters.forms import LetterForm, ReminderForm
from luc.issuing.letters.late import standing_at
from luc.issuing.letters.offers import ROUND_KINDS, may_draft, own_submissions
from luc.issuing.models import Draft
from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.kernel.text import written
from luc.kernel.time import now
from luc.plans import queries as plans
from luc.reporting.queries import scoped
from vanban.writing import write_docx


@page("issuing.view")
def of_round(request: Request, cycle: int) -> HttpResponse:
    """The letters that went out about a round, and the two that can be drafted."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    asking, reminder = LetterForm(prefix="de-nghi"), ReminderForm(prefix="don-doc")
    if request.method == "POST":
        request.viewer.require("issuing.draft", tenant=row.tenant_id, party=row.collector_id)
        if request.POST.get("loai") == "don-doc":
            reminder = ReminderForm(request.POST, prefix="don-doc")
            made = _remind(request, row.pk, reminder)
        else:
            asking = LetterForm(request.POST, prefix="de-nghi")
            made = asking.done(lambda said: actions.start_asking(request.viewer, row.pk, unit=said["unit"]))
        if made:
            return _opened(request, made)
    context = {
        "cycle": row,
        "standing": standing_at(row, now()),
        "asking": asking,
        "reminder": reminder,
        "letters": list(queries.drafts(request.viewer).filter(cycle=row, kind__in=ROUND_KINDS)),
        "may_draft": may_draft(request.viewer, row.tenant_id, row.collector_id),
    }
    failed = asking.is_bound or reminder.is_bound
    return render(request, "issuing/letters/round.html", context, status=422 if failed else 200)


def _remind(request: Request, cycle: int, form: ReminderForm) -> Draft | None:
    found: Draft | None = form.done(
        lambda said: actions.start_reminder(
            request.viewer, cycle, as_of=form.moment(), until=said["until"], unit=said["unit"]
        )
    )
    return found


def _opened(request: Request, draft: Draft) -> HttpResponse:
    messages.success(request, _("Đã lập dự thảo. Sửa lời văn rồi giữ phiên bản, tải tệp Word."))
    return redirect("issuing:draft", draft.pk)


@page("plans.view")
def assignments(request: Request, plan: int, party: int) -> HttpResponse:
    """What a plan assigns to an agency, and the letter that tells it so."""
    found = get_object_or_404(plans.plans(request.viewer), pk=plan)
    who = get_object_or_404(agencies.parties(request.viewer), pk=party)
    form = LetterForm(request.POST or None)
    if request.method == "POST":
        made = form.done(
            lambda said: actions.start_assignments(request.viewer, found.pk, who.pk, unit=said["unit"])
        )
        if made:
            return _opened(request, made)
    letters = queries.drafts(request.viewer).filter(kind=Draft.Kind.ASSIGNMENTS, plan=found, about=who)
    context = {
        "plan": found,
        "party": who,
        "assigned": assigned(found, who),
        "form": form,
        "letters": list(letters),
        "may_draft": may_draft(request.viewer, found.tenant_id, found.focal_id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "issuing/letters/assignments.html", context, status=status)


@page("issuing.own_report")
def own_report(request: Request, submission: int) -> HttpResponse:
    """The report that an agency handed in as a paper of its own (.docx)."""
    row = get_object_or_404(own_submissions(request.viewer), pk=submission)
    with written():
        data = write_docx(agency_report.paper_of(row))
    party, title = row.obligation.party.name, row.obligation.cycle.title
    return attachment(data, f"{title} - {party} (lần {row.version}).docx".replace("/", "-"))
