"""One round of asking: who is bound, by when, what was handed in, what was answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User


class Cycle(TenantModel):
    """One round of a regime, or one asked by hand. `source`: what it is a round of (kernel.registry)."""

    source_kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    period_start = models.DateField()
    period_until = models.DateField(help_text="first day after the period")
    cutoff = models.DateField(help_text="figures are of this day (chốt số liệu)")
    due_at = models.DateTimeField(help_text="late from this moment on")
    collector = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("source_kind", "source_id", "period_start", name="cycle_once_a_period"),
            models.CheckConstraint(
                name="cycle_period", condition=models.Q(period_until__gt=models.F("period_start"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Obligation(TenantModel):
    """One party's duty to answer in one cycle. `party` is who answers; whom it stands in for is in Stands."""

    class State(models.TextChoices):
        OPEN = "open", _("chưa báo cáo")
        SUBMITTED = "submitted", _("đã gửi, chờ xem")
        RETURNED = "returned", _("trả lại, cần sửa")
        ACCEPTED = "accepted", _("đã chấp nhận")
        HANDED_ON = "handed_on", _("đã chuyển cho đơn vị kế thừa")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="obligations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="obligations")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    is_nil = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="number of the last submission")

    class Meta:
        constraints = [models.UniqueConstraint("cycle", "party", name="obligation_once")]
        indexes = [models.Index(fields=["party", "state"])]

    def __str__(self) -> str:
        return f"{self.party} - {self.cycle}"


class Stands(TenantModel):
    """Why a party is bound in a cycle: the party that the paper binds, and how it came to this one."""

    class Why(models.TextChoices):
        NAMED = "named", _("được nêu tên")
        MEMBER = "member", _("thuộc nhóm")
        SUCCESSOR = "successor", _("kế thừa")
        THROUGH = "through", _("báo cáo thay")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="stands")
    bound = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("obligation", "bound", name="stands_once")]


class Submission(TenantModel):
    """What was handed in, frozen for ever. Append-only."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="submissions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_nil = models.BooleanField()
    is_late = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("obligation", "version", name="submission_version")]


class Verdict(TenantModel):
    """What the collecting agency answered to a submission. Append-only."""

    class Kind(models.TextChoices):
        RETURNED = "returned", _("trả lại")
        ACCEPTED = "accepted", _("chấp nhận")

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=10, choices=Kind)
    remarks = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
