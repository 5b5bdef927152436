"""What is seen of rounds: own obligations, the rounds that the own agency collects, or all of a tenant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.rounds.models import (
    CorrectionRequest,
    Cycle,
    Obligation,
    Presentation,
    Stands,
    Submission,
    Verdict,
)
from luc.rounds.succession import taking_answers

_still_here = ~Q(state=Obligation.State.HANDED_ON)


def _overseen(viewer: Viewer, prefix: str = "") -> Q:
    collects = Q(**{f"{prefix}collector__in": viewer.parties_for("rounds.collect")})
    return collects | Q(**{f"{prefix}tenant__in": viewer.tenants_for("rounds.follow")})


def own(viewer: Viewer, act: str = "rounds.answer", prefix: str = "") -> Q:
    """Condition for obligations of the viewer's own parties, or in which these stand in for another."""
    parties = viewer.parties_for(act)
    return Q(**{f"{prefix}party__in": parties}) | Q(**{f"{prefix}stand_in__in": parties})


def answered_by(viewer: Viewer, act: str, prefix: str = "") -> Q:
    """Condition for obligations that the viewer's parties answer: their own, unless another stands in for them."""
    return answered_by_parties(viewer.parties_for(act), prefix)


def answered_by_parties(parties: Collection[int], prefix: str = "") -> Q:
    """The same for parties."""
    alone = Q(**{f"{prefix}party__in": parties, f"{prefix}stand_in": None})
    return alone | Q(**{f"{prefix}stand_in__in": parties})


def cycles(viewer: Viewer) -> QuerySet[Cycle]:
    """The rounds a viewer may see as a whole (boards): those it collects or follows."""
    return Cycle.objects.filter(_overseen(viewer)).select_related("collector").order_by("-due_at", "-pk")


def told_in_full(viewer: Viewer) -> QuerySet[Cycle]:
    """Of these, the rounds whose reports a viewer reads before they are accepted, and their drafts."""
    collects = Q(collector__in=viewer.parties_for("rounds.collect"))
    return cycles(viewer).filter(collects | Q(tenant__in=viewer.tenants_for("rounds.unaccepted")))


def owed_cycles(viewer: Viewer) -> QuerySet[Cycle]:
    """The rounds in which a party of the viewer owes an answer."""
    owed = Obligation.objects.filter(own(viewer), cycle=OuterRef("pk"))
    return Cycle.objects.filter(Exists(owed)).select_related("collector").order_by("-due_at", "-pk")


def own_obligations(viewer: Viewer) -> QuerySet[Obligation]:
    """What the viewer's own parties owe or owed, or answer for others; what was handed on to successors is theirs."""
    rows = Obligation.objects.filter(_still_here & own(viewer))
    return rows.select_related("party", "stand_in", "cycle__collector").order_by("due_at", "pk")


def owed_now(viewer: Viewer) -> QuerySet[Obligation]:
    """Of these, what the viewer's parties still have to hand in, in rounds that are open for them."""
    states = [Obligation.State.OPEN, Obligation.State.RETURNED]
    rows = own_obligations(viewer).filter(answered_by(viewer, "rounds.answer"), state__in=states)
    return rows.filter(taking_answers())


def overseen_obligations(viewer: Viewer) -> QuerySet[Obligation]:
    """The obligations of the rounds that a viewer collects or follows, without those handed on to successors."""
    rows = Obligation.objects.filter(_still_here & _overseen(viewer, "cycle__"))
    return rows.select_related("party", "stand_in", "cycle__collector")


def obligations(viewer: Viewer) -> QuerySet[Obligation]:
    """Every obligation a viewer may see: own ones, and those of rounds it collects or follows."""
    rows = Obligation.objects.filter(own(viewer) | _overseen(viewer, "cycle__"))
    return rows.select_related("party", "stand_in", "cycle__collector")


