"""What everybody may ask: the newest edition of each plan, unless it was removed; answered questions.

A stranger has no tenant, so these queries look across all of them; the tables of this room hold nothing else of a plan
than what was published. The queries of officers stand in `desk.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_scopes import scopes_disabled

from luc.figures.models import Standing
from luc.portal.models import Edition, Question


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition as everybody sees it: without the figures that were withdrawn since (`withdrawn`)."""

    pk: int
    plan: int
    tenant: int
    number: int
    at: datetime
    note: str
    content: Mapping[str, Any]
    changes: list[Mapping[str, Any]]
    withdrawn: frozenset[int]
    sha256: str

    @property
    def head(self) -> Mapping[str, Any]:
        head: Mapping[str, Any] = self.content["plan"]
        return head

    @property
    def mark(self) -> str:
        """Another one whenever something else is to be seen."""
        kept = f"{self.pk}/{self.sha256}/{sorted(self.withdrawn)}"
        return hashlib.sha256(kept.encode()).hexdigest()[:32]


def current() -> QuerySet[Edition]:
    """The editions that stand now, one of each published plan. Only inside `scopes_disabled()`."""
    newer = Edition.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(newer), removal=None)


def listed() -> list[Edition]:
    """Every published plan by its summary, the last published first; one statement."""
    with scopes_disabled():
        return list(current().defer("content", "changes").order_by("-at", "-pk"))


def shown(plan: int) -> Shown:
    """The edition of a plan that everybody sees now. Raises Edition.DoesNotExist; two statements."""
    with scopes_disabled():
        return _shown(current().get(plan=plan))


def contents(rows: Iterable[Edition]) -> list[Shown]:
    """Whole editions of some summaries at hand; one statement and one each for what was withdrawn."""
    with scopes_disabled():
        return [_shown(row) for row in Edition.objects.filter(pk__in=[one.pk for one in rows])]


def editions(plan: int) -> list[Edition]:
    """All editions of a plan that is public now, newest first, without their content; one statement."""
    with scopes_disabled():
        rows = Edition.objects.filter(plan=plan, removal=None, plan__in=current().values("plan"))
        return list(rows.defer("content").order_by("-number"))


def questions(plan: int, task: int | None = None) -> list[Question]:
    """The answered questions of a plan (or of one task), the last answered first; one statement."""
    with scopes_disabled():
        rows = Question.objects.filter(plan=plan, state=Question.State.ANSWERED)
        if task is not None:
            rows = rows.filter(task=task)
        return list(
            rows.only("id", "shown", "answer", "answered_at", "task_id").order_by("-answered_at", "-pk")
        )


def figures_in(content: Mapping[str, Any]) -> set[int]:
    """The figures that a content shows."""
    found = {point["figure"] for target in content["targets"] for point in target["points"]}
    return found | {target["figure"] for target in content["targets"] if target["figure"]}


def _shown(row: Edition) -> Shown:
    wanted = figures_in(row.content)
    wanted |= {pk for change in row.changes for pk in change.get("figures", ())}
    gone = _withdrawn(wanted)
    return Shown(
        pk=row.pk,
        plan=row.plan_id,
        tenant=row.tenant_id,
        number=row.number,
        at=row.at,
        note=row.note,
        content=without(complete(row.content), gone),
        changes=[one for one in row.changes if not gone.intersection(one.get("figures", ()))],
        withdrawn=gone,
        sha256=row.sha256,
    )


def _withdrawn(figures: set[int]) -> frozenset[int]:
    """Of some figures those that do not count as published (any more)."""
    last = dict(
        Standing.objects.filter(figure__in=figures).order_by("figure", "pk").values_list("figure", "kind")
    )
    return frozenset(pk for pk in figures if last.get(pk) != Standing.Kind.PUBLISHED)


ADDED_LATER: Mapping[str, Any] = {"reports": []}


def complete(content: Mapping[str, Any]) -> dict[str, Any]:
    """A content of any age with all that a content of today has: editions are never rewritten."""
    return {**ADDED_LATER, **content}


def without(content: Mapping[str, Any], gone: frozenset[int]) -> dict[str, Any]:
    """A content without some figures: a target that loses its figure has none, and says so."""
    if not gone:
        return dict(content)
    targets = []
    for target in content["targets"]:
        points = [point for point in target["points"] if point["figure"] not in gone]
        row = {**target, "points": points, "is_withdrawn": target["figure"] in gone}
        if row["is_withdrawn"]:
            row |= {"figure": None, "value": None, "day": "", "state": "unknown", "estimate": False}
        targets.append(row)
    return {**content, "targets": targets}
