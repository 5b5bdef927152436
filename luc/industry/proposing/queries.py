"""What is asked of proposals: the own ones, all for who follows them, what is due on the desk, what everybody sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from luc.industry.models import Proposal, ProposalStep
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.papers.models import StoredFile

WAITING = (Proposal.State.DRAFT, Proposal.State.SENT, Proposal.State.TAKEN)
_ON_DESK = 20


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """The proposals of the viewer's agencies, and all of the tenants in which the viewer follows them; newest first."""
    mine = Q(party__in=viewer.parties_for("industry.propose"))
    mine |= Q(tenant__in=viewer.tenants_for("industry.follow"))
    rows = Proposal.objects.filter(mine).select_related("party", "catalogue", "follower", "file", "item")
    return rows.order_by("-at", "-pk")


def role_of(viewer: Viewer, row: Proposal) -> tuple[str, int | None]:
    """The act by which a viewer moves a proposal on, and the party of it: the own one, or as who follows all."""
    if row.party_id in viewer.parties_for("industry.propose"):
        return "industry.propose", row.party_id
    return "industry.follow", None


def steps_of(row: Proposal) -> QuerySet[ProposalStep]:
    """The whole history of a proposal, oldest first."""
    return ProposalStep.objects.filter(proposal=row).select_related("by", "file").order_by("pk")


def files_of(viewer: Viewer) -> QuerySet[Any, Any]:
    """The stored files of proposals that a viewer sees: the evidence and the letters."""
    seen = proposals(viewer).order_by()
    steps = ProposalStep.objects.filter(proposal__in=seen.values("pk"), file__isnull=False)
    shown = Q(pk__in=seen.values("file")) | Q(pk__in=steps.values("file"))
    return StoredFile.objects.filter(shown).values_list("pk")


def on_desk(viewer: Viewer, _pk: int) -> list[Source]:
    """The proposals that their follower wanted to be asked about by today, as lines of the desk."""
    if not (viewer.may("industry.propose") or viewer.may("industry.follow")):
        return []
    due = proposals(viewer).filter(follower=viewer.user, remind_on__lte=today(), state__in=WAITING)
    return [
        Source(
            _("Hỏi lại đề xuất vào danh mục: %(name)s") % {"name": row.name[:120]},
            reverse("industry:proposal", args=[row.pk]),
        )
        for row in due.order_by("remind_on", "pk")[:_ON_DESK]
    ]


def public_proposals() -> QuerySet[Proposal]:
    """The proposals that an officer shows to everybody, newest first; no person is named with them."""
    with scopes_disabled():
        rows = Proposal.objects.filter(is_public=True).exclude(state__in=["draft", "withdrawn"])
    return rows.select_related("party", "catalogue").prefetch_related("steps").order_by("-at", "-pk")
