"""What a page says while the database, the store or the disk is gone: 503, in words, and come again."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from luc.kernel.backup.stores import Lost
from luc.kernel.logs import request_id

DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}
AGAIN = 30  # seconds after which a browser or a proxy may ask again


class StoreGone(OSError):
    """The store of files does not answer: what is asked of it is neither there nor lost."""


def server_error(_request: HttpRequest) -> HttpResponse:
    """The handler of errors: an outage is told as one, everything else is a fault of the program (500)."""
    kind = outage(sys.exc_info()[1])
    template, status = ("503.html", 503) if kind else ("500.html", 500)
    page = loader.get_template(template).render({"kind": kind, "request_id": request_id.get()})
    answer = HttpResponse(page, status=status)
    answer["Cache-Control"] = "no-store"
    if kind:
        answer["Retry-After"] = str(AGAIN)
    return answer


def outage(fault: BaseException | None) -> str:
    """What is gone ("database", "disk", "store", "file"), from an exception and what led to it; "" when nothing is."""
    while fault is not None:
        if isinstance(fault, Lost):
            return "file"
        if isinstance(fault, StoreGone):
            return "store"
        if isinstance(fault, OSError) and fault.errno in DISK:
            return "disk"
        if isinstance(fault, OperationalError | InterfaceError):
            return "disk" if _is_full(fault) else "database"
        fault = fault.__cause__ or fault.__context__
    return ""


def _is_full(fault: BaseException) -> bool:
    """SQLite says it in words, PostgreSQL by class 53 (insufficient resources)."""
    said = str(fault).lower()
    full = "disk is full" in said or "disk i/o error" in said or "readonly database" in said
    return full or str(getattr(fault.__cause__, "sqlstate", "") or "").startswith("53")
