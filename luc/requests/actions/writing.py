"""A reply is written: kept as it was typed, so that nothing is lost; what cannot be read is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM, now
from luc.papers.actions import store, take_in
from luc.papers.kinds import must_be_known
from luc.requests.models import Attachment, Kind, Question, Reply
from luc.requests.queries.replies import draft, merged, replies
from luc.rounds.actions import joined, must_be_writable

MAX_FILE = 20 * 1024 * 1024
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the draft's version now, and what cannot be read, by field of the form."""

    version: int
    problems: dict[str, str] = field(default_factory=dict)


def save_reply(viewer: Viewer, reply: int, *, version: int, typed: Mapping[str, Mapping[str, Any]]) -> Saved:
    """Keep what was typed, by question ({"12": {"value": "7"}}); questions not given stay as they are.

    Raises NotAllowed, Refused when the reply is not open for writing, Conflict when somebody saved after `version`
    was shown.
    """
    found = replies(viewer).get(pk=reply)
    after = merged(found.typed, typed)
    problems = _problems(found, typed)
    if after == found.typed:
        return Saved(found.version, problems)
    obligation = found.obligation
    with action(viewer, "requests.answer", tenant=found.tenant_id, party=obligation.answerer_id) as acting:
        row = _open(found, version)
        changed = [key for key in after if after[key] != row.typed.get(key)]
        acting.log(row, {key: row.typed.get(key) for key in changed}, {key: after[key] for key in changed})
        # version and saved_at are the guard of the draft itself; what was said is in the line above
        row.typed, row.version, row.saved_at, row.saved_by_id = after, row.version + 1, now(), viewer.user
        row.save(update_fields=["typed", "version", "saved_at", "saved_by"])
    return Saved(row.version, problems)


def _problems(found: Reply, typed: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    read = draft(found, typed).answers
    return {name: words for answer in read for name, words in answer.problems.items()}


def _open(found: Reply, version: int) -> Reply:
    """The draft, locked. Raises Refused or Conflict when it is not to be written."""
    row = _held(found)
    if row.version != version:
        at = row.saved_at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if row.saved_at else ""
        raise Conflict(
            _("%(who)s đã lưu câu trả lời này lúc %(at)s, sau khi bạn mở trang. Chưa có gì bị ghi đè.")
            % {"who": row.saved_by or _("Người khác"), "at": at}
        )
    return row


def _held(found: Reply) -> Reply:
    """The draft of an answer that is still to be given, locked after its cycle (shared) and obligation."""
    obligation = joined(found.obligation_id)
    must_be_writable(obligation, obligation.cycle)
    return Reply.objects.select_for_update(of=("self",)).get(pk=found.pk)


def nil_rest(viewer: Viewer, reply: int, *, version: int) -> Saved:
    """Say "Không có" to every question that is not answered yet. Raises as `save_reply`."""
    answers = draft(replies(viewer).get(pk=reply)).answers
    rest = [answer for answer in answers if not answer.is_nil and not answer.has_words]
    typed = {str(answer.question.pk): {"nil": True} for answer in rest}
    return save_reply(viewer, reply, version=version, typed=typed)


def add_file(
    viewer: Viewer, reply: int, question: int, *, name: str, data: bytes, media_type: str
) -> Attachment:
    """Add a file to a question that asks for files.

    Raises NotAllowed; Refused when it is empty, too large, by its content no picture, PDF, Word or Excel, or when
    the reply is not open.
    """
    found = replies(viewer).get(pk=reply)
    asked = Question.objects.get(pk=question, request=found.request_id, kind=Kind.FILE)
    limit = min(MAX_FILE, settings.MAX_UPLOAD)
    if len(data) > limit:
        message = _("Tệp «%(name)s» lớn hơn %(limit)s MB.") % {"name": name, "limit": limit // 1024 // 1024}
        raise Refused(message, {"file": message})
    must_be_known(name, data)
    party = found.obligation.answerer_id
    viewer.require("requests.answer", tenant=found.tenant_id, party=party)
    kept = take_in(tenant=found.tenant_id, name=name, data=data)
    with action(viewer, "requests.answer", tenant=found.tenant_id, party=party) as acting:
        row = _move_on(found)
        file = store(acting, kept, tenant=found.tenant_id, name=name, media_type=media_type)
        there = Attachment.objects.filter(reply=row, question=asked, removed_at=None)
        again = there.filter(file=file).first()
        if again is None and there.count() >= MOST_FILES:
            raise Refused(_("Mỗi câu hỏi chỉ nhận %(most)d tệp.") % {"most": MOST_FILES})
        new = Attachment(tenant_id=found.tenant_id, reply=row, question=asked, file=file)
        return again or acting.create(new)


def _move_on(found: Reply) -> Reply:
    """Lock a draft that is open, and let its version go on: whoever looks at an older one is told before sending."""
    row = _held(found)
    row.version += 1
    row.save(update_fields=["version"])
    return row


def remove_file(viewer: Viewer, attachment: int) -> Attachment:
    """Take a file out of a draft; what was handed in with it keeps it. Raises NotAllowed, Refused."""
    row = Attachment.objects.get(pk=attachment, reply__in=replies(viewer).order_by(), removed_at=None)
    found = replies(viewer).get(pk=row.reply_id)
    party = found.obligation.answerer_id
    with action(viewer, "requests.answer", tenant=row.tenant_id, party=party) as acting:
        _move_on(found)
        return acting.change(row, removed_at=now())
