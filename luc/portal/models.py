"""What was published of a plan, word for word; what strangers asked; and who may be written to about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luc.kernel.models import TenantModel, User
from luc.plans.models import Plan, Task


class Edition(TenantModel):
    """One publication of a plan: all that the public pages say of it, as `content.build` made it. Append-only.

    The newest edition of a plan is what everybody sees, unless it was removed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    summary = models.JSONField(help_text="head and counts, for lists and comparisons")
    changes = models.JSONField(default=list, help_text="what is new since the edition before")
    note = models.TextField(blank=True, help_text="a word of the officer to the readers")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("plan", "number", name="edition_number")]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"[:300]


class Removal(TenantModel):
    """An edition is shown no more, nor is any before it. Append-only."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="removal")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.edition}: {self.reason}"[:300]


class Question(TenantModel):
    """What a stranger asked about a published plan. Only `shown` and `answer` of an answered one are public."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ trả lời")
        ANSWERED = "answered", _("đã trả lời, công khai")
        REFUSED = "refused", _("không công khai")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="as it came")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    shown = models.TextField(blank=True, help_text="the question as everybody reads it")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it is not public")

    class Meta:
        indexes = [models.Index(fields=["plan", "state"])]

    def __str__(self) -> str:
        return self.text[:300]


class Contact(TenantModel):
    """Where the answer is sent: only with the asker's consent, gone as soon as it was sent. Never in the history."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=120, blank=True)
    mail = models.EmailField()


class Knock(models.Model):
    """That somebody asked: a keyed hash of the address it came from, kept for a day, to slow down machines."""

    who = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)
