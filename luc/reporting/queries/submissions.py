"""What belongs to a frozen report: its figures in the ledger, the draft behind it, links for the registry."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from luc.figures import queries as figures
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.reporting.queries import scoped
from luc.reporting.queries.reports import reports
from luc.rounds import queries as rounds
from luc.rounds.models import Obligation

SOURCE = "reporting.submission"


def figures_of(viewer: Viewer, submission: int) -> dict[int, int]:
    """The figures that a submission wrote to the ledger, by indicator: the value done, before what else it told."""
    rows = figures.figures(viewer).filter(source_kind=SOURCE, source_id=submission).order_by("-pk")
    return dict(rows.values_list("indicator", "pk"))


def draft_of(viewer: Viewer, obligation: int) -> int | None:
    """The report behind an obligation, for those who write it."""
    return reports(viewer).filter(obligation=obligation).values_list("pk", flat=True).first()


def next_waiting(viewer: Viewer, cycle: int) -> int | None:
    """The report of a round that has waited longest for the viewer's verdict."""
    rows = rounds.last_submissions(viewer).filter(
        obligation__cycle=cycle,
        obligation__state=Obligation.State.SUBMITTED,
        obligation__cycle__collector__in=viewer.parties_for("reporting.judge"),
    )
    return rows.order_by("at", "pk").values_list("pk", flat=True).first()


def submission_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Registry of sources: frozen reports."""
    rows = scoped.submissions(viewer).filter(pk__in=list(ids)).defer("content")
    return {
        row.pk: Source(
            f"{row.obligation.party}: {row.obligation.cycle} ({row.version})",
            reverse("reporting:submission", args=[row.pk]),
        )
        for row in rows
    }


def report_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Registry of sources: drafts of the own agency."""
    rows = reports(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(str(row), reverse("reporting:form", args=[row.pk])) for row in rows}


def cycle_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Registry of sources: cycles that a viewer collects or follows."""
    rows = scoped.cycles(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(row.title, reverse("reporting:board", args=[row.pk])) for row in rows}
