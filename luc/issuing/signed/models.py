"""A file that came back for a version, and what was found in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.issuing.models import Version, WrittenFile
from luc.kernel.models import Job, TenantModel, User
from luc.papers.models import StoredFile


class SignedFile(TenantModel):
    """A signed paper that was brought back for a version.

    head, signatures, comparison: what the job found, as plain values of vanban.signed; `is_scan`: read from pictures.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang đối chiếu")
        CHECKED = "checked", _("đã đối chiếu")
        ISSUED = "issued", _("đã ban hành")
        DROPPED = "dropped", _("đã bỏ")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signed")
    written = models.ForeignKey(WrittenFile, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(null=True, help_text="as vanban reads it")
    head = models.JSONField(default=dict)
    signatures = models.JSONField(default=list)
    comparison = models.JSONField(default=dict)
    is_scan = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["tenant", "state"])]

    def __str__(self) -> str:
        return str(self.file)
