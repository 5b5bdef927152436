"""What was recorded of a part and counts no more."""

from __future__ import annotations

from django.db import models

from luc.kernel.models import TenantModel, User
from luc.plans.models.work import Progress


class ProgressWithdrawal(TenantModel):
    """A row of progress counts no more: the report that brought it was opened again. Append-only."""

    progress = models.OneToOneField(Progress, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
