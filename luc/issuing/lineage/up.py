"""Up: every paper, draft and page that used a row of a frozen report."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.figures import queries as figures
from luc.issuing import queries as drafts
from luc.issuing.issued import queries as papers
from luc.issuing.issued.models import Issued, Use
from luc.issuing.lineage.down import Leaf
from luc.issuing.models import Version
from luc.kernel.registry import Source, offered
from luc.kernel.rights import Viewer
from luc.plans import queries as plans
from luc.plans.models import Progress
from luc.reporting.queries import scoped


@dataclass(frozen=True, slots=True)
class UsedIn:
    """An issued paper and the numbers and sentences in it that rest on a row."""

    issued: Issued
    told: list[tuple[str, str]]  # words, address


def issued_with(viewer: Viewer, submission: int, key: str) -> list[UsedIn]:
    """The issued papers that a viewer may see and that rest on a row, newest first; two statements."""
    uses = Use.objects.filter(submission=submission, row=key)
    rows = papers.issued(viewer).filter(pk__in=uses.order_by().values("issued"))
    rows = rows.defer(None).select_related("signed__written")
    rows = rows.defer("version__content", "version__cells", "signed__document")
    by: dict[int, set[str]] = {}
    for issued, bookmark in uses.values_list("issued", "bookmark"):
        by.setdefault(issued, set()).add(bookmark)
    return [UsedIn(row, _told(row, by[row.pk])) for row in rows]


def _told(row: Issued, bookmarks: set[str]) -> list[tuple[str, str]]:
    return [
        (
            f"{one.words} ({one.title})" if one.title else one.words,
            reverse("issued:told", args=[row.pk, one.bookmark]),
        )
        for one in papers.told(row)
        if one.bookmark in bookmarks
    ]


def counted(viewer: Viewer, submission: int) -> dict[str, int]:
    """By row of a frozen report in how many issued papers it is used, of those that a viewer may see; one statement."""
    seen = papers.issued(viewer).order_by().values("pk")
    uses = Use.objects.filter(submission=submission, issued__in=seen)
    return dict(uses.values_list("row").annotate(count=Count("issued", distinct=True)))


def on_submission(viewer: Viewer, submission: int) -> list[Source]:
    """The way from a frozen report up, on its page (kernel.registry); none while no issued paper uses it."""
    if not counted(viewer, submission):
        return []
    return [Source(_("Đã dùng ở đâu"), reverse("issued:rows", args=[submission]))]


def versions_with(viewer: Viewer, submission: int, key: str) -> QuerySet[Version]:
    """The versions of drafts, not issued, in which a row is told."""
    mark = f'[{submission}, "{key}"]'  # as JSON keeps a pair, on both databases
    said = Q(cells_text__contains=mark) | Q(content_text__contains=mark)
    rows = drafts.versions(viewer).filter(issued=None)
    rows = rows.alias(cells_text=Cast("cells", TextField()), content_text=Cast("content", TextField()))
    return rows.filter(said).defer("content", "cells").order_by("-made_at", "-pk")


def pages_with(viewer: Viewer, leaf: Leaf) -> list[Source]:
    """The pages that show the row: the consolidation of its round, ledger, task, and what rooms above bring of both."""
    found = []
    cycle, row = leaf.submission.obligation.cycle, leaf.row
    if leaf.still_counts and scoped.cycles(viewer).filter(pk=cycle.pk).exists():
        found.append(
            Source(
                _("Tổng hợp: %(cycle)s") % {"cycle": cycle.title},
                reverse("reporting:consolidation", args=[cycle.pk]),
            )
        )
    own = {"source_kind": "reporting.submission", "source_id": leaf.submission.pk}
    if row.get("section") == "figure":
        ledger = list(figures.figures(viewer).filter(indicator=row.get("indicator"), **own))
        found += [
            Source(
                _("Sổ số liệu: %(name)s") % {"name": one.indicator.name},
                reverse("figures:figure", args=[one.pk]),
            )
            for one in ledger[:1]
        ]
        found += [more for one in ledger for more in offered(viewer, "figures.figure", one.pk)]
    plan = int(row.get("plan") or leaf.submission.content["plan"]["id"])
    for task in plans.tasks(viewer, plan).filter(pk=row.get("task") or 0):
        words = _("Nhiệm vụ: %(text)s") % {"text": task.text[:120]}
        found.append(Source(words, reverse("plans:task", args=[task.plan_id, task.pk])))
        for progress in Progress.objects.filter(part__task=task, **own).order_by("pk"):
            found += offered(viewer, "plans.progress", progress.pk)
    return found
