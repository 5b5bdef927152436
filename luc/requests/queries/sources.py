"""What rooms below and beside are told of requests by the kernel's registry: titles and addresses."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.requests.queries.replies import replies
from luc.requests.queries.requests import sent
from luc.rounds import queries as rounds
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Obligation
from luc.rounds.presenting import waiting

REQUEST, REPLY, SUBMISSION = "requests.request", "requests.reply", "requests.submission"
CYCLE, OBLIGATION, ANSWER = f"{REQUEST}.cycle", f"{REQUEST}.obligation", f"{REQUEST}.answer"


def request_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """A request, which is the source of its cycle: who answers is led to the form, who asks to the results."""
    wanted = list(ids)
    found = {
        row.request_id: Source(row.request.title, reverse("requests:form", args=[row.pk]))
        for row in replies(viewer).filter(request__in=wanted).order_by("-pk")
    }
    for row in sent(viewer).filter(pk__in=wanted):
        found[row.pk] = Source(row.title, reverse("requests:results", args=[row.pk]))
    return found


def reply_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Drafts of the own agency."""
    rows = replies(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(str(row), reverse("requests:form", args=[row.pk])) for row in rows}


def answer_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where each obligation is answered: what waits for this approver, else the form of who writes."""
    rows = replies(viewer).filter(obligation__in=list(ids), obligation__state__in=WRITABLE)
    found = {row.obligation_id: Source(str(row), reverse("requests:form", args=[row.pk])) for row in rows}
    mine = Obligation.objects.filter(rounds.answered_by(viewer, "requests.approve"), pk__in=found)
    for row in waiting(mine).defer("content"):
        address = reverse("requests:presentation", args=[row.pk])
        found[row.obligation_id] = Source(found[row.obligation_id].title, address)
    return found


def submission_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Frozen answers."""
    rows = rounds.submissions(viewer).filter(pk__in=list(ids), obligation__cycle__source_kind=REQUEST)
    return {
        row.pk: Source(
            f"{row.obligation.party}: {row.obligation.cycle} ({row.version})",
            reverse("requests:submission", args=[row.pk]),
        )
        for row in rows.defer("content")
    }


def cycle_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """The results of the rounds of requests, for pages of rooms below."""
    rows = sent(viewer).filter(cycle__in=list(ids))
    found = {row.cycle_id: Source(row.title, reverse("requests:results", args=[row.pk])) for row in rows}
    return {cycle: source for cycle, source in found.items() if cycle is not None}


def obligation_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where the last answer of each obligation is read, for pages of rooms below."""
    rows = rounds.last_submissions(viewer).filter(
        obligation__in=list(ids), obligation__cycle__source_kind=REQUEST
    )
    return {
        row.obligation_id: Source(str(row.obligation), reverse("requests:submission", args=[row.pk]))
        for row in rows.defer("content")
    }
