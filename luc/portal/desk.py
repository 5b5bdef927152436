"""What a focal officer asks: the own plans and what is public of them, the questions that came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from luc.kernel.rights import Viewer
from luc.plans.models import Plan
from luc.plans.queries import plans as all_plans
from luc.portal.models import Edition, Question


@dataclass(frozen=True, slots=True)
class Row:
    """A plan, its last edition (None: never published), and how many questions wait."""

    plan: Plan
    last: Edition | None
    waiting: int

    @property
    def is_public(self) -> bool:
        return self.last is not None and not hasattr(self.last, "removal")


def plans(viewer: Viewer) -> QuerySet[Plan]:
    """The plans whose public page a viewer steers."""
    return all_plans(viewer).filter(focal__in=viewer.parties_for("portal.publish"))


def rows(viewer: Viewer, only: Iterable[int] | None = None) -> list[Row]:
    """Those plans with what is public of them; three statements."""
    found = plans(viewer)
    listed = list(found if only is None else found.filter(pk__in=list(only)))
    ids = [plan.pk for plan in listed]
    editions = (
        Edition.objects.filter(plan__in=ids).select_related("removal", "by").defer("content", "summary")
    )
    last = {row.plan_id: row for row in editions.order_by("number")}
    counted = Question.objects.filter(plan__in=ids, state=Question.State.WAITING)
    waits = dict(counted.values("plan").annotate(n=Count("pk")).values_list("plan", "n"))
    return [Row(plan, last.get(plan.pk), waits.get(plan.pk, 0)) for plan in listed]


def waiting(viewer: Viewer) -> QuerySet[Question]:
    """Every question to the plans that a viewer answers for, those that wait first, the oldest of them first."""
    focal = Q(plan__focal__in=viewer.parties_for("portal.answer"))
    rows = Question.objects.filter(focal).select_related("plan", "task", "contact")
    return rows.defer("plan__document", "plan__header").order_by("-state", "at", "pk")
