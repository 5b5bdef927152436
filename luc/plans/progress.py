"""How far the parts of a plan are: written when a report is accepted, withdrawn when it is opened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import Acting
from luc.kernel.time import now
from luc.plans.models import Part, Plan, Progress, ProgressWithdrawal


def record_progress(acting: Acting, rows: Sequence[Progress]) -> None:
    """Add unsaved rows of progress, as a step of the action that accepts a report; logged per plan with counts.

    Raises Refused for a part of another tenant, ValueError for a period that ends before it begins.
    """
    if not rows:
        return
    if any(row.period_until <= row.period_start for row in rows):
        raise ValueError("a period of progress ends after it begins")
    plan_of = dict(Part.objects.filter(pk__in={row.part_id for row in rows}).values_list("pk", "task__plan"))
    if any(row.part_id not in plan_of or row.tenant_id != acting.tenant for row in rows):
        raise Refused(_("Phần việc không thuộc kế hoạch của tỉnh này."))
    Progress.objects.bulk_create(rows)
    for plan in Plan.objects.filter(pk__in=set(plan_of.values())).defer("document").order_by("pk"):
        states = Counter(str(row.state) for row in rows if plan_of[row.part_id] == plan.pk)
        acting.log(plan, None, {"progress": sum(states.values()), **states})


def withdraw_progress(acting: Acting, source_kind: str, source_id: int, *, reason: str) -> None:
    """What a source recorded counts no more, as a step of the action that opens a report again; logged per plan."""
    found = Progress.objects.filter(source_kind=source_kind, source_id=source_id, withdrawal=None)
    rows = list(found.select_related("part__task"))
    at = now()
    ProgressWithdrawal.objects.bulk_create(
        ProgressWithdrawal(
            tenant_id=row.tenant_id, progress=row, reason=reason, at=at, by_id=acting.viewer.user
        )
        for row in rows
    )
    counts = Counter(row.part.task.plan_id for row in rows)
    for plan in Plan.objects.filter(pk__in=counts).defer("document").order_by("pk"):
        acting.log(plan, None, {"progress_withdrawn": counts[plan.pk]})
