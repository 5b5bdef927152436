"""What is seen of drafts: those of the own agency, for leaders all of the tenant; who is asked sees one version."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from luc.issuing.models import Block, Comment, Draft, Opinion, OpinionRemark, Version, WrittenFile
from luc.kernel.rights import Viewer
from luc.plans.models import Regime
from luc.reporting.models import OfficialDraft
from luc.reporting.queries import scoped
from luc.rounds.models import Cycle


def drafts(viewer: Viewer) -> QuerySet[Draft]:
    """The papers being written that a viewer may see, newest first: its own agency's, for leaders the tenant's."""
    rows = Draft.objects.filter(_own_or_followed(viewer)).select_related(
        "party", "cycle", "plan", "made_by", "about"
    )
    return rows.defer("plan__document", "plan__header").order_by("-made_at", "-pk")


def _own_or_followed(viewer: Viewer, prefix: str = "") -> Q:
    own = Q(**{f"{prefix}party__in": viewer.parties_for("issuing.draft")})
    return own | Q(**{f"{prefix}tenant__in": viewer.tenants_for("issuing.follow")})


def blocks(viewer: Viewer) -> QuerySet[Block]:
    """The blocks of these drafts that are not taken out, in order."""
    return every_block(viewer).filter(removed_at=None)


def every_block(viewer: Viewer) -> QuerySet[Block]:
    """The blocks of these drafts in order, those taken out too: they keep their place."""
    rows = Block.objects.filter(_own_or_followed(viewer, "draft__"))
    return rows.select_related("draft").order_by("order", "pk")


def versions(viewer: Viewer) -> QuerySet[Version]:
    """The frozen versions of these drafts, newest first."""
    rows = Version.objects.filter(_own_or_followed(viewer, "draft__"))
    return rows.select_related("draft__party").defer("draft__cells").order_by("-number")


def files(viewer: Viewer) -> QuerySet[WrittenFile]:
    """The files of these versions."""
    rows = WrittenFile.objects.filter(_own_or_followed(viewer, "version__draft__"))
    return rows.select_related("file", "version__draft").order_by("-made_at", "-pk")


def comments(viewer: Viewer) -> QuerySet[Comment]:
    """What was said beside blocks of these drafts, first to last."""
    rows = Comment.objects.filter(_own_or_followed(viewer, "block__draft__"))
    return rows.select_related("block__draft").order_by("pk")


def opinions(viewer: Viewer) -> QuerySet[Opinion]:
    """The opinions that were asked on these drafts."""
    rows = Opinion.objects.filter(_own_or_followed(viewer, "version__draft__"))
    return rows.select_related("party", "version__draft__party").order_by("party__sort_key", "pk")


def remarks(viewer: Viewer) -> QuerySet[OpinionRemark]:
    """The remarks in these opinions."""
    rows = OpinionRemark.objects.filter(_own_or_followed(viewer, "opinion__version__draft__"))
    return rows.select_related("opinion__version__draft", "opinion__party", "block").order_by("pk")


def asked_of(viewer: Viewer) -> QuerySet[Opinion]:
    """The opinions that the viewer's own agencies are asked for: nothing else of the draft is theirs to see."""
    rows = Opinion.objects.filter(party__in=viewer.parties_for("issuing.give"))
    rows = rows.exclude(version__draft__state=Draft.State.DROPPED)
    rows = rows.select_related("party", "version__draft__party").defer("version__content", "version__cells")
    return rows.order_by("until", "pk")


def to_draft(viewer: Viewer) -> QuerySet[Cycle]:
    """The rounds of plans whose report the viewer's own agency writes."""
    return scoped.cycles(viewer).filter(collector__in=viewer.parties_for("issuing.draft"))


def told_in_full(viewer: Viewer) -> QuerySet[Cycle]:
    """The rounds of plans that the viewer collects or is told of before all is accepted."""
    return scoped.told_in_full(viewer)


def written_at_once(viewer: Viewer) -> QuerySet[OfficialDraft]:
    """The reports of these rounds that were written out at once, newest first."""
    rows = OfficialDraft.objects.filter(cycle__in=told_in_full(viewer).order_by().values("pk"))
    rows = rows.select_related("file", "made_by", "cycle", "plan").defer("plan__document", "content")
    return rows.order_by("-made_at", "-pk")


def regimes(viewer: Viewer) -> QuerySet[Regime]:
    """The regimes whose rounds the viewer's own agency collects: whose outline it settles."""
    of = to_draft(viewer).order_by().values("regimes__regime")
    named = Q(collector__in=viewer.parties_for("issuing.draft"))
    return (
        Regime.objects.filter(named | Q(pk__in=of))
        .select_related("plan")
        .defer("plan__document")
        .order_by("pk")
    )
