"""What is measured, each value of it, and what a value counts as on a day."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile
from luc.territory.models import Unit


class Indicator(TenantModel):
    """What is measured. `unit` as printed ("%", "%/năm", "doanh nghiệp"); `decimals` kept of each value."""

    name = models.CharField(max_length=600)
    unit = models.CharField(max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField(default=2)
    method = models.TextField(blank=True)
    lowest = models.DecimalField(
        max_digits=20,
        decimal_places=6,
        null=True,
        help_text="a lower value is asked back before it is handed in",
    )
    highest = models.DecimalField(max_digits=20, decimal_places=6, null=True)

    def __str__(self) -> str:
        return self.name


class Figure(TenantModel):
    """One value. Slot = indicator, territory, period, breakdown. Value = amount / 10**scale. Append-only."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", _("thực hiện")
        ESTIMATE = "estimate", _("ước thực hiện")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    territory = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_until = models.DateField()
    breakdown = models.CharField(max_length=120, blank=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    paper = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")

    class Meta:
        indexes = [models.Index(fields=["indicator", "territory", "period_start"])]

    @property
    def last_day(self) -> datetime.date:
        """The last day of the period."""
        return self.period_until - datetime.timedelta(days=1)


class Standing(TenantModel):
    """What a figure counts as from a moment on. Append-only."""

    class Kind(models.TextChoices):
        REPORTED = "reported", _("đã báo cáo")
        ACCEPTED = "accepted", _("đã chấp nhận")
        PUBLISHED = "published", _("đã công bố")
        WITHDRAWN = "withdrawn", _("đã rút")

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="standings")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
