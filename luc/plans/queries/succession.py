"""Which plan came before and after another."""

from __future__ import annotations

from luc.kernel.rights import Viewer
from luc.plans.models import Plan, PlanRelation
from luc.plans.queries.plans import plans


def preceded(viewer: Viewer, plan: Plan) -> list[Plan]:
    """The plans that a plan succeeds, of those that the viewer may see."""
    rows = PlanRelation.objects.filter(plan=plan, kind=PlanRelation.Kind.SUCCEEDS).values("to")
    return list(plans(viewer).filter(pk__in=rows))


def succeeded(viewer: Viewer, plan: Plan) -> list[Plan]:
    """The plans that succeed a plan, of those that the viewer may see."""
    rows = PlanRelation.objects.filter(to=plan, kind=PlanRelation.Kind.SUCCEEDS).values("plan")
    return list(plans(viewer).filter(pk__in=rows))
