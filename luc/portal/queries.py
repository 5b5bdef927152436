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

from luc.kernel.prepared import Prepared
from luc.portal.content import summary_of
from luc.portal.models import Edition, Question
from luc.portal.withdrawing import Gone, figures_gone, progress_gone, still, without


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition as everybody sees it: without the figures (`withdrawn`) and progress (`gone`) withdrawn since."""

    pk: int
    plan: int
    tenant: int
    number: int
    at: datetime
    note: str
    content: Mapping[str, Any]
    changes: list[Mapping[str, Any]]
    withdrawn: frozenset[int]
    gone: tuple[Gone, ...]
    sha256: str

    @property
    def head(self) -> Mapping[str, Any]:
        head: Mapping[str, Any] = self.content["plan"]
        return head

    @property
    def mark(self) -> str:
        """Another one whenever something else is to be seen."""
        gone = sorted(one.withdrawal for one in self.gone)
        kept = f"{self.pk}/{self.sha256}/{sorted(self.withdrawn)}/{gone}"
        return hashlib.sha256(kept.encode()).hexdigest()[:32]

    @property
    def changed_at(self) -> datetime | None:
        """When what is to be seen changed last; None when something was withdrawn since it was published."""
        return None if self.withdrawn or self.gone else self.at

    def still(self, changes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Of some changes those that rest on nothing that was withdrawn."""
        return still(changes, self.withdrawn, self.gone)


def current() -> QuerySet[Edition]:
    """The editions that stand now, one of each published plan. Only inside `scopes_disabled()`."""
    newer = Edition.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(newer), removal=None)


_read_current = Prepared(lambda plan: current().filter(plan=plan))


def listed() -> list[Edition]:
    """Every published plan by its summary, the last published first; two statements.

    Of what was withdrawn since nothing is counted: the plans that have any are read whole.
    """
    with scopes_disabled():
        rows = list(current().defer("content", "changes").order_by("-at", "-pk"))
        gone = progress_gone(rows)
        for row in rows:
            if row.plan_id in gone:
                row.summary = summary_of(_shown(row, gone).content)
        return rows


def shown(plan: int) -> Shown:
    """The edition of a plan that everybody sees now. Raises Edition.DoesNotExist; three statements."""
    with scopes_disabled():
        row = _read_current.get(plan=plan)
        return _shown(row, progress_gone([row]))


def contents(rows: Iterable[Edition]) -> list[Shown]:
    """Whole editions of some summaries at hand; two statements and one each for figures that were withdrawn."""
    with scopes_disabled():
        found = list(Edition.objects.filter(pk__in=[one.pk for one in rows]))
        gone = progress_gone(found)
        return [_shown(row, gone) for row in found]


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


def _shown(row: Edition, progress: Mapping[int, tuple[Gone, ...]]) -> Shown:
    wanted = figures_in(row.content)
    wanted |= {pk for change in row.changes for pk in change.get("figures", ())}
    withdrawn, gone = figures_gone(wanted), progress.get(row.plan_id, ())
    return Shown(
        pk=row.pk,
        plan=row.plan_id,
        tenant=row.tenant_id,
        number=row.number,
        at=row.at,
        note=row.note,
        content=without(complete(row.content), withdrawn, gone),
        changes=still(row.changes, withdrawn, gone),
        withdrawn=withdrawn,
        gone=gone,
        sha256=row.sha256,
    )


ADDED_LATER: Mapping[str, Any] = {"reports": []}


def complete(content: Mapping[str, Any]) -> dict[str, Any]:
    """A content of any age with all that a content of today has: editions are never rewritten."""
    return {**ADDED_LATER, **content}
