"""Inside an agency: a clerk presents a report, an approver confirms and sends exactly that, or passes it back."""

from __future__ import annotations

from collections.abc import Mapping

from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.reporting.actions.handing import prepare, record, rows_by_key, still_as_shown
from luc.reporting.models import Report
from luc.reporting.queries.plans import SOURCE
from luc.reporting.queries.reports import draft
from luc.rounds import presenting as steps
from luc.rounds import queries
from luc.rounds.models import Decision, Obligation, Presentation, Submission


def present(
    viewer: Viewer, report: int, *, version: int, explanations: Mapping[str, str] | None = None
) -> Presentation:
    """Put a report before the approver as it was shown (`version`). Raises as `submit`; Refused when it waits so."""
    found = prepare(viewer, report, explanations)
    obligation = found.obligation
    with action(
        viewer, "reporting.submit", tenant=obligation.tenant_id, party=obligation.answerer_id
    ) as acting:
        still_as_shown(found, version)
        return steps.present(
            acting,
            obligation.pk,
            content=found.content,
            is_nil=found.report.is_nil,
            draft_version=version,
        )


def confirm(viewer: Viewer, presentation: int) -> Submission:
    """Hand in exactly what was presented, whatever was written since. Raises NotAllowed, Refused, Conflict."""
    row, obligation = _seen(viewer, presentation)
    rows = rows_by_key(draft(_report(obligation)))
    with action(viewer, "reporting.approve", tenant=row.tenant_id, party=obligation.answerer_id) as acting:
        submission = steps.confirm(acting, row.pk)
        record(acting, rows, submission)
    return submission


def pass_back(viewer: Viewer, presentation: int, *, remarks: str) -> Decision:
    """Give a presentation back to who writes, with words. Raises NotAllowed, Refused, Conflict."""
    row, obligation = _seen(viewer, presentation)
    with action(viewer, "reporting.approve", tenant=row.tenant_id, party=obligation.answerer_id) as acting:
        return steps.pass_back(acting, row.pk, remarks=remarks)


def withdraw(viewer: Viewer, presentation: int) -> Decision:
    """Who writes takes a presentation back. Raises NotAllowed, Conflict."""
    row, obligation = _seen(viewer, presentation)
    with action(viewer, "reporting.submit", tenant=row.tenant_id, party=obligation.answerer_id) as acting:
        return steps.withdraw(acting, row.pk)


def _seen(viewer: Viewer, presentation: int) -> tuple[Presentation, Obligation]:
    row = queries.presentations(viewer, SOURCE).get(pk=presentation)
    return row, row.obligation


def _report(obligation: Obligation) -> Report:
    found = Report.objects.select_related("obligation__party", "obligation__cycle__collector", "plan")
    return found.defer("plan__document").get(obligation=obligation)
