"""What is said beside a block, and that it is settled."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.models import Comment
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import now

MAX_TEXT = 5000


def comment(viewer: Viewer, block: int, *, text: str) -> Comment:
    """Say something beside a block. Raises Block.DoesNotExist, NotAllowed, Refused without words."""
    row = queries.blocks(viewer).get(pk=block)
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > MAX_TEXT:
        message = _("Hãy ghi nội dung trao đổi, không quá %(n)d ký tự.") % {"n": MAX_TEXT}
        raise Refused(message, {"text": message})
    with action(viewer, "issuing.comment", tenant=row.tenant_id) as acting:
        return acting.create(
            Comment(
                tenant_id=row.tenant_id,
                block=row,
                text=text,
                at=now(),
                by_id=viewer.user,
                by_name=viewer.name[:120],
            )
        )


def resolve(viewer: Viewer, comment: int) -> Comment:
    """Say that what was said is settled. Raises Comment.DoesNotExist, NotAllowed; nothing when it was before."""
    row = queries.comments(viewer).get(pk=comment)
    with action(viewer, "issuing.comment", tenant=row.tenant_id) as acting:
        row = Comment.objects.select_for_update().get(pk=row.pk)
        if row.resolved_at:
            raise Refused(_("Trao đổi này đã xong."))
        return acting.change(row, resolved_at=now(), resolved_by_name=viewer.name[:120])
