"""What people do with threads. Each word is kept for ever and moves the thread to who comes next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.threads import queries
from luc.threads.models import Post, Thread

MAX_TEXT = 5000


def raise_thread(
    viewer: Viewer, *, plan: int, task: int | None, party: int, kind: str, title: str, text: str
) -> Thread:
    """Raise an obstacle, proposal or question about a plan or one of its tasks.

    Raises NotAllowed, Plan.DoesNotExist, Task.DoesNotExist, Refused with the fields that are wrong.
    """
    row, about = queries.about(viewer, plan, task)
    title, text = " ".join(title.split()), text.replace("\r\n", "\n").strip()
    _must_say(text, title=title)
    if kind not in Thread.Kind.values:
        raise Refused(_("Hãy chọn loại nội dung."), {"kind": _("Chưa chọn.")})
    with action(viewer, "threads.raise", tenant=row.tenant_id, party=party) as acting:
        at = now()
        thread = acting.create(
            Thread(
                tenant_id=row.tenant_id,
                plan=row,
                task=about,
                party_id=party,
                kind=kind,
                title=title[:200],
                opened_at=at,
                moved_at=at,
            )
        )
        _post(acting, thread, text, Thread.State.WAITING, party)
    return thread


def say(viewer: Viewer, thread: int, *, text: str, seen: str) -> Thread:
    """Add something to one's own thread; it waits again for whoever answers (the leaders, if it is with them).

    `seen`: the state that was shown. Raises NotAllowed, Refused without words, Conflict when it moved on.
    """
    row = queries.threads(viewer).get(pk=thread)
    onwards = Thread.State.PASSED_UP if row.state == Thread.State.PASSED_UP else Thread.State.WAITING
    return _move(viewer, row, "threads.raise", row.party_id, text, onwards, seen)


def settle(viewer: Viewer, thread: int, *, seen: str) -> Thread:
    """Say that one's own thread is done. Raises NotAllowed, Conflict when it moved on."""
    row = queries.threads(viewer).get(pk=thread)
    return _move(viewer, row, "threads.raise", row.party_id, _("Đã xong."), Thread.State.SETTLED, seen)


def answer(viewer: Viewer, thread: int, *, text: str, seen: str) -> Thread:
    """Answer: the focal agency, or the leaders what was passed up to them.

    Raises NotAllowed, Refused without words, Conflict when it moved on.
    """
    row = queries.threads(viewer).get(pk=thread)
    if not queries.may(viewer, row).answer:
        raise NotAllowed(_("Nội dung này không chờ bạn trả lời."))
    if row.state == Thread.State.PASSED_UP:
        return _move(viewer, row, "threads.decide", None, text, Thread.State.ANSWERED, seen)
    return _move(viewer, row, "threads.answer", row.plan.focal_id, text, Thread.State.ANSWERED, seen)


def pass_up(viewer: Viewer, thread: int, *, text: str, seen: str) -> Thread:
    """Pass a thread up to the leaders, with the focal agency's own opinion. Raises as `answer`."""
    row = queries.threads(viewer).get(pk=thread)
    if not queries.may(viewer, row).pass_up:
        raise NotAllowed(_("Nội dung này không chuyển lên được nữa."))
    return _move(viewer, row, "threads.answer", row.plan.focal_id, text, Thread.State.PASSED_UP, seen)


def _move(
    viewer: Viewer, row: Thread, act: str, party: int | None, text: str, to: Thread.State, seen: str
) -> Thread:
    text = text.replace("\r\n", "\n").strip()
    _must_say(text)
    with action(viewer, act, tenant=row.tenant_id, party=party) as acting:
        row = Thread.objects.select_for_update().get(pk=row.pk)
        if row.state != seen:
            raise Conflict(_("Nội dung này vừa có người trả lời; hãy tải lại trang rồi xem."))
        acting.change(row, state=to, moved_at=now())
        _post(acting, row, text, to, party)
    return row


def _post(acting: Acting, thread: Thread, text: str, to: Thread.State, party: int | None) -> None:
    acting.create(
        Post(
            tenant_id=thread.tenant_id,
            thread=thread,
            text=text,
            moved_to=to,
            party_id=party,
            at=now(),
            by_id=acting.viewer.user,
            by_name=acting.viewer.name[:120],
        )
    )


def _must_say(text: str, *, title: str | None = None) -> None:
    fields = {}
    if title == "":
        fields["title"] = _("Hãy ghi một câu tóm tắt.")
    if not text:
        fields["text"] = _("Hãy ghi nội dung.")
    elif len(text) > MAX_TEXT:
        fields["text"] = _("Nội dung dài quá %(n)d ký tự.") % {"n": MAX_TEXT}
    if fields:
        raise Refused(" ".join(fields.values()), fields)
