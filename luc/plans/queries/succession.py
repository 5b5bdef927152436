"""Which plan came before and after another."""

from __future__ import annotations

from django.db.models import Q

from luc.kernel.rights import Viewer
from luc.plans.models import Plan, PlanRelation


def beside(viewer: Viewer, plan: Plan) -> tuple[list[Plan], list[Plan]]:
    """The plans that a plan succeeds, and those that succeed it, of those that the viewer may see; one statement."""
    seen = viewer.tenants_for("plans.view")
    rows = PlanRelation.objects.filter(
        Q(plan=plan) | Q(to=plan),
        kind=PlanRelation.Kind.SUCCEEDS,
        plan__tenant__in=seen,
        to__tenant__in=seen,
    )
    found = rows.select_related("plan", "to").defer(
        "plan__document", "plan__header", "to__document", "to__header"
    )
    lines = list(found.order_by("pk"))
    before = [line.to for line in lines if line.plan_id == plan.pk]
    return before, [line.plan for line in lines if line.to_id == plan.pk]
