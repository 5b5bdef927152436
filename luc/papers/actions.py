"""What is done with papers: they are stored, as a step of the action that brings them."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import Acting
from luc.kernel.time import now
from luc.papers.forms import too_large
from luc.papers.models import StoredFile
from luc.papers.storing import Kept, keep

_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f]+")


def take_in(*, tenant: int, name: str, data: bytes) -> Kept:
    """Put bytes on disk, synced, before the action that stores them opens: writing is slow, transactions are short.

    Ask for the right first: nobody's bytes are kept who may not bring any. Raises Refused: empty or too large.
    """
    if not data:
        raise Refused(_("Tệp rỗng. Hãy chọn lại tệp."), {"file": _("Tệp rỗng.")})
    if len(data) > settings.MAX_UPLOAD:
        message = too_large(name, settings.MAX_UPLOAD)
        raise Refused(message, {"file": message})
    return keep(tenant, data)


def store(acting: Acting, kept: Kept, *, tenant: int, name: str, media_type: str) -> StoredFile:
    """The row of bytes that are on disk; the same file under the same name gives the row that is there."""
    name = _file_name(name)
    there = StoredFile.objects.filter(tenant=tenant, sha256=kept.sha256, name=name).first()
    if there is not None:
        acting.log(there, None, {"again": True})
        return there
    row = StoredFile(
        tenant_id=tenant,
        sha256=kept.sha256,
        name=name,
        media_type=media_type[:100] or "application/octet-stream",
        size=kept.size,
        path=kept.path,
        uploaded_by_id=acting.viewer.user,
        at=now(),
    )
    return acting.create(row)


def _file_name(name: str) -> str:
    """The last part of a path as a browser may send it, without control characters, at most 255 letters."""
    last = _NOT_IN_NAMES.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    stem, dot, ending = last.rpartition(".")
    if dot and len(last) > 255:
        return f"{stem[: 254 - len(ending)]}.{ending}"[:255]
    return last[:255] or "tệp"
