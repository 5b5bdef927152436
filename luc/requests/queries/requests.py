"""Requests that a viewer may see: those its agency asks or follows, and those it is asked; what a draft would bind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from luc.agencies.models import Party
from luc.agencies.queries import Answerer, resolve
from luc.kernel.rights import Viewer
from luc.kernel.time import valid_on
from luc.requests.models import Column, Question, Reply, Request
from luc.rounds import queries as rounds
from luc.rounds.actions import Bound, Reason


def sent(viewer: Viewer) -> QuerySet[Request]:
    """The sent requests whose answers a viewer collects or follows, newest first."""
    rows = Request.objects.filter(cycle__in=rounds.cycles(viewer).order_by().values("pk"))
    return rows.select_related("cycle__collector", "asker", "paper").order_by("-sent_at", "-pk")


def collected(viewer: Viewer) -> QuerySet[Request]:
    """Of these, the requests that the viewer's own agency steers."""
    return sent(viewer).filter(cycle__collector__in=viewer.parties_for("requests.ask"))


def drafts(viewer: Viewer) -> QuerySet[Request]:
    """The drafts of the viewer's own agency, newest first."""
    rows = Request.objects.filter(asker__in=viewer.parties_for("requests.ask"), sent_at=None, dropped_at=None)
    return rows.select_related("asker", "paper", "made_by").order_by("-made_at", "-pk")


def templates(viewer: Viewer) -> QuerySet[Request]:
    """The requests that a viewer may ask anew: those that its agency sent."""
    return collected(viewer)


def with_paper(viewer: Viewer) -> QuerySet[Request]:
    """The requests whose attached paper a viewer may have: own drafts, what it collects, follows or is asked."""
    own = Reply.objects.filter(
        request=OuterRef("pk"), obligation__in=rounds.own_obligations(viewer).order_by().values("pk")
    )
    seen = Q(pk__in=sent(viewer).order_by().values("pk")) | Q(pk__in=drafts(viewer).order_by().values("pk"))
    return Request.objects.filter(seen | Exists(own)).exclude(paper=None).select_related("paper")


def questions(row: Request) -> list[tuple[Question, list[Column]]]:
    """The questions of a sent request in order, each with the columns of its table: two statements."""
    found = list(Question.objects.filter(request=row).order_by("order"))
    columns: dict[int, list[Column]] = {}
    for column in Column.objects.filter(question__request=row).order_by("question", "order"):
        columns.setdefault(column.question_id, []).append(column)
    return [(question, columns.get(question.pk, [])) for question in found]


def editable_questions(viewer: Viewer) -> QuerySet[Question]:
    """The questions whose words a viewer may correct."""
    rows = Question.objects.filter(request__in=collected(viewer).order_by().values("pk"))
    return rows.select_related("request__cycle")


@dataclass(frozen=True, slots=True)
class Offer:
    """A party or group that a request can be sent to; `size` tells how many would answer for a group."""

    party: Party
    size: int


def offers(asker: Party, on: date) -> tuple[list[Offer], list[tuple[str, list[Party]]]]:
    """Whom an agency may ask on a day: groups with their size, and the single parties by kind."""
    rows = list(Party.objects.filter(valid_on(on), tenant=asker.tenant_id).order_by("sort_key", "pk"))
    groups = [row for row in rows if row.kind == Party.Kind.GROUP]
    answering = resolve([group.pk for group in groups], on)
    sizes = {pk: len(_others(found, asker.pk)) for pk, found in answering.items()}
    shown = [Offer(group, sizes[group.pk]) for group in groups if sizes[group.pk]]
    single = [(kind, [row for row in rows if row.kind == kind and row.pk != asker.pk]) for kind in _SINGLE]
    return (
        sorted(shown, key=lambda offer: (-offer.size, offer.party.sort_key)),
        [(capfirst(str(Party.Kind(kind).label)), parties) for kind, parties in single if parties],
    )


_SINGLE = (
    Party.Kind.DEPARTMENT,
    Party.Kind.BOARD,
    Party.Kind.COMMUNE,
    Party.Kind.PROVINCE,
    Party.Kind.CENTRAL,
    Party.Kind.ASSOCIATION,
    Party.Kind.ENTERPRISE,
    Party.Kind.OTHER,
)


def _others(found: Collection[Answerer], asker: int) -> list[Answerer]:
    """Whoever answers for a group without the asking agency: it does not ask itself because it is a member."""
    return [one for one in found if one.party != asker]


@dataclass(frozen=True, slots=True)
class Binding:
    """Who would owe an answer, and which chosen parties nobody answers for."""

    bound: list[Bound]
    parties: list[Party]
    nobody: list[Party]


def binding(asker: Party, chosen: Collection[int], on: date, without: Collection[int] = ()) -> Binding:
    """Whom chosen parties and groups bind on a day; `without` are bound already. Foreign parties bind nobody.

    Raises nothing: what stands in the way is in `nobody`.
    """
    named = {row.pk: row for row in Party.objects.filter(tenant=asker.tenant_id, pk__in=chosen)}
    answering = resolve(list(named), on)
    reasons: dict[int, list[Reason]] = {}
    nobody = []
    for pk, party in named.items():
        is_group = party.kind == Party.Kind.GROUP
        found = _others(answering[pk], asker.pk) if is_group else answering[pk]
        if not found:
            nobody.append(party)
        for one in found:
            if one.party not in without:
                reasons.setdefault(one.party, []).append(Reason(pk, one.why, one.note))
    parties = {row.pk: row for row in Party.objects.filter(pk__in=reasons).select_related("unit")}
    order = sorted(parties.values(), key=lambda row: (_place(row), row.sort_key))
    return Binding([Bound(row.pk, tuple(reasons[row.pk])) for row in order], order, nobody)


def _place(row: Party) -> int:
    return list(Party.Kind.values).index(row.kind)
