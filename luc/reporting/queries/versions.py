"""Two versions of a report beside each other: what changed, by whom, and what came of each remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luc.kernel.models import Change
from luc.reporting.content import Difference, all_rows, differences
from luc.reporting.models import Report
from luc.rounds.correcting import remarks_of
from luc.rounds.models import Submission, Verdict


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell that two versions say differently, and who wrote it last in between; "" when that is not known."""

    cell: Difference
    by: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A remark on a row of the version before, and what changed in that row since; nothing when nothing did."""

    key: str
    title: str
    remark: str
    changes: tuple[Difference, ...]


def changed(old: Submission, new: Submission) -> list[Changed]:
    """What the newer of two versions of a report says otherwise, row by row."""
    cells = differences(old.content, new.content)
    by = _writers(old, new) if cells else {}
    return [Changed(cell, by.get(cell.key, "")) for cell in cells]


def _writers(old: Submission, new: Submission) -> dict[str, str]:
    """Who wrote each row last between two versions, by the history of the draft."""
    report = Report.objects.filter(obligation=new.obligation_id).values_list("pk", flat=True).first()
    lines = Change.objects.filter(
        kind="reporting.report",
        object_id=str(report),
        tenant=new.tenant_id,
        at__gt=old.at,
        at__lte=new.at,
    )
    by: dict[str, str] = {}
    for after, name in lines.order_by("sequence").values_list("after", "actor_name"):
        by |= {key: name for key, said in (after or {}).items() if isinstance(said, Mapping)}
    return by


def before(row: Submission) -> Submission | None:
    """The version before one that was really read: those that were taken back are left out."""
    earlier = Submission.objects.filter(obligation=row.obligation_id, version__lt=row.version)
    kept = earlier.exclude(verdict__kind=Verdict.Kind.TAKEN_BACK).select_related("verdict", "reopening")
    return kept.order_by("-version").first()


def _words(row: Mapping[str, object]) -> str:
    return str(row.get("text") or row.get("title") or row.get("obstacle") or "")


def answered(old: Submission, new: Submission) -> list[Answered]:
    """The remarks on rows of the version before, each with what changed there."""
    remarks = remarks_of([old.pk]).get(old.pk, {})
    cells = differences(old.content, new.content) if remarks else []
    rows = {row["key"]: row for row in all_rows(old.content)}
    return [
        Answered(
            key,
            _words(rows.get(key, {})),
            words,
            tuple(cell for cell in cells if cell.key == key),
        )
        for key, words in remarks.items()
    ]
