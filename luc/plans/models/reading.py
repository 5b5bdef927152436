"""A paper that was read and is being looked through."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import Job, TenantModel
from luc.papers.models import StoredFile
from luc.plans.models.plan import Plan


def unrelated() -> dict[str, Any]:
    """A paper that is a plan of its own, as far as the machine sees."""
    return {"kind": "", "plan": None, "why": "", "scope": "whole", "accepted": False}


class Reading(TenantModel):
    """What vanban understood of a file, beside what a person made of it. `version` guards against two at once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("đang đọc")
        REVIEW = "review", _("đang rà soát")
        ADOPTED = "adopted", _("đã thông qua")
        DISCARDED = "discarded", _("đã bỏ")

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    document = models.JSONField(null=True)
    as_read = models.JSONField(null=True, help_text="the Reading as vanban gave it, never changed")
    content = models.JSONField(null=True, help_text="the Reading as corrected")
    findings = models.JSONField(default=list)
    choices = models.JSONField(
        default=dict, help_text="focal party, programme, territory, answering parties, suggestions"
    )
    relation = models.JSONField(
        default=unrelated,
        help_text="whether it is the signed paper of a plan or amends one, and what was decided",
    )
    against = models.JSONField(
        null=True, help_text="as_read again, of a paper that names what it amends: the items as they become"
    )
    version = models.PositiveIntegerField(default=0)
    plan = models.OneToOneField(Plan, null=True, on_delete=models.PROTECT, related_name="reading")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_related(self) -> bool:
        """Whether somebody said that it signs or amends an adopted plan."""
        return bool(self.relation["accepted"] and self.relation["plan"])

    @property
    def read(self) -> dict[str, Any]:
        """What the machine read, before anybody corrected it."""
        return self.against or self.as_read or {}


class Match(TenantModel):
    """A printed name of a body, and the party it means. `sure` when the register says so, else a person decides.

    Neither sure nor chosen, the party is a suggestion, or none was found.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="matches")
    printed = models.CharField(max_length=300)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    sure = models.BooleanField(default=False)
    chosen = models.BooleanField(default=False, help_text="a person chose or accepted the party")
    likeness = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("reading", "printed", name="match_once")]

    def __str__(self) -> str:
        return self.printed

    @property
    def is_settled(self) -> bool:
        """Whether the name counts as matched."""
        return self.party_id is not None and (self.sure or self.chosen)
