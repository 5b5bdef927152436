"""A party ends while a cycle runs: what it still owes goes to its successors, with the rows and the words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM
from luc.reporting import cut
from luc.reporting.actions.writing import LISTED
from luc.reporting.asked import asked
from luc.reporting.models import Answer, Evidence, Report
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import key_of
from luc.rounds import succession as rounds
from luc.rounds.models import Cycle, Obligation
from luc.rounds.words import due_words

Notes = dict[str, dict[str, str]]  # by plan: note by printed party


def foretell(viewer: Viewer, party: Party) -> list[str]:
    """What a party still owes in cycles that run or collects, in words; for who manages its parties."""
    if not viewer.may("agencies.manage", tenant=party.tenant_id):
        return []
    rows = Report.objects.filter(obligation__in=rounds.owed_by(party.pk).order_by().values("pk"))
    rows = rows.select_related("obligation__cycle").order_by("obligation__due_at", "pk")
    collected = [_("%(title)s: việc tổng hợp") % {"title": one} for one in rounds.collected_by(party.pk)]
    standing_in = [
        _("%(title)s: báo cáo thay %(party)s") % {"title": one.cycle, "party": one.party}
        for one in rounds.stood_in_by(party.pk)
    ]
    return [_words(report) for report in rows] + standing_in + collected


def _words(report: Report) -> str:
    obligation = report.obligation
    state = obligation.get_state_display() if report.saved_at is None else _("đã nhập một phần")
    values = {"title": obligation.cycle.title, "due": due_words(obligation), "state": state}
    return _("%(title)s, %(due)s: %(state)s") % values


def hand_on(acting: Acting, party: Party, successors: Mapping[int, str]) -> None:
    """Hand on every report that a party still owes, and the cycles that it collects (to the first successor).

    What was handed in or accepted stays as it is.
    """
    for cycle in list(rounds.collected_by(party.pk)):
        rounds.collect_instead(acting, cycle.pk, next(iter(successors)))
    for owed in list(rounds.stood_in_by(party.pk)):
        instead = next((one for one in successors if one != owed.party_id), None)
        rounds.stand_in(acting, owed.pk, instead, why=f"{owed.stand_in_why}; {party.name} đã kết thúc")
    for owed in list(rounds.owed_by(party.pk)):
        report = Report.objects.select_related("plan").filter(obligation=owed).first()
        if report is None:
            continue
        rows = _answers_for(report, owed.cycle, party.pk)
        taking = rounds.hand_on(acting, owed.pk, successors)
        for one in taking:
            _ask(acting, one, report, _further(rows, successors[one.party_id]))
        if taking and taking[0].pk != owed.pk:
            _move_words(acting, report, Report.objects.get(obligation=taking[0]))


def _answers_for(report: Report, cycle: Cycle, party: int) -> Notes:
    """For whom a report answers; found out as of the opening where it was not kept then."""
    if report.answers_for is not None:
        return dict(report.answers_for)
    plans = plans_of([cycle]).get(cycle.pk, [report.plan])
    opened = asked(plans, cycle.opened_at.astimezone(VIETNAM).date())
    return opened.answers_for().get(party, {})


def _further(rows: Notes, note: str) -> Notes:
    """The same rows, each with how it came from the ended party to the successor."""
    return {
        plan: {printed: "; ".join(filter(None, [before, note])) for printed, before in notes.items()}
        for plan, notes in rows.items()
    }


def _with(rows: Notes, own: Notes) -> Notes:
    """All rows of both; how the own ones came about stays."""
    return {plan: rows.get(plan, {}) | own.get(plan, {}) for plan in (rows | own)}


def _sections(*reports: Report) -> list[str] | None:
    """The sections of the form that any of the reports is asked; None is all of them."""
    asked = [report.sections for report in reports]
    if None in asked:
        return None
    return cut.ordered({name for sections in asked for name in sections or ()})


def _ask(acting: Acting, obligation: Obligation, ended: Report, rows: Notes) -> None:
    """Let the report of an obligation ask these rows too; it is begun where there is none.

    The version goes up: a page that was open before cannot be saved over it.
    """
    found = Report.objects.select_for_update(of=("self",)).select_related("plan")
    report = found.filter(obligation=obligation).first()
    if report is None:
        values = {"plan_id": ended.plan_id, "answers_for": rows, "sections": ended.sections}
        acting.create(Report(tenant_id=ended.tenant_id, obligation=obligation, **values))
    elif report.pk == ended.pk:
        acting.change(report, answers_for=rows, version=report.version + 1)
    else:
        own = _answers_for(report, obligation.cycle, obligation.party_id)
        both, sections = _with(rows, own), _sections(report, ended)
        acting.change(report, answers_for=both, sections=sections, is_nil=False, version=report.version + 1)


def _move_words(acting: Acting, ended: Report, taking: Report) -> None:
    """What was written for the ended party stands in the successor's draft, unless that says something there itself."""
    said = list(Answer.objects.filter(report=taking))
    own = {key_of(row) for row in said}
    last: dict[str, int] = {
        section: max((row.order for row in said if row.section == section and not row.is_nil), default=-1)
        for section in LISTED
    }
    moving = []
    for row in Answer.objects.filter(report=ended).order_by("order", "pk"):
        if row.section in last and not row.is_nil:
            last[row.section] += 1
            row.order = last[row.section]
        elif key_of(row) in own or row.section in last:
            continue
        row.report = taking
        moving.append(row)
    Answer.objects.bulk_update(moving, ["report", "order"], batch_size=50)
    files = Evidence.objects.filter(report=ended, removed_at=None).update(report=taking)
    if moving or files:
        acting.log(taking, None, {"answers": len(moving), "files": files, "from": str(ended)})
