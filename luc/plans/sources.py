"""Title and address of our things, for rooms below that only know their kind and id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from luc.kernel.registry import Finder, Source
from luc.kernel.rights import Viewer
from luc.plans import queries
from luc.plans.models import Plan, Reading, Regime, Target, Task


def _plans(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    rows = queries.plans(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(str(row), reverse("plans:plan", args=[row.pk])) for row in rows}


def _tasks(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    rows = Task.objects.filter(pk__in=list(ids), plan__in=queries.plans(viewer).values("pk"))
    return {row.pk: Source(str(row), reverse("plans:task", args=[row.plan_id, row.pk])) for row in rows}


def _targets(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    rows = Target.objects.filter(pk__in=list(ids), plan__in=queries.plans(viewer).values("pk"))
    return {
        row.pk: Source(str(row), f"{reverse('plans:targets', args=[row.plan_id])}#chi-tieu-{row.pk}")
        for row in rows
    }


def _indicators(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where what an indicator measures is wanted: the targets of a plan; the newest plan where several do."""
    rows = Target.objects.filter(indicator__in=list(ids), plan__in=queries.plans(viewer).values("pk"))
    return {
        row.indicator_id: Source(
            str(row.plan), f"{reverse('plans:targets', args=[row.plan_id])}#chi-tieu-{row.pk}"
        )
        for row in rows.select_related("plan").defer("plan__document", "plan__header").order_by("plan", "pk")
    }


def _regimes(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    rows = Regime.objects.filter(pk__in=list(ids), plan__in=queries.plans(viewer).values("pk"))
    return {
        row.pk: Source(str(row), f"{reverse('plans:plan', args=[row.plan_id])}#che-do-{row.pk}")
        for row in rows
    }


def plan_files(viewer: Viewer) -> QuerySet[Plan, Any]:
    """The papers of the plans that a viewer may see (papers.access)."""
    return queries.plans(viewer).order_by().values("file")


def reading_files(viewer: Viewer) -> QuerySet[Reading, Any]:
    """The papers that a viewer may look through (papers.access)."""
    return queries.readings(viewer).order_by().values("file")


FINDERS: dict[str, Finder] = {
    "plans.plan": _plans,
    "plans.task": _tasks,
    "plans.target": _targets,
    "plans.regime": _regimes,
    "figures.indicator": _indicators,
}
