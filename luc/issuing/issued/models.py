"""Issued papers, and which rows of frozen reports each number and sentence of them rests on."""

from __future__ import annotations

from django.db import models

from luc.agencies.models import Party
from luc.issuing.models import Version
from luc.issuing.signed.models import SignedFile
from luc.kernel.models import TenantModel, User
from luc.papers.models import StoredFile
from luc.plans.models import Plan
from luc.rounds.models import Cycle, Submission


class Issued(TenantModel):
    """A paper that was issued. Append-only.

    signature: what was found of its signatures, in words; confirmed: what a person vouched for, in words.
    cells: what its numbers were, by key ({"words", "title", "rows"}); cells_of: of which reports
    (standing.fingerprint), so that nothing is added up again while nothing moved.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="issued")
    signed = models.OneToOneField(SignedFile, on_delete=models.PROTECT, related_name="issued")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="of the signed file")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, null=True, on_delete=models.PROTECT, related_name="issued")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    date = models.DateField()
    kind = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=600)
    signer = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=200, blank=True)
    signature = models.TextField()
    confirmed = models.JSONField(default=list)
    cells = models.JSONField()
    cells_of = models.CharField(max_length=64, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.TextField(blank=True, help_text="of a correction")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("party", "number", "date", name="issued_number")]
        indexes = [models.Index(fields=["tenant", "date"])]

    def __str__(self) -> str:
        return f"{self.number} ({self.date:%d/%m/%Y})"


class Use(TenantModel):
    """A number (`cell`) or a sentence of an issued paper rests on a row of a frozen report. Append-only."""

    issued = models.ForeignKey(Issued, on_delete=models.PROTECT, related_name="uses")
    bookmark = models.CharField(max_length=40)
    cell = models.CharField(max_length=120, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint("issued", "bookmark", "submission", "row", name="use_once")]
        indexes = [models.Index(fields=["submission", "row"])]
