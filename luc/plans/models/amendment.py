"""How an adopted plan came to say something else: which paper said so, what was decided, by whom. Append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile
from luc.plans.models.plan import Plan
from luc.plans.models.reading import Reading


class Amendment(TenantModel):
    """One change of a plan: its signed paper came, a paper amends it, or a misreading was corrected."""

    class Kind(models.TextChoices):
        SIGNED = "signed", _("bản đã ký thay dự thảo")
        AMENDS = "amends", _("văn bản sửa đổi, bổ sung")
        CORRECTION = "correction", _("đính chính chỗ đọc sai")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=12, choices=Kind)
    reading = models.OneToOneField(Reading, null=True, on_delete=models.PROTECT, related_name="amendment")
    number = models.CharField(max_length=60, blank=True, help_text="of the paper")
    date = models.DateField(null=True, help_text="of the paper")
    title = models.TextField(blank=True, help_text="of the paper")
    reason = models.TextField(blank=True, help_text="of a correction")
    valid_from = models.DateField(help_text="from when on the plan says so")
    replaced_file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_document = models.JSONField(
        null=True, help_text="the draft, where the signed paper took its place"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class AmendmentItem(TenantModel):
    """One item: what it said before and after, with the places in both papers, and whether it was accepted.

    `item_kind` and `item_id` name the row: header, target, task, duty, regime; the id is empty for what was
    refused before it was ever there.
    """

    class What(models.TextChoices):
        ADDED = "added", _("thêm")
        CHANGED = "changed", _("sửa")
        DROPPED = "dropped", _("bỏ")

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=What)
    item_kind = models.CharField(max_length=8)
    item_id = models.BigIntegerField(null=True)
    is_accepted = models.BooleanField()
    words = models.TextField(help_text="of the item, before; of an added one, after")
    fields = models.JSONField(default=list, help_text="names, before and after of each, as people read them")
    old_places = models.JSONField(default=list, help_text="in the paper of the plan as it was")
    new_places = models.JSONField(default=list, help_text="in the paper that changes it")

    class Meta:
        indexes = [models.Index(fields=["item_kind", "item_id"])]

    def __str__(self) -> str:
        return self.words[:300]

    @property
    def is_reworded(self) -> bool:
        """Whether its fields show its words already."""
        return any("text" in field["names"] for field in self.fields)
