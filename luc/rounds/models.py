"""One round of asking: who is bound, by when, what was handed in, what was answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.agencies.models import Party
from luc.kernel.models import TenantModel, User
from luc.kernel.time import now


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
    """One party's duty to answer in one cycle. `party` is who answers; whom it stands in for is in Stands.

    `stand_in` is another party that answers in its place in this cycle, by an officer's act with a reason.
    `open_until`: in a closed cycle this one may still be answered before then, by an officer's act with a reason.
    """

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
    stand_in = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    stand_in_why = models.CharField(max_length=300, blank=True)
    open_until = models.DateTimeField(null=True)
    open_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("cycle", "party", name="obligation_once")]
        indexes = [models.Index(fields=["party", "state"])]

    def __str__(self) -> str:
        return f"{self.party} - {self.cycle}"

    @property
    def answerer_id(self) -> int:
        """The party whose people write and hand in."""
        return self.stand_in_id or self.party_id

    @property
    def is_overdue(self) -> bool:
        """Whether handing in now is late."""
        return self.due_at <= now()

    @property
    def takes_answers(self) -> bool:
        """Whether the cycle is open for this one: not closed, or opened once more until a moment to come."""
        return self.cycle.closed_at is None or (self.open_until is not None and now() < self.open_until)

    @property
    def is_writable(self) -> bool:
        """Whether the answer can be written and handed in now."""
        return self.takes_answers and self.state in {self.State.OPEN, self.State.RETURNED}


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
    """How a submission stopped waiting: answered by the collecting agency, or taken back by its own. Append-only."""

    class Kind(models.TextChoices):
        RETURNED = "returned", _("trả lại")
        ACCEPTED = "accepted", _("chấp nhận")
        TAKEN_BACK = "taken_back", _("đơn vị rút lại")

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=10, choices=Kind)
    remarks = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)


class Remark(TenantModel):
    """What a verdict says about one row of the submission. Append-only."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=60, help_text="of the row in the frozen content")
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("verdict", "key", name="remark_once")]


class Look(TenantModel):
    """The collecting agency opened a submission that waits: from then on it is not taken back. Append-only."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="look")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)


class Reopening(TenantModel):
    """An accepted submission counts no more: it is to be corrected. Append-only."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)


class CorrectionRequest(TenantModel):
    """Who handed in asks to correct it; the collecting agency grants or declines."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="correction_requests")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(answered_at=None),
                name="correction_request_open_once",
            )
        ]


class Presentation(TenantModel):
    """What was put before the approver of the own agency, frozen; `draft_version` is that of the draft. Append-only."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="presentations")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_nil = models.BooleanField()
    draft_version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("obligation", "number", name="presentation_number")]


class Decision(TenantModel):
    """What became of a presentation. Append-only."""

    class Kind(models.TextChoices):
        SENT = "sent", _("đã xác nhận và gửi")
        SENT_BACK = "sent_back", _("chuyển lại")
        WITHDRAWN = "withdrawn", _("rút lại")

    presentation = models.OneToOneField(Presentation, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField(max_length=10, choices=Kind)
    remarks = models.TextField(blank=True)
    submission = models.OneToOneField(
        Submission, null=True, on_delete=models.PROTECT, related_name="confirmed"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
