"""A party ends while a request runs: its successors answer, and what it had typed stands in their draft."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.requests.models import Attachment, Reply, Request
from luc.rounds import succession as rounds
from luc.rounds.words import due_words


def foretell(viewer: Viewer, party: Party) -> list[str]:
    """What requests a party still owes an answer to, and its own drafts, in words; for who manages its parties."""
    if not viewer.may("agencies.manage", tenant=party.tenant_id):
        return []
    rows = Reply.objects.filter(obligation__in=rounds.owed_by(party.pk).order_by())
    rows = rows.select_related("request", "obligation__cycle").order_by("obligation__due_at", "pk")
    owed = [
        _("Báo cáo đột xuất «%(title)s», %(due)s")
        % {"title": row.request.title, "due": due_words(row.obligation)}
        for row in rows
    ]
    drafts = Request.objects.filter(asker=party, sent_at=None, dropped_at=None).order_by("pk")
    return owed + [_("Bản thảo yêu cầu: %(title)s") % {"title": row} for row in drafts]


def hand_on(acting: Acting, party: Party, successors: Mapping[int, str]) -> None:
    """Hand on every answer that a party still owes, and the requests it asked (to the first successor)."""
    heir = next(iter(successors))
    for request in Request.objects.filter(asker=party, dropped_at=None).order_by("pk"):
        acting.change(request, asker_id=heir)
    for owed in list(rounds.owed_by(party.pk)):
        reply = Reply.objects.filter(obligation=owed).first()
        if reply is None:
            continue
        for one in rounds.hand_on(acting, owed.pk, successors):
            if one.pk != owed.pk:
                _take(acting, reply, one.pk)


def _take(acting: Acting, ended: Reply, obligation: int) -> None:
    """A draft for a successor: the ended party's words, unless it has words of its own."""
    there = Reply.objects.select_for_update(of=("self",)).filter(obligation=obligation).first()
    if there is None:
        there = acting.create(
            Reply(
                tenant_id=ended.tenant_id,
                obligation_id=obligation,
                request_id=ended.request_id,
                typed=ended.typed,
            )
        )
    elif there.typed:
        return
    else:
        acting.change(there, typed=ended.typed, version=there.version + 1)
    files = Attachment.objects.filter(reply=ended, removed_at=None).order_by("pk")
    Attachment.objects.bulk_create(
        Attachment(tenant_id=one.tenant_id, reply=there, question_id=one.question_id, file_id=one.file_id)
        for one in files
    )
