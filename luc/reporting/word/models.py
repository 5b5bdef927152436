"""An agency's own paper, as it was read for its draft."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.kernel.models import Job, TenantModel
from luc.papers.models import StoredFile


class OwnPaper(TenantModel):
    """A file that an agency uploaded to be read into its report.

    `passages` are what vanban.reported found (Passage.as_json), `taken` the numbers of those that somebody took over
    or put aside. What was taken stands in the draft and in its history; the file is among the report's evidence.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang đọc")
        REVIEW = "review", _("chờ rà soát")
        DROPPED = "dropped", _("đã bỏ")

    report = models.ForeignKey("reporting.Report", on_delete=models.PROTECT, related_name="own_papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(null=True)
    passages = models.JSONField(default=list)
    taken = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.file.name