def submissions(viewer: Viewer) -> QuerySet[Submission]:
    """What was handed in, of the obligations a viewer may see; who only follows may see what was accepted."""
    mine = own(viewer, prefix="obligation__")
    collects = Q(obligation__cycle__collector__in=viewer.parties_for("rounds.collect"))
    everything = Q(tenant__in=viewer.tenants_for("rounds.unaccepted"))
    accepted = Q(tenant__in=viewer.tenants_for("rounds.follow"), verdict__kind=Verdict.Kind.ACCEPTED)
    rows = Submission.objects.filter(mine | collects | everything | accepted)
    kept = ("verdict", "look", "reopening")
    return rows.select_related("obligation__party", "obligation__cycle__collector", *kept)


def last_submissions(viewer: Viewer) -> QuerySet[Submission]:
    """The last version of each obligation a viewer may see."""
    return submissions(viewer).filter(version=F("obligation__version"))


def presentations(viewer: Viewer, source: str) -> QuerySet[Presentation]:
    """What was put before the approver in the viewer's own parties, in rounds of a kind; nobody else sees it."""
    rows = Presentation.objects.filter(answered_by(viewer, "rounds.answer", "obligation__"))
    rows = rows.filter(obligation__cycle__source_kind=source)
    kept = ("obligation__party", "obligation__cycle__collector", "decision")
    return rows.select_related(*kept).order_by("-at", "-pk")


def correction_requests(viewer: Viewer) -> QuerySet[CorrectionRequest]:
    """What was asked to be opened again, of the submissions a viewer may see."""
    rows = CorrectionRequest.objects.filter(submission__in=submissions(viewer).order_by().values("pk"))
    kept = ("submission__obligation__party", "submission__obligation__cycle__collector")
    return rows.select_related(*kept).order_by("-at", "-pk")


_read_stands = Prepared(
    lambda obligation: Stands.objects.filter(obligation=obligation).select_related("bound").order_by("pk")
)


def stands_of(obligation: Obligation) -> list[Stands]:
    """Why an obligation at hand is there."""
    return _read_stands(obligation=obligation.pk)


def notes_of(of: Collection[int], **only: str) -> dict[int, tuple[str, ...]]:
    """Why obligations at hand are there, in words, by obligation; who is bound itself is left out."""
    rows = Stands.objects.filter(obligation__in=of, **only).exclude(note="").order_by("pk")
    notes: dict[int, dict[str, None]] = {}
    for obligation, note in rows.values_list("obligation", "note"):
        notes.setdefault(obligation, {})[note] = None
    return {obligation: tuple(words) for obligation, words in notes.items()}


def succeeded(of: Collection[int]) -> dict[int, tuple[str, ...]]:
    """For which ended parties obligations at hand stand, in words, by obligation; others are left out."""
    return notes_of(of, why=Stands.Why.SUCCESSOR)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a round is. answered = waiting + accepted; missing = untouched + returned."""

    bound: int = 0
    waiting: int = 0
    accepted: int = 0
    returned: int = 0
    untouched: int = 0
    nil: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def answered(self) -> int:
        return self.waiting + self.accepted

    @property
    def missing(self) -> int:
        return self.bound - self.answered

    @property
    def percent(self) -> int:
        """Whole percents, rounded down: 100 only when nobody is missing."""
        return self.answered * 100 // self.bound if self.bound else 0


def completeness(viewer: Viewer, of: Collection[int]) -> dict[int, Completeness]:
    """Counts by round, in one statement. late: first handed in when it was due; overdue: missing."""
    state, answered = Obligation.State, Q(state__in=[Obligation.State.SUBMITTED, Obligation.State.ACCEPTED])
    rows: Any = (  # plain rows of values
        overseen_obligations(viewer)
        .filter(cycle__in=of)
        .order_by()
        .values("cycle")
        .annotate(
            bound=Count("pk"),
            waiting=Count("pk", filter=Q(state=state.SUBMITTED)),
            accepted=Count("pk", filter=Q(state=state.ACCEPTED)),
            returned=Count("pk", filter=Q(state=state.RETURNED)),
            untouched=Count("pk", filter=Q(state=state.OPEN)),
            nil=Count("pk", filter=answered & Q(is_nil=True)),
            late=Count("pk", filter=answered & Q(submitted_at__gte=F("due_at"))),
            overdue=Count("pk", filter=~answered & Q(due_at__lte=now())),
        )
    )
    counted = {row.pop("cycle"): Completeness(**row) for row in rows}
    return {pk: counted.get(pk, Completeness()) for pk in of}
