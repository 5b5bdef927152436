"""What a province's plan answers of a ministry's plan, and where each answer in a report upwards was taken from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.reporting.models import Report


class Pairing(TenantModel):
    """An item of the own plan answers an item of the plan above, as a person confirmed it. Of the tenant above.

    `party` is who answers there. The items are a task, a duty or a target each; those of the own plan belong to
    another tenant, so they are kept by number and are only read by who sees both.
    """

    class Kind(models.TextChoices):
        TASK = "task", _("nhiệm vụ")
        DUTY = "duty", _("trách nhiệm")
        FIGURE = "figure", _("chỉ tiêu")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind, help_text="of the item above")
    item = models.BigIntegerField(help_text="above")
    own_kind = models.CharField(max_length=6, choices=Kind)
    own_item = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "item", "own_kind", "own_item"],
                condition=models.Q(ended_at=None),
                name="pairing_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.kind} {self.item} - {self.own_kind} {self.own_item}"


class Origin(TenantModel):
    """Where an answer of a draft was taken from: the round below, how complete it was, which rows of which versions.

    content: cycle, plan, heard, bound, at, items (kind, id, text), rows (submission, version, key), said.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="origins")
    key = models.CharField(max_length=60, help_text="of the row in the report")
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("report", "key", name="origin_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"

    @property
    def said(self) -> dict[str, Any]:
        """What was taken, as a form holds it."""
        said: dict[str, Any] = self.content["said"]
        return said
