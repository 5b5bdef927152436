"""The asking agency answers: returned with remarks, or accepted, one or all at once."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.requests.queries import requests as queries
from luc.requests.queries.submissions import submissions, waiting
from luc.rounds import actions as rounds
from luc.rounds.models import Submission, Verdict


def give_back(viewer: Viewer, submission: int, *, remarks: str) -> Verdict:
    """Return an answer with remarks. Raises NotAllowed, Refused without remarks, Conflict."""
    row = submissions(viewer).get(pk=submission)
    collector = row.obligation.cycle.collector_id
    with action(viewer, "requests.judge", tenant=row.tenant_id, party=collector) as acting:
        return rounds.give_back(acting, row.pk, remarks=remarks)


def accept(viewer: Viewer, chosen: Collection[int], *, remarks: str = "") -> list[Submission]:
    """Accept answers to one request, all or none. Raises NotAllowed, Refused when nothing is chosen, Conflict."""
    rows = list(submissions(viewer).filter(pk__in=chosen).defer("content"))
    if len({row.obligation.cycle_id for row in rows}) != 1 or len(rows) != len(set(chosen)):
        raise Refused(_("Hãy chọn câu trả lời đang chờ xem."))
    collector = rows[0].obligation.cycle.collector_id
    with action(viewer, "requests.judge", tenant=rows[0].tenant_id, party=collector) as acting:
        return rounds.accept(acting, chosen, remarks=remarks)


def accept_all(viewer: Viewer, request: int) -> list[Submission]:
    """Accept every answer to a request that waits now. Raises NotAllowed, Refused when none waits, Conflict."""
    row = queries.collected(viewer).get(pk=request)
    assert row.cycle_id is not None  # `collected` gives sent ones only
    return accept(viewer, list(waiting(viewer, row.cycle_id).values_list("pk", flat=True)))
