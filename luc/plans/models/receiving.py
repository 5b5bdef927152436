"""What bound agencies say of a plan after its adoption: that they have it and whom to call; what they mean to reach."""

from __future__ import annotations

from django.db import models

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.plans.models.plan import Plan
from luc.plans.models.work import Part


class Receipt(TenantModel):
    """A bound agency acknowledges that it has a plan, and names whom to call about it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="receipts")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    contact = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    user = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="who is reminded first"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("plan", "party", name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.party} - {self.plan}"


class Expectation(TenantModel):
    """What an agency means to reach in one year with its part in a task: a line of its yearly plan."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="expectations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    result = models.TextField(blank=True)
    milestone = models.TextField(blank=True)
    month = models.PositiveSmallIntegerField(null=True, help_text="of the milestone, 1 to 12")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("part", "party", "year", name="expectation_once"),
            models.CheckConstraint(
                name="expectation_month", condition=models.Q(month=None) | models.Q(month__range=(1, 12))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.result}"[:300]
