"""A reply is handed in: frozen for ever."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.requests.content import compose
from luc.requests.models import Reply
from luc.requests.queries.replies import Draft, draft, replies
from luc.rounds import actions as rounds
from luc.rounds.models import Submission


def submit(viewer: Viewer, reply: int, *, version: int) -> Submission:
    """Hand in a reply as it was shown (`version`). Late is told by its moment, never refused.

    Raises NotAllowed; Refused with the questions that are not answered; Conflict when it was changed since, or
    handed in already.
    """
    found = replies(viewer).get(pk=reply)
    whole = draft(found)
    _must_be_complete(whole)
    with written():
        content = compose(found, whole.answers)
    obligation = found.obligation
    with action(viewer, "requests.answer", tenant=found.tenant_id, party=obligation.answerer_id) as acting:
        rounds.locked(obligation.pk)
        row = Reply.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if not row.version == found.version == version:
            raise Conflict(_("Câu trả lời vừa được sửa; hãy xem lại rồi gửi."))
        return rounds.freeze(acting, obligation.pk, content=content, is_nil=whole.is_nil)


def _must_be_complete(whole: Draft) -> None:
    fields = {answer.key: answer.lack for answer in whole.open_answers}
    if fields:
        raise Refused(_("Còn %(count)d câu hỏi chưa trả lời xong.") % {"count": len(fields)}, fields)
    if whole.says_nothing:
        raise Refused(_("Chưa trả lời câu nào. Nếu không có gì để trả lời, hãy chọn «Không có»."))
