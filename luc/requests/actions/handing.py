"""A reply is handed in: frozen for ever; presented first where its agency has an approver confirm."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luc.agencies.approvals import sends_straight
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.requests.content import Content, compose
from luc.requests.models import Reply
from luc.requests.queries.replies import Draft, draft, replies
from luc.requests.queries.sources import REQUEST
from luc.rounds import actions as rounds
from luc.rounds import presenting, queries
from luc.rounds.models import Decision, Obligation, Presentation, Submission


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reply that is complete, as it will be frozen."""

    reply: Reply
    content: Content
    is_nil: bool

    @property
    def obligation(self) -> Obligation:
        return self.reply.obligation


def goes_straight(viewer: Viewer, obligation: Obligation) -> bool:
    """Whether a viewer hands an answer in without presenting it."""
    party, tenant = obligation.answerer_id, obligation.tenant_id
    return sends_straight(viewer, "requests.approve", tenant=tenant, party=party)


def submit(viewer: Viewer, reply: int, *, version: int) -> Submission:
    """Hand in a reply as it was shown (`version`). Late is told by its moment, never refused.

    Raises NotAllowed; Refused with the questions that are not answered, or when an approver has to confirm it first;
    Conflict when it was changed since, or handed in already.
    """
    found = _prepared(viewer, reply)
    obligation = found.obligation
    if not goes_straight(viewer, obligation):
        raise Refused(_("Câu trả lời của đơn vị phải được duyệt trước khi gửi: hãy trình duyệt."))
    with action(
        viewer, "requests.answer", tenant=obligation.tenant_id, party=obligation.answerer_id
    ) as acting:
        held = _still_as_shown(found, version)
        submission = rounds.freeze_held(acting, held, content=found.content, is_nil=found.is_nil)
        presenting.void(acting, obligation, "đã gửi thẳng bản mới hơn")
    return submission


def present(viewer: Viewer, reply: int, *, version: int) -> Presentation:
    """Put a reply before the approver as it was shown (`version`). Raises as `submit`; Refused when it waits so."""
    found = _prepared(viewer, reply)
    obligation = found.obligation
    with action(
        viewer, "requests.answer", tenant=obligation.tenant_id, party=obligation.answerer_id
    ) as acting:
        _still_as_shown(found, version)
        content, is_nil = found.content, found.is_nil
        return presenting.present(
            acting, obligation.pk, content=content, is_nil=is_nil, draft_version=version
        )


def confirm(viewer: Viewer, presentation: int) -> Submission:
    """Hand in exactly what was presented, whatever was typed since. Raises NotAllowed, Refused, Conflict."""
    row = _seen(viewer, presentation)
    party = row.obligation.answerer_id
    with action(viewer, "requests.approve", tenant=row.tenant_id, party=party) as acting:
        return presenting.confirm(acting, row.pk)


def pass_back(viewer: Viewer, presentation: int, *, remarks: str) -> Decision:
    """Give a presentation back to who writes, with words. Raises NotAllowed, Refused, Conflict."""
    row = _seen(viewer, presentation)
    party = row.obligation.answerer_id
    with action(viewer, "requests.approve", tenant=row.tenant_id, party=party) as acting:
        return presenting.pass_back(acting, row.pk, remarks=remarks)


def withdraw(viewer: Viewer, presentation: int) -> Decision:
    """Who writes takes a presentation back. Raises NotAllowed, Conflict."""
    row = _seen(viewer, presentation)
    party = row.obligation.answerer_id
    with action(viewer, "requests.answer", tenant=row.tenant_id, party=party) as acting:
        return presenting.withdraw(acting, row.pk)


def _seen(viewer: Viewer, presentation: int) -> Presentation:
    return queries.presentations(viewer, REQUEST).get(pk=presentation)


def _prepared(viewer: Viewer, reply: int) -> Prepared:
    found = replies(viewer).get(pk=reply)
    whole = draft(found)
    _must_be_complete(whole)
    with written():
        return Prepared(found, compose(found, whole.answers), whole.is_nil)


def _still_as_shown(found: Prepared, version: int) -> Obligation:
    """Lock the draft; gives its obligation, held. Raises Conflict when it is not the one that was shown."""
    held = rounds.joined(found.obligation.pk, found.obligation.party)
    row = Reply.objects.select_for_update(of=("self",)).get(pk=found.reply.pk)
    if not row.version == found.reply.version == version:
        raise Conflict(_("Câu trả lời vừa được sửa; hãy xem lại rồi gửi."))
    return held


def _must_be_complete(whole: Draft) -> None:
    fields = {answer.key: answer.lack for answer in whole.open_answers}
    if fields:
        raise Refused(_("Còn %(count)d câu hỏi chưa trả lời xong.") % {"count": len(fields)}, fields)
    if whole.says_nothing:
        raise Refused(_("Chưa trả lời câu nào. Nếu không có gì để trả lời, hãy chọn «Không có»."))
