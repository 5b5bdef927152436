"""What is asked of papers."""

from __future__ import annotations

import io
from datetime import date

from django.db import models
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from luc.kernel.text import search_key
from luc.papers import storing
from luc.papers.access import files
from luc.papers.models import LegalPaper, StoredFile

__all__ = ["LegalState", "content", "files", "legal_papers", "opened"]


class LegalState(models.TextChoices):
    """What a legal paper counts as on a day; nobody's word for it is "unsure"."""

    HOLDS = "holds", _("còn hiệu lực")
    NOT_YET = "not_yet", _("chưa có hiệu lực")
    ENDED = "ended", _("hết hiệu lực")
    UNSURE = "unsure", _("cần xác nhận")


def content(file: StoredFile) -> bytes:
    """The bytes of a file as they came in. Raises storing.Damaged when the disk lost or changed them."""
    return storing.read(file.path, file.sha256)


def opened(file: StoredFile) -> io.BytesIO:
    """The bytes of a file for a download, verified whole before the first is sent. Raises storing.Damaged."""
    return io.BytesIO(content(file))


def legal_papers(*, words: str = "", state: str = "", on: date) -> QuerySet[LegalPaper]:
    """The register with `state` (LegalState) as of a day, newest first, narrowed by words of any marks."""
    found = Case(
        When(valid_to__lte=on, then=Value(LegalState.ENDED.value)),
        When(valid_from__gt=on, then=Value(LegalState.NOT_YET.value)),
        When(status__contains="cần xác nhận", then=Value(LegalState.UNSURE.value)),
        default=Value(LegalState.HOLDS.value),
    )
    rows = LegalPaper.objects.annotate(state=found)
    for word in search_key(words).split():
        rows = rows.filter(search_key__contains=word)
    if state:
        rows = rows.filter(state=state)
    newest_first = models.F("date").desc(nulls_last=True)
    return rows.order_by(newest_first, "number")
