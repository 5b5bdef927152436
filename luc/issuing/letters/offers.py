"""What the letters offer on the pages of rooms below: on a board, on an agency's page in a plan, on a report."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.models import Draft
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.plans import queries as plans
from luc.reporting.queries import scoped
from luc.rounds.models import Submission
from luc.rounds.queries import answered_by

ROUND_KINDS = [Draft.Kind.ASKING, Draft.Kind.REMINDER]


def may_draft(viewer: Viewer, tenant: int, issuer: int) -> bool:
    """Whether the viewer drafts letters of an agency."""
    return viewer.may("issuing.draft", tenant=tenant, party=issuer)


def own_submissions(viewer: Viewer) -> QuerySet[Submission]:
    """The frozen reports of the viewer's own agencies, or that these handed in for another."""
    return scoped.submissions(viewer).filter(answered_by(viewer, "issuing.own_report", "obligation__"))


def on_board(viewer: Viewer, cycle: int) -> list[Source]:
    """The letters of a round, for who drafts or follows them."""
    mine = queries.to_draft(viewer).filter(pk=cycle).exists()
    if not mine and not queries.drafts(viewer).filter(cycle=cycle, kind__in=ROUND_KINDS).exists():
        return []
    return [Source(_("Công văn"), reverse("letters:of_round", args=[cycle]))]


def on_party(viewer: Viewer, plan: int) -> list[Source]:
    """The letter of assignments; the page adds the agency to the address."""
    row = plans.plans(viewer).filter(pk=plan).first()
    if row is None or not may_draft(viewer, row.tenant_id, row.focal_id):
        return []
    return [Source(_("Công văn giao nhiệm vụ"), reverse("letters:assignments", args=[plan, 0])[: -len("0/")])]


def on_submission(viewer: Viewer, submission: int) -> list[Source]:
    """The report as a paper, for its own agency."""
    if not own_submissions(viewer).filter(pk=submission).exists():
        return []
    return [Source(_("Tải thành văn bản (.docx)"), reverse("letters:own_report", args=[submission]))]
