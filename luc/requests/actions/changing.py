"""A request that runs is changed: due later, more addressees, words corrected, closed. Every act says so in history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today
from luc.requests.actions.asking import must_bind, name_addressees, named, start_replies
from luc.requests.models import Question, Request
from luc.requests.queries import requests as queries
from luc.rounds import actions as rounds
from luc.rounds import changing, reopening
from luc.rounds.models import Cycle, Obligation


def move_due(viewer: Viewer, request: int, *, due_at: datetime, reason: str) -> Request:
    """Let a request be due at another moment to come, with the reason. Raises NotAllowed, Refused, Conflict."""
    row = queries.collected(viewer).get(pk=request)
    why = _said(reason)
    with action(viewer, "requests.ask", tenant=row.tenant_id, party=_collector(row), reason=why) as acting:
        changing.move_due(acting, _cycle(row), due_at)
        acting.log(row, None, {"due_at": due_at})
    return row


def add_addressees(viewer: Viewer, request: int, *, parties: Collection[int], reason: str = "") -> int:
    """Ask further parties and groups; who is asked already stays. Returns how many were added.

    Raises NotAllowed; Refused when nobody is chosen, somebody stands for nobody, or all are asked already; Conflict.
    """
    row = queries.collected(viewer).get(pk=request)
    if not parties:
        message = _("Chưa chọn đơn vị nào.")
        raise Refused(message, {"party": message})
    there = Obligation.objects.filter(cycle=row.cycle_id).values_list("party", flat=True)
    with written():
        binding = queries.binding(row.asker, parties, today(), set(there))
    must_bind(binding)
    chosen = tuple(sorted(parties))
    with action(
        viewer, "requests.ask", tenant=row.tenant_id, party=_collector(row), reason=reason.strip()
    ) as acting:
        new = changing.bind_more(acting, _cycle(row), binding.bound)
        name_addressees(row, chosen)
        start_replies(row, Cycle.objects.get(pk=_cycle(row)))
        named(acting, row, chosen)
    return len(new)


def correct_question(viewer: Viewer, question: int, *, text: str, help: str, note: str) -> Question:
    """Correct the words of a question with a note that everybody sees; answers given before stay as they are.

    Raises NotAllowed; Refused without words or note, or in a closed request.
    """
    row = queries.editable_questions(viewer).get(pk=question)
    fields = {}
    if not text.strip():
        fields["text"] = _("Chưa ghi câu hỏi.")
    if not note.strip():
        fields["note"] = _("Ghi ngắn gọn đã sửa gì, vì sao.")
    if fields:
        raise Refused(" ".join(fields.values()), fields)
    request, why = row.request, note.strip()[:500]
    with action(
        viewer, "requests.ask", tenant=row.tenant_id, party=_collector(request), reason=why
    ) as acting:
        changing.running(_cycle(request))
        found = Question.objects.select_for_update(of=("self",)).get(pk=row.pk)
        return acting.change(
            found, text=text.strip()[:1000], help=help.strip()[:1000], note=why, corrected_at=now()
        )


def close(viewer: Viewer, request: int) -> Cycle:
    """Close a request: nothing more is handed in. Raises NotAllowed, Refused while answers wait, Conflict."""
    row = queries.collected(viewer).get(pk=request)
    with action(viewer, "requests.judge", tenant=row.tenant_id, party=_collector(row)) as acting:
        return rounds.close(acting, _cycle(row))


def reopen_request(viewer: Viewer, request: int, *, reason: str) -> Cycle:
    """Open a closed request again. Raises NotAllowed, Refused without a reason, Conflict when it is open."""
    row = queries.collected(viewer).get(pk=request)
    why = _said(reason)
    with action(viewer, "requests.judge", tenant=row.tenant_id, party=_collector(row), reason=why) as acting:
        return reopening.reopen_cycle(acting, _cycle(row))


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do."), {"reason": _("Chưa ghi lý do.")})
    return reason.strip()[:1000]


def _cycle(row: Request) -> int:
    assert row.cycle_id is not None  # `collected` gives sent ones only
    return row.cycle_id


def _collector(row: Request) -> int:
    assert row.cycle is not None
    return row.cycle.collector_id
