"""What was withdrawn since an edition was published goes off its pages at once: figures, and progress of tasks.

An edition is never rewritten, so it is taken out of what is shown; where it stood the pages say that it was withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from luc.figures.models import Standing
from luc.kernel.prepared import Prepared
from luc.plans.models import Part, Progress, ProgressWithdrawal
from luc.plans.queries.states import worst
from luc.portal.models import Edition

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gone:
    """One party's word on a part, which an edition shows and which counts no more; `until` as ISO 8601."""

    withdrawal: int
    task: int
    is_lead: bool
    by: str
    unit: int | None
    state: str
    until: str


def figures_gone(figures: Collection[int]) -> frozenset[int]:
    """Of some figures those that do not count as published (any more); one statement."""
    rows = Standing.objects.filter(figure__in=figures).order_by("figure", "pk")
    last = dict(rows.values_list("figure", "kind"))
    return frozenset(pk for pk in figures if last.get(pk) != Standing.Kind.PUBLISHED)


def _withdrawn(since: datetime, plans: Collection[int]) -> QuerySet[ProgressWithdrawal]:
    later = Q(at__gt=OuterRef("progress__at")) | Q(
        at=OuterRef("progress__at"), pk__gt=OuterRef("progress__pk")
    )
    newer = Progress.objects.filter(
        later, withdrawal=None, part=OuterRef("progress__part"), party=OuterRef("progress__party")
    )
    rows = ProgressWithdrawal.objects.filter(at__gt=since, progress__part__task__plan__in=plans)
    return (
        rows.annotate(followed=Subquery(newer.order_by("at").values("at")[:1]))
        .select_related("progress__party", "progress__part__task")
        .order_by("progress__at", "progress")
    )


_read_withdrawn: Prepared[Any] = Prepared(_withdrawn)


def progress_gone(editions: Iterable[Edition]) -> dict[int, tuple[Gone, ...]]:
    """What was withdrawn of the progress that each edition rests on, by plan; one statement for all of them."""
    shown: dict[int, datetime] = {row.plan_id: row.at for row in editions}
    if not shown:
        return {}
    last: dict[tuple[int, int, int], Gone] = {}
    for row in _read_withdrawn(since=min(shown.values()), plans=list(shown)):
        told, part = row.progress, row.progress.part
        plan = part.task.plan_id
        at = shown[plan]
        if told.at > at or row.at <= at or (row.followed and row.followed <= at):
            continue
        last[plan, part.pk, told.party_id] = Gone(
            withdrawal=row.pk,
            task=part.task_id,
            is_lead=part.role == Part.Role.LEAD,
            by=told.party.name,
            unit=told.party.unit_id,
            state=told.state,
            until=(told.period_until - timedelta(days=1)).isoformat(),
        )
    found: dict[int, list[Gone]] = {}
    for (plan, _part, _party), one in last.items():
        found.setdefault(plan, []).append(one)
    return {plan: tuple(of) for plan, of in found.items()}


def without(content: Values, figures: frozenset[int], progress: Sequence[Gone]) -> dict[str, Any]:
    """A content without some figures and some progress; what loses its last word says so (`is_withdrawn`)."""
    found = dict(content)
    if figures:
        found["targets"] = [_target(row, figures) for row in content["targets"]]
    led = [one for one in progress if one.is_lead]
    if led:
        found["tasks"] = [
            _task(row, [one for one in led if one.task == row["id"]]) for row in content["tasks"]
        ]
    if progress:
        found["units"] = [
            _unit(row, [one for one in progress if one.unit == row["unit"]]) for row in content["units"]
        ]
    return found


def _target(row: Values, gone: frozenset[int]) -> dict[str, Any]:
    points = [point for point in row["points"] if point["figure"] not in gone]
    found = {**row, "points": points, "is_withdrawn": row["figure"] in gone}
    if found["is_withdrawn"]:
        found |= {"figure": None, "value": None, "day": "", "state": "unknown", "estimate": False}
    return found


def _task(row: Values, gone: Sequence[Gone]) -> Values:
    if not gone:
        return row
    words = {(one.by, one.until) for one in gone}
    results = [
        {**one, "text": "", "is_withdrawn": True} if (one["by"], one["until"]) in words else one
        for one in row["results"]
    ]
    return {**row, "state": "", "results": results, "is_withdrawn": True}


def _unit(row: Values, gone: Sequence[Gone]) -> Values:
    if not gone:
        return row
    left: Counter[str] = Counter(row["states"])
    left.subtract(one.state for one in gone)
    states = {state: n for state, n in left.items() if n > 0}
    return {**row, "states": states, "state": worst(states), "is_withdrawn": True}


def still(changes: Iterable[Values], figures: frozenset[int], progress: Sequence[Gone]) -> list[Values]:
    """The changes that rest on nothing that was withdrawn."""
    states = {(one.task, one.state) for one in progress if one.is_lead}
    return [
        one
        for one in changes
        if not figures.intersection(one.get("figures", ()))
        and not (one["what"] == "state" and (one["id"], one["after"]) in states)
    ]
