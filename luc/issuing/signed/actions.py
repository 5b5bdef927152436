"""What people do with a signed paper before it is issued: bring it, put it away."""

from __future__ import annotations

import mimetypes

from django.utils.translation import gettext as _

from luc.issuing import queries as drafts
from luc.issuing.models import Draft, WrittenFile
from luc.issuing.signed import queries
from luc.issuing.signed.checking import KIND
from luc.issuing.signed.models import SignedFile
from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.papers.actions import store, take_in
from luc.papers.kinds import must_be_known

_TAKEN = {"pdf", "docx", "jpeg", "png", "tiff"}


def upload(viewer: Viewer, version: int, *, name: str, data: bytes) -> SignedFile:
    """Keep a signed paper and put its comparison in the queue.

    Raises Version.DoesNotExist, NotAllowed; Refused: the version has no Word file that could have been signed, the
    draft is issued or dropped, the file is empty, too large, or neither PDF, Word nor a picture.
    """
    row = drafts.versions(viewer).get(pk=version)
    viewer.require("issuing.issue", tenant=row.tenant_id, party=row.draft.party_id)
    written = WrittenFile.objects.filter(version=row, format=WrittenFile.Format.DOCX).first()
    if written is None:
        raise Refused(_("Phiên bản này chưa có tệp Word để trình ký: hãy lập tệp trước."))
    if row.draft.state != Draft.State.DRAFTING:
        raise Refused(_("Dự thảo này đã ban hành hoặc đã bỏ."))
    if data and must_be_known(name, data) not in _TAKEN:
        message = _("Tệp «%(name)s» không phải PDF, Word hay ảnh quét của bản đã ký.") % {"name": name}
        raise Refused(message, {"file": message})
    kept = take_in(tenant=row.tenant_id, name=name, data=data)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with action(viewer, "issuing.issue", tenant=row.tenant_id, party=row.draft.party_id) as acting:
        file = store(acting, kept, tenant=row.tenant_id, name=name, media_type=media_type)
        signed = SignedFile(
            tenant_id=row.tenant_id,
            version=row,
            written=written,
            file=file,
            at=now(),
            by_id=viewer.user,
            by_name=acting.viewer.name[:120],
        )
        signed.save(force_insert=True)
        acting.log(signed, None, {"file": file.pk, "version": row.pk, "sha256": file.sha256})
        title = f"Đối chiếu bản đã ký: {file.name}"
        signed.job = jobs.start(viewer, KIND, title, tenant=row.tenant_id, signed=signed.pk)
        signed.save(update_fields=["job"])
    signed.refresh_from_db()
    return signed


def drop(viewer: Viewer, signed: int) -> SignedFile:
    """Put a signed paper away that will not be issued. Raises NotAllowed; Refused when it is issued."""
    row = queries.signed_files(viewer).get(pk=signed)
    party = row.version.draft.party_id
    with action(viewer, "issuing.issue", tenant=row.tenant_id, party=party) as acting:
        row = SignedFile.objects.select_for_update().get(pk=row.pk)
        if row.state == SignedFile.State.ISSUED:
            raise Refused(_("Văn bản này đã ban hành, không bỏ được."))
        return acting.change(row, state=SignedFile.State.DROPPED)
